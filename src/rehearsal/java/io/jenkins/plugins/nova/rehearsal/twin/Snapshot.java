package io.jenkins.plugins.nova.rehearsal.twin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.openstack4j.CloudReader;
import io.jenkins.plugins.nova.plan.LocalDisks;
import io.jenkins.plugins.nova.plan.room.RoomRequest;
import io.jenkins.plugins.nova.simulator.CloudFile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A cloud's file made of what the cloud tells: all that a plan looks at, and what a drain needs to be rehearsed. Of what people have
 * written there is only what the plan reads: names, reasons of disabled hosts and locks, faults, and of metadata, tags and
 * properties of images the keys that mean something to it; user data, addresses and the rest are not asked for or left out.
 */
final class Snapshot {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What of a server's metadata the plan reads: io.jenkins.plugins.nova.plan.OwnersWord and RescuePriority. */
    private static final Set<String> METADATA = Set.of("maintenance", "recovery_priority", "sw:wrs:recovery_priority");

    private static final String TAG = "(?i)\\s*maintenance[:=].*";
    private static final String DISABLED = "COMPUTE_STATUS_DISABLED";
    private static final String CPU = "Cascadelake-Server";
    private static final long VERSION = 8_002_000;

    private final CloudReader reader;
    private final Nova nova;
    private final Names names;
    private final Instant now;
    private final Duration back;
    private final List<String> leftOut = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, Flavor> flavors = new TreeMap<>();
    private final MeasuredRates rates = new MeasuredRates();
    private final ObjectNode file = JSON.objectNode();
    private List<Aggregate> aggregates = List.of();

    /**
     * @param names how things are called
     * @param now when it is taken
     * @param back how far migrations are looked at
     */
    Snapshot(CloudReader reader, Names names, Instant now, Duration back) {
        this.reader = reader;
        this.nova = reader.nova();
        this.names = names;
        this.now = now;
        this.back = back;
    }

    /**
     * Reads the cloud.
     *
     * @return the file
     * @throws NovaException when the cloud does not answer, or refuses what cannot be done without
     * @throws IllegalArgumentException when the token does not see all of it
     */
    ObjectNode read() {
        if (!reader.timed(nova::seesAllProjects)) {
            throw new IllegalArgumentException(
                    "this login does not see the servers, services and migrations of all projects, so"
                            + " the file would lack some: take that of an administrator, or of a role with the rights that"
                            + " docs/security.md lists under 'What a snapshot reads'");
        }
        file.put("format", 1).put("taken", now.truncatedTo(ChronoUnit.SECONDS).toString());
        file.put("nova", nova.microversions().max().toString());
        List<Hypervisor> hypervisors = new ArrayList<>(nova.hypervisors());
        List<ComputeService> services = reader.timed(nova::computeServices);
        aggregates = nova.aggregates();
        reader.flavors().forEach(flavor -> flavors.put(flavor.name(), flavor));
        reader.servers(this::keep, odd -> leftOut(odd));
        name();
        Map<String, String> resizedFrom = new HashMap<>();
        Map<String, Migration> resizes = new HashMap<>();
        nova.migrations(MigrationQuery.ALL.inStatus("finished")).forEach(migration -> {
            if (migration.sourceHost() != null) {
                resizedFrom.putIfAbsent(migration.serverId(), migration.sourceHost());
                resizes.putIfAbsent(migration.serverId(), migration);
            }
        });
        migrations();
        Map<String, CloudReader.Provider> providers = providers(hypervisors);
        hosts(services, hypervisors, providers, demands(resizedFrom));
        aggregates();
        groups();
        servers(resizedFrom, resizes, services);
        flavors();
        new BesideSnapshot(reader.beside(), names, leftOut::add, file).read(keys);
        ObjectNode measured = rates.json(nova, reader.aRequest());
        if (!measured.isEmpty()) {
            file.set("rates", measured);
        }
        if (!leftOut.isEmpty()) {
            ArrayNode list = file.putArray("leftOut");
            leftOut.stream().distinct().sorted().forEach(list::add);
        }
        return file;
    }

    /** What was read, in words. */
    String words() {
        return file.path("hosts").size() + " hosts, " + servers.size() + " servers, " + flavors.size() + " flavors, "
                + file.path("groups").size() + " groups; migrations of " + back.toDays() + " days: " + rates.words();
    }

    private void leftOut(OddRow odd) {
        leftOut.add(names.areHashed() ? odd.kind().words() + ": " + odd.wrong() : odd.words());
    }

    private void keep(Server server) {
        if (!server.known()) {
            leftOut.add("a server of which Nova does not tell the state");
            return;
        }
        servers.add(server);
        flavors.putIfAbsent(server.flavor().name(), server.flavor());
        rates.server(server.id(), server.flavor().ramMiB(), LocalDisks.gibibytes(server));
    }

    /** Each server's key: its name where no other has it, else its id. */
    private void name() {
        Set<String> once = new HashSet<>();
        Set<String> often = new HashSet<>();
        servers.forEach(server -> {
            if (!once.add(server.name())) {
                often.add(server.name());
            }
        });
        servers.forEach(server -> keys.put(
                server.id(),
                often.contains(server.name()) || server.name().isEmpty()
                        ? names.of("server", server.id())
                        : names.of("server", server.name())));
    }

    private void migrations() {
        try {
            reader.migrations(now.minus(back), rates::migration);
        } catch (NovaException.Missing old) {
            leftOut.add("rates: " + old.getMessage());
        }
    }

    private Map<String, CloudReader.Provider> providers(List<Hypervisor> hypervisors) {
        try {
            return reader.providers(hypervisors);
        } catch (NovaException.Missing none) {
            file.put("placement", false);
            return Map.of();
        } catch (NovaException.Refused denied) {
            leftOut.add("inventories: " + denied.novaMessage() + "; sizes of hosts are those of Nova's hypervisors");
            return Map.of();
        }
    }

    private void hosts(
            Collection<ComputeService> services,
            List<Hypervisor> hypervisors,
            Map<String, CloudReader.Provider> providers,
            Map<String, Map<String, Long>> demands) {
        Map<String, Hypervisor> byHost = new HashMap<>();
        hypervisors.forEach(hypervisor -> byHost.putIfAbsent(hypervisor.host(), hypervisor));
        Set<String> common = new TreeSet<>(CloudFile.TRAITS);
        boolean first = true;
        for (CloudReader.Provider provider : providers.values()) {
            if (first) {
                common = new TreeSet<>(provider.traits());
                common.remove(DISABLED);
            } else {
                common.retainAll(provider.traits());
            }
            first = false;
        }
        if (!common.equals(CloudFile.TRAITS)) {
            ArrayNode traits = file.putArray("traits");
            common.forEach(traits::add);
        }
        ObjectNode hosts = file.putObject("hosts");
        Map<String, String> zones = zones();
        for (ComputeService service : services) {
            if (!service.known()) {
                leftOut.add("a host whose service Nova does not tell the state of");
                continue;
            }
            ObjectNode host = hosts.putObject(names.of("host", service.host()));
            String zone = zones.getOrDefault(service.host(), "nova");
            if (!zones.containsKey(service.host())
                    && !service.zone().isEmpty()
                    && !service.zone().equals(zone)) {
                host.put("zone", names.of("zone", service.zone()));
            }
            if (!service.enabled()) {
                host.put("status", "disabled");
                if (service.disabledReason() != null
                        && !service.disabledReason().isEmpty()) {
                    host.put("reason", names.prose(service.disabledReason()));
                }
            }
            if (service.forcedDown()) {
                host.put("forcedDown", true);
            } else if (!service.up()) {
                host.put("state", "down");
            }
            Hypervisor hypervisor = byHost.get(service.host());
            if (hypervisor != null) {
                CloudReader.Provider provider = providers.get(hypervisor.id());
                hypervisor(host, service.host(), hypervisor, provider);
                if (provider != null) {
                    inventory(
                            host,
                            provider,
                            common,
                            demands == null ? null : demands.getOrDefault(service.host(), Map.of()));
                }
            }
        }
    }

    private void hypervisor(ObjectNode host, String name, Hypervisor hypervisor, CloudReader.Provider provider) {
        if (!hypervisor.hostname().isEmpty() && !hypervisor.hostname().equals(name)) {
            host.put("hostname", names.of("host", hypervisor.hostname()));
        }
        if (!hypervisor.type().equals("QEMU") || hypervisor.version() != VERSION) {
            host.putObject("hypervisor").put("type", hypervisor.type()).put("version", hypervisor.version());
        }
        if (hypervisor.cpuModel() != null && !hypervisor.cpuModel().equals(CPU)) {
            host.put("cpu", hypervisor.cpuModel());
        }
        if (provider == null) {
            if (hypervisor.vcpus() != null && hypervisor.vcpus() > 0) {
                host.put("vcpus", hypervisor.vcpus());
            }
            if (hypervisor.memoryMiB() != null && hypervisor.memoryMiB() > 0) {
                host.put("ram", hypervisor.memoryMiB());
            }
        }
    }

    /** @param demand what the file's servers hold of it; null where that cannot be told */
    private static void inventory(
            ObjectNode host, CloudReader.Provider provider, Set<String> common, Map<String, Long> demand) {
        Map<String, CloudReader.Inventory> inventories = provider.inventories();
        put(host, "vcpus", inventories.get("VCPU"), new CloudReader.Inventory(64, 16, 0, 0));
        put(host, "ram", inventories.get("MEMORY_MB"), new CloudReader.Inventory(262_144, 1, 512, 0));
        put(host, "disk", inventories.get("DISK_GB"), new CloudReader.Inventory(2_000, 1, 0, 0));
        inventories.forEach((resource, inventory) -> {
            if (!Set.of("VCPU", "MEMORY_MB", "DISK_GB").contains(resource) && inventory.total() > 0) {
                put(object(host, "resources"), resource, inventory, null);
            }
            long held = demand == null ? 0 : inventory.used() - demand.getOrDefault(resource, 0L);
            if (held > 0) {
                object(host, "held").put(resource, held);
            }
        });
        Set<String> traits = new TreeSet<>(provider.traits());
        traits.removeAll(common);
        traits.remove(DISABLED);
        if (!traits.isEmpty()) {
            ArrayNode list = host.putArray("traits");
            traits.forEach(list::add);
        }
    }

    /**
     * What the servers hold of each host, as Nova asks Placement for it; of one that waits for confirm or revert also where it
     * came from. Null while moves are under way: what is held of which host then is not told.
     */
    private Map<String, Map<String, Long>> demands(Map<String, String> resizedFrom) {
        Map<String, Map<String, Long>> demands = new HashMap<>();
        for (Server server : servers) {
            String task = server.taskState();
            if (task != null && (task.equals("migrating") || task.startsWith("resize") || task.startsWith("rebuild"))) {
                leftOut.add("what is held by nobody's servers: moves were under way");
                return null;
            }
            Set<String> places = new HashSet<>();
            places.add(server.host());
            if (server.vmState().equals("resized")) {
                places.add(resizedFrom.get(server.id()));
            }
            places.forEach(host -> RoomRequest.of(server)
                    .resources()
                    .amounts()
                    .forEach((resource, amount) -> demands.computeIfAbsent(host, none -> new TreeMap<>())
                            .merge(resource, amount, Long::sum)));
        }
        return demands;
    }

    private static ObjectNode object(ObjectNode of, String key) {
        return of.get(key) instanceof ObjectNode known ? known : of.putObject(key);
    }

    private static void put(ObjectNode host, String key, CloudReader.Inventory inventory, CloudReader.Inventory usual) {
        if (inventory == null) {
            host.set(key, key.equals("disk") ? JSON.nullNode() : JSON.numberNode(0));
            return;
        }
        double ratio = usual == null ? 1 : usual.ratio();
        long reserved = usual == null ? 0 : usual.reserved();
        if (inventory.ratio() == ratio && inventory.reserved() == reserved) {
            if (usual == null || inventory.total() != usual.total()) {
                host.put(key, inventory.total());
            }
            return;
        }
        ObjectNode figures = host.putObject(key).put("total", inventory.total());
        if (inventory.ratio() != ratio) {
            figures.put("ratio", inventory.ratio());
        }
        if (inventory.reserved() != reserved) {
            figures.put("reserved", inventory.reserved());
        }
    }

    private Map<String, String> zones() {
        Map<String, String> zones = new HashMap<>();
        aggregates.forEach(aggregate -> {
            if (aggregate.availabilityZone() != null) {
                aggregate.hosts().forEach(host -> zones.put(host, aggregate.availabilityZone()));
            }
        });
        return zones;
    }

    /** Of their metadata what a flavor may ask for, and whom they are for. */
    private void aggregates() {
        Set<String> asked = flavors.values().stream()
                .flatMap(flavor -> flavor.extraSpecs().keySet().stream())
                .map(spec -> spec.substring(spec.indexOf(':') + 1))
                .collect(Collectors.toSet());
        ObjectNode all = JSON.objectNode();
        for (Aggregate aggregate : aggregates) {
            ObjectNode one = all.putObject(names.of("aggregate", aggregate.name()));
            if (aggregate.availabilityZone() != null) {
                one.put("zone", names.of("zone", aggregate.availabilityZone()));
            }
            ArrayNode hosts = one.putArray("hosts");
            aggregate.hosts().stream()
                    .filter(host -> file.path("hosts").has(names.of("host", host)))
                    .map(host -> names.of("host", host))
                    .sorted()
                    .forEach(hosts::add);
            aggregate.metadata().forEach((key, value) -> {
                if (asked.contains(key)) {
                    object(one, "metadata").put(key, value);
                }
            });
        }
        if (!all.isEmpty()) {
            file.set("aggregates", all);
        }
    }

    private void groups() {
        ObjectNode groups = JSON.objectNode();
        Map<String, Integer> often = new HashMap<>();
        List<ServerGroup> read = nova.serverGroups();
        read.forEach(group -> often.merge(group.name(), 1, Integer::sum));
        for (ServerGroup group : read) {
            if (!CloudFile.policies().contains(group.policy())) {
                leftOut.add("a server group whose policy no file can have: '" + group.policy() + "'");
                continue;
            }
            List<String> members = group.members().stream()
                    .filter(keys::containsKey)
                    .map(keys::get)
                    .sorted()
                    .toList();
            boolean alone = often.get(group.name()) == 1 && !group.name().isEmpty();
            String key = names.of("group", alone ? group.name() : group.id());
            ObjectNode one = groups.putObject(key);
            one.put("policy", group.policy());
            if (!names.areHashed() && !group.id().equals(CloudFile.idOfGroup(key))) {
                one.put("id", group.id());
            }
            if (!alone && !group.name().isEmpty()) {
                one.put("name", names.of("group", group.name()));
            }
            if (group.maxServersPerHost() != 1) {
                one.put("perHost", group.maxServersPerHost());
            }
            if (group.projectId() != null) {
                one.put("project", names.of("project", group.projectId()));
            }
            ArrayNode list = one.putArray("members");
            members.forEach(list::add);
        }
        if (!groups.isEmpty()) {
            file.set("groups", groups);
        }
    }

    private void servers(
            Map<String, String> resizedFrom, Map<String, Migration> resizes, Collection<ComputeService> services) {
        Map<String, Long> projects =
                servers.stream().collect(Collectors.groupingBy(Server::projectId, TreeMap::new, Collectors.counting()));
        String most = projects.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(CloudFile.PROJECT);
        if (!most.isEmpty()) {
            file.put("project", names.of("project", most));
        }
        file.path("groups").forEach(group -> {
            if (group.path("project").asText().equals(file.path("project").asText())) {
                ((ObjectNode) group).remove("project");
            }
        });
        Set<String> hosts = services.stream().map(ComputeService::host).collect(Collectors.toSet());
        ObjectNode all = file.putObject("servers");
        for (Server server : servers) {
            String status = status(server);
            boolean placed = server.host() != null && hosts.contains(server.host());
            String from = resizedFrom.get(server.id());
            if (status == null || !placed && !status.equals("SHELVED_OFFLOADED")) {
                keys.remove(server.id());
                leftOut.add(
                        status == null
                                ? "a server in state " + server.vmState() + ", which no file can have"
                                : "a server on a host that has no compute service, or on none: " + server.status());
                continue;
            }
            if (status.equals("VERIFY_RESIZE") && (from == null || !hosts.contains(from))) {
                leftOut.add("a server in VERIFY_RESIZE whose source is not told");
                keys.remove(server.id());
                continue;
            }
            server(all.putObject(keys.get(server.id())), server, status, most);
            if (status.equals("VERIFY_RESIZE")) {
                ObjectNode one = (ObjectNode) all.get(keys.get(server.id()));
                one.remove("status");
                one.put("resizedFrom", names.of("host", from));
                if (resizes.get(server.id()).ownersResize()) {
                    one.put("resizedBy", "owner");
                }
            }
        }
        file.path("groups").forEach(group -> {
            ArrayNode members = (ArrayNode) group.path("members");
            for (int i = members.size() - 1; i >= 0; i--) {
                if (!all.has(members.get(i).asText())) {
                    members.remove(i);
                }
            }
        });
    }

    /** By Nova's name for its state when nothing is under way; null for one that a file cannot have. */
    private static String status(Server server) {
        String status = switch (server.vmState()) {
            case "active" -> "ACTIVE";
            case "stopped" -> "SHUTOFF";
            case "resized" -> "VERIFY_RESIZE";
            case "rescued" -> "RESCUE";
            case "building" -> "BUILD";
            case "soft-delete" -> "SOFT_DELETED";
            default -> server.vmState().toUpperCase(Locale.ROOT);
        };
        return CloudFile.statuses().contains(status) ? status : null;
    }

    private void server(ObjectNode to, Server server, String status, String project) {
        if (server.host() != null) {
            to.put("host", names.of("host", server.host()));
        }
        String key = keys.get(server.id());
        if (!names.areHashed()) {
            if (!key.equals(server.name()) && !server.name().isEmpty()) {
                to.put("name", server.name());
            }
            if (!server.id().equals(CloudFile.idOf(key))) {
                to.put("id", server.id());
            }
        }
        if (!status.equals("ACTIVE")) {
            to.put("status", status);
        }
        if (server.powerState() != CloudFile.powerOf(status)) {
            to.put("power", server.powerState());
        }
        if (server.taskState() != null) {
            to.put("task", server.taskState());
            put(to, "taskSince", server.updated());
        }
        to.put("flavor", flavorKey(server.flavor()));
        if (!server.projectId().equals(project) && !server.projectId().isEmpty()) {
            to.put("project", names.of("project", server.projectId()));
        }
        if (server.bootsFromVolume()) {
            to.put("bootsFrom", "volume");
        }
        if (server.volumes().size() != (server.bootsFromVolume() ? 1 : 0)) {
            to.put("volumes", server.volumes().size());
        }
        if (server.configDrive()) {
            to.put("configDrive", true);
        }
        if (server.locked()) {
            if (server.lockedReason() == null || server.lockedReason().isEmpty()) {
                to.put("locked", true);
            } else {
                to.put("locked", names.prose(server.lockedReason()));
            }
        }
        if (server.pinnedAvailabilityZone() != null) {
            to.put("zone", names.of("zone", server.pinnedAvailabilityZone()));
        }
        if (server.fault() != null) {
            to.put("fault", names.prose(server.fault()));
        }
        put(to, "created", server.created());
        server.metadata().forEach((name, value) -> {
            if (METADATA.contains(name)) {
                object(to, "metadata").put(name, value);
            }
        });
        server.imageProperties().forEach((name, value) -> {
            if (name.startsWith("hw_") || name.startsWith("trait:")) {
                object(to, "image").put(name, value);
            }
        });
        List<String> tags =
                server.tags().stream().filter(tag -> tag.matches(TAG)).sorted().toList();
        if (!tags.isEmpty()) {
            ArrayNode list = to.putArray("tags");
            tags.forEach(list::add);
        }
    }

    private static void put(ObjectNode to, String key, Instant time) {
        if (time != null) {
            to.put(key, time.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    /** Those that servers are of, and those that the cloud has beside them. */
    private void flavors() {
        ObjectNode all = file.putObject("flavors");
        Map<String, Flavor> sorted = new LinkedHashMap<>(flavors);
        sorted.forEach((name, flavor) -> {
            ObjectNode one = all.putObject(flavorKey(flavor));
            one.put("vcpus", Math.max(1, flavor.vcpus()))
                    .put("ram", flavor.ramMiB())
                    .put("disk", flavor.diskGiB());
            if (flavor.ephemeralGiB() > 0) {
                one.put("ephemeral", flavor.ephemeralGiB());
            }
            if (flavor.swapMiB() > 0) {
                one.put("swap", flavor.swapMiB());
            }
            flavor.extraSpecs().forEach((key, value) -> {
                if (key.startsWith("resources:") && !value.matches("\\d{1,15}")) {
                    leftOut.add("an extra spec " + key + " that is no amount");
                } else {
                    object(one, "specs").put(key, value);
                }
            });
        });
    }

    /** A flavor that is not told has a name too. */
    private String flavorKey(Flavor flavor) {
        return flavor.name().isEmpty() ? "unknown" : names.of("flavor", flavor.name());
    }
}
