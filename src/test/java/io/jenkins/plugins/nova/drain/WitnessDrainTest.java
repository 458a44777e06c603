package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

/**
 * Law 13: who says that a host is empty, and what is said where nobody can; who says that it is closed. Single lies at any
 * answer are the fire's (LieTable); here a witness is away, or others work on the host, for good.
 */
public class WitnessDrainTest {

    private static final Duration SOON = Duration.ofMinutes(30);

    private SimulatedCloud cloud;

    @After
    public void close() {
        cloud.close();
    }

    private static CloudBuilder hosts() {
        return SimulatedCloud.builder().host("compute2").host("compute1");
    }

    private static CloudBuilder one() {
        return hosts().server("web1");
    }

    private DrainBench run(CloudBuilder builder, Orders orders) {
        cloud = builder.start();
        DrainBench bench = new DrainBench(cloud).begin(orders.make());
        bench.finish(SOON);
        return bench;
    }

    private static void ends(DrainBench bench, HostOutcome outcome, String... words) {
        assertEquals(bench.text(), outcome, bench.last.outcome());
        for (String word : words) {
            assertTrue(bench.text(), bench.last.message().contains(word));
        }
    }

    @Test
    public void withoutPlacementAListWithoutAFilterProvesIt() {
        ends(run(one().withoutPlacement(), Orders.empty("compute1")), HostOutcome.DONE, "is empty");
    }

    /** So a service answers a policy, and a credential whose access rules lack the request. */
    @Test
    public void whatPlacementRefusesIsAskedOfNova() {
        for (int status : new int[] {401, 403, 404, 500}) {
            cloud = one().start();
            cloud.faults().on("GET", ".*/allocations").always().status(status, "no");
            DrainBench bench =
                    new DrainBench(cloud).begin(Orders.empty("compute1").make());
            bench.finish(SOON);
            ends(bench, HostOutcome.DONE, "is empty");
            cloud.close();
        }
    }

    /** Where no hypervisor is listed, the host's provider is asked for by its name: a row that is odd may be the one. */
    @Test
    public void aProviderThatCannotBeReadIsNamedAndProvesNothing() {
        for (String row : new String[] {
            "{\"uuid\": null, \"name\": \"compute1\"}", "{\"uuid\": \"p9\", \"name\": {}}", "null", "{}"
        }) {
            cloud = one().start();
            cloud.faults().on("GET", "/os-hypervisors").always().status(403, "no");
            cloud.faults()
                    .on("GET", "/resource_providers$")
                    .always()
                    .status(200, null, "application/json", "{\"resource_providers\": [" + row + "]}");
            DrainBench bench =
                    new DrainBench(cloud).begin(Orders.empty("compute1").make());
            bench.finish(SOON);
            ends(bench, HostOutcome.UNPROVEN, "the providers called 'compute1' has a resource provider");
            cloud.close();
        }
    }

    @Test
    public void whereNobodyCanProveItThatIsSaid() {
        for (CloudBuilder silent : List.of(
                one().withoutPlacement().maxMicroversion(60),
                one().withoutPlacement()
                        .host("compute3")
                        .maxLimit(1)
                        .server("far1", s -> s.on("compute3"))
                        .server("far2", s -> s.on("compute3")))) {
            ends(
                    run(silent, Orders.empty("compute1")),
                    HostOutcome.UNPROVEN,
                    "could not be made sure of: Placement could not be asked",
                    "unproven: true");
            cloud.close();
        }
    }

    @Test
    public void thePipelineMayTakeItAsProven() {
        ends(
                run(
                        one().withoutPlacement().maxMicroversion(60),
                        Orders.empty("compute1").unproven()),
                HostOutcome.DONE,
                "Taken as the whole (unproven: true)");
    }

    @Test
    public void anEmptyHostIsProvenTooBeforeItIsSaidToBe() {
        ends(run(hosts(), Orders.empty("compute1")), HostOutcome.DONE, "is empty");
        cloud.close();
        ends(run(hosts().withoutPlacement().maxMicroversion(60), Orders.empty("compute1")), HostOutcome.UNPROVEN);
    }

    /** Its own cell answers no more: nothing is concluded about it, and the drain ends. */
    @Test
    public void aHostWhoseCellFallsSilentIsNotSaidToBeEmpty() {
        cloud = SimulatedCloud.builder()
                .host("compute2", h -> h.cell("cell2"))
                .host("compute1", h -> h.cell("cell2"))
                .server("web1", s -> s.behaviour(b -> b.liveSeconds(60)))
                .server("web2", s -> s.behaviour(b -> b.liveSeconds(60)))
                .start();
        DrainBench bench = new DrainBench(cloud)
                .begin(Orders.empty("compute1").concurrency(1).make());
        bench.untilServer("web1", server -> "running".equals(server.migrationStatus()));
        cloud.cellDown("cell2");
        bench.finish(Duration.ofHours(3));
        assertFalse(bench.text(), bench.last.outcome().good());
        bench.last
                .servers()
                .forEach(server -> assertFalse(bench.text(), server.outcome().good()));
    }

    @Test
    public void aHostThatOthersOpenIsClosedAgainOnceAndThenTold() {
        cloud = hosts().server("web1", s -> s.behaviour(b -> b.liveSeconds(300)))
                .server("web2")
                .start();
        DrainBench bench = new DrainBench(cloud)
                .begin(Orders.empty("compute1").concurrency(1).make());
        bench.untilServer("web1", server -> "running".equals(server.migrationStatus()));
        cloud.enable("compute1");
        bench.until(() -> bench.text().split("Cordon: scheduling to compute1 is disabled", -1).length > 2, SOON);
        assertFalse(cloud.enabled("compute1"));
        assertTrue(bench.text(), bench.text().contains("was enabled by somebody else"));
        cloud.enable("compute1");
        bench.finish(SOON);
        ends(bench, HostOutcome.INCOMPLETE, "after this build had disabled it once more");
        assertEquals(Outcome.MOVED, bench.server("web1").outcome());
        assertEquals(Outcome.NOT_STARTED, bench.server("web2").outcome());
        assertFalse(bench.text(), bench.last.message().contains("stays cordoned"));
    }

    @Test
    public void whatCannotBeginOnADeadHostEndsWithinMinutes() {
        cloud = hosts().server("web1", s -> s.behaviour(b -> b.liveSeconds(20)))
                .server("web2")
                .start();
        DrainBench bench = new DrainBench(cloud)
                .begin(Orders.empty("compute1").concurrency(1).make());
        bench.untilServer("web1", server -> server.outcome() == Outcome.MOVED);
        cloud.kill("compute1");
        bench.finish(Duration.ofMinutes(10));
        ends(bench, HostOutcome.INCOMPLETE, "is down since", "deadHost: deadHost(fenced: true)");
    }

    /** Whoever resized it keeps the way back. */
    @Test
    public void anOwnersResizeIsToldAndLeftToItsOwner() {
        cloud = hosts().server("own1", s -> s.volumeBacked()).start();
        TestClient admin = TestClient.as(cloud, "admin");
        assertEquals(
                202, admin.act(cloud.id("own1"), "{'resize':{'flavorRef':'2'}}").status());
        cloud.settle(Duration.ofMinutes(1));
        DrainBench drain = new DrainBench(cloud).begin(Orders.empty("compute1").make());
        drain.finish(SOON);
        ends(drain, HostOutcome.AWAITING_CONFIRM, "by a resize of ");
        assertEquals(Outcome.AWAITING_OWNER, drain.server("own1").outcome());
        Map<String, Object> result = StepResult.of(drain.last);
        assertEquals(List.of(), result.get("awaitingConfirm"));

        DrainBench byHost = new DrainBench(cloud)
                .begin(Orders.residue(Route.CONFIRM, "compute1").make());
        byHost.finish(SOON);
        assertEquals(
                byHost.text(), Outcome.AWAITING_OWNER, byHost.server("own1").outcome());
        DrainBench byId = new DrainBench(cloud)
                .begin(Orders.of(Route.CONFIRM, cloud.id("own1")).make());
        byId.finish(SOON);
        assertEquals(byId.text(), Outcome.BLOCKED, byId.server("own1").outcome());
        assertEquals("approve", byId.server("own1").override());
        assertEquals("VERIFY_RESIZE", cloud.server("own1").status());

        DrainBench approved = new DrainBench(cloud)
                .begin(Orders.residue(Route.CONFIRM, "compute1")
                        .approve(cloud.id("own1"))
                        .make());
        approved.finish(SOON);
        assertEquals(approved.text(), Outcome.CONFIRMED, approved.server("own1").outcome());
    }

    /** Bug 1978983: Nova would take a second one beside it. */
    @Test
    public void anotherToolsEvacuationIsWaitedForAndToldAsTheirs() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", h -> h.forcedDown())
                .server("vol1", s -> s.volumeBacked().behaviour(b -> b.spawnSeconds(90)))
                .start();
        assertEquals(
                200,
                TestClient.as(cloud, "admin")
                        .act(cloud.id("vol1"), "{'evacuate':{}}")
                        .status());
        DrainBench bench =
                new DrainBench(cloud).begin(Orders.empty("compute1").fenced().make());
        bench.finish(SOON);
        assertEquals(bench.text(), Outcome.GONE, bench.server("vol1").outcome());
        assertEquals(bench.text(), 1, cloud.migrations().size());
        assertTrue(bench.text(), bench.text().contains("is being evacuated already, and not by this step"));
    }
}
