package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.sized;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Progress;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.Test;

/** What is known of copying: how much, how fast, until when; and what follows for the whole. */
public class CopyingTest {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static ServerMigration counted(long total, long processed, long remaining) {
        return new ServerMigration(
                7, "running", "compute1", "compute2", total, processed, remaining, 0L, 0L, 0L, null, null);
    }

    /** Seen copying for so many seconds at a rate, of memory of so many MiB; looked at every fifth second until now. */
    private static ServerState copying(String name, int seconds, long rateMib, long memoryMib) {
        return copying(name, seconds, rateMib, memoryMib, 0);
    }

    /** The same, and then for some seconds nothing. */
    private static ServerState copying(String name, int seconds, long rateMib, long memoryMib, int still) {
        Instant running = NOW.minusSeconds(seconds + still);
        Progress progress = Progress.begun(running.plusSeconds(100_000));
        for (int i = 0; i <= seconds + still; i += 5) {
            long sent = Math.min(i, seconds) * rateMib * MIB;
            progress = progress.told(
                    counted(memoryMib * MIB, sent, memoryMib * MIB - sent),
                    memoryMib * MIB,
                    running,
                    running.plusSeconds(i));
        }
        Progress seen = progress;
        return with(
                moving(sized(name, Action.LIVE, memoryMib, 0, false), "running", running),
                edit -> edit.progress = seen);
    }

    // ---- the account

    private static Progress progress(DrainOrder order, ServerState server, Instant running, ServerMigration counters) {
        return new CopyAccount(order, 100 * MIB, NOW).progress(server, running, counters);
    }

    private static DrainOrder order() {
        return Orders.empty("compute1").make();
    }

    private static DrainOrder order(BlockMigration how) {
        return Orders.empty("compute1").blockMigration(how).make();
    }

    /** Memory, and the disks that a block migration copies. */
    @Test
    public void aDeadlineIsForWhatIsToBeCopied() {
        ServerState remote = sized("a", Action.LIVE, 4096, 10, false);
        ServerState local = sized("a", Action.LIVE, 4096, 10, true);
        DrainOrder shared = Orders.empty("compute1").sharedStorage().make();
        record Row(DrainOrder order, ServerState server, long gib) {}
        for (Row row : List.of(
                new Row(order(), remote, 4),
                new Row(order(), local, 14),
                new Row(order(BlockMigration.TRUE), local, 14),
                new Row(order(BlockMigration.FALSE), local, 4),
                new Row(shared, local, 4))) {
            assertEquals(
                    NOW.plus(Limits.ofCopying(row.gib() * GIB, 100 * MIB)),
                    progress(row.order(), row.server(), NOW, null).deadline());
        }
    }

    @Test
    public void beforeItRunsThereIsNoProgressAndAfterwardsOneDeadline() {
        ServerState server = waiting("a", Action.LIVE);
        assertNull(progress(order(), server, null, counted(GIB, 0, GIB)));
        Progress set = new Progress(GIB, GIB, NOW.plusSeconds(77), false, null);
        ServerState known = with(server, edit -> edit.progress = set);
        assertSame(set, progress(order(), known, null, null));
        assertSame(set, progress(order(), known, NOW, null));
        assertEquals(
                NOW.plusSeconds(77),
                progress(order(), known, NOW, counted(GIB, 0, GIB)).deadline());
        // of an earlier version of the plugin
        ServerState old = with(server, edit -> edit.progress = new Progress(GIB, 5, null, false, null));
        Progress given = progress(order(), old, NOW, null);
        assertEquals(NOW.plus(Limits.ofCopying(512 * MIB, 100 * MIB)), given.deadline());
        assertEquals(5, given.remaining());
    }

    /** While libvirt copies disks it tells nothing of the memory: what the flavor says is still to come. */
    @Test
    public void memoryThatIsNotToldYetIsThatOfTheFlavor() {
        assertEquals(
                512 * MIB,
                progress(order(), waiting("a", Action.LIVE), NOW, counted(0, 0, 0))
                        .remaining());
    }

    // ---- the rate

    @Test
    public void aRateIsLearnedFromAllThatWasSeenEachByItsBytes() {
        assertEquals(OptionalLong.empty(), CopyRate.learned(List.of()));
        assertEquals(OptionalLong.empty(), CopyRate.learned(List.of(waiting("a", Action.LIVE))));
        assertEquals(CopyRate.PRIOR, CopyRate.expected(List.of()));
        ServerState slow = copying("a", 100, 10, 4096);
        ServerState fast = copying("b", 50, 40, 4096);
        assertEquals(OptionalLong.of(10 * MIB), CopyRate.learned(List.of(slow)));
        assertEquals(20 * MIB, CopyRate.expected(List.of(slow, waiting("c", Action.LIVE), fast)));
        assertEquals(
                "what has ended teaches as well",
                20 * MIB,
                CopyRate.expected(List.of(slow.end(Outcome.MOVED, "", "", NOW), fast)));
    }

    /** Less than two refreshes of Nova's counters, and a guest that sends nothing. */
    @Test
    public void tooLittleTeachesNothing() {
        assertEquals(OptionalLong.empty(), CopyRate.learned(List.of(copying("a", 5, 100, 4096))));
        assertEquals(OptionalLong.of(100 * MIB), CopyRate.learned(List.of(copying("a", 10, 100, 4096))));
        assertEquals(OptionalLong.empty(), CopyRate.learned(List.of(copying("a", 60, 0, 4096))));
        ServerState few = with(copying("a", 10, 100, 4096), edit -> {
            Progress told = Progress.begun(NOW);
            for (int i = 0; i <= 60; i += 5) {
                told = told.told(counted(GIB, i / 5, GIB - i), GIB, NOW, NOW.plusSeconds(i));
            }
            edit.progress = told;
        });
        assertEquals("never 0: it is divided by", OptionalLong.of(1), CopyRate.learned(List.of(few)));
    }

    // ---- words

    @Test
    public void onlyWhatNovaCopiesAndTellsOfHasAnEnd() {
        ServerState running = copying("a", 20, 100, 4096);
        assertTrue(Estimate.copies(running));
        Instant end = Estimate.end(running, NOW).orElseThrow();
        assertEquals(NOW.plusMillis(1000L * (4096 - 2000) / 100), end);
        for (ServerState other : List.of(
                waiting("a", Action.LIVE),
                with(running, edit -> edit.progress = null),
                with(running, edit -> edit.progress = Progress.begun(NOW)),
                with(running, edit -> edit.migrationStatus = "post-copy running"),
                with(running, edit -> edit.stage = Stage.ENDED))) {
            assertFalse(Estimate.copies(other));
            assertEquals(Optional.empty(), Estimate.end(other, NOW));
            assertEquals("", Estimate.words(other, NOW));
        }
        assertEquals(
                "an end is not in the past",
                Optional.of(end.plusSeconds(1)),
                Estimate.end(running, end.plusSeconds(1)));
        assertEquals(Optional.empty(), Estimate.end(copying("a", 5, 100, 4096), NOW));
    }

    @Test
    public void howTheCopyingGoesIsSaid() {
        assertEquals("2.0 GiB remaining at 100 MiB/s", Estimate.words(copying("a", 20, 100, 4096), NOW));
        assertEquals("3.5 GiB remaining", Estimate.words(copying("a", 5, 100, 4096), NOW));
        assertEquals(
                "nothing was copied for 1 min, 2.0 GiB remaining",
                Estimate.words(copying("a", 20, 100, 4096, 60), NOW));
        assertEquals(
                "no news since " + NOW + "; 2.0 GiB remaining then",
                Estimate.words(copying("a", 20, 100, 4096), NOW.plusSeconds(60)));
    }

    @Test
    public void whatForcingCostsIsTheTimeOfTheRest() {
        // 2096 MiB at 100 MiB/s, and the last second
        assertEquals(
                "; the guest pauses for about 21 s, unless Nova uses post-copy",
                Estimate.pause(copying("a", 20, 100, 4096)));
        assertEquals("", Estimate.pause(copying("a", 5, 100, 4096)));
    }

    // ---- the whole

    private static Optional<Duration> timeLeft(ServerState... servers) {
        return Estimate.left(drain(Orders.empty("compute1"), servers), NOW);
    }

    private static ServerState done(String name, Action action, int secondsAgo) {
        return with(
                waiting(name, action).end(Outcome.MOVED, "", "", NOW),
                edit -> edit.started = NOW.minusSeconds(secondsAgo));
    }

    /** Two of four alike have taken forty seconds: so will the other two. */
    @Test
    public void aDrainGoesOnAtItsPaceSoFar() {
        assertEquals(
                Optional.of(Duration.ofSeconds(40)),
                timeLeft(
                        done("a", Action.REBUILD, 40),
                        done("b", Action.REBUILD, 20),
                        waiting("c", Action.REBUILD),
                        waiting("d", Action.REBUILD)));
        assertEquals(
                "what is not moved takes no time",
                Optional.of(Duration.ofSeconds(40)),
                timeLeft(
                        done("a", Action.REBUILD, 40),
                        done("b", Action.REBUILD, 20),
                        waiting("c", Action.REBUILD),
                        waiting("d", Action.REBUILD),
                        waiting("e", Action.SKIP),
                        waiting("f", Action.BLOCKED)));
        assertEquals(
                "never less than a second",
                Optional.of(Duration.ofSeconds(1)),
                timeLeft(done("a", Action.REBUILD, 0), done("b", Action.REBUILD, 0), waiting("c", Action.REBUILD)));
    }

    /** 8 s for any move, and its bytes at 50 MiB/s as long as no rate is known. */
    @Test
    public void aMoveWeighsItsBytes() {
        record Row(ServerState server, long seconds) {}
        for (Row row : List.of(
                new Row(sized("c", Action.REBUILD, 4000, 50, true), 8),
                new Row(sized("c", Action.LIVE, 4000, 50, true), 8 + 80),
                new Row(sized("c", Action.COLD, 4000, 50, true), 8 + 1024),
                new Row(sized("c", Action.COLD, 4000, 50, false), 8),
                new Row(
                        with(
                                sized("c", Action.LIVE, 4000, 50, true),
                                edit -> edit.progress = new Progress(8000 * MIB, 0, NOW, false, null)),
                        8 + 160))) {
            // the two that are done weigh 16 together and took 16 s
            assertEquals(
                    row.toString(),
                    Optional.of(Duration.ofSeconds(row.seconds())),
                    timeLeft(done("a", Action.REBUILD, 16), done("b", Action.REBUILD, 8), row.server()));
            DrainState state = drain(
                    Orders.empty("compute1"),
                    with(row.server(), edit -> edit.stage = Stage.UNDER_WAY),
                    waiting("d", Action.REBUILD));
            assertEquals(Limits.FLOOR.plusSeconds(2 * row.seconds()), Estimate.together(state));
        }
    }

    @Test
    public void nothingIsSaidOfADrainBeforeItsPaceIsKnown() {
        ServerState next = waiting("z", Action.REBUILD);
        assertEquals(Optional.empty(), timeLeft(done("a", Action.REBUILD, 40), next));
        assertEquals(Optional.empty(), timeLeft(next));
        assertEquals(
                "two that were never begun",
                Optional.empty(),
                timeLeft(
                        waiting("a", Action.LIVE).end(Outcome.BLOCKED, "", "", NOW),
                        waiting("b", Action.LIVE).end(Outcome.BLOCKED, "", "", NOW),
                        moving("c", Action.REBUILD, "accepted", NOW.minusSeconds(5)),
                        next));
        assertEquals(
                "nothing is left",
                Optional.empty(),
                timeLeft(done("a", Action.REBUILD, 40), done("b", Action.REBUILD, 20)));
        // a rate is enough
        assertTrue(timeLeft(copying("a", 20, 100, 4096), next).isPresent());
    }

    @Test
    public void nothingIsSaidOfADrainThatStands() {
        DrainState state = drain(
                Orders.empty("compute1"),
                done("a", Action.REBUILD, 40),
                done("b", Action.REBUILD, 20),
                waiting("c", Action.REBUILD));
        assertTrue(Estimate.left(state, NOW).isPresent());
        assertEquals(Optional.empty(), Estimate.left(with(state, edit -> edit.trouble = "the cloud hangs"), NOW));
        assertEquals(
                Optional.empty(),
                Estimate.left(with(state, edit -> edit.watch = edit.watch.seen(NOW, Map.of("compute1", NOW))), NOW));
        ServerState[] others = {done("a", Action.REBUILD, 40), done("b", Action.REBUILD, 20)};
        ServerState quiet = copying("c", 20, 100, 4096, 60);
        assertEquals(Optional.empty(), timeLeft(others[0], others[1], quiet));
        assertEquals(
                "no news",
                Optional.empty(),
                Estimate.left(
                        drain(Orders.empty("compute1"), others[0], others[1], copying("c", 20, 100, 4096)),
                        NOW.plusSeconds(60)));
    }

    /** What is half copied is half done, and no drain ends before its longest copy. */
    @Test
    public void aCopyCountsAsFarAsItHasCome() {
        ServerState half = copying("a", 20, 100, 4000);
        // alone it weighs 8 + 40 s, half of it took 20 s
        assertEquals(Optional.of(Duration.ofSeconds(20)), timeLeft(half));
        // and with another of 8 s: 24 of 56 s took 20 s
        assertEquals(Optional.of(Duration.ofMillis(26_666)), timeLeft(half, waiting("b", Action.REBUILD)));
        ServerState queued = with(half, edit -> edit.migrationStatus = "queued");
        assertEquals(Optional.empty(), timeLeft(queued));
        // by its pace it would be over at once
        assertEquals(
                Optional.of(Duration.ofSeconds(20)),
                timeLeft(
                        half,
                        done("b", Action.COLD, 20),
                        with(
                                sized("c", Action.COLD, 0, 1000, true).end(Outcome.MOVED, "", "", NOW),
                                edit -> edit.started = NOW.minusSeconds(1))));
    }
}
