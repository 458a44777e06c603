package io.jenkins.plugins.nova.drain.width;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.Test;

/** How many moves that have no limit of Nova's go on at a time. */
public class WidthTest {

    private static final Instant T0 = Instant.parse("2026-11-27T02:00:00Z");
    private static final Duration FOUR = Duration.ofSeconds(4);

    private static Width after(Width width, int successes, Duration took, Instant now) {
        Width next = width;
        for (int i = 0; i < successes; i++) {
            next = next.begun(took, true, Width.MOST, now);
        }
        return next;
    }

    @Test
    public void eachSuccessThatIsAsQuickWidensByOne() {
        assertEquals(9, after(Width.of(4), 5, FOUR, T0).wide());
    }

    @Test
    public void itGrowsNoFurtherThanItMay() {
        assertEquals(Width.MOST, after(Width.of(4), 100, FOUR, T0).wide());
        assertEquals(5, Width.of(5).begun(FOUR, true, 5, T0).wide());
    }

    @Test
    public void whatIsNotUsedTellsNothing() {
        assertEquals(4, Width.of(4).begun(FOUR, false, Width.MOST, T0).wide());
    }

    @Test
    public void aMoveThatWaitsLongerUntilItBeginsDoesNotWiden() {
        Width width = after(Width.of(4), 4, FOUR, T0);
        Width longer = width.begun(Duration.ofSeconds(9), true, Width.MOST, T0);
        assertEquals(8, longer.wide());
        // but of several that were asked for at once the last waits longest: the next that is quick widens as before
        assertEquals(9, after(longer, 1, FOUR, T0).wide());
    }

    @Test
    public void aTickMoreOrLessIsNotLonger() {
        // a quarter of the usual time and a second and a half: 4 + 1 + 1.5
        assertEquals(
                6,
                after(Width.of(4), 1, FOUR, T0)
                        .begun(Duration.ofMillis(6_500), true, 32, T0)
                        .wide());
        assertEquals(
                5,
                after(Width.of(4), 1, FOUR, T0)
                        .begun(Duration.ofMillis(6_501), true, 32, T0)
                        .wide());
    }

    @Test
    public void theQuickestMoveIsTheMeasure() {
        Width width = after(Width.of(4), 1, Duration.ofSeconds(60), T0).begun(FOUR, true, 32, T0);
        assertEquals(FOUR, width.begins());
        assertEquals(
                width.wide(), width.begun(Duration.ofSeconds(60), true, 32, T0).wide());
    }

    @Test
    public void endsThatTakeLongerSlowTheGrowth() {
        Width width = after(Width.of(4), 4, FOUR, T0).ended(FOUR).ended(Duration.ofSeconds(9));
        assertEquals(8, after(width, 7, FOUR, T0).wide());
        assertEquals(9, after(width, 8, FOUR, T0).wide());
    }

    @Test
    public void whereOnlyEndsTellItGrowsByThem() {
        Width width = Width.of(6).ended(FOUR, true, Width.MOST, T0);
        assertEquals(7, width.wide());
        assertEquals(7, width.ended(Duration.ofSeconds(9), true, Width.MOST, T0).wide());
        assertEquals(7, width.ended(FOUR, false, Width.MOST, T0).wide());
    }

    @Test
    public void aSignOfLoadHalvesOnceInABurst() {
        Width width = Width.of(16).loaded("HTTP 504", T0);
        assertEquals(8, width.wide());
        assertEquals(8, width.loaded("HTTP 504", T0.plusSeconds(9)).wide());
        assertEquals(4, width.loaded("HTTP 504", T0.plusSeconds(10)).wide());
        assertTrue(width.why(), width.why().contains("HTTP 504"));
    }

    @Test
    public void oneMayAlwaysMove() {
        Width width = Width.of(1);
        for (int i = 0; i < 5; i++) {
            width = width.loaded("HTTP 504", T0.plusSeconds(60L * i));
        }
        assertEquals(1, width.wide());
    }

    @Test
    public void afterLoadItRestsAndThenGrowsSlowly() {
        Width width = Width.of(8).loaded("HTTP 504", T0);
        assertEquals(4, after(width, 20, FOUR, T0.plusSeconds(29)).wide());
        assertEquals(4, after(width, 3, FOUR, T0.plusSeconds(30)).wide());
        assertEquals(5, after(width, 4, FOUR, T0.plusSeconds(30)).wide());
        assertEquals(5, after(width, 8, FOUR, T0.plusSeconds(30)).wide());
        assertEquals(6, after(width, 9, FOUR, T0.plusSeconds(30)).wide());
    }

    @Test
    public void eachKindHasItsOwn() {
        Widths widths = Widths.NEW.loaded(MoveKind.COLD, "HTTP 504", T0);
        assertEquals(4, widths.of(MoveKind.COLD).wide());
        for (MoveKind kind : MoveKind.values()) {
            if (kind != MoveKind.COLD) {
                assertEquals(kind.toString(), Widths.NEW.of(kind), widths.of(kind));
            }
        }
    }

    @Test
    public void whatCopiesDisksGoesByTwoHoweverWellItGoes() {
        Widths widths = Widths.NEW;
        for (int i = 0; i < 20; i++) {
            widths = widths.begun(MoveKind.COLD_COPY, FOUR, true, T0).succeeded(MoveKind.COLD_COPY, FOUR, true, T0);
        }
        assertEquals(2, widths.more(MoveKind.COLD_COPY, 0, 0));
        assertEquals(1, widths.more(MoveKind.COLD_COPY, 0, 1));
        assertEquals(0, widths.more(MoveKind.COLD_COPY, 1, 1));
    }

    @Test
    public void eachKindGrowsByWhatItShows() {
        assertEquals(
                9,
                Widths.NEW
                        .begun(MoveKind.COLD, FOUR, true, T0)
                        .of(MoveKind.COLD)
                        .wide());
        assertEquals(
                21,
                Widths.NEW
                        .begun(MoveKind.REBUILD, FOUR, true, T0)
                        .of(MoveKind.REBUILD)
                        .wide());
        assertEquals(
                6,
                Widths.NEW
                        .begun(MoveKind.SETTLE, FOUR, true, T0)
                        .of(MoveKind.SETTLE)
                        .wide());
        assertEquals(
                4,
                Widths.NEW
                        .begun(MoveKind.LIVE, FOUR, true, T0)
                        .of(MoveKind.LIVE)
                        .wide());
        assertEquals(
                8,
                Widths.NEW
                        .succeeded(MoveKind.COLD, FOUR, true, T0)
                        .of(MoveKind.COLD)
                        .wide());
        assertEquals(
                7,
                Widths.NEW
                        .succeeded(MoveKind.SETTLE, FOUR, true, T0)
                        .of(MoveKind.SETTLE)
                        .wide());
        assertEquals(
                5,
                Widths.NEW
                        .succeeded(MoveKind.LIVE, FOUR, true, T0)
                        .of(MoveKind.LIVE)
                        .wide());
    }

    /** That they begin well does not say that so many end in time. */
    @Test
    public void noMoreThanTwentyFourAreBegunBeforeOneHasEnded() {
        for (MoveKind kind : new MoveKind[] {MoveKind.COLD, MoveKind.REBUILD}) {
            Widths widths = Widths.NEW;
            for (int i = 0; i < 40; i++) {
                widths = widths.begun(kind, FOUR, true, T0);
            }
            assertEquals(24, widths.of(kind).wide());
            widths = widths.succeeded(kind, FOUR, true, T0).begun(kind, FOUR, true, T0);
            assertEquals(25, widths.of(kind).wide());
        }
    }
}
