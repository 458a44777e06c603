package io.jenkins.plugins.nova.drain.tell;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.Test;

/** Wherever a moment comes from, it stands on the console to the second. */
public class MomentsToldTest {

    private static final Instant EXACT = Instant.parse("2026-11-27T11:58:59.123456789Z");
    private static final String TOLD = "2026-11-27T11:58:59Z";

    private static final ServerState SERVER = moving("a", Action.LIVE, "running", NOW);

    @Test
    public void allOfThemAreToTheSecond() {
        List<Consumer<DrainState.Edit>> changes = List.of(
                edit -> edit.note("asked for at " + EXACT),
                edit -> edit.trouble = "no answer since " + EXACT,
                edit -> edit.replace(SERVER.end(Outcome.UNKNOWN, "asked for at " + EXACT, "", NOW)),
                edit -> edit.replace(with(SERVER, server -> {
                    server.follow = SERVER.move().unclear("no answer since " + EXACT, NOW);
                    server.reason = "since " + EXACT;
                })));
        for (Consumer<DrainState.Edit> change : changes) {
            DrainState before =
                    with(drain(Orders.empty("compute1"), Phase.MOVE, SERVER), edit -> edit.planHash = "0123456789ab");
            String text = String.join("\n", new Narrator().lines(before, with(before, change), NOW));
            assertTrue(text, text.contains(TOLD));
            assertFalse(text, text.contains(".123456789"));
        }
    }

    @Test
    public void soAreTheReminders() {
        DrainState silent = with(drain(Orders.empty("compute1"), Phase.MOVE, SERVER), edit -> {
            edit.planHash = "0123456789ab";
            edit.trouble = "no answer";
            edit.troubleSince = EXACT;
        });
        Narrator narrator = new Narrator();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            lines.addAll(narrator.lines(silent, silent, NOW.plus(Duration.ofMinutes(i))));
        }
        assertEquals(List.of("No news since " + TOLD + ", still trying."), lines);
    }
}
