package io.jenkins.plugins.nova.drain.host;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.down;
import static io.jenkins.plugins.nova.drain.Look.up;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.ServiceChange.State;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** What is made sure of before anything is changed; law 9 above all. */
public class PreparationTest {

    private static final Holders NOBODY = claim -> Holding.UNKNOWN;
    private static final Instant HEARD = NOW.minusSeconds(90);

    private static ComputeService forced(boolean up) {
        return new ComputeService("s-compute1", "compute1", "nova", true, up, true, null, HEARD);
    }

    private static DrainState checked(Orders orders, Look look) {
        return Preparation.checked(drain(orders, Phase.CHECK), look.make(), NOBODY, NOW);
    }

    private static Orders host() {
        return Orders.empty("compute1");
    }

    @Test
    public void onWhichCloudAndAsWhomItBeganIsKept() {
        DrainState state = checked(host(), new Look().services(up("compute1")));
        assertEquals("https://keystone/v3 (north)", state.cloud());
        assertEquals("ops", state.user());
        assertEquals("u-ops", state.userId());
        assertEquals(Phase.CORDON, state.phase());
    }

    @Test
    public void anUnmetPreconditionEndsIt() {
        DrainState state = checked(host(), new Look().services(up("compute2")));
        assertEquals(HostOutcome.REFUSED, state.outcome());
        assertTrue(state.message(), state.message().startsWith("host: there is no compute service on a host called"));
    }

    // ---- the budget

    @Test
    public void whatIsOverTheBudgetIsRefusedAndADryRunSaysSo() {
        Look look = new Look().services(up("compute1"), closed("compute2", "broken fan"));
        Orders tight = host().within(new Budget(1, 0, null));
        DrainState refused = checked(tight, look);
        assertEquals(HostOutcome.REFUSED, refused.outcome());
        DrainState dry = checked(tight.dryRun(), look);
        assertEquals(Phase.PLAN, dry.phase());
        assertTrue(dry.notes().toString(), dry.notes().get(0).startsWith("dryRun: the real run would be refused. "));
        assertEquals(1, dry.budget().size());
        DrainState kept = checked(host().within(new Budget(2, 0, null)), look);
        assertEquals(Phase.CORDON, kept.phase());
        assertEquals(1, kept.budget().size());
        assertEquals(List.of(), kept.notes());
    }

    @Test
    public void aHostThatAnotherDrainHoldsIsRefused() {
        DrainState state = checked(host(), new Look().services(closed("compute1", "nova-maintenance: ops/other#1")));
        assertEquals(HostOutcome.REFUSED, state.outcome());
        assertTrue(state.message(), state.message().contains("is held by ops/other#1"));
        // before its fencing is looked at
        ComputeService heldAndDown = new ComputeService(
                "s-compute1", "compute1", "nova", false, false, false, "nova-maintenance: ops/other#1", HEARD);
        assertEquals(
                HostOutcome.REFUSED,
                checked(host().fenced(), new Look().services(heldAndDown)).outcome());
    }

    // ---- chosen servers

    /** Each once, however often it was named. */
    @Test
    public void chosenServersAreThoseThatTheirNamesStandFor() {
        Look look = new Look()
                .reference("a", Servers.named("a").make())
                .reference("id-a", Servers.named("a").make())
                .reference("b", Servers.named("b").on("compute3").make())
                .reference("id-c")
                .gone("c");
        DrainState state = checked(Orders.of(Route.LIVE, "a", "id-a", "b", "id-c"), look);
        assertEquals(Phase.PLAN, state.phase());
        assertEquals(false, state.rebuild());
        assertEquals(
                List.of("id-a PENDING compute1", "id-b PENDING compute3", "id-c GONE: was deleted meanwhile null"),
                state.servers().stream()
                        .map(server -> server.id() + " " + told(server) + " " + server.source())
                        .toList());
        ServerState a = state.servers().get(0);
        assertEquals("a", a.name());
        assertEquals(NOW, a.since());
        assertNull(state.cordon());
    }

    // ---- a dead host

    @Test
    public void aDeadHostIsForcedDownOnceNovaSeesItDown() {
        record Row(ComputeService service, Phase phase) {}
        for (Row row : List.of(
                new Row(down("compute1", HEARD), Phase.FORCE_DOWN),
                new Row(up("compute1"), Phase.WAIT_DOWN),
                new Row(forced(false), Phase.CORDON))) {
            DrainState state = checked(host().fenced(), new Look().services(row.service()));
            assertEquals(row.toString(), row.phase(), state.phase());
            assertEquals(true, state.rebuild());
            boolean forces = row.phase() == Phase.FORCE_DOWN;
            assertEquals(forces ? ServiceChange.recorded("s-compute1", null, NOW) : null, state.forceDown());
            assertEquals(forces ? HEARD : null, state.lastReport());
        }
        assertEquals(false, checked(host(), new Look().services(up("compute1"))).rebuild());
    }

    @Test
    public void aDryRunForcesNothingDown() {
        DrainState state = checked(host().fenced().dryRun(), new Look().services(down("compute1", HEARD)));
        assertEquals(Phase.PLAN, state.phase());
        assertNull(state.forceDown());
        assertEquals(
                List.of("Nothing is changed, so the host is not forced down, as the real run would do."),
                state.notes());
    }

    private static DrainState waiting(Instant began, Instant lastReport, Look look) {
        DrainState state = with(DrainState.begin(host().fenced().make(), began), edit -> {
            edit.phase = Phase.WAIT_DOWN;
            edit.lastReport = lastReport;
        });
        return Preparation.waitDown(state, look.make(), NOW);
    }

    private static ComputeService reports(Instant at) {
        return new ComputeService("s-compute1", "compute1", "nova", true, true, false, null, at);
    }

    /** Law 9: a host that reports again is not fenced, whatever the pipeline says. */
    @Test
    public void aHostThatReportsAgainIsAlive() {
        Instant began = NOW.minusSeconds(30);
        for (Instant at : new Instant[] {HEARD, HEARD.minusSeconds(1), null}) {
            DrainState state = waiting(began, HEARD, new Look().services(reports(at)));
            assertEquals(Phase.WAIT_DOWN, state.phase());
        }
        assertEquals(
                Phase.WAIT_DOWN,
                waiting(began, null, new Look().services(reports(HEARD))).phase());
        DrainState alive = waiting(began, HEARD, new Look().services(reports(HEARD.plusSeconds(1))));
        assertEquals(HostOutcome.REFUSED, alive.outcome());
        assertTrue(alive.message(), alive.message().contains("the host is alive"));
    }

    @Test
    public void aFencedHostIsWaitedForUntilItReadsDown() {
        Look up = new Look().services(reports(HEARD));
        assertEquals(
                Phase.WAIT_DOWN,
                waiting(NOW.minus(Limits.GOING_DOWN), HEARD, up).phase());
        DrainState late = waiting(NOW.minus(Limits.GOING_DOWN).minusSeconds(1), HEARD, up);
        assertEquals(HostOutcome.REFUSED, late.outcome());
        assertTrue(late.message(), late.message().contains("Nova still shows its compute service up after 3 min"));
        DrainState down = waiting(NOW, HEARD, new Look().services(down("compute1", HEARD)));
        assertEquals(Phase.FORCE_DOWN, down.phase());
        assertEquals(ServiceChange.recorded("s-compute1", null, NOW), down.forceDown());
        DrainState gone = waiting(NOW, HEARD, new Look().services(up("compute2")));
        assertEquals("The compute service of 'compute1' is gone.", gone.message());
    }

    private static DrainState forcing(ServiceChange change, Look look) {
        DrainState state = with(drain(host().fenced(), Phase.FORCE_DOWN), edit -> edit.forceDown = change);
        return Preparation.forcedDown(state, look.make(), NOBODY, NOW);
    }

    /** Law 9: down, forced down, and only then cordoned. */
    @Test
    public void aHostIsCordonedOnceItIsSeenForcedDown() {
        Instant since = NOW.minusSeconds(10);
        ServiceChange sent = new ServiceChange("s-compute1", null, State.SENT, since, 1, "HTTP 500", null);
        DrainState done = forcing(sent, new Look().services(forced(false)));
        assertEquals(Phase.CORDON, done.phase());
        assertEquals(State.OURS, done.forceDown().state());
        for (Look look :
                List.of(new Look(), new Look().services(down("compute1", HEARD)), new Look().services(forced(true)))) {
            DrainState again = forcing(sent, look);
            assertEquals(Phase.FORCE_DOWN, again.phase());
            assertEquals(State.RECORDED, again.forceDown().state());
            assertEquals(since, again.forceDown().since());
            Duration limit = Limits.SERVICE_CHANGE.plusSeconds(1);
            DrainState over = forcing(
                    new ServiceChange("s-compute1", null, State.SENT, NOW.minus(limit), 1, "HTTP 500", null), look);
            assertEquals("The compute service of 'compute1' could not be forced down: HTTP 500", over.message());
        }
    }

    @Test
    public void aStateThatIsNotChangedIsTheSame() {
        DrainState state = with(DrainState.begin(host().fenced().make(), NOW), edit -> edit.phase = Phase.WAIT_DOWN);
        assertSame(
                state,
                Preparation.waitDown(state, new Look().services(up("compute1")).make(), NOW));
    }
}
