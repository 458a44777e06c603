package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.evidence.EvidenceRule;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule.Demand;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.ServerBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.After;
import org.junit.Test;

/** What is looked at before a confirm, and what it is worth. */
public class EvidenceTest {
    private static final Duration BOUND = Duration.ofMinutes(30);

    private SimulatedCloud cloud;
    private DrainBench bench;

    @After
    public void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    /** A server in VERIFY_RESIZE on compute2, from compute1. */
    private EvidenceTest waiting(UnaryOperator<ServerBuilder> as) {
        cloud = SimulatedCloud.builder()
                .host("compute1")
                .host("compute2")
                .server("web1", server -> as.apply(server.resizedFrom("compute1")))
                .start();
        bench = new DrainBench(cloud);
        return this;
    }

    private ServerState confirm(Orders orders) {
        bench.begin(orders.make()).finish(BOUND);
        return bench.server("web1");
    }

    private ServerState confirm() {
        return confirm(Orders.of(Route.CONFIRM, "web1"));
    }

    private boolean asked(String action) {
        return cloud.audit().entries().stream().anyMatch(entry -> action.equals(entry.action()));
    }

    private void assertHeldBack(String why) {
        ServerState server = bench.server("web1");
        assertEquals(Outcome.BLOCKED, server.outcome());
        assertTrue(server.reason(), server.reason().contains(why));
        assertEquals("evidence", server.override());
        assertTrue(server.advice(), server.advice().endsWith("Parameter: evidence."));
        assertFalse(asked("confirmResize"));
    }

    @Test
    public void aRunningGuestWithItsPortUpIsConfirmed() {
        waiting(server -> server).confirm();
        assertEquals(Outcome.CONFIRMED, bench.server("web1").outcome());
        assertTrue(bench.text(), bench.text().contains("guest running on compute2; port 10.0.0."));
        assertTrue(bench.text(), bench.text().contains(" is ACTIVE"));
    }

    @Test
    public void aGuestThatDiedAtTheMoveIsNotConfirmedAlthoughNovaStillSaysRunning() {
        waiting(ServerBuilder::guestDied).confirm();
        assertHeldBack("it ran before it was moved, and its guest does not run on compute2");
    }

    @Test
    public void aGuestThatNovaHasNotedShutDownSinceIsNotConfirmedForItsLastRequestWasToRun() {
        waiting(server -> server.power(4)).confirm();
        assertHeldBack("it ran before it was moved");
    }

    @Test
    public void aCrashedGuestIsNotConfirmed() {
        waiting(server -> server.power(6)).confirm();
        assertHeldBack("its guest has crashed on compute2");
    }

    @Test
    public void aPortThatIsDownHoldsARunningServerBack() {
        waiting(server -> server.port("DOWN")).confirm();
        assertHeldBack("is DOWN although its guest runs");
    }

    @Test
    public void aServerThatWasShutOffBeforeIsConfirmed() {
        cloud = SimulatedCloud.builder()
                .host("compute1")
                .host("compute2")
                .server("web1", server -> server.on("compute1").status("SHUTOFF"))
                .start();
        bench = new DrainBench(cloud);
        bench.begin(Orders.of(Route.COLD, "web1").make()).finish(BOUND);
        bench = new DrainBench(cloud);
        ServerState server = confirm();
        assertEquals(server.toString(), Outcome.CONFIRMED, server.outcome());
        assertTrue(bench.text(), bench.text().contains("it was shut off before the move, too"));
    }

    @Test
    public void whatPolicyHidesIsSaidAndHoldsNothingBack() {
        waiting(server -> server);
        cloud.faults().on("GET", ".*/diagnostics").always().status(403, "Policy doesn't allow it.");
        cloud.faults().on("GET", ".*/os-interface").always().status(403, "Policy doesn't allow it.");
        ServerState server = confirm(Orders.of(Route.CONFIRM, "web1").dryRun());
        assertEquals(Outcome.PLANNED, server.outcome());
        assertTrue(
                server.reason(),
                server.reason().contains("its ports could not be looked at: 403 Policy doesn't allow it."));
    }

    @Test
    public void showConfirmsWhatRequireHoldsBack() {
        waiting(ServerBuilder::guestDied)
                .confirm(Orders.of(Route.CONFIRM, "web1").evidence(Demand.SHOW, 0));
        assertEquals(Outcome.CONFIRMED, bench.server("web1").outcome());
        assertTrue(bench.text(), bench.text().contains("guest not running on compute2"));
    }

    @Test
    public void ignoreLooksAtNothing() {
        waiting(ServerBuilder::guestDied)
                .confirm(Orders.of(Route.CONFIRM, "web1").evidence(Demand.IGNORE, 5));
        assertEquals(Outcome.CONFIRMED, bench.server("web1").outcome());
        assertNull(bench.server("web1").evidence());
        assertFalse(asked("os-getConsoleOutput"));
        assertTrue(cloud.audit().entries().stream()
                .map(AuditEntry::path)
                .noneMatch(path -> path.endsWith("/diagnostics") || path.endsWith("/os-interface")));
    }

    @Test
    public void theConsoleIsShownWhenAskedForOnly() {
        waiting(server -> server.console("booting\nkernel panic\nlogin:\n")).confirm(Orders.of(Route.CONFIRM, "web1"));
        assertFalse(asked("os-getConsoleOutput"));
        waiting(server -> server.console("booting\nkernel panic\nlogin:\n"))
                .confirm(Orders.of(Route.CONFIRM, "web1").evidence(Demand.REQUIRE, 2));
        assertTrue(bench.text(), bench.text().contains("| kernel panic"));
        assertFalse(bench.text(), bench.text().contains("booting"));
    }

    @Test
    public void aDryRunReturnsTheEvidenceAsPlainDataAndAsksForNothing() {
        waiting(ServerBuilder::volumeBacked)
                .confirm(Orders.residue(Route.CONFIRM, "compute1").dryRun());
        assertFalse(asked("confirmResize"));
        Map<?, ?> evidence = (Map<?, ?>) StepResult.ofServers(bench.last).get(0).get("evidence");
        assertEquals("running", evidence.get("guest"));
        assertEquals(true, evidence.get("ranBefore"));
        assertEquals("compute2", evidence.get("host"));
        assertEquals(List.of(), evidence.get("faults"));
        assertEquals(1, ((List<?>) evidence.get("volumes")).size());
        assertEquals("ACTIVE", ((Map<?, ?>) ((List<?>) evidence.get("ports")).get(0)).get("state"));
    }

    @Test
    public void evidenceSurvivesARestart() {
        waiting(server -> server).confirm(Orders.of(Route.CONFIRM, "web1").dryRun());
        DrainState again = DrainCodec.read(DrainCodec.write(bench.last));
        assertEquals(
                bench.last.servers().get(0).evidence(), again.servers().get(0).evidence());
    }

    @Test
    public void anOrderOfAnEarlierVersionDemandsEvidence() {
        String text = DrainCodec.write(
                DrainState.begin(Orders.of(Route.CONFIRM, "web1").make(), java.time.Instant.EPOCH));
        String old = text.replaceAll("\"evidence\":\\{[^}]*},", "");
        assertFalse(old.contains("evidence"));
        assertEquals(EvidenceRule.DEFAULT, DrainCodec.read(old).order().evidence());
    }
}
