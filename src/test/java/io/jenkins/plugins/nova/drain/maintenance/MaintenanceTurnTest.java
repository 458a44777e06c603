package io.jenkins.plugins.nova.drain.maintenance;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.SavedVersions;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.drain.ApprovedPlan.OnDrift;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOrder;
import io.jenkins.plugins.nova.drain.observe.RollRequest;
import io.jenkins.plugins.nova.drain.turn.TurnOrder;
import io.jenkins.plugins.nova.drain.turn.TurnOutcome;
import io.jenkins.plugins.nova.drain.turn.TurnState;
import io.jenkins.plugins.nova.drain.turn.Yield;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.roll.Window;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** The maintenance of a host of a roll: from its turn to its drain, and back where the budget was full after all. */
public class MaintenanceTurnTest {

    private static final Instant LATER = NOW.plus(Duration.ofHours(3));

    private static final TurnOrder TURN = new TurnOrder(
            "roll-1",
            "compute1",
            List.of("compute1", "compute2"),
            Map.of("compute3", "by build 7"),
            new RollRequest(
                    List.of("compute1", "compute2"),
                    null,
                    null,
                    new Budget(1, 1, "rack7"),
                    true,
                    BlockMigration.AUTO,
                    List.of("db"),
                    List.of(),
                    Duration.ofMinutes(20)),
            "compute2",
            Duration.ofMinutes(10),
            1,
            new Window(
                    LocalTime.of(22, 0),
                    LocalTime.of(5, 0),
                    EnumSet.allOf(DayOfWeek.class),
                    ZoneId.of("Europe/Berlin")),
            Duration.ofMinutes(45),
            Map.of("id-a", Action.LIVE),
            OnDrift.ASK);

    private static final ReturnOrder BACK = new ReturnOrder(
            "compute1", Duration.ofMinutes(30), false, false, false, List.of(), false, null, "ops/roll#7", null);

    private static MaintenanceState waiting() {
        return MaintenanceState.beginTurn(
                TURN,
                BACK,
                Orders.empty("compute1").timeout(Duration.ofHours(2)).make(),
                Orders.empty("compute1").make(),
                NOW);
    }

    private static TurnState ended(TurnOutcome outcome, String message) {
        TurnState.Edit edit = waiting().turn().edit();
        edit.seats = outcome == TurnOutcome.BEGINS ? Map.of("id-a", "compute5") : Map.of();
        return edit.end(outcome, message, LATER).done();
    }

    @Test
    public void itBeginsWithTheWaitAndSaysSo() {
        MaintenanceState state = waiting();
        assertEquals(MaintenancePart.TURN, state.part());
        assertFalse(state.over());
        assertEquals("host compute1 is about to wait for its turn in the roll", MaintenanceWords.status(state, NOW));
        TurnState.Edit edit = state.turn().edit();
        edit.waitsFor = "its turn";
        edit.until = LATER;
        assertEquals(
                "host compute1 waits for its turn (until 2026-11-27T15:00:00Z)",
                MaintenanceWords.status(state.turning(edit.done()), NOW));
    }

    /** It may have waited for days. */
    @Test
    public void theDrainBeginsWithItsSeatsAndItsTimeFromThen() {
        MaintenanceState turned = Maintenance.turned(waiting(), ended(TurnOutcome.BEGINS, ""), LATER);
        assertEquals(MaintenancePart.DRAIN, turned.part());
        assertEquals(Map.of("id-a", "compute5"), turned.drain().order().seats());
        assertEquals(LATER, turned.drain().began());
        assertEquals(LATER.plus(Duration.ofHours(2)), turned.drain().deadline());
        assertEquals(Phase.CHECK, turned.drain().phase());
    }

    @Test
    public void whatEverElseComesOfTheWaitIsTheEndOfIt() {
        for (TurnOutcome outcome : TurnOutcome.values()) {
            if (outcome == TurnOutcome.BEGINS) {
                continue;
            }
            MaintenanceState over = Maintenance.turned(waiting(), ended(outcome, "because."), LATER);
            assertTrue(over.over());
            assertEquals(outcome.toString(), over.outcome());
            assertEquals("because.", over.message());
            assertEquals(LATER, over.ended());
            assertEquals(outcome == TurnOutcome.DONE_BEFORE || outcome == TurnOutcome.DRIFTED, over.good());
            Map<String, Object> result = Maintenance.result(over);
            assertEquals(outcome.toString(), result.get("outcome"));
            assertEquals("compute1", result.get("host"));
            assertEquals(List.of(), result.get("servers"));
            assertEquals(false, result.get("ready"));
            assertEquals(over, MaintenanceCodec.read(MaintenanceCodec.write(over)));
        }
    }

    private static DrainState refused(boolean overBudget, ServiceChange cordon, Stop stop) {
        MaintenanceState turned = Maintenance.turned(waiting(), ended(TurnOutcome.BEGINS, ""), LATER);
        return with(turned.drain(), edit -> {
            edit.phase = Phase.ENDED;
            edit.outcome = HostOutcome.REFUSED;
            edit.message = "budget.maxAway: …";
            edit.overBudget = overBudget;
            edit.cordon = cordon;
            edit.stop = stop;
            edit.ended = LATER;
        });
    }

    private static MaintenanceState drained(DrainState last) {
        MaintenanceState turned = Maintenance.turned(waiting(), ended(TurnOutcome.BEGINS, ""), LATER);
        return Maintenance.drained(turned, last, EarlierSteps.NONE, LATER);
    }

    @Test
    public void aBudgetThatWasFullAfterAllIsWaitedForAgain() {
        MaintenanceState again = drained(refused(true, null, null));
        assertEquals(MaintenancePart.TURN, again.part());
        assertFalse(again.turn().over());
        assertEquals(Map.of(), again.turn().seats());
        assertEquals(
                "the budget, for another host was begun in the same moment",
                again.turn().waitsFor());
        assertEquals(LATER, again.turn().began());
        assertEquals(Map.of(), again.drain().order().seats());
        assertEquals(Phase.CHECK, again.drain().phase());
        MaintenanceState then = Maintenance.turned(again, ended(TurnOutcome.BEGINS, ""), LATER);
        assertEquals(MaintenancePart.DRAIN, then.part());
        assertEquals(Map.of("id-a", "compute5"), then.drain().order().seats());
        assertEquals(again, MaintenanceCodec.read(MaintenanceCodec.write(again)));
    }

    @Test
    public void anyOtherRefusalIsTheEndOfTheDrainAsOutsideARoll() {
        ServiceChange stays = ServiceChange.recorded("s", "why", NOW);
        for (DrainState last : List.of(refused(false, null, null), refused(true, stays, null))) {
            assertEquals(MaintenancePart.AFTER, drained(last).part());
        }
        MaintenanceState outside = MaintenanceState.begin(
                BACK, Orders.empty("compute1").make(), Orders.empty("compute1").make(), NOW);
        assertNull(outside.turn());
        assertEquals(
                MaintenancePart.AFTER,
                Maintenance.drained(outside, refused(true, null, null), EarlierSteps.NONE, LATER)
                        .part());
    }

    /** An abort that came while the cordon was taken back. */
    @Test
    public void anAbortIsNotLostOnTheWayBack() {
        Stop stop = new Stop(NOW, "Aborted by jane");
        assertEquals(stop, drained(refused(true, null, stop)).turn().stop());
    }

    @Test
    public void aRestartGoesOnToWait() {
        MaintenanceState state = waiting();
        TurnState.Edit edit = state.turn().edit();
        edit.waitsFor = "the budget: 4 of rack7 are away";
        edit.yields = new Yield(Yield.Why.SEATS, NOW, null);
        edit.note("a note");
        MaintenanceState saved = state.turning(edit.done());
        MaintenanceState read = MaintenanceCodec.read(MaintenanceCodec.write(saved));
        assertEquals(saved, read);
        MaintenanceState resumed = read.resumed(LATER);
        assertEquals(MaintenancePart.TURN, resumed.part());
        assertEquals("", resumed.turn().waitsFor());
        assertNull(resumed.turn().yields());
        assertEquals(NOW, resumed.turn().began());
        assertEquals(List.of("a note"), resumed.turn().notes());
    }

    /** Those that earlier versions saved know neither turns nor seats. */
    @Test
    public void aStateOfAnEarlierVersionIsOneOutsideARoll() {
        int read = 0;
        for (String version : SavedVersions.MAINTENANCES) {
            for (String file : List.of("drain", "body", "after", "home")) {
                String text = json(new String(
                        SavedVersions.read(
                                version, "node-maintenance-" + file + ".ser", URI.create("http://127.0.0.1:12345")),
                        StandardCharsets.ISO_8859_1));
                assertFalse(text, text.contains("\"turn\""));
                MaintenanceState state = MaintenanceCodec.read(text);
                assertNull(state.turn());
                assertNotNull(state.resumed(LATER));
                assertEquals(Map.of(), state.drain().order().seats());
                assertFalse(state.drain().overBudget());
                state.drain().servers().forEach(server -> assertNull(server.seatRefused()));
                read++;
            }
        }
        assertEquals(4 * SavedVersions.MAINTENANCES.size(), read);
    }

    /** The state in a saved program: the text from its first brace to the one that closes it. */
    private static String json(String program) {
        int from = program.indexOf("{\"schema\"");
        int open = 0;
        boolean text = false;
        for (int at = from; at < program.length(); at++) {
            char c = program.charAt(at);
            if (c == '"' && program.charAt(at - 1) != '\\') {
                text = !text;
            } else if (!text && c == '{') {
                open++;
            } else if (!text && c == '}' && --open == 0) {
                return program.substring(from, at + 1);
            }
        }
        throw new AssertionError("no state in this program");
    }
}
