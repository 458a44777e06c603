package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.ApprovedPlan.OnDrift;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanEssence;
import io.jenkins.plugins.nova.plan.PlanLine;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A plan that is not the approved one any more. */
public class DriftTest {
    private static final Duration LONG = Duration.ofHours(2);

    private SimulatedCloud cloud;
    private String hash;
    private PlanEssence approved;

    /** Approved while batch1 was there; it is deleted since. */
    @Before
    public void approve() {
        cloud = SimulatedCloud.builder()
                .host("compute1")
                .host("compute2")
                .server("web1", server -> server.on("compute1"))
                .server("batch1", server -> server.on("compute1").status("SHUTOFF"))
                .start();
        DrainState plan = begin(Orders.empty("compute1").dryRun()).finish(LONG);
        hash = plan.planHash();
        approved = new PlanEssence(
                plan.planTerms(),
                List.of(
                        new PlanLine(
                                cloud.id("web1"),
                                "web1",
                                Action.LIVE,
                                plan.servers().get(0).planned().flavor(),
                                "ACTIVE"),
                        new PlanLine(
                                cloud.id("batch1"),
                                "batch1",
                                Action.COLD,
                                plan.servers().get(0).planned().flavor(),
                                "SHUTOFF")));
        cloud.delete(cloud.id("batch1"));
    }

    @After
    public void stop() {
        cloud.close();
    }

    private DrainBench begin(Orders orders) {
        return new DrainBench(cloud).begin(orders.make());
    }

    private DrainBench drain(PlanEssence known, OnDrift onDrift) {
        DrainBench bench = begin(Orders.empty("compute1").plan(hash).onDrift(known, onDrift));
        bench.finish(LONG);
        return bench;
    }

    private void assertNothingMoved() {
        assertTrue(
                cloud.audit().changes().stream().noneMatch(entry -> entry.path().endsWith("/action")));
        assertEquals("compute1", cloud.server("web1").host());
    }

    @Test
    public void whatIsApprovedIsWhatTheHashStandsFor() {
        assertEquals(hash, approved.hash());
    }

    @Test
    public void itIsRefusedWithTheDifferenceAndTheCordonIsTakenBack() {
        DrainBench bench = drain(approved, OnDrift.FAIL);
        assertEquals(HostOutcome.REFUSED, bench.last.outcome());
        assertEquals(
                List.of("- COLD batch1 (gone)", "~ confirm: manual -> none"),
                bench.last.drift().stream().sorted().toList());
        assertTrue(bench.last.message(), bench.last.message().contains("\n  - COLD batch1 (gone)"));
        assertTrue(bench.last.message(), bench.last.message().endsWith("The cordon was taken back."));
        assertTrue(cloud.enabled("compute1"));
        assertNothingMoved();
    }

    @Test
    public void aCordonThatStoodBeforeStays() {
        begin(Orders.empty("compute1").plan(hash).onDrift(approved, OnDrift.ASK))
                .finish(LONG);
        assertFalse(cloud.enabled("compute1"));
        assertEquals(HostOutcome.REFUSED, drain(approved, OnDrift.FAIL).last.outcome());
        assertFalse(cloud.enabled("compute1"));
    }

    @Test
    public void withTheHashAloneItIsSaidThatTheDifferenceIsNotKnown() {
        DrainBench bench = drain(null, OnDrift.FAIL);
        assertEquals(HostOutcome.REFUSED, bench.last.outcome());
        assertTrue(bench.last.message(), bench.last.message().contains("only the hash of the approved plan is known"));
    }

    @Test
    public void askedForADecisionItEndsWellUnderTheCordonAndGoesOnWithTheNewHash() {
        DrainBench bench = drain(approved, OnDrift.ASK);
        assertEquals(HostOutcome.DRIFTED, bench.last.outcome());
        assertTrue(bench.last.outcome().good());
        assertFalse(cloud.enabled("compute1"));
        assertNothingMoved();
        Map<String, Object> result = StepResult.ofHost(bench.last);
        assertTrue(
                String.valueOf(result.get("drift")), ((List<?>) result.get("drift")).contains("- COLD batch1 (gone)"));
        hash = (String) result.get("planHash");
        assertEquals(HostOutcome.DONE, drain(null, OnDrift.ASK).last.outcome());
        assertEquals("compute2", cloud.server("web1").host());
    }

    @Test
    public void toldToGoOnItSaysWhatHasChanged() {
        DrainBench bench = drain(approved, OnDrift.CONTINUE);
        assertEquals(HostOutcome.DONE, bench.last.outcome());
        assertTrue(bench.text(), bench.text().contains("- COLD batch1 (gone)"));
        assertEquals("compute2", cloud.server("web1").host());
    }

    @Test
    public void theCordonIsTakenBackAfterARestartToo() {
        DrainBench bench = begin(Orders.empty("compute1").plan(hash).onDrift(approved, OnDrift.FAIL));
        bench.until(() -> bench.runner.state().phase() == Phase.BACK_OUT, LONG);
        bench.runner.suspend();
        DrainBench next = new DrainBench(cloud).resume(bench.saved.get(bench.saved.size() - 1));
        assertEquals(HostOutcome.REFUSED, next.finish(LONG).outcome());
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void aCordonThatCannotBeTakenBackIsSaid() {
        cloud.faults().on("PUT", ".*/os-services/.*").nth(2).always().status(403, "Policy doesn't allow it.");
        DrainBench bench = drain(approved, OnDrift.FAIL);
        assertEquals(HostOutcome.REFUSED, bench.last.outcome());
        assertTrue(bench.last.message(), bench.last.message().contains("Policy doesn't allow it."));
        assertTrue(bench.last.message(), bench.last.message().contains("could not be enabled again"));
        assertTrue(bench.last.message(), bench.last.message().contains("- COLD batch1 (gone)"));
    }
}
