package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A cloud as a file: what a snapshot of a real one wrote, or somebody by hand. JSON, in which comments ({@code //}, {@code /* *}{@code /})
 * and a comma behind the last entry may stand; docs/twin.md has its keys. The whole of it is looked at before anything starts.
 */
public final class CloudFile {
    /** Traits of a host whose file names none: what the simulated ones have. */
    public static final Set<String> TRAITS = Set.of("COMPUTE_NODE", "COMPUTE_VOLUME_MULTI_ATTACH");

    private static final Set<String> USERS = Set.of("admin", "demo", "watcher");

    /** The project of servers whose file names none. */
    public static final String PROJECT = "demo";

    private static final String FLAVOR = "m1.small";
    private static final Set<String> FLAVORS = Set.of("m1.small", "m1.medium", "m1.large", "r1.huge");
    private static final Map<String, long[]> SIZES = Map.of(
            "m1.small",
            new long[] {2_048, 20},
            "m1.medium",
            new long[] {4_096, 40},
            "m1.large",
            new long[] {8_192, 80},
            "r1.huge",
            new long[] {65_536, 160});
    private static final Set<String> POLICIES =
            new TreeSet<>(Set.of("affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"));
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The keys that are read here. */
    private static final List<String> KEYS = List.of(
            "aggregates",
            "flavors",
            "format",
            "groups",
            "hosts",
            "leftOut",
            "nova",
            "placement",
            "project",
            "rates",
            "servers",
            "taken",
            "traits");

    private final FileNode whole;
    private final FileSpeed speed;
    private final Instant taken;
    private final Map<String, FileNode> flavors;
    private final Map<String, FileNode> hosts;
    private final Map<String, FileNode> servers;
    private final Map<String, String> zones = new HashMap<>();
    private final Map<String, String> groupOf = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();

    /** Something that is described, {@code later} after the file was made. */
    private interface Part {
        void describe(CloudBuilder builder, Duration later);
    }

    private CloudFile(String file, JsonNode tree) {
        whole = new FileNode(file, "", tree)
                .of(Stream.concat(KEYS.stream(), FileBeside.KEYS.stream()).toArray(String[]::new));
        if (whole.at("format").number(1, 1) != 1) {
            throw whole.at("format").wrong("only 1 is known; take a newer nova-rehearsal.jar");
        }
        whole.at("leftOut").texts();
        taken = whole.at("taken").time();
        speed = new FileSpeed(whole.at("rates"));
        flavors = whole.at("flavors").entries();
        hosts = whole.at("hosts").entriesOrNames();
        servers = whole.at("servers").entries();
        if (hosts.isEmpty()) {
            throw whole.at("hosts")
                    .wrong("there is no host: name one at least, as in \"hosts\": [\"compute1\", \"compute2\"]");
        }
        release();
        flavors.forEach(this::flavor);
        whole.at("aggregates").entries().forEach(this::aggregate);
        Collection<String> traits =
                whole.at("traits").isSaid() ? whole.at("traits").texts() : TRAITS;
        hosts.forEach((name, host) -> host(name, host, traits));
        projects();
        whole.at("groups").entries().forEach(this::group);
        List<Map.Entry<String, FileNode>> oldestFirst = new ArrayList<>(servers.entrySet());
        oldestFirst.sort(Comparator.comparing(
                each -> each.getValue().isObject()
                        ? each.getValue().at("created").time()
                        : null,
                Comparator.nullsLast(Comparator.naturalOrder())));
        Map<String, String> ids = new HashMap<>();
        oldestFirst.forEach(each -> server(each.getKey(), each.getValue(), ids));
        Map<String, String> idsByKey = new HashMap<>();
        ids.forEach((id, key) -> idsByKey.put(key, id));
        FileBeside beside = new FileBeside(whole, hosts.keySet(), idsByKey);
        parts.add((builder, later) -> builder.beside(beside));
    }

    /**
     * Reads a file.
     *
     * @param file its name, for messages
     * @throws IllegalArgumentException names the file, the way to what is wrong, what is there and what may be
     */
    public static CloudFile parse(String file, String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            if (tree == null || !tree.isObject()) {
                throw new IllegalArgumentException(file + ": it is no object in braces");
            }
            return new CloudFile(file, tree);
        } catch (JsonProcessingException odd) {
            throw new IllegalArgumentException(
                    file + ": line " + odd.getLocation().getLineNr() + ", column "
                            + odd.getLocation().getColumnNr() + ": it is no JSON there ("
                            + odd.getOriginalMessage().replaceAll("\\s+", " ") + ")",
                    odd);
        }
    }

    /** One that lies beside this class. */
    static CloudFile ofResource(String name) {
        try (InputStream text = CloudFile.class.getResourceAsStream(name)) {
            return parse(name, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The id of a server of which the file tells none. */
    public static String idOf(String server) {
        return World.uuid("server " + server);
    }

    /** The id of a group of which the file tells none. */
    public static String idOfGroup(String group) {
        return World.uuid("group " + group);
    }

    /** The power state that goes with a status of Nova's. */
    public static int powerOf(String status) {
        return ServerBuilder.powerOf(status);
    }

    /** The statuses that a server of a file may have. */
    public static Set<String> statuses() {
        return ServerBuilder.states();
    }

    /** The policies that a server group of a file may have. */
    public static Set<String> policies() {
        return Set.copyOf(POLICIES);
    }

    /** Whether the file says how fast its moves are; where it does not, they take what a plan assumes. */
    public boolean tellsRates() {
        return speed.isSaid();
    }

    /** How many hosts there are. */
    public int hosts() {
        return hosts.size();
    }

    /** How many servers there are. */
    public int servers() {
        return servers.size();
    }

    /**
     * Describes it.
     *
     * @param start when its time begins: what the file tells of times goes along
     */
    public CloudBuilder describe(Instant start) {
        CloudBuilder builder = SimulatedCloud.builder().startingAt(start);
        Duration later = taken == null ? Duration.ZERO : Duration.between(taken, start);
        if (speed.request() > 0) {
            builder.timePerRequest(Duration.ofNanos((long) (speed.request() * 1e9)));
        }
        parts.forEach(part -> part.describe(builder, later));
        return builder;
    }

    private void release() {
        FileNode nova = whole.at("nova");
        String version = nova.text("2.93");
        if (!version.matches("2\\.\\d{1,3}")) {
            throw nova.wrong("'" + version + "' is no microversion such as 2.93");
        }
        int minor = Integer.parseInt(version.substring(2));
        boolean placement =
                !whole.at("placement").isSaid() || whole.at("placement").flag();
        boolean ownFlavors = whole.at("flavors").isSaid();
        parts.add((builder, later) -> {
            builder.maxMicroversion(minor);
            if (!placement) {
                builder.withoutPlacement();
            }
            if (ownFlavors) {
                builder.withoutFlavors();
            }
        });
    }

    private void flavor(String name, FileNode node) {
        node.of("disk", "ephemeral", "ram", "specs", "swap", "vcpus");
        int vcpus = (int) node.at("vcpus").number(1, 1);
        long ram = node.at("ram").number(0, 2_048);
        long disk = node.at("disk").number(0, 0);
        long ephemeral = node.at("ephemeral").number(0, 0);
        long swap = node.at("swap").number(0, 0);
        Map<String, String> specs = node.at("specs").textsByKey();
        specs.forEach((key, value) -> {
            if (key.startsWith("resources:") && !value.matches("\\d{1,15}")) {
                throw node.at("specs").at(key).wrong("'" + value + "' is no amount");
            }
        });
        parts.add((builder, later) -> builder.flavor(name, vcpus, ram, disk, ephemeral, swap, specs));
    }

    private void aggregate(String name, FileNode node) {
        node.of("hosts", "metadata", "zone");
        String zone = node.at("zone").text(null);
        List<String> members = new ArrayList<>();
        for (FileNode member : node.at("hosts").items()) {
            String host = member.name("host", hosts.keySet(), null);
            members.add(host);
            if (zone != null) {
                String other = zones.putIfAbsent(host, zone);
                if (other != null && !other.equals(zone)) {
                    throw member.wrong("the host '" + host + "' is in zone '" + other
                            + "' by another aggregate already, and Nova" + " lets none be in two");
                }
            }
        }
        Map<String, String> metadata = node.at("metadata").textsByKey();
        parts.add((builder, later) -> builder.aggregate(name, zone, metadata, members.toArray(String[]::new)));
    }

    private void host(String name, FileNode node, Collection<String> common) {
        node.of(
                "cpu",
                "disk",
                "forcedDown",
                "held",
                "hostname",
                "hypervisor",
                "link",
                "liveMigrations",
                "ram",
                "reason",
                "resources",
                "state",
                "status",
                "traits",
                "vcpus",
                "zone");
        FileNode zoneNode = node.at("zone");
        String zone = zoneNode.text(zones.getOrDefault(name, "nova"));
        if (zoneNode.isSaid() && zones.containsKey(name) && !zones.get(name).equals(zone)) {
            throw zoneNode.wrong("it is in zone '" + zones.get(name) + "' by its aggregate; leave out one of them");
        }
        boolean disabled = node.at("status")
                .oneOf(List.of("enabled", "disabled"), "enabled")
                .equals("disabled");
        String reason = node.at("reason").text(null);
        if (reason != null && !disabled) {
            throw node.at("reason").wrong("only a host whose status is disabled has a reason");
        }
        boolean down = node.at("state").oneOf(List.of("up", "down"), "up").equals("down");
        boolean forcedDown = node.at("forcedDown").flag();
        String hostname = node.at("hostname").text(name);
        FileNode hypervisor = node.at("hypervisor");
        if (hypervisor.isSaid()) {
            hypervisor.of("type", "version");
        }
        String type = hypervisor.at("type").text("QEMU");
        long version = hypervisor.at("version").number(0, 8_002_000);
        String cpu = node.at("cpu").text("Cascadelake-Server");
        long atOnce = node.at("liveMigrations").number(0, 1);
        double link = node.at("link").quantity(-1);
        Set<String> traits = new TreeSet<>(common);
        traits.addAll(node.at("traits").texts());
        List<Inventory> inventory = inventory(node);
        Map<String, Long> held = new LinkedHashMap<>();
        node.at("held").entries().forEach((resource, amount) -> held.put(resource, amount.number(1, 1)));
        boolean disk = !node.at("disk").isNull();
        parts.add((builder, later) -> builder.host(name, host -> {
            host.zone(zone)
                    .hostname(hostname)
                    .hypervisor(type, version)
                    .cpuModel(cpu)
                    .onlyTraits(traits);
            host.liveMigrations((int) atOnce);
            inventory.forEach(each -> host.inventory(each.resource(), each.total(), each.ratio(), each.reserved()));
            held.forEach(host::held);
            if (link >= 0) {
                host.link(link);
            }
            if (disabled) {
                host.disabled(reason);
            }
            if (down) {
                host.down();
            }
            if (forcedDown) {
                host.forcedDown();
            }
            if (!disk) {
                host.withoutDisk();
            }
        }));
    }

    private record Inventory(String resource, long total, double ratio, long reserved) {}

    private static List<Inventory> inventory(FileNode node) {
        List<Inventory> all = new ArrayList<>();
        all.add(inventory("VCPU", node.at("vcpus"), 64, 16, 0));
        all.add(inventory("MEMORY_MB", node.at("ram"), 262_144, 1, 512));
        if (!node.at("disk").isNull()) {
            all.add(inventory("DISK_GB", node.at("disk"), 2_000, 1, 0));
        }
        node.at("resources").entries().forEach((resource, each) -> all.add(inventory(resource, each, 0, 1, 0)));
        return all;
    }

    /** A number alone, or how much there is, how often it is given away and what is kept back. */
    private static Inventory inventory(String resource, FileNode node, long total, double ratio, long reserved) {
        if (!node.isObject()) {
            return new Inventory(resource, node.number(0, total), ratio, reserved);
        }
        node.of("ratio", "reserved", "total");
        return new Inventory(
                resource,
                node.at("total").number(0, total),
                node.at("ratio").quantity(ratio),
                node.at("reserved").number(0, reserved));
    }

    private void projects() {
        Set<String> projects = new TreeSet<>();
        Map<String, String> owners = new TreeMap<>();
        projects.add(whole.at("project").text(PROJECT));
        servers.values().forEach(server -> {
            if (server.isObject() && server.at("project").isSaid()) {
                projects.add(server.at("project").text());
            }
            if (server.isObject() && server.at("owner").isSaid()) {
                owner(server, owners);
            }
        });
        whole.at("groups").entries().values().forEach(group -> {
            if (group.isObject() && group.at("project").isSaid()) {
                projects.add(group.at("project").text());
            }
        });
        projects.remove(PROJECT);
        projects.forEach(project -> parts.add((builder, later) -> builder.owner(project, project, projectId(project))));
        owners.forEach(
                (name, project) -> parts.add((builder, later) -> builder.owner(name, project, projectId(project))));
    }

    private static String projectId(String project) {
        return project.matches("[0-9a-f]{32}")
                ? project
                : World.uuid("project " + project).replace("-", "");
    }

    /** Users of the cloud's own keep their projects, and each other user has one. */
    private void owner(FileNode server, Map<String, String> owners) {
        String name = server.at("owner").text();
        String project = projectOf(server);
        if (USERS.contains(name)) {
            throw server.at("owner").wrong("'" + name + "' is a user that each simulated cloud has; take another name");
        }
        String before = owners.putIfAbsent(name, project);
        if (before != null && !before.equals(project)) {
            throw server.at("owner")
                    .wrong("'" + name + "' owns servers of the project '" + before + "', and this one is of '" + project
                            + "'; an owner has one project");
        }
    }

    private String projectOf(FileNode node) {
        return node.at("project").text(whole.at("project").text(PROJECT));
    }

    private void group(String key, FileNode node) {
        node.of("id", "members", "name", "perHost", "policy", "project");
        if (!node.at("policy").isSaid()) {
            throw node.at("policy").wrong("a group has a policy: one of " + String.join(", ", POLICIES));
        }
        String policy = node.at("policy").oneOf(POLICIES, null);
        String id = node.at("id").text(idOfGroup(key));
        int perHost = (int) node.at("perHost").number(1, 1);
        String owner = projectOf(node);
        for (FileNode member : node.at("members").items()) {
            String server = member.name("server", servers.keySet(), null);
            if (groupOf.putIfAbsent(server, id) != null) {
                throw member.wrong("the server '" + server + "' is in a group already, and Nova lets none be in two");
            }
        }
        String name = node.at("name").text(key);
        parts.add((builder, later) -> builder.group(id, name, policy, perHost, owner));
    }

    private void server(String key, FileNode node, Map<String, String> ids) {
        node.of(
                "bootsFrom",
                "configDrive",
                "created",
                "fault",
                "flavor",
                "host",
                "id",
                "image",
                "locked",
                "metadata",
                "name",
                "owner",
                "power",
                "project",
                "resizedBy",
                "resizedFlavor",
                "resizedFrom",
                "seconds",
                "shares",
                "status",
                "tags",
                "task",
                "taskSince",
                "volumes",
                "zone");
        String status =
                node.at("status").oneOf(statuses(), node.at("resizedFrom").isSaid() ? "VERIFY_RESIZE" : "ACTIVE");
        boolean nowhere = status.equals("SHELVED_OFFLOADED")
                || status.equals("BUILD") && !node.at("host").isSaid();
        if (!nowhere && !node.at("host").isSaid()) {
            throw node.at("host").wrong("it is missing: a server that is " + status + " is on a host");
        }
        String host = node.at("host").name("host", hosts.keySet(), null);
        String id = node.at("id").text(idOf(key));
        String twin = ids.putIfAbsent(id, key);
        if (twin != null) {
            throw node.at("id").wrong("the server '" + twin + "' has the same id " + id);
        }
        Collection<String> known = whole.at("flavors").isSaid() ? flavors.keySet() : FLAVORS;
        String flavor = node.at("flavor").name("flavor", known, FLAVOR);
        boolean volume =
                node.at("bootsFrom").oneOf(List.of("image", "volume"), "image").equals("volume");
        FileNode lock = node.at("locked");
        String lockReason = lock.isSaid() && !lock.value().isBoolean() ? lock.text() : null;
        boolean locked = lockReason != null || lock.flag();
        String resizedFrom = node.at("resizedFrom").name("host", hosts.keySet(), null);
        if (resizedFrom != null && !status.equals("VERIFY_RESIZE")) {
            throw node.at("resizedFrom").wrong("only a server in VERIFY_RESIZE has it, and this one is " + status);
        }
        if (status.equals("VERIFY_RESIZE") && resizedFrom == null) {
            throw node.at("resizedFrom").wrong("it is missing: a server in VERIFY_RESIZE came from a host");
        }
        boolean byOwner =
                node.at("resizedBy").oneOf(List.of("admin", "owner"), "admin").equals("owner");
        String oldFlavor = node.at("resizedFlavor").name("flavor", known, flavor);
        Instant created = node.at("created").time();
        Instant since = node.at("taskSince").time();
        String name = node.at("name").text(key);
        String owner = node.at("owner").text(projectOf(node));
        String task = node.at("task").text(null);
        String zone = node.at("zone").text(null);
        String fault = node.at("fault").text(null);
        long power = node.at("power").number(0, -1);
        long volumes = node.at("volumes").number(0, -1);
        boolean drive = node.at("configDrive").flag();
        Map<String, String> metadata = node.at("metadata").textsByKey();
        Map<String, String> image = node.at("image").textsByKey();
        List<String> tags = node.at("tags").texts();
        List<String> shares = node.at("shares").texts();
        String group = groupOf.get(key);
        FileNode own = node.at("seconds");
        speed.tell(new Behaviour(), 0, 0, own);
        FileNode size = flavors.get(flavor);
        long ram = size == null ? SIZES.get(flavor)[0] : size.at("ram").number(0, 2_048);
        long disks = local(flavor, size, volume);
        parts.add((builder, later) -> builder.server(name, server -> {
            server.id(id).status(status).flavor(flavor).owner(owner).behaviour(b -> speed.tell(b, ram, disks, own));
            server.on(host);
            if (volume) {
                server.volumeBacked();
            }
            server.volumes((int) volumes);
            if (drive) {
                server.configDrive();
            }
            if (locked) {
                server.locked(lockReason);
            }
            if (zone != null) {
                server.pinnedTo(zone);
            }
            if (group != null) {
                server.group(group);
            }
            if (fault != null) {
                server.fault(fault);
            }
            if (task != null) {
                server.stuckIn(task);
            }
            if (power >= 0) {
                server.power((int) power);
            }
            if (resizedFrom != null && byOwner) {
                server.oldFlavor(oldFlavor).resizedByOwnerFrom(resizedFrom);
            } else if (resizedFrom != null) {
                server.resizedFrom(resizedFrom);
            }
            if (created != null) {
                server.created(created.plus(later));
            }
            if (since != null) {
                server.since(since.plus(later));
            }
            metadata.forEach(server::metadata);
            image.forEach(server::imageProperty);
            server.tags(tags.toArray(String[]::new)).shares(shares.toArray(String[]::new));
        }));
    }

    private static long local(String flavor, FileNode size, boolean volume) {
        if (size == null) {
            return volume ? 0 : SIZES.get(flavor)[1];
        }
        return (volume ? 0 : size.at("disk").number(0, 0))
                + size.at("ephemeral").number(0, 0)
                + (size.at("swap").number(0, 0) + 1023) / 1024;
    }
}
