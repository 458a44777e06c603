package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.inGroup;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** Which servers begin at a tick, and why none does any more. */
public class StartsTest {

    private static final Instant JUST = NOW.minusSeconds(1);

    private static Orders two() {
        return Orders.empty("compute1").concurrency(2);
    }

    private static List<ServerState> started(DrainState state) {
        return StartSelection.start(state.servers(), state, NOW);
    }

    /** The names of those that are under way after it. */
    private static List<String> underWay(DrainState state) {
        return started(state).stream()
                .filter(ServerState::underWay)
                .map(ServerState::name)
                .toList();
    }

    private static ServerState[] names(Action action, String... names) {
        return Arrays.stream(names).map(name -> waiting(name, action)).toArray(ServerState[]::new);
    }

    @Test
    public void theFirstThatWaitBeginAsFarAsThereArePlaces() {
        for (Action action : List.of(Action.LIVE, Action.COLD, Action.REBUILD, Action.CONFIRM, Action.REVERT)) {
            assertEquals(List.of("a", "b"), underWay(drain(two(), names(action, "a", "b", "c"))));
            assertEquals(
                    List.of("m", "a"),
                    underWay(drain(
                            two(), moving("m", action, "running", JUST), waiting("a", action), waiting("b", action))));
            assertEquals(
                    List.of("m", "n"),
                    underWay(drain(
                            two(),
                            moving("m", action, "running", JUST),
                            moving("n", action, "running", JUST),
                            waiting("a", action))));
        }
    }

    @Test
    public void whatIsNotToBeMovedOrNotYetIsPassedOver() {
        ServerState later = with(waiting("a", Action.LIVE), edit -> edit.notBefore = NOW.plusSeconds(1));
        ServerState now = with(waiting("b", Action.LIVE), edit -> edit.notBefore = NOW);
        assertEquals(
                List.of("b", "c"),
                underWay(drain(
                        Orders.empty("compute1").concurrency(9),
                        later,
                        now,
                        waiting("c", Action.LIVE),
                        waiting("d", Action.BLOCKED),
                        waiting("e", Action.SKIP),
                        ended("f", Action.LIVE, Outcome.MOVED, JUST))));
        DrainState down = with(
                drain(Orders.empty("compute1").concurrency(9), waiting("a", Action.LIVE), waiting("b", Action.REBUILD)),
                edit -> edit.watch = edit.watch.seen(NOW, Map.of("compute1", NOW)));
        assertEquals(List.of("b"), underWay(down));
    }

    /** Nova's late check would fail the second. */
    @Test
    public void twoOfOneAntiAffinityGroupNeverMoveAtATime() {
        ServerState a = inGroup("a", Action.LIVE, "g");
        ServerState b = inGroup("b", Action.LIVE, "g");
        ServerState c = inGroup("c", Action.LIVE, "h");
        assertEquals(List.of("a", "c"), underWay(drain(two(), a, b, c)));
        ServerState moving = with(inGroup("m", Action.LIVE, "g"), edit -> {
            edit.stage = Stage.UNDER_WAY;
            edit.move = Intent.record(Verb.LIVE, null, null, JUST);
        });
        assertEquals(List.of("m", "c"), underWay(drain(Orders.empty("compute1").concurrency(9), moving, a, c)));
    }

    /** A target is named where Nova lets one be. */
    @Test
    public void whatBeginsHasItsRequestWrittenDown() {
        for (Action action : List.of(Action.LIVE, Action.COLD, Action.REBUILD, Action.CONFIRM, Action.REVERT)) {
            boolean settles = action == Action.CONFIRM || action == Action.REVERT;
            ServerState server =
                    started(drain(two().to("compute2"), waiting("a", action))).get(0);
            assertEquals(Intent.record(Verb.of(action), settles ? null : "compute2", null, NOW), server.move());
            assertEquals(1, server.attempts());
            assertEquals(NOW, server.since());
            assertEquals(NOW, server.started());
            assertEquals(Verb.of(action).askedSpan(), server.spans().get(0).kind());
            ServerState again = with(waiting("a", action), edit -> {
                edit.started = JUST;
                edit.attempts = 1;
            });
            ServerState second = started(drain(two(), again)).get(0);
            assertEquals("it was begun then", JUST, second.started());
            assertEquals(2, second.attempts());
            assertNull(second.move().target());
        }
    }

    /** A seat is a host for one server; a target host is for all, and what the seat's host has refused is the scheduler's. */
    @Test
    public void aServerIsAskedForToItsSeat() {
        Map<String, String> seats = Map.of("id-a", "compute5", "id-b", "compute1");
        for (Action action : List.of(Action.LIVE, Action.COLD, Action.REBUILD, Action.CONFIRM, Action.REVERT)) {
            boolean settles = action == Action.CONFIRM || action == Action.REVERT;
            Orders orders = Orders.empty("compute1").concurrency(9).seated(seats);
            List<ServerState> started = started(drain(
                    orders,
                    waiting("a", action),
                    waiting("b", action),
                    waiting("c", action),
                    with(waiting("a", action), edit -> edit.seatRefused = "full")));
            assertEquals(
                    "a seat; where it is; no seat; refused",
                    Arrays.asList(settles ? null : "compute5", null, null, null),
                    started.stream().map(server -> server.move().target()).toList());
            assertEquals(
                    settles ? null : "compute2",
                    started(drain(orders.to("compute2"), waiting("a", action)))
                            .get(0)
                            .move()
                            .target());
        }
    }

    // ---- none any more

    private static Optional<String> why(DrainState state) {
        return StartsEnded.why(state, state.servers(), NOW).map(StartsEnded::reason);
    }

    @Test
    public void nothingBeginsAfterAStopATimeOutOrTheHostsLoss() {
        DrainState state = drain(two(), waiting("a", Action.LIVE));
        assertEquals(Optional.empty(), why(state));
        assertEquals(
                Optional.of("the build was aborted before its turn came"),
                why(with(state, edit -> edit.stop = new Stop(NOW, "aborted by x"))));
        assertEquals(
                Optional.of("it is held by x now"),
                why(with(state, edit -> edit.watch = edit.watch.lost("it is held by x now"))));
        for (int late : new int[] {0, 1}) {
            DrainState timed = drain(two().timeout(Duration.ofHours(1).minusSeconds(late)), waiting("a", Action.LIVE));
            assertEquals(
                    late == 0
                            ? Optional.empty()
                            : Optional.of("the step's timeout of 59 min 59 s was over before its turn came"),
                    why(timed));
        }
    }

    @Test
    public void withFailFastTheFirstThatIsNotWellEndsIt() {
        for (Outcome outcome : Outcome.values()) {
            ServerState[] servers = {waiting("a", Action.LIVE), ended("b", Action.LIVE, outcome, JUST)};
            assertEquals(Optional.empty(), why(drain(two(), servers)));
            assertEquals(
                    outcome.good() ? Optional.empty() : Optional.of("failFast: 'b' is " + outcome.words()),
                    why(drain(two().failFast(), servers)));
        }
    }
}
