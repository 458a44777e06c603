package io.jenkins.plugins.nova.drain.tell;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.sized;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.width.MoveKind;
import io.jenkins.plugins.nova.drain.width.Widths;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** What the console says of how many moves go on at a time: each change once, and why. */
public class WidthLinesTest {

    private static final Orders AUTO = Orders.empty("compute1");
    private static final ServerState LIVE = waiting("a", Action.LIVE);
    private static final ServerState COPIED = moving(sized("db", Action.COLD, 512, 40, true), "migrating", NOW);

    private final WidthLines lines = new WidthLines();

    private static DrainState of(Orders orders, Widths widths, ServerState... servers) {
        return with(drain(orders, servers), edit -> edit.widths = widths);
    }

    private List<String> told(Orders orders, Widths... seen) {
        List<String> all = new ArrayList<>();
        for (int i = 1; i < seen.length; i++) {
            all.addAll(lines.lines(of(orders, seen[i - 1]), of(orders, seen[i])));
        }
        return all;
    }

    private static Widths begun(Widths from, int times) {
        Widths widths = from;
        for (int i = 0; i < times; i++) {
            widths = widths.begun(MoveKind.COLD, Duration.ofSeconds(4), true, NOW);
        }
        return widths;
    }

    @Test
    public void aWidthIsToldOnceItIsHalfAsWideAgain() {
        Widths eleven = begun(Widths.NEW, 3);
        Widths twelve = begun(eleven, 1);
        assertEquals(List.of(), told(AUTO, Widths.NEW, eleven));
        assertEquals(
                List.of("At a time: up to 12 cold, 8 before: they go well, and as fast as before."),
                told(AUTO, eleven, twelve, twelve, begun(twelve, 1)));
    }

    @Test
    public void aNarrowedOneIsToldAtOnceWithTheSign() {
        assertEquals(
                List.of("At a time: up to 4 cold, 8 before: the cloud shows load: HTTP 504."),
                told(AUTO, Widths.NEW, Widths.NEW.loaded(MoveKind.COLD, "HTTP 504", NOW)));
    }

    @Test
    public void novasLimitIsToldOnceItStands() {
        Widths once = Widths.NEW.seen(2, 1, true, 0, NOW);
        Widths limited = once.seen(2, 1, true, 0, NOW);
        List<String> told = told(AUTO, Widths.NEW, once, limited, limited, limited);
        assertEquals(told.toString(), 1, told.size());
        assertTrue(told.toString(), told.get(0).startsWith("At a time: 2 live, for Nova runs so many"));
    }

    /** An operator who sees running servers wait is told for what, and what would change it. */
    @Test
    public void whyLiveMigrationsWaitIsToldOnce() {
        DrainState before = of(AUTO, Widths.NEW, LIVE);
        DrainState waits = of(AUTO, Widths.NEW, LIVE, COPIED);
        List<String> told = new ArrayList<>(lines.lines(before, waits));
        told.addAll(lines.lines(waits, waits));
        assertEquals(told.toString(), 1, told.size());
        assertTrue(
                told.toString(), told.get(0).contains("'db' now") && told.get(0).contains("concurrency"));
    }

    @Test
    public void nothingWaitsWhereNobodyIsDownOrNothingIsLiveOrANumberIsGiven() {
        ServerState stopped = moving(sized("db", Action.COLD, "SHUTOFF", 512, 40, true), "migrating", NOW);
        for (DrainState state : List.of(
                of(AUTO, Widths.NEW, LIVE, stopped),
                of(AUTO, Widths.NEW, LIVE, moving(COPIED, "post-migrating", NOW)),
                of(AUTO, Widths.NEW, COPIED),
                of(Orders.empty("compute1").concurrency(3), Widths.NEW, LIVE, COPIED))) {
            assertEquals(List.of(), new WidthLines().lines(state, state));
        }
    }
}
