package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.Convergence.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.Test;

/** The watch on series of counters as a hypervisor makes them: memory copied in passes, seen every few seconds. */
public class ConvergenceTest {

    private static final long MIB = 1 << 20;
    private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");

    private Convergence watch = Convergence.NONE;
    private Instant now = START;
    private long processed;
    private long remaining;
    private long dirty;

    /** Copies at a rate while the guest dirties at another, for so many seconds; looked at every fifth second. */
    private void copy(int seconds, long rateMib, long dirtyMib, long workingSetMib) {
        for (int i = 0; i < seconds; i++) {
            long sent = Math.min(remaining, rateMib * MIB);
            processed += sent;
            remaining -= sent;
            dirty = Math.min(workingSetMib * MIB, dirty + dirtyMib * MIB);
            if (remaining == 0) {
                remaining = dirty;
                dirty = 0;
            }
            now = now.plusSeconds(1);
            if (Duration.between(START, now).toSeconds() % 5 == 0) {
                look();
            }
        }
    }

    private void look() {
        watch = watch.and(new Convergence.Sample(now, processed, remaining, 0, 0));
    }

    private void guestOf(long mib) {
        remaining = mib * MIB;
        look();
    }

    private Outlook outlook() {
        return watch.outlook(now);
    }

    private long secondsLeft() {
        return Duration.between(now, ((Outlook.Ending) outlook()).end()).toSeconds();
    }

    @Test
    public void nothingIsSaidOfTooLittle() {
        assertEquals(new Outlook.Unknown(), watch.outlook(now));
        guestOf(8192);
        assertEquals(new Outlook.Unknown(), outlook());
        assertEquals(OptionalLong.empty(), watch.rate());
        copy(5, 100, 0, 0);
        assertEquals(new Outlook.Unknown(), outlook());
    }

    @Test
    public void theFirstPassIsPredictedByItsRate() {
        guestOf(8192);
        copy(20, 100, 10, 2000);
        assertEquals(100 * MIB, watch.rate().getAsLong());
        assertEquals(62, secondsLeft(), 1);
    }

    /** Dirtied at half the rate: passes of 8, 4, 2, ... GiB. */
    @Test
    public void laterPassesCountTheOnesToCome() {
        guestOf(8192);
        copy(85, 100, 50, 8192);
        long predicted = secondsLeft();
        int really = 0;
        while (Math.max(remaining, dirty) > 50 * MIB) {
            copy(1, 100, 50, 8192);
            really++;
        }
        assertEquals(really, predicted, 5);
    }

    /** Every pass ends near zero and jumps up again: that is no reason to give up (Nova's bug 1644248). */
    @Test
    public void aSawWhosePeaksFallConverges() {
        guestOf(8192);
        while (remaining > 100 * MIB || processed < 20_000 * MIB) {
            copy(5, 100, 60, 8192);
            assertTrue(now + " " + outlook(), !(outlook() instanceof Outlook.Endless));
        }
    }

    @Test
    public void aGuestThatDirtiesAllItsMemoryIsEndlessAfterAPassAndCertainlySoAfterTwo() {
        guestOf(2048);
        copy(20, 100, 120, 2048);
        assertTrue(outlook() instanceof Outlook.Ending);
        copy(5, 100, 120, 2048);
        assertEquals(new Outlook.Endless(false), outlook());
        copy(20, 100, 120, 2048);
        assertEquals(new Outlook.Endless(true), outlook());
    }

    @Test
    public void aWorkingSetThatIsDirtiedAgainAndAgainIsEndlessToo() {
        guestOf(8192);
        copy(85, 100, 400, 3000);
        assertTrue("the second pass is smaller", outlook() instanceof Outlook.Ending);
        copy(35, 100, 400, 3000);
        assertEquals(new Outlook.Endless(false), outlook());
        copy(30, 100, 400, 3000);
        assertEquals(new Outlook.Endless(true), outlook());
    }

    /** Passes of a second and less between looks five seconds apart: what is seen is some point of each saw tooth. */
    @Test
    public void passesShorterThanTheLooksAreSeenForWhatTheyAre() {
        guestOf(4096);
        copy(40, 100, 0, 0);
        processed += 100 * MIB;
        for (int i = 0; i < 24; i++) {
            now = now.plusSeconds(5);
            processed += 500 * MIB;
            remaining = (60 + 17L * i % 40) * MIB;
            look();
        }
        assertEquals(new Outlook.Endless(true), outlook());
    }

    @Test
    public void aGuestThatQuietensDownConvergesAgain() {
        guestOf(2048);
        copy(60, 100, 120, 2048);
        assertEquals(new Outlook.Endless(true), outlook());
        copy(45, 100, 10, 2048);
        assertTrue("" + outlook(), outlook() instanceof Outlook.Ending);
    }

    @Test
    public void aLinkThatSlowsDownPutsTheEndOff() {
        guestOf(65_536);
        copy(30, 100, 0, 0);
        long before = secondsLeft();
        copy(60, 10, 0, 0);
        assertEquals(10 * MIB, watch.rate().getAsLong());
        assertTrue(secondsLeft() > 4 * before);
        copy(60, 400, 0, 0);
        assertEquals(remaining / (400 * MIB), secondsLeft(), 1);
    }

    @Test
    public void countersThatDoNotMoveMeanThatNothingIsCopied() {
        guestOf(8192);
        copy(30, 100, 0, 0);
        Instant last = now;
        copy(55, 0, 0, 0);
        assertTrue(outlook() instanceof Outlook.Ending);
        copy(5, 0, 0, 0);
        assertEquals(new Outlook.Still(last), outlook());
        copy(10, 100, 0, 0);
        assertTrue(outlook() instanceof Outlook.Ending);
    }

    /** While disks are copied memory remains what it was; that is not a guest that does not converge. */
    @Test
    public void diskBeforeMemory() {
        long disk = 20_480 * MIB;
        for (int i = 0; i <= 40; i++) {
            long copied = i * 500 * MIB;
            watch = watch.and(new Convergence.Sample(now, 0, 2048 * MIB, copied, disk - copied));
            now = now.plusSeconds(5);
        }
        now = now.minusSeconds(5);
        assertEquals((480 + 2048) / 100, secondsLeft(), 1);
    }

    /** Pages of zeros are not sent: memory_remaining falls faster than memory_processed rises. */
    @Test
    public void emptyMemoryIsWorkedOffFasterThanItIsSent() {
        long left = 65_536 * MIB;
        for (int i = 0; i <= 6; i++) {
            watch = watch.and(new Convergence.Sample(now, i * 50 * MIB, left - i * 5000 * MIB, 0, 0));
            now = now.plusSeconds(5);
        }
        now = now.minusSeconds(5);
        assertEquals(10 * MIB, watch.rate().getAsLong());
        assertEquals(35_536 / 1000, secondsLeft(), 1);
    }

    @Test
    public void looksThatShowNothingNewOrComeAtOnceAddNothing() {
        guestOf(8192);
        Convergence one = watch;
        now = now.plusSeconds(10);
        look();
        assertEquals(one.samples(), watch.samples());
        assertEquals(one.round(), watch.round());
        processed += MIB;
        look();
        assertEquals(2, watch.samples().size());
        processed += MIB;
        now = now.plusSeconds(2);
        look();
        assertEquals(2, watch.samples().size());
    }

    /** Hours of samples stay few, and are still judged right. */
    @Test
    public void aLongSeriesIsKeptShortWithItsPeaks() {
        guestOf(65_536);
        copy(3600, 100, 80, 50_000);
        assertTrue("" + outlook(), outlook() instanceof Outlook.Ending);
        copy(3600, 100, 400, 50_000);
        assertTrue("" + watch, watch.samples().size() <= 14 && watch.peaks().size() <= 3);
        assertEquals(new Outlook.Endless(true), outlook());
        assertEquals(7200, watch.seen().toSeconds());
        assertEquals(processed, watch.sent());
    }

    @Test
    public void onceEndedItsEndsTeachTheRate() {
        guestOf(8192);
        copy(60, 100, 0, 0);
        assertEquals(1, watch.ends().samples().size());
        assertEquals(watch.sent(), watch.ends().sent());
        assertEquals(watch.seen(), watch.ends().seen());
    }

    // ---- at the very edges

    /** Samples of memory: seconds, processed, remaining. */
    private static Convergence seen(long[]... samples) {
        Convergence watch = Convergence.NONE;
        for (long[] sample : samples) {
            watch = watch.and(new Convergence.Sample(START.plusSeconds(sample[0]), sample[1], sample[2], 0, 0));
        }
        return watch;
    }

    private static long[] at(long seconds, long processed, long remaining) {
        return new long[] {seconds, processed, remaining};
    }

    /** As much was sent as remained at its peak, in three looks and twenty seconds at least. */
    @Test
    public void aRoundIsOverWhenItIsThroughAndWasLookedAt() {
        assertEquals(
                List.of(100L),
                seen(at(0, 0, 100), at(7, 10, 90), at(14, 20, 80), at(20, 100, 70))
                        .peaks());
        assertEquals(
                List.of(),
                seen(at(0, 0, 100), at(7, 10, 90), at(14, 20, 80), at(20, 99, 70))
                        .peaks());
        assertEquals(
                List.of(),
                seen(at(0, 0, 100), at(7, 10, 90), at(14, 20, 80), at(19, 100, 70))
                        .peaks());
        assertEquals(
                List.of(), seen(at(0, 0, 100), at(10, 10, 90), at(20, 100, 80)).peaks());
    }

    @Test
    public void looksFourSecondsApartCount() {
        assertEquals(1, seen(at(0, 0, 100), at(3, 10, 90)).samples().size());
        assertEquals(2, seen(at(0, 0, 100), at(4, 10, 90)).samples().size());
    }

    /** What was sent of a pass before it was looked at was part of it; of passes that are short nobody can tell. */
    @Test
    public void aPassThatHasBegunBetweenLooksIsCountedFromItsBeginning() {
        record Row(long sent, long peak) {}
        for (Row row :
                List.of(new Row(400, 500 + 300), new Row(499, 500 + 399), new Row(500, 500), new Row(600, 500))) {
            Convergence watch = seen(at(0, 0, 1000), at(7, 300, 700), at(14, 900, 100), at(20, 900 + row.sent(), 500));
            assertEquals(row.toString(), row.peak(), watch.round().peak());
        }
        Convergence slow = seen(at(0, 0, 1000), at(7, 300, 700), at(14, 600, 400), at(20, 700, 500));
        assertEquals("less than was still to send", 500, slow.round().peak());
    }

    @Test
    public void theSamplesOfTheLastMinuteAreKeptAndOneBefore() {
        Convergence watch = seen(at(0, 0, 90), at(20, 1, 80), at(40, 2, 70), at(60, 3, 60), at(80, 4, 50));
        assertEquals(START.plusSeconds(20), watch.samples().get(0).at());
        assertEquals(4, watch.samples().size());
        assertEquals(START, watch.first().at());
        assertEquals(START.plusSeconds(80), watch.newest());
        assertEquals(null, Convergence.NONE.newest());
        assertEquals(2, seen(at(0, 0, 90), at(300, 1, 80)).samples().size());
    }

    @Test
    public void onlyWhatWasSentWhileItWasSeenCounts() {
        Convergence watch = seen(at(0, 500, 1000), at(8, 580, 920));
        assertEquals(80, watch.sent());
        assertEquals(OptionalLong.of(10), watch.rate());
        assertEquals(
                OptionalLong.empty(), seen(at(0, 500, 1000), at(7, 580, 920)).rate());
        // after its end by its first and last
        Convergence ended = seen(at(0, 0, 9000), at(50, 1000, 8000), at(100, 1000, 7990), at(150, 3000, 6000))
                .ends();
        assertEquals(OptionalLong.of(20), ended.rate());
    }

    @Test
    public void eightSecondsAreEnoughForAnOutlook() {
        Convergence watch = seen(at(0, 0, 1000), at(8, 80, 920));
        assertEquals(new Outlook.Ending(START.plusSeconds(8 + 92)), watch.outlook(START.plusSeconds(8)));
    }

    /** And not that nothing was copied. */
    @Test
    public void countersThatWereNotReadForAMinuteAreNoNews() {
        Convergence watch = seen(at(0, 0, 1000), at(10, 100, 900));
        assertTrue(watch.outlook(START.plusSeconds(69)) instanceof Outlook.Ending);
        assertEquals(new Outlook.NoNews(START.plusSeconds(10)), watch.outlook(START.plusSeconds(70)));
        // of a state that an earlier version saved
        Convergence old = new Convergence(watch.first(), watch.samples(), watch.peaks(), watch.round(), null, null);
        assertTrue(old.outlook(START.plusSeconds(70)) instanceof Outlook.Ending);
    }

    /** Memory is dirtied, and nothing is sent: there is no speed by which it would end, or never end. */
    @Test
    public void whatSendsNothingHasNoOutlook() {
        Convergence first = seen(at(0, 0, 1000), at(10, 0, 1001));
        assertEquals(new Outlook.Unknown(), first.outlook(START.plusSeconds(10)));
        Convergence idle = seen(at(0, 0, 100), at(7, 50, 100), at(14, 90, 100), at(20, 100, 100), at(25, 110, 100));
        assertEquals(new Outlook.Endless(false), idle.outlook(START.plusSeconds(25)));
        for (int i = 0; i < 20; i++) {
            idle = idle.and(new Convergence.Sample(START.plusSeconds(30 + 5 * i), 110, 101 + i % 2, 0, 0));
        }
        assertEquals(new Outlook.Unknown(), idle.outlook(START.plusSeconds(125)));
    }

    @Test
    public void aPeakThatIsLowerByATenthHasGained() {
        record Row(long peak, Class<?> outlook) {}
        for (Row row : List.of(
                new Row(901, Outlook.Endless.class),
                new Row(900, Outlook.Ending.class),
                new Row(899, Outlook.Ending.class))) {
            Convergence watch = seen(
                    at(0, 0, 1000),
                    at(7, 300, 700),
                    at(14, 900, 100),
                    at(20, 1000, row.peak()),
                    at(25, 1100, row.peak() - 100));
            assertEquals(row.outlook(), watch.outlook(START.plusSeconds(25)).getClass());
        }
    }

    /** Empty blocks of a disk are not sent, as pages of zeros are not. */
    @Test
    public void anEmptyDiskIsWorkedOffFasterThanItIsSent() {
        Convergence watch = Convergence.NONE
                .and(new Convergence.Sample(START, 0, 500, 0, 10_000))
                .and(new Convergence.Sample(START.plusSeconds(10), 0, 500, 10, 9_000));
        assertEquals(new Outlook.Ending(START.plusSeconds(10 + 95)), watch.outlook(START.plusSeconds(10)));
    }
}
