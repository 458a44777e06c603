package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.Convergence.Outlook;
import java.time.Duration;
import java.time.Instant;
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
}
