package io.jenkins.plugins.nova.telemetry;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Drained;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.ServiceChange.State;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import org.junit.After;
import org.junit.Test;

/** What is told of a drain's states, and when. */
public class DrainEventsTest {

    private static final Origin HERE = new Origin("lab", "nodeEvacuate", "ops/drain", 7);
    private static final Orders ORDERS = Orders.empty("compute1");

    private final Heard heard = Heard.begin();

    @After
    public void end() {
        heard.close();
    }

    private static DrainEvents from(DrainState known) {
        return new DrainEvents(known, () -> HERE);
    }

    private static CompletionStage<Void> saved() {
        return CompletableFuture.completedFuture(null);
    }

    /** As a runner does at the end of a tick. */
    private static void settle(DrainEvents events, DrainState state) {
        events.settled(state);
        assertTrue(events.saving(state, saved()).toCompletableFuture().isDone());
    }

    private static DrainState drain(ServerState... servers) {
        return Drained.drain(ORDERS, servers);
    }

    private static ServerState moving(String name) {
        return Drained.moving(name, Action.LIVE, "running", NOW.minusSeconds(90));
    }

    private static ServerState moved(String name) {
        return Drained.with(moving(name), edit -> edit.to = "compute2").end(Outcome.MOVED, "its words", "", NOW);
    }

    private static DrainState over(DrainState state, HostOutcome outcome) {
        return Drained.with(state, edit -> {
            edit.phase = Phase.ENDED;
            edit.outcome = outcome;
            edit.ended = NOW;
        });
    }

    private static DrainState cordon(DrainState state, State how) {
        return Drained.with(
                state, edit -> edit.cordon = new ServiceChange("service-1", "by ops/drain#7", how, NOW, 1, null, null));
    }

    @Test
    public void eachServerIsToldOnceWhenItHasItsOutcome() {
        DrainEvents events = from(drain(moving("web1"), moving("web2")));
        settle(events, drain(moving("web1"), moving("web2")));
        assertEquals(List.of(), heard.told());
        settle(events, drain(moved("web1"), moving("web2")));
        settle(events, drain(moved("web1"), moving("web2")));
        assertEquals(List.of("MOVED id-web1"), heard.told());
        DrainState last = drain(moved("web1"), moved("web2"));
        settle(events, last);
        settle(events, over(last, HostOutcome.DONE));
        assertEquals(List.of("MOVED id-web1", "MOVED id-web2", "DONE compute1"), heard.told());
        assertEquals(
                new EndedServer(
                        HERE, "id-web1", Verb.LIVE, "compute1", "compute2", Outcome.MOVED, NOW.minusSeconds(90), NOW),
                heard.events().get(0));
        assertEquals(
                new EndedHost(HERE, "compute1", HostOutcome.DONE, NOW.minusSeconds(3600), NOW),
                heard.events().get(2));
    }

    @Test
    public void anOutcomeThatChangesIsNotToldAgain() {
        DrainEvents events = from(drain(moving("web1")));
        settle(events, drain(moved("web1")));
        settle(events, drain(moved("web1").end(Outcome.FAILED, "is back on it", "", NOW)));
        assertEquals(List.of("MOVED id-web1"), heard.told());
    }

    /** Each row: with what a new process begins, and what it tells when all has ended. */
    @Test
    public void whatWasSavedBeforeARestartIsNotToldAgain() {
        DrainState halfway = cordon(drain(moved("web1"), moving("web2")), State.OURS);
        DrainState last = over(cordon(drain(moved("web1"), moved("web2")), State.OURS), HostOutcome.DONE);
        settle(from(halfway), last);
        assertEquals(List.of("MOVED id-web2", "DONE compute1"), heard.told());
        settle(from(last), last);
        assertEquals(List.of("MOVED id-web2", "DONE compute1"), heard.told());
    }

    /** A crash before it is saved would find it once more. */
    @Test
    public void nothingIsToldBeforeItIsSaved() {
        DrainEvents events = from(drain(moving("web1")));
        CompletableFuture<Void> disk = new CompletableFuture<>();
        DrainState next = drain(moved("web1"));
        events.settled(next);
        CompletionStage<Void> told = events.saving(next, disk);
        assertEquals(List.of(), heard.told());
        disk.complete(null);
        assertTrue(told.toCompletableFuture().isDone());
        assertEquals(List.of("MOVED id-web1"), heard.told());
    }

    @Test
    public void whatCouldNotBeSavedIsToldWithTheNextState() {
        DrainEvents events = from(drain(moving("web1"), moving("web2")));
        DrainState lost = drain(moved("web1"), moving("web2"));
        events.settled(lost);
        CompletionStage<Void> failed = events.saving(lost, CompletableFuture.failedFuture(new IOException("full")));
        assertTrue(failed.toCompletableFuture().isCompletedExceptionally());
        assertEquals(List.of(), heard.told());
        settle(events, drain(moved("web1"), moved("web2")));
        assertEquals(List.of("MOVED id-web1", "MOVED id-web2"), heard.told());
    }

    /** What is saved before it is sent is taken back by a stop that comes between; the drain never went on from it. */
    @Test
    public void aStateThatTheDrainDoesNotGoOnFromIsNotToldOf() {
        DrainEvents events = from(drain(moving("web1"), moving("web2")));
        DrainState decided = drain(moved("web1"), moving("web2"));
        CompletionStage<Void> save = saved();
        assertSame(save, events.saving(decided, save));
        assertEquals(List.of(), heard.told());
        settle(events, drain(moving("web1"), moving("web2")));
        settle(events, drain(moved("web1"), moving("web2")));
        assertEquals(List.of("MOVED id-web1"), heard.told());
    }

    /** Each row: the cordon in the states one after another, and whether it is told as one of this step. */
    @Test
    public void aHostIsClosedByTheStepThatAskedForIt() {
        List<List<State>> closes = List.of(
                List.of(State.RECORDED, State.OURS),
                List.of(State.RECORDED, State.SENT, State.SENT, State.OURS, State.OURS),
                List.of(State.SENT, State.RECORDED, State.OURS));
        // found in our name by a step inside nodeMaintenance, or disabled by somebody else
        List<List<State>> finds =
                List.of(List.of(State.OURS), List.of(State.SENT, State.FOUND), List.of(State.FOUND), List.of());
        List<String> expected = new ArrayList<>();
        for (List<List<State>> rows : List.of(closes, finds)) {
            for (List<State> row : rows) {
                DrainEvents events = from(drain());
                row.forEach(state -> settle(events, cordon(drain(), state)));
                if (rows == closes) {
                    expected.add("closed compute1");
                }
                assertEquals(row.toString(), expected, heard.told());
            }
        }
        settle(from(cordon(drain(), State.RECORDED)), cordon(drain(), State.OURS));
        expected.add("closed compute1");
        assertEquals("killed while it was sent", expected, heard.told());
    }

    @Test
    public void aDryRunIsNotToldOf() {
        DrainState planned = Drained.drain(
                Orders.empty("compute1").dryRun(), Drained.ended("web1", Action.LIVE, Outcome.PLANNED, NOW));
        settle(from(Drained.drain(Orders.empty("compute1").dryRun())), over(planned, HostOutcome.PLANNED));
        assertEquals(List.of(), heard.told());
    }

    @Test
    public void chosenServersAreNoHost() {
        Orders chosen = Orders.of(Route.LIVE, "web1");
        DrainState before = Drained.drain(chosen, moving("web1"));
        settle(from(before), over(Drained.drain(chosen, moved("web1")), HostOutcome.DONE));
        assertEquals(List.of("MOVED id-web1"), heard.told());
    }

    /** Each row: a server that ended, and what Nova was asked to do with it. */
    @Test
    public void whatWasAskedIsTold() {
        ServerState again = Drained.with(moving("again"), edit -> {
            edit.move = null;
            edit.stage = ServerState.Stage.PENDING;
        });
        ServerState kept = Drained.with(again, edit -> edit.action = Action.BLOCKED);
        DrainState ended = drain(
                moved("live"),
                Drained.taken("cold", Action.COLD, NOW).end(Outcome.AWAITING_CONFIRM, "", "", NOW),
                Drained.taken("dead", Action.REBUILD, NOW).end(Outcome.REBUILT, "", "", NOW),
                Drained.taken("keep", Action.CONFIRM, NOW).end(Outcome.CONFIRMED, "", "", NOW),
                Drained.taken("back", Action.REVERT, NOW).end(Outcome.REVERTED, "", "", NOW),
                again.end(Outcome.NOT_STARTED, "", "", NOW),
                kept.end(Outcome.BLOCKED, "", "", NOW),
                Drained.ended("stays", Action.BLOCKED, Outcome.BLOCKED, NOW),
                Drained.ended("waits", Action.LIVE, Outcome.NOT_STARTED, NOW));
        settle(from(drain()), ended);
        List<Verb> asked = new ArrayList<>();
        List<Boolean> moves = new ArrayList<>();
        for (Record event : heard.events()) {
            asked.add(((EndedServer) event).verb());
            moves.add(((EndedServer) event).moves());
        }
        List<Verb> expected =
                new ArrayList<>(List.of(Verb.LIVE, Verb.COLD, Verb.EVACUATE, Verb.CONFIRM, Verb.REVERT, Verb.LIVE));
        expected.add(null);
        expected.add(null);
        expected.add(null);
        assertEquals(expected, asked);
        assertEquals(List.of(true, true, true, false, false, true, false, false, false), moves);
    }

    /** Server names, reasons and hints are other people's words, and may hold what is not for a monitoring system. */
    @Test
    public void noWordsOfOthersAreTold() {
        DrainState next = drain(moved("hunter2"));
        settle(from(drain()), next);
        String told = heard.events().toString().replace("id-hunter2", "");
        assertEquals(told, -1, told.indexOf("hunter2"));
        assertEquals(told, -1, told.indexOf("its words"));
    }

    @Test
    public void whereItRunsIsNotAskedForNothing() {
        try (Recorder log = new Recorder(DrainEvents.class.getName())) {
            DrainEvents events = new DrainEvents(drain(moving("web1")), () -> {
                throw new IllegalStateException("its build is gone");
            });
            settle(events, drain(moving("web1")));
            assertEquals(List.of(), log.messages());
            settle(events, drain(moved("web1")));
            assertEquals(List.of("Nobody is told of compute1"), log.messages());
            assertEquals(1, log.of(Level.WARNING).size());
            settle(events, drain(moved("web1"), moved("web2")));
            assertEquals("once a drain", 1, log.of(Level.WARNING).size());
            assertEquals(1, log.of(Level.FINE).size());
        }
        assertEquals(List.of(), heard.told());
    }
}
