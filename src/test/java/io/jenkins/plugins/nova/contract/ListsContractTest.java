package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.AllocationCandidates;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.Rule;
import org.junit.Test;

/** What can be read, and that it is complete. */
public class ListsContractTest {
    /** More than two of mini-nova's pages of ten. */
    private static final int MANY = 21;

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private static List<String> ids(List<Server> servers) {
        return servers.stream().map(Server::id).toList();
    }

    @Test
    public void identityAndMicroversions() {
        Identity identity = cloud.admin().identity();
        assertEquals(cloud.login(CloudUnderTest.Role.ADMIN).user(), identity.userName());
        assertEquals(cloud.login(CloudUnderTest.Role.ADMIN).project(), identity.projectName());
        assertTrue(identity.roles().toString(), identity.roles().contains("admin"));
        assertEquals("RegionOne", identity.region());
        assertEquals("2.1", cloud.admin().microversions().min().toString());
        assertTrue(cloud.admin().microversions().max().atLeast(90));
        assertTrue(cloud.admin().seesAllProjects());
    }

    @Test
    public void serversOfAHostAreThoseOfExactlyThisHostOfEveryProject() {
        List<String> ids = cloud.boot(
                Boot.named("web").on(cloud.host(1)),
                Boot.named("db").on(cloud.host(2)),
                Boot.named("off").on(cloud.host(1)).in(Boot.State.SHUTOFF));
        List<String> found = ids(cloud.admin().serversOn(cloud.host(1)));
        assertTrue(found.containsAll(List.of(ids.get(0), ids.get(2))));
        assertTrue(!found.contains(ids.get(1)));
        assertEquals(List.of(), cloud.admin().serversOn("compute"));
        assertEquals(List.of(), cloud.admin().serversOn("nosuch"));
    }

    @Test
    public void oneServersRecord() {
        String id = cloud.bootHere("web");
        Server server = cloud.admin().server(id);
        assertEquals("web", server.name());
        assertEquals("ACTIVE active 1", server.status() + " " + server.vmState() + " " + server.powerState());
        assertEquals(cloud.host(1), server.host());
        assertEquals("nova", server.availabilityZone());
        assertEquals(cloud.imageId(), server.imageId());
        assertEquals(List.of(), server.volumes());
        assertEquals(Map.of("nova-maintenance-contract", "yes"), server.metadata());
        assertNull(server.taskState());
        assertNull(server.fault());
        assertNull(server.lockedReason());
        assertEquals("UP", server.hostStatus());
        assertTrue(!server.locked());
        Flavor flavor = cloud.admin().flavor(cloud.flavorId());
        assertEquals(flavor.name(), server.flavor().name());
        assertEquals(flavor.ramMiB(), server.flavor().ramMiB());
        assertEquals(flavor.vcpus(), server.flavor().vcpus());
        assertEquals(cloud.as(CloudUnderTest.Role.MEMBER).identity().projectId(), server.projectId());
        assertNotNull(server.created());
        assertNotNull(server.updated());
        assertEquals(List.of(server), List.of(cloud.admin().server(id)));
    }

    @Test
    public void aNameMayBeThatOfSeveralServersAndIsNoPattern() {
        List<String> ids = cloud.boot(
                Boot.named("twin").on(cloud.host(1)),
                Boot.named("twin").on(cloud.host(2)),
                Boot.named("twin.1 (a+b)").on(cloud.host(1)),
                Boot.named("twinx1").on(cloud.host(1)));
        assertEquals(Set.copyOf(ids.subList(0, 2)), Set.copyOf(ids(cloud.admin().serversNamed("twin"))));
        assertEquals(ids.subList(2, 3), ids(cloud.admin().serversNamed("twin.1 (a+b)")));
        assertEquals(List.of(), cloud.admin().serversNamed("twin.1"));
        assertEquals(List.of(), cloud.admin().serversNamed("TWIN"));
        assertEquals(1, cloud.admin().serversNamed("twin", 1).size());
    }

    /** What other projects call theirs comes into no list of one's own, not even an admin's. */
    @Test
    public void ownServersAreThoseOfTheTokensProject() {
        String id = cloud.bootHere("own");
        assertEquals(List.of(id), ids(cloud.as(CloudUnderTest.Role.BOSS).ownServersNamed("own")));
        assertEquals(List.of(), cloud.admin().ownServersNamed("own"));
        assertEquals(List.of(id), ids(cloud.admin().serversNamed("own")));
    }

    @Test
    public void namesToChooseFromAreThoseOfTheNewestServers() {
        List<String> ids = cloud.boot(
                Boot.named("older").on(cloud.host(1)), Boot.named("newer").on(cloud.host(2)));
        List<ServerName> names = cloud.admin().serverNames(null, 1000);
        assertTrue(names.contains(new ServerName(ids.get(0), "older")));
        assertTrue(names.contains(new ServerName(ids.get(1), "newer")));
        assertEquals(1, cloud.admin().serverNames(null, 1).size());
        assertEquals(
                List.of(),
                cloud.admin().serverNames("VERIFY_RESIZE", 1000).stream()
                        .filter(name -> ids.contains(name.id()))
                        .toList());
    }

    @Test
    public void listsLongerThanAPageAreComplete() {
        String host = cloud.host(1);
        List<String> ids = cloud.boot(IntStream.range(0, MANY)
                .mapToObj(n -> Boot.named("page").on(host))
                .toArray(Boot[]::new));
        List<String> found = ids(cloud.admin().serversOn(host));
        assertEquals(found.size(), new HashSet<>(found).size());
        assertTrue(found.containsAll(ids));
        assertEquals(Set.copyOf(ids), Set.copyOf(ids(cloud.admin().serversNamed("page"))));
        List<String> all = ids(cloud.admin().servers());
        assertEquals(all.size(), new HashSet<>(all).size());
        assertTrue(all.containsAll(ids));

        ids.forEach(id -> cloud.admin().liveMigrate(id, host, BlockMigration.AUTO)); // each ends in error
        ids.forEach(id -> cloud.awaitMigration(id, "error"));
        List<Migration> migrations =
                cloud.admin().migrations(MigrationQuery.from(host).inStatus("error"));
        assertTrue(migrations.stream().map(Migration::serverId).toList().containsAll(ids));
        List<Long> order = migrations.stream().map(Migration::id).toList();
        assertEquals(order.stream().sorted((a, b) -> Long.compare(b, a)).toList(), order);
    }

    @Test
    public void groupsAreCompleteToo() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            made.add(cloud.scene().group("group-" + i, i == 0 ? "anti-affinity" : "soft-affinity"));
        }
        String member = cloud.boot(Boot.named("web").on(cloud.host(1)).ofGroup(made.get(0)));
        List<ServerGroup> groups = cloud.admin().serverGroups();
        assertTrue(groups.stream().map(ServerGroup::id).toList().containsAll(made));
        assertEquals(
                groups.size(), groups.stream().map(ServerGroup::id).distinct().count());
        ServerGroup group = groups.stream()
                .filter(g -> g.id().equals(made.get(0)))
                .findFirst()
                .orElseThrow();
        assertEquals("group-0 anti-affinity", group.name() + " " + group.policy());
        assertEquals(List.of(member), group.members());
        assertEquals(List.of(group.id()), cloud.admin().server(member).serverGroups());
    }

    @Test
    public void migrationsAreFiltered() {
        List<String> ids = cloud.boot(
                Boot.named("live").on(cloud.host(1)), Boot.named("cold").on(cloud.host(2)));
        Instant before = cloud.admin().server(ids.get(1)).created();
        cloud.admin().liveMigrate(ids.get(0), cloud.host(2), BlockMigration.AUTO);
        cloud.awaitMigration(ids.get(0), "completed");
        cloud.admin().migrate(ids.get(1), cloud.host(1));
        cloud.awaitStatus(ids.get(1), "VERIFY_RESIZE");

        assertEquals(List.of(ids.get(0)), servers(MigrationQuery.from(cloud.host(1)), ids));
        assertEquals(List.of(ids.get(1)), servers(MigrationQuery.from(cloud.host(2)), ids));
        assertEquals(List.of(ids.get(0)), servers(MigrationQuery.of(ids.get(0)).inStatus("completed"), ids));
        assertEquals(List.of(), servers(MigrationQuery.of(ids.get(0)).inStatus("finished"), ids));
        assertEquals(List.of(ids.get(1)), servers(new MigrationQuery(null, null, null, "migration", null), ids));
        assertEquals(List.of(ids.get(1), ids.get(0)), servers(MigrationQuery.ALL.since(before), ids));
        assertEquals(List.of(), servers(MigrationQuery.ALL.since(before.plus(Duration.ofDays(1))), ids));

        Migration migration = cloud.newest(ids.get(0));
        assertNotNull(migration.uuid());
        assertNotNull(migration.created());
        assertNotNull(migration.updated());
        assertEquals(cloud.admin().identity().userId(), migration.userId());
    }

    private List<String> servers(MigrationQuery query, List<String> of) {
        return cloud.admin().migrations(query).stream()
                .map(Migration::serverId)
                .filter(of::contains)
                .toList();
    }

    @Test
    public void actionsAreListedNewestFirstAndReadOneByOne() {
        String id = cloud.boot(Boot.named("web").on(cloud.host(1)).in(Boot.State.PAUSED));
        List<InstanceAction> actions = cloud.admin().actions(id);
        assertEquals(
                List.of("pause", "create"),
                actions.stream().map(InstanceAction::action).toList());
        assertEquals(List.of(), actions.get(0).events());
        InstanceAction create = cloud.admin().action(id, actions.get(1).requestId());
        InstanceAction.Event event = create.events().get(0);
        assertEquals("compute__do_build_and_run_instance Success", event.event() + " " + event.result());
        assertNotNull(event.start());
        assertNotNull(event.finish());
        assertNotNull(create.start());
        assertEquals(cloud.host(1), event.host());
    }

    @Test
    public void everyComputeServiceHasItsHypervisor() {
        List<Hypervisor> hypervisors = cloud.admin().hypervisors();
        Set<String> hosts = new HashSet<>();
        cloud.admin().computeServices().forEach(service -> hosts.add(service.host()));
        assertEquals(
                hosts, new HashSet<>(hypervisors.stream().map(Hypervisor::host).toList()));
        Hypervisor hypervisor = hypervisors.stream()
                .filter(h -> h.host().equals(cloud.host(1)))
                .findFirst()
                .orElseThrow();
        assertTrue(hypervisor.up() && hypervisor.enabled());
        assertNotNull(hypervisor.id());
        assertNotNull(hypervisor.hostname());
        assertNotNull(hypervisor.type());
    }

    @Test
    public void anAggregatesHostsAndMetadata() {
        long id = cloud.scene().aggregate("rack-7", cloud.host(1), "rack", "7");
        Aggregate aggregate = cloud.admin().aggregates().stream()
                .filter(a -> a.id() == id)
                .findFirst()
                .orElseThrow();
        assertEquals("rack-7", aggregate.name());
        assertNull(aggregate.availabilityZone());
        assertEquals(List.of(cloud.host(1)), aggregate.hosts());
        assertEquals(Map.of("rack", "7"), aggregate.metadata());
    }

    @Test
    public void placementKnowsWhoHasRoom() {
        AllocationCandidates room = cloud.admin().allocationCandidates(new Resources(1, 64, 1), Set.of());
        Hypervisor hypervisor = cloud.admin().hypervisors().stream()
                .filter(h -> h.host().equals(cloud.host(1)))
                .findFirst()
                .orElseThrow();
        assertTrue(room.providerIds().contains(hypervisor.id()));
        AllocationCandidates.Summary summary = room.summaries().get(hypervisor.id());
        assertTrue(summary.capacity().get("MEMORY_MB") > 64);
        assertTrue(summary.used().get("MEMORY_MB") >= 0);
        assertEquals(
                List.of(),
                cloud.admin()
                        .allocationCandidates(new Resources(1, 1L << 30, 1), Set.of())
                        .providerIds());

        cloud.admin().disableService(cloud.service(cloud.host(1)).id(), "contract");
        cloud.await(
                "a cordoned host has no room",
                () -> cloud.admin()
                        .allocationCandidates(new Resources(1, 64, 1), Set.of("!COMPUTE_STATUS_DISABLED"))
                        .providerIds(),
                providers -> !providers.contains(hypervisor.id()));
        assertTrue(cloud.admin()
                .allocationCandidates(new Resources(1, 64, 1), Set.of())
                .providerIds()
                .contains(hypervisor.id()));
    }

    /** By this a server that was deleted is told from an id that never was (2.21). */
    @Test
    public void whatWasAskedOfADeletedServerCanStillBeRead() {
        String id = cloud.bootHere("gone");
        cloud.scene().delete(id);
        cloud.await("it is gone", () -> cloud.scene().serversLeft(), left -> !left.contains(id));
        List<String> asked =
                cloud.admin().actions(id).stream().map(InstanceAction::action).toList();
        assertTrue(asked.toString(), asked.contains("delete"));
        NovaException.Refused unknown = assertThrows(
                NovaException.Refused.class,
                () -> cloud.admin().actions(UUID.randomUUID().toString()));
        assertEquals(404, unknown.status());
    }
}
