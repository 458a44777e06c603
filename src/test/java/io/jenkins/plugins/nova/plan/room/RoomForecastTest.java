package io.jenkins.plugins.nova.plan.room;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Estates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

public class RoomForecastTest {

    private static final String SOURCE = "compute1";

    private Estate estate = Estates.up(SOURCE, "compute2", "compute3");
    private String target;
    private RoomFigures.Source source = RoomFigures.Source.PLACEMENT;
    private final List<HostRoom> rooms = new ArrayList<>();
    private final Map<RoomRequest, Set<String>> candidates = new HashMap<>();
    private final Map<RoomRequest, String> refusals = new HashMap<>();

    private void free(String host, long memoryGiB, String... traits) {
        rooms.add(new HostRoom("id-" + host, host, Map.of("MEMORY_MB", memoryGiB << 10, "VCPU", 64L), Set.of(traits)));
    }

    private RoomReport report(Server... servers) {
        RoomFigures figures = new RoomFigures(
                source,
                source == RoomFigures.Source.PLACEMENT ? "" : "Placement: not there",
                rooms,
                candidates,
                refusals);
        return new RoomForecast(SOURCE, target, estate, figures).of(List.of(servers));
    }

    private static Server server(String name, long memoryGiB) {
        return Servers.named(name).fromVolume().flavor(memoryGiB << 10, 0, 0, 0).make();
    }

    private static Server with(String name, Map<String, String> extraSpecs) {
        return Servers.named(name)
                .fromVolume()
                .flavor(new Flavor(null, "own", 2, 1024, 0, 0, 0, extraSpecs))
                .make();
    }

    private static void lines(RoomReport report, String... lines) {
        assertEquals(String.join("\n", lines), String.join("\n", report.lines()));
    }

    @Test
    public void allFit() {
        free(SOURCE, 100);
        free("compute2", 8);
        free("compute3", 12);
        RoomReport report = report(server("a", 8), server("b", 4), server("c", 4), server("d", 4));
        assertTrue(report.fits());
        lines(report, "4 servers fit on compute3 (3), compute2 (1).");
    }

    @Test
    public void oneTooLargeForAnyHostIsNamedWithWhatIsShort() {
        free(SOURCE, 100);
        free("compute2", 8);
        free("compute3", 48);
        RoomReport report = report(server("web", 2), server("big-db", 64));
        assertFalse(report.fits());
        lines(
                report,
                "1 of 2 servers fit on compute2 (1).",
                "no host can take 'big-db' (64 GiB memory, 1 vCPU): the most free memory is 48 GiB on compute3.");
    }

    @Test
    public void whatFitsAloneButNotBesideTheOthersIsToldSo() {
        free("compute2", 8);
        free("compute3", 8);
        RoomReport report = report(server("a", 5), server("b", 5), server("c", 5));
        assertEquals(1, report.shortages().size());
        assertFalse(report.shortages().get(0).alone());
        assertTrue(report.proven());
        assertTrue(
                report.lines().toString(),
                report.lines().get(1).startsWith("no place was found beside the others for '")
                        && report.lines()
                                .get(1)
                                .endsWith("after the others the most free memory is 3 GiB on compute2."));
    }

    @Test
    public void disabledAndDownHostsAndTheSourceTakeNothing() {
        free(SOURCE, 100);
        free("compute2", 100);
        free("compute3", 100);
        estate = Estate.UNKNOWN.services(List.of(
                Estates.service(SOURCE, true, true),
                Estates.service("compute2", false, true),
                Estates.service("compute3", true, false)));
        lines(
                report(server("a", 1)),
                "0 of 1 servers fit.",
                "no host can take 'a' (1 GiB memory, 1 vCPU): no other host is up and enabled.");
    }

    /** For some seconds after a host was enabled its provider still says that it is not, and the scheduler believes that. */
    @Test
    public void aHostWhoseProviderSaysDisabledTakesNothing() {
        free("compute2", 100, "COMPUTE_STATUS_DISABLED");
        free("compute3", 1);
        lines(report(server("a", 1)), "1 server fits on compute3 (1).");
    }

    @Test
    public void onlyTheTargetCounts() {
        free("compute2", 100);
        free("compute3", 1);
        target = "compute3";
        lines(
                report(server("a", 2)),
                "0 of 1 servers fit.",
                "no host can take 'a' (2 GiB memory, 1 vCPU): the most free memory is 1 GiB on compute3.");
    }

    @Test
    public void aPinnedServerStaysInItsZone() {
        free("compute2", 100);
        free("compute3", 100);
        estate = Estate.UNKNOWN.services(
                List.of(service(SOURCE, "east"), service("compute2", "west"), service("compute3", "west")));
        Server pinned = Servers.named("a").pinnedTo("east").make();
        assertEquals(
                "it is pinned to the availability zone east, where no other host is up and enabled",
                report(pinned).shortages().get(0).reason());
        assertTrue(report(Servers.named("b").pinnedTo("west").make()).fits());
    }

    private static ComputeService service(String host, String zone) {
        return new ComputeService("id-" + host, host, zone, true, true, false, null, null);
    }

    @Test
    public void aFlavorOfAnAggregateStaysInOne() {
        free("compute2", 100);
        free("compute3", 100);
        estate = estate.aggregates(
                List.of(new Aggregate(1, "fast", null, List.of("compute2"), Map.of("disk", "ssd,nvme"))));
        Server ssd = with("a", Map.of("aggregate_instance_extra_specs:disk", "ssd"));
        Server tape = with("b", Map.of("aggregate_instance_extra_specs:disk", "tape"));
        Server unread = with("c", Map.of("aggregate_instance_extra_specs:disk", "<in> tape"));
        assertEquals(Map.of("compute2", 1), report(ssd).places());
        assertTrue(report(unread).fits());
        assertEquals(
                "its flavor wants an aggregate with disk=tape, of which no other host is up and enabled",
                report(tape).shortages().get(0).reason());
    }

    @Test
    public void antiAffinityHasASeatAHost() {
        free("compute2", 100);
        free("compute3", 100);
        group("anti-affinity", 1, Map.of("id-a", SOURCE, "id-b", SOURCE, "id-elsewhere", "compute2"));
        RoomReport report = report(server("a", 1), server("b", 1));
        assertEquals(Map.of("compute3", 1), report.places());
        assertEquals(
                "with the others, each host that might take it has as many members of the anti-affinity group 'cluster' as"
                        + " it may",
                report.shortages().get(0).reason());
        group("anti-affinity", 2, Map.of("id-a", SOURCE, "id-b", SOURCE, "id-elsewhere", "compute2"));
        assertTrue(report(server("a", 1), server("b", 1)).fits());
        group("anti-affinity", 1, Map.of("id-a", SOURCE, "id-x", "compute2", "id-y", "compute3"));
        assertEquals(
                "each host that might take it has a member of its anti-affinity group 'cluster' already",
                report(server("a", 1)).shortages().get(0).reason());
    }

    @Test
    public void softGroupsHoldNobodyBack() {
        free("compute2", 100);
        group("soft-anti-affinity", 1, Map.of("id-a", SOURCE, "id-x", "compute2"));
        assertTrue(report(server("a", 1)).fits());
    }

    @Test
    public void affinityGoesWhereTheOthersAre() {
        free("compute2", 100);
        free("compute3", 1);
        group("affinity", 1, Map.of("id-a", SOURCE, "id-x", "compute3"));
        assertEquals(Map.of("compute3", 1), report(server("a", 1)).places());
        assertEquals(
                "the most free memory is 1 GiB on compute3",
                report(server("a", 2)).shortages().get(0).reason());
        group("affinity", 1, Map.of("id-a", SOURCE, "id-x", "compute9"));
        assertEquals(
                "its affinity group 'cluster' is on compute9, which cannot take it",
                report(server("a", 1)).shortages().get(0).reason());
    }

    private void group(String policy, int seats, Map<String, String> members) {
        ServerGroup group = new ServerGroup("g", "cluster", policy, List.copyOf(members.keySet()), null, seats);
        estate = estate.groups(List.of(group), members);
    }

    @Test
    public void traitsAreLookedForAndKeptAwayFrom() {
        free("compute2", 100, "HW_CPU_X86_AVX2", "CUSTOM_OLD");
        free("compute3", 100);
        assertEquals(
                Map.of("compute2", 1),
                report(with("a", Map.of("trait:HW_CPU_X86_AVX2", "required"))).places());
        assertEquals(
                Map.of("compute3", 1),
                report(with("a", Map.of("trait:CUSTOM_OLD", "forbidden"))).places());
        assertEquals(
                "no host that might take it has the trait CUSTOM_GPU",
                report(with("a", Map.of("trait:CUSTOM_GPU", "required")))
                        .shortages()
                        .get(0)
                        .reason());
    }

    @Test
    public void placementsOfferDecidesAndItsRefusalIsTold() {
        free("compute2", 100);
        free("compute3", 100);
        Server a = server("a", 1);
        candidates.put(RoomRequest.of(a), Set.of("id-compute3"));
        assertEquals(Map.of("compute3", 1), report(a).places());
        candidates.put(RoomRequest.of(a), Set.of());
        assertEquals(
                "Placement does not offer compute2, though it has as much free in all: what one server may have of it may"
                        + " be limited (max_unit), or spread over parts of the host",
                report(a).shortages().get(0).reason());
        refusals.put(RoomRequest.of(a), "No such trait(s): CUSTOM_GPU.");
        assertEquals(
                "Placement refuses the request for it: No such trait(s): CUSTOM_GPU.",
                report(a).shortages().get(0).reason());
    }

    @Test
    public void hypervisorsFiguresAreSaidToBeThose() {
        source = RoomFigures.Source.HYPERVISORS;
        free("compute2", 4);
        lines(
                report(server("a", 1)),
                "1 server fits on compute2 (1), by the hypervisors' memory alone; overcommit, CPUs and disks are not"
                        + " known (Placement: not there).");
    }

    @Test
    public void withNoFiguresNothingIsClaimed() {
        source = RoomFigures.Source.NOBODY;
        rooms.add(new HostRoom("id-compute2", "compute2", Map.of(), Set.of()));
        RoomReport report = report(server("a", 1));
        assertFalse(report.known());
        lines(report, "what is free on the other hosts is not known (Placement: not there).");
    }

    @Test
    public void nothingIsSaidWhenNothingIsMoved() {
        assertEquals(List.of(), report().lines());
    }

    @Test
    public void manyServersOnManyHostsTakeNoTime() {
        List<Server> servers = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        for (int h = 0; h < 50; h++) {
            hosts.add("node" + h);
            free("node" + h, 61);
        }
        estate = Estates.up(hosts.toArray(String[]::new));
        for (int s = 0; s < 1000; s++) {
            servers.add(server("s" + s, 1 + s % 5));
        }
        long start = System.nanoTime();
        RoomReport report = report(servers.toArray(Server[]::new));
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertTrue(report.fits());
        assertEquals(
                1000,
                report.places().values().stream().mapToInt(Integer::intValue).sum());
        servers.add(server("one-more", 60));
        assertEquals(1, report(servers.toArray(Server[]::new)).shortages().size());
        assertTrue(seconds + " s", seconds < 20);
    }

    @Test
    public void aHostWhoseProviderSaysDisabledIsNoPlaceEvenWhenThereIsNoOther() {
        free("compute2", 100, "COMPUTE_STATUS_DISABLED");
        assertFalse(report(server("a", 1)).fits());
    }

    @Test
    public void theAggregateOfOneHostIsNoOtherHosts() {
        free("compute2", 100);
        estate = estate.aggregates(List.of(
                new Aggregate(1, "fast", null, List.of("compute3"), Map.of("disk", "ssd")),
                new Aggregate(2, "slow", null, List.of("compute2"), Map.of("disk", "tape"))));
        assertFalse(report(with("a", Map.of("aggregate_instance_extra_specs:disk", "ssd")))
                .fits());
        assertTrue(report(with("a", Map.of("aggregate_instance_extra_specs:disk", "tape")))
                .fits());
    }

    /** Ten without a place are named each, of more the number. */
    @Test
    public void ofManyWithoutAPlaceTenAreToldAndTheRestCounted() {
        free("compute2", 1);
        for (int servers : new int[] {1, 10, 11, 14}) {
            Server[] large = new Server[servers];
            for (int number = 0; number < servers; number++) {
                large[number] = server("s" + number, 9);
            }
            List<String> lines = report(large).lines();
            assertEquals("0 of " + servers + " servers fit.", lines.get(0));
            assertEquals(
                    Math.min(10, servers),
                    lines.stream()
                            .filter(line -> line.startsWith("no host can take"))
                            .count());
            assertEquals(servers > 10, lines.contains("and " + (servers - 10) + " more."));
            assertEquals(1 + Math.min(11, servers), lines.size());
        }
    }
}
