package io.jenkins.plugins.nova.drain;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.ServerMigration;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** How far a copy has come by its counters, and that its deadline is figured once from its own rate. */
public class ProgressTest {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final Instant DEADLINE = NOW.plusSeconds(9999);

    private static ServerMigration memory(Long total, Long processed, Long remaining) {
        return new ServerMigration(
                7, "running", "compute1", "compute2", total, processed, remaining, null, null, null, null, null);
    }

    private static ServerMigration disk(long memory, long total, long processed, long remaining) {
        return new ServerMigration(
                7, "running", "compute1", "compute2", memory, 0L, memory, total, processed, remaining, null, null);
    }

    private static Progress begun() {
        return Progress.begun(DEADLINE);
    }

    @Test
    public void countersThatTellNothingChangeNothingButThatTheyWereRead() {
        Progress progress = begun().told(memory(GIB, 0L, GIB), GIB, NOW, NOW);
        Instant later = NOW.plusSeconds(5);
        for (ServerMigration untold : List.of(memory(null, 0L, GIB), memory(GIB, 0L, null))) {
            Progress after = progress.told(untold, GIB, NOW, later);
            assertEquals(later, after.watch().looked());
            assertEquals(progress.watch().samples(), after.watch().samples());
            assertEquals(progress.watch().round(), after.watch().round());
            assertEquals(progress.remaining(), after.remaining());
            assertEquals(progress.total(), after.total());
            assertEquals(progress.deadline(), after.deadline());
        }
    }

    @Test
    public void memoryAndDisksAreOneSum() {
        Progress copied = begun().told(memory(GIB, null, GIB / 4), GIB, NOW, NOW);
        assertEquals(GIB, copied.total());
        assertEquals(GIB / 4, copied.remaining());
        assertEquals(75, copied.percent());
        Progress both = begun().told(disk(GIB, 3 * GIB, GIB, 2 * GIB), GIB, NOW, NOW);
        assertEquals(4 * GIB, both.total());
        assertEquals(3 * GIB, both.remaining());
        assertEquals(25, both.percent());
        assertEquals(GIB, both.watch().samples().get(0).sent());
    }

    /** While libvirt copies local disks, memory's counters are all 0. */
    @Test
    public void memoryThatHasNotBegunIsStillToCome() {
        Progress progress = begun().told(disk(0, 3 * GIB, GIB, 2 * GIB), GIB, NOW, NOW);
        assertEquals(4 * GIB, progress.total());
        assertEquals(3 * GIB, progress.remaining());
    }

    @Test
    public void aPartIsFromNothingToAllAndNotKnownBeforeItIsTold() {
        record Row(long total, long remaining, int percent) {}
        for (Row row : List.of(
                new Row(0, 0, -1),
                new Row(100, 100, 0),
                new Row(100, 1, 99),
                new Row(100, 0, 100),
                new Row(100, 250, 0), // dirtied again
                new Row(100, -50, 100))) {
            assertEquals(
                    row.toString(),
                    row.percent(),
                    new Progress(row.total(), row.remaining(), null, false, null).percent());
        }
    }

    /** Seen for so many seconds, every fifth, at a rate. */
    private static Progress seen(int seconds, long rateMib) {
        Progress progress = begun();
        for (int i = 0; i <= seconds; i += 5) {
            long sent = i * rateMib * MIB;
            progress = progress.told(memory(8 * GIB, sent, 8 * GIB - sent), 8 * GIB, NOW, NOW.plusSeconds(i));
        }
        return progress;
    }

    @Test
    public void afterAMinuteTheDeadlineIsFiguredFromItsOwnRateAndThenStands() {
        assertEquals(DEADLINE, seen(55, 20).deadline());
        assertEquals(false, seen(55, 20).measured());
        Progress measured = seen(60, 20);
        assertEquals(true, measured.measured());
        assertEquals(NOW.plus(Limits.ofCopying(8 * GIB, 20 * MIB)), measured.deadline());
        Progress slower =
                measured.told(memory(8 * GIB, 1201 * MIB, 8 * GIB - 1201 * MIB), 8 * GIB, NOW, NOW.plusSeconds(300));
        assertEquals(measured.deadline(), slower.deadline());
        assertEquals(true, slower.measured());
    }

    /** What sends nothing has no rate. */
    @Test
    public void aCopyThatSendsNothingKeepsItsDeadline() {
        Progress progress = begun();
        for (int i = 0; i <= 120; i += 5) {
            progress = progress.told(memory(8 * GIB, 0L, 8 * GIB - i), 8 * GIB, NOW, NOW.plusSeconds(i));
        }
        assertEquals(DEADLINE, progress.deadline());
        assertEquals(false, progress.measured());
    }

    @Test
    public void anotherDeadlineChangesNothingElse() {
        Progress progress = seen(60, 20);
        Progress until = progress.until(NOW);
        assertEquals(NOW, until.deadline());
        assertEquals(progress, until.until(progress.deadline()));
    }

    @Test
    public void whatIsKeptOfAnEndedCopyTeachesItsRate() {
        Progress progress = seen(60, 20);
        Progress settled = progress.settled();
        assertEquals(progress.watch().sent(), settled.watch().sent());
        assertEquals(progress.watch().seen(), settled.watch().seen());
        assertEquals(1, settled.watch().samples().size());
        assertEquals(progress.percent(), settled.percent());
        assertEquals(progress.deadline(), settled.deadline());
        assertEquals(true, settled.measured());
    }
}
