package io.jenkins.plugins.nova.drain;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.down;
import static io.jenkins.plugins.nova.drain.Look.up;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** When the compute services are read, and what of them is read twice before it is acted upon (law 13). */
public class ServiceWatchTest {

    private static final String OURS = "nova-maintenance: ops/maintenance#7";
    private static final Instant JUST = NOW.minusSeconds(1);

    private static ServiceChange cordon(ServiceChange.State state) {
        return new ServiceChange("s-compute1", OURS, state, JUST, 1, null, null);
    }

    private static DrainState read(Orders orders, Instant last) {
        return with(drain(orders, waiting("a", Action.LIVE)), edit -> {
            edit.cordon = cordon(ServiceChange.State.OURS);
            edit.watch = edit.watch.seen(last, Map.of());
        });
    }

    private static DrainState read(Instant last) {
        return read(Orders.empty("compute1"), last);
    }

    @Test
    public void theyAreReadEachHalfMinute() {
        assertEquals(false, ServiceWatch.due(read(NOW.minusSeconds(29)), NOW));
        assertEquals(true, ServiceWatch.due(read(NOW.minusSeconds(30)), NOW));
        assertEquals(true, ServiceWatch.due(read(null), NOW));
    }

    /** While a cordon is still to be seen, and for the last word. */
    @Test
    public void theyAreReadAtOnceWhereAnAnswerIsWaitedFor() {
        for (ServiceChange.State state : ServiceChange.State.values()) {
            boolean unsettled = state == ServiceChange.State.RECORDED || state == ServiceChange.State.SENT;
            assertEquals(unsettled, ServiceWatch.due(with(read(JUST), edit -> edit.cordon = cordon(state)), NOW));
        }
        assertEquals(false, ServiceWatch.due(with(read(JUST), edit -> edit.cordon = null), NOW));
        assertEquals(true, ServiceWatch.due(with(read(JUST), edit -> edit.stop = new Stop(NOW, "aborted by x")), NOW));
        for (int late : new int[] {0, 1}) {
            Orders orders = Orders.empty("compute1").timeout(Duration.ofHours(1).minusSeconds(late));
            assertEquals(late == 1, ServiceWatch.due(read(orders, JUST), NOW));
        }
    }

    // ---- alarms

    private static boolean alarms(DrainState state, ComputeService... services) {
        return ServiceWatch.alarms(state, List.of(services));
    }

    @Test
    public void whatContradictsTheCordonIsReadTwice() {
        DrainState state = read(JUST);
        assertEquals(false, alarms(state, closed("compute1", OURS)));
        assertEquals(true, alarms(state, up("compute1")));
        assertEquals(true, alarms(state, closed("compute1", "broken fan")));
        assertEquals(true, alarms(state, closed("compute1", null)));
        assertEquals(false, alarms(state, up("compute2")));
        assertEquals(false, alarms(state, ComputeService.unknown("compute1")));
        // of a host that is not ours to speak of: that it is closed by anybody
        DrainState without = with(state, edit -> edit.cordon = null);
        assertEquals(true, alarms(without, closed("compute1", OURS)));
        assertEquals(false, alarms(without, closed("compute1", null)));
        DrainState chosen = drain(Orders.of(Route.LIVE, "a"), waiting("a", Action.LIVE));
        assertEquals(false, alarms(chosen, up("compute1")));
    }

    /** Law 9. */
    @Test
    public void aRescuedHostThatReadsUpIsReadTwice() {
        ComputeService dead = new ComputeService("s-compute1", "compute1", "nova", false, false, true, OURS, null);
        DrainState rebuild = with(drain(Orders.empty("compute1"), waiting("a", Action.REBUILD)), edit -> {
            edit.rebuild = true;
            edit.cordon = cordon(ServiceChange.State.OURS);
        });
        assertEquals(false, alarms(rebuild, dead));
        assertEquals(true, alarms(rebuild, closed("compute1", OURS)));
    }

    /** Once it is known to be down it is no news. */
    @Test
    public void aSourceThatReadsDownForTheFirstTimeIsReadTwice() {
        DrainState chosen = drain(Orders.of(Route.LIVE, "a"), waiting("a", Action.LIVE));
        assertEquals(true, alarms(chosen, down("compute1", null)));
        assertEquals(false, alarms(chosen, up("compute1")));
        assertEquals(false, alarms(chosen, down("compute2", null)));
        assertEquals(false, alarms(chosen, ComputeService.unknown("compute1")));
        DrainState known = with(chosen, edit -> edit.watch = edit.watch.seen(JUST, Map.of("compute1", JUST)));
        assertEquals(false, alarms(known, down("compute1", null)));
    }

    // ---- sources

    @Test
    public void novaComputeIsNeededWhereAServerIsToBeMovedLiveOrCold() {
        for (Action action : Action.values()) {
            boolean moves = action == Action.LIVE || action == Action.COLD;
            Set<String> needed = moves ? Set.of("compute1") : Set.of();
            ServerState server = waiting("a", action);
            assertEquals(needed, ServiceWatch.sources(drain(Orders.empty("compute1"), server)));
            assertEquals(
                    Set.of(),
                    ServiceWatch.sources(drain(Orders.empty("compute1"), with(server, edit -> edit.source = null))));
            assertEquals(
                    Set.of(),
                    ServiceWatch.sources(drain(Orders.empty("compute1"), ended("a", action, Outcome.MOVED, JUST))));
            ServiceWatch watch = ServiceWatch.NEW.seen(NOW, Map.of("compute1", JUST));
            assertEquals(moves ? JUST : null, watch.downSince(server));
            assertNull(ServiceWatch.NEW.downSince(server));
        }
        assertEquals(
                Set.of("compute1"),
                ServiceWatch.sources(drain(Orders.empty("compute1"), moving("a", Action.LIVE, "running", JUST))));
    }

    /** Law 6. */
    @Test
    public void aServiceIsThatOfExactlyThisHostAndKnown() {
        List<ComputeService> services =
                List.of(up("compute11"), ComputeService.unknown("compute1"), closed("compute1", OURS));
        assertEquals(Optional.of(closed("compute1", OURS)), ServiceWatch.service(services, "compute1"));
        assertEquals(Optional.empty(), ServiceWatch.service(services, "Compute1"));
    }

    @Test
    public void whatOneLookFindsOutKeepsTheRest() {
        ServiceWatch all = ServiceWatch.NEW
                .seen(JUST, Map.of("compute1", JUST))
                .closedAgain(JUST)
                .lost("why")
                .silent(JUST);
        assertEquals(new ServiceWatch(JUST, Map.of("compute1", JUST), true, "why", JUST), all);
        assertEquals(new ServiceWatch(NOW, Map.of(), true, "why", JUST), all.seen(NOW, Map.of()));
        assertEquals(new ServiceWatch(JUST, Map.of("compute1", JUST), true, "why", null), all.silent(null));
        // of an older version's saved state
        assertEquals(Map.of(), new ServiceWatch(null, null, false, null, null).down());
    }
}
