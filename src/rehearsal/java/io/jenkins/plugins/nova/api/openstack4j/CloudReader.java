package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.http.Intake;
import io.jenkins.plugins.nova.api.openstack4j.http.SharedClient;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.http.Wire;
import io.jenkins.plugins.nova.api.openstack4j.identity.Catalogue;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Doors;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.openstack4j.api.types.ServiceType;

/**
 * Reads all of a cloud, list by list and page by page: of a page nothing is kept but what is handed on. It asks with GET alone,
 * but for the login and for revoking its token at the end.
 */
public final class CloudReader implements AutoCloseable {
    private static final String PROVIDERS = "placement 1.17";

    private final Session session;
    private final SharedClient client;
    private final Connections connections = new Connections();
    private final OpenStackNova nova;
    private final Service compute;
    private final Service placement;
    private final Versions versions;
    private final List<Duration> asked = new ArrayList<>();

    /**
     * Prepares it; nothing is sent before the first question.
     *
     * @throws IllegalArgumentException when the transport's CA certificates cannot be read
     */
    public CloudReader(CloudEndpoint endpoint, Login login, Transport transport) {
        client = new SharedClient(transport);
        client.use();
        Wire wire = new Wire(client, transport.answerTimeout(), Wire.LARGEST_ANSWER, Intake.ofThisJvm());
        session = new Session(endpoint, login, wire, new Doors().of(endpoint, login), Clock.systemUTC());
        nova = new OpenStackNova(session, client, connections, null);
        compute = new Service(session, ServiceType.COMPUTE, url -> Catalogue.computeCalls(url, session.project()));
        placement = new Service(session, ServiceType.PLACEMENT, url -> url);
        versions = new Versions(session);
    }

    /** For what is no long list. */
    public Nova nova() {
        return nova;
    }

    /** For what stands beside Nova. */
    public BesideReader beside() {
        return new BesideReader(session);
    }

    /**
     * A class of a host's inventory.
     *
     * @param total what there is
     * @param ratio how many times it is given away
     * @param reserved what is kept back
     * @param used what is allocated
     */
    public record Inventory(long total, double ratio, long reserved, long used) {}

    /**
     * What Placement has of a host: its provider and those below it taken together.
     *
     * @param inventories by resource class
     * @param traits of all of them
     */
    public record Provider(Map<String, Inventory> inventories, Set<String> traits) {}

    /**
     * Every server of every project.
     *
     * @param each told of each server, as its page comes
     * @param aside told of what cannot be read
     */
    public void servers(Consumer<Server> each, Consumer<OddRow> aside) {
        Set<String> seen = new HashSet<>();
        pages(
                Service.Request.get(
                        "list the servers",
                        "/servers/detail",
                        Map.of("all_tenants", "1"),
                        versions.header(Cap.SERVERS)),
                "servers",
                "servers_links",
                "id",
                rows -> {
                    Listed<Server> page = Rows.read(OddRow.Kind.SERVER, rows, ServerJson::server);
                    page.setAside().forEach(aside);
                    page.stream().filter(server -> seen.add(server.id())).forEach(each);
                });
    }

    /**
     * The migrations that changed since then, the newest first.
     *
     * @param each told of each migration, as its page comes
     */
    public void migrations(Instant since, Consumer<Migration> each) {
        if (!versions.chosen(Cap.MIGRATIONS).atLeast(59)) {
            throw new NovaException.Missing("this cloud's Nova is older than 2.59, which pages its migrations");
        }
        pages(
                Service.Request.get(
                        "list the migrations",
                        "/os-migrations",
                        Map.of("changes-since", since.toString()),
                        versions.header(Cap.MIGRATIONS)),
                "migrations",
                "migrations_links",
                "uuid",
                rows -> Rows.read(OddRow.Kind.MIGRATION, rows, MoveJson::migration)
                        .forEach(each));
    }

    /** All flavors, private ones too, with their extra specs (from 2.61; older clouds tell none in the list). */
    public List<Flavor> flavors() {
        List<Flavor> flavors = new ArrayList<>();
        pages(
                Service.Request.get(
                        "list the flavors",
                        "/flavors/detail",
                        Map.of("is_public", "None"),
                        versions.header(Cap.FLAVORS)),
                "flavors",
                "flavors_links",
                "id",
                rows -> flavors.addAll(
                        Rows.read(OddRow.Kind.SERVER, rows, (Fields row) -> ServerJson.flavor(row, row))));
        return flavors;
    }

    /**
     * What Placement has of these hypervisors, by their ids; three requests a provider, for it has no list of them.
     *
     * @throws NovaException.Missing when the catalogue has no Placement endpoint
     * @throws NovaException.Refused with 403 by policy
     */
    public Map<String, Provider> providers(List<Hypervisor> hypervisors) {
        Map<String, String> roots = new LinkedHashMap<>();
        for (JsonNode row : placement
                .read(Service.Request.get("list the resource providers", "/resource_providers", Map.of(), PROVIDERS))
                .items("resource_providers")) {
            String id = row.path("uuid").asText();
            roots.put(id, row.path("root_provider_uuid").asText(id));
        }
        Set<String> wanted = new HashSet<>();
        hypervisors.forEach(hypervisor -> wanted.add(hypervisor.id()));
        Map<String, Provider> providers = new TreeMap<>();
        roots.forEach((id, root) -> {
            if (wanted.contains(root)) {
                Provider whole =
                        providers.computeIfAbsent(root, none -> new Provider(new TreeMap<>(), new TreeSet<>()));
                add(id, whole);
            }
        });
        return providers;
    }

    private void add(String id, Provider to) {
        Fields inventories = ofProvider(id, "inventories");
        Fields usages = ofProvider(id, "usages").object("usages");
        inventories.itemsByName("inventories").forEach((resource, row) -> {
            Fields figures = Fields.row(row);
            Inventory one = new Inventory(
                    figures.numberOrZero("total"),
                    row.path("allocation_ratio").asDouble(1),
                    figures.numberOrZero("reserved"),
                    usages.numberOrZero(resource));
            to.inventories()
                    .merge(
                            resource,
                            one,
                            (first, more) -> new Inventory(
                                    first.total() + more.total(),
                                    first.ratio(),
                                    first.reserved() + more.reserved(),
                                    first.used() + more.used()));
        });
        to.traits().addAll(ofProvider(id, "traits").words("traits"));
    }

    private Fields ofProvider(String id, String what) {
        return timed(() -> placement.read(Service.Request.get(
                "read the " + what + " of provider " + id,
                "/resource_providers/" + Service.segment(id) + "/" + what,
                Map.of(),
                PROVIDERS)));
    }

    /** What a small request takes: the middle one of those that were counted; zero where there was none. */
    public Duration aRequest() {
        return asked.isEmpty()
                ? Duration.ZERO
                : asked.stream().sorted().toList().get(asked.size() / 2);
    }

    /** Counts what a question takes. */
    public <T> T timed(java.util.function.Supplier<T> question) {
        long begun = System.nanoTime();
        T answer = question.get();
        asked.add(Duration.ofNanos(System.nanoTime() - begun));
        return answer;
    }

    private void pages(Service.Request first, String items, String links, String id, Consumer<List<JsonNode>> take) {
        Set<String> markers = new HashSet<>();
        Service.Request page = first;
        while (page != null) {
            Fields answer = compute.read(page);
            List<JsonNode> rows = answer.items(items);
            take.accept(rows);
            boolean more = answer.objectsIfAny(links).stream().anyMatch(link -> "next".equals(link.textOrNull("rel")));
            String marker = null;
            for (JsonNode row : rows) {
                String told = row.isObject() ? Fields.row(row).exactIfAny(id) : null;
                marker = told == null ? marker : told;
            }
            if (more && (marker == null || !markers.add(marker))) {
                throw answer.odd(links, "moving on: no page follows the last row");
            }
            page = more ? first.and("marker", marker) : null;
        }
    }

    /** Revokes the token. */
    @Override
    public void close() {
        session.revokeQuiet(true, Duration.ZERO);
        client.leave();
        client.age();
        connections.close();
    }
}
