package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.simulator.Behaviour;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.After;
import org.junit.Test;

/** Guests whose memory is copied in passes at a rate, dirtied meanwhile, in driven time. */
public class SlowGuestsDrainTest {

    private static final Duration LONG = Duration.ofHours(12);

    private SimulatedCloud cloud;

    @After
    public void close() {
        cloud.close();
    }

    /** One guest of 8 GiB on a host to be emptied. */
    private DrainBench drain(Orders orders, Consumer<Behaviour> behaviour) {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("big", s -> s.flavor("m1.large").volumeBacked().behaviour(behaviour))
                .start();
        return new DrainBench(cloud).begin(orders.make());
    }

    private static Orders orders(OnTimeout policy) {
        return Orders.empty("compute1").onTimeout(policy).autoConfirm();
    }

    private static Consumer<Behaviour> neverEnding() {
        return b -> b.copiesAt(100).dirties(300, 8192);
    }

    private ServerState now(DrainBench bench) {
        return bench.runner.state().server(cloud.id("big")).orElseThrow();
    }

    private Duration sinceRunning(DrainBench bench, Instant when) {
        return Duration.between(now(bench).running(), when);
    }

    private static List<String> lines(DrainBench bench, String with) {
        return bench.console.stream().filter(line -> line.contains(with)).toList();
    }

    private static void assertOnce(DrainBench bench, String line) {
        assertEquals(bench.text(), 1, lines(bench, line).size());
    }

    private int asked(String method) {
        return cloud.audit().of(method, "/migrations/").size();
    }

    @Test
    public void theConsoleTellsBytesRateAndEnd() {
        DrainBench bench = drain(orders(OnTimeout.ABORT), b -> b.copiesAt(100).dirties(20, 1000));
        assertEquals(HostOutcome.DONE, bench.finish(LONG).outcome());
        List<String> told = lines(bench, " GiB copied, ");
        assertTrue(bench.text(), told.size() == 1 || told.size() == 2);
        assertTrue(
                bench.text(),
                told.get(0).matches("big: [23]\\.\\d of 8\\.0 GiB copied, \\d\\d+ MiB/s, about [45]\\d s to go"));
        assertTrue(bench.text(), lines(bench, "0 of 1, 1 under way, about ").size() > 0);
        assertEquals("no worry", List.of(), lines(bench, "its time is over"));
    }

    /** 5 min and three times 8 GiB at 50 MiB/s, then at the 100 MiB/s that were seen. */
    @Test
    public void theDeadlineFollowsTheRateOnceAndThenStands() {
        DrainBench bench = drain(orders(OnTimeout.ABORT), neverEnding());
        bench.untilServer("big", server -> server.progress() != null);
        assertEquals(13, sinceRunning(bench, now(bench).progress().deadline()).toMinutes());
        bench.untilServer("big", server -> server.progress().measured());
        Instant deadline = now(bench).progress().deadline();
        assertEquals(300 + 3 * 81.92, sinceRunning(bench, deadline).toSeconds(), 30);
        cloud.behaviour("big").copiesAt(5);
        bench.untilServer("big", server -> server.follow() != null);
        assertEquals(deadline, now(bench).progress().deadline());
        assertEquals(HostOutcome.INCOMPLETE, bench.finish(LONG).outcome());
    }

    @Test
    public void aSlowLinkIsNoReasonToAbortAsLongAsItEnds() {
        DrainBench bench = drain(orders(OnTimeout.ABORT), b -> b.copiesAt(6));
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertTrue("longer than the prior would allow", StepResult.seconds(bench.server("big")) > 13 * 60);
    }

    @Test
    public void aborted() {
        DrainBench bench = drain(orders(OnTimeout.ABORT), neverEnding());
        assertEquals(HostOutcome.INCOMPLETE, bench.finish(LONG).outcome());
        ServerState big = bench.server("big");
        assertEquals(Outcome.FAILED, big.outcome());
        assertTrue(big.reason(), big.reason().matches("(?s).*over its time of 8 min [45]\\d s.*"));
        assertTrue(big.reason(), big.reason().contains("for its size and rate; does not converge: "));
        assertTrue(big.reason(), big.reason().contains("dirtied as fast as copied at 100 MiB/s"));
        assertOnce(bench, "big: does not converge: ");
        assertTrue(bench.text(), lines(bench, "big: does not converge").get(0).endsWith("then it is aborted"));
        assertTrue(bench.text(), lines(bench, "100 MiB/s, no end in sight").size() > 0);
        assertEquals(
                "compute1 ACTIVE",
                cloud.server("big").host() + " " + cloud.server("big").status());
        assertTrue("not before its time", StepResult.seconds(big) > 8 * 60);
    }

    @Test
    public void forcedAsSoonAsItIsCertain() {
        DrainBench bench = drain(orders(OnTimeout.FORCE_COMPLETE), neverEnding());
        assertEquals(HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(Outcome.MOVED, bench.server("big").outcome());
        assertTrue(bench.text(), StepResult.seconds(bench.server("big")) < 5 * 60);
        assertOnce(bench, "(does not converge: ");
        assertTrue(bench.text(), bench.text().contains("the guest pauses for about "));
        assertEquals(1, asked("POST"));
    }

    @Test
    public void coldInstead() {
        DrainBench bench = drain(orders(OnTimeout.COLD_MIGRATE), neverEnding());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(Outcome.CONFIRMED, bench.server("big").outcome());
        assertOnce(bench, "then it is aborted and moved cold");
        assertEquals("ACTIVE", cloud.server("big").status());
    }

    @Test
    public void leftToNova() {
        DrainBench bench = drain(orders(OnTimeout.LEAVE), neverEnding());
        bench.finish(LONG);
        ServerState big = bench.server("big");
        assertEquals(Outcome.LEFT, big.outcome());
        assertTrue(big.reason(), big.reason().contains("still running; does not converge: "));
        assertEquals("running", cloud.migrations().get(0).status());
        assertEquals(List.of("os-migrateLive"), cloud.audit().actionsOf(cloud.id("big")));
    }

    @Test
    public void aGuestThatQuietensDownInTimeIsNotAborted() {
        DrainBench bench = drain(orders(OnTimeout.ABORT), neverEnding());
        bench.until(() -> bench.text().contains("does not converge"), LONG);
        cloud.behaviour("big").dirties(1, 100);
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(0, asked("DELETE"));
    }

    @Test
    public void aLinkThatSlowsDownIsWarnedOfWithThePredictedEnd() {
        DrainBench bench = drain(orders(OnTimeout.ABORT), b -> b.copiesAt(100));
        bench.untilServer(
                "big", server -> server.progress() != null && server.progress().measured());
        cloud.behaviour("big").copiesAt(2);
        bench.finish(LONG);
        assertEquals(bench.text(), Outcome.FAILED, bench.server("big").outcome());
        List<String> warned = lines(bench, " too late; its time is over in ");
        assertEquals(bench.text(), 1, warned.size());
        assertTrue(warned.get(0), warned.get(0).contains(" remaining at "));
        assertTrue(bench.server("big").reason(), bench.server("big").reason().contains(" remaining at 2.0 MiB/s"));
    }

    @Test
    public void aLinkThatRecoversIsToldToo() {
        DrainBench bench = drain(orders(OnTimeout.ABORT), b -> b.copiesAt(20));
        bench.untilServer(
                "big", server -> server.progress() != null && server.progress().measured());
        cloud.behaviour("big").copiesAt(0.5);
        bench.until(() -> bench.text().contains(" too late; its time is over in "), LONG);
        Instant worried = cloud.clock().instant();
        bench.until(() -> Duration.between(worried, cloud.clock().instant()).toMinutes() >= 3, LONG);
        cloud.behaviour("big").copiesAt(12);
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertOnce(bench, "big: in time again: ");
    }

    @Test
    public void aDeadLinkIsNamedAndNotForcedEarly() {
        DrainBench bench = drain(orders(OnTimeout.FORCE_COMPLETE), b -> b.copiesAt(100));
        bench.untilServer(
                "big", server -> server.progress() != null && server.progress().measured());
        cloud.behaviour("big").copiesAt(0);
        bench.untilServer("big", server -> server.follow() != null);
        assertOnce(bench, "big: nothing was copied for 1 min");
        assertTrue(cloud.clock().instant().isAfter(now(bench).progress().deadline()));
    }

    @Test
    public void postCopyIsNeitherAbortedNorForced() {
        for (OnTimeout policy : OnTimeout.values()) {
            DrainBench bench = drain(
                    orders(policy),
                    b -> neverEnding()
                            .andThen(c -> c.postCopyAfter(70).postCopySeconds(800))
                            .accept(b));
            assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
            assertTrue(bench.text(), bench.text().contains("big: running (post-copy) to compute2"));
            assertEquals(List.of("os-migrateLive"), cloud.audit().actionsOf(cloud.id("big")));
            assertEquals(0, asked("DELETE"));
            cloud.close();
        }
    }

    @Test
    public void aPostCopyWithoutEndIsLeftInTheEnd() {
        DrainBench bench = drain(
                orders(OnTimeout.ABORT),
                b -> neverEnding()
                        .andThen(c -> c.postCopyAfter(70).postCopySeconds(50_000))
                        .accept(b));
        bench.finish(LONG);
        assertEquals(Outcome.LEFT, bench.server("big").outcome());
        assertTrue(bench.text(), bench.server("big").reason().contains("in post-copy, which must not be aborted"));
        assertEquals(0, asked("DELETE"));
    }

    /** Its list of migrations in progress no longer has it although the list of all still reads running. */
    @Test
    public void onItsWayIntoPostCopyItIsNotAborted() {
        DrainBench bench = drain(orders(OnTimeout.ABORT), neverEnding());
        bench.untilServer(
                "big", server -> server.progress() != null && server.progress().measured());
        cloud.faults()
                .on("GET", "^/servers/[^/]+/migrations$")
                .always()
                .status(200, null, "application/json", "{\"migrations\":[]}");
        Instant deadline = now(bench).progress().deadline();
        bench.until(() -> cloud.clock().instant().isAfter(deadline.plusSeconds(60)), LONG);
        assertEquals(0, asked("DELETE"));
    }

    /** One at a time leaves compute1: the second waits for longer than it may run. */
    @Test
    public void whatIsQueuedIsNotTimed() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("a-first", s -> s.flavor("m1.medium").volumeBacked().behaviour(b -> b.copiesAt(5)))
                .server("big", s -> s.flavor("m1.large").volumeBacked().behaviour(b -> b.copiesAt(100)))
                .start();
        DrainBench bench = new DrainBench(cloud).begin(orders(OnTimeout.ABORT).make());
        bench.untilServer("big", server -> "queued".equals(server.migrationStatus()));
        bench.untilServer("a-first", server -> server.is(ServerState.Stage.ENDED));
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        ServerState big = bench.server("big");
        assertTrue(Duration.between(big.started(), big.running()).compareTo(Duration.ofMinutes(12)) > 0);
    }

    @Test
    public void aBlockMigrationCountsItsDisk() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server(
                        "big",
                        s -> s.flavor("m1.large").behaviour(b -> b.copiesAt(100).copiesDisk()))
                .start();
        DrainBench bench = new DrainBench(cloud).begin(orders(OnTimeout.ABORT).make());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertTrue(bench.text(), lines(bench, " of 88.0 GiB copied, 100 MiB/s").size() > 0);
        assertFalse(bench.text(), bench.text().contains("does not converge"));
    }

    @Test
    public void aForceThatIsRefusedEndsInWords() {
        DrainBench bench = drain(orders(OnTimeout.FORCE_COMPLETE), neverEnding());
        cloud.faults().on("POST", "/migrations/").always().status(403, "Policy doesn't allow force_complete");
        bench.finish(LONG);
        ServerState big = bench.server("big");
        assertEquals(bench.text(), Outcome.LEFT, big.outcome());
        assertTrue(big.reason(), big.reason().contains("its force complete (does not converge: "));
        assertTrue(big.reason(), big.reason().contains("was refused: "));
        assertTrue(big.reason(), big.reason().contains("Policy doesn't allow force_complete"));
        assertOnce(bench, "force complete refused by Nova: ");
        assertEquals("asked for once", 1, asked("POST"));
    }

    @Test
    public void anAbortThatIsRefusedEndsInWords() {
        DrainBench bench = drain(orders(OnTimeout.COLD_MIGRATE), neverEnding());
        cloud.faults().on("DELETE", "/migrations/").always().status(403, "Policy doesn't allow delete");
        bench.finish(LONG);
        ServerState big = bench.server("big");
        assertEquals(bench.text(), Outcome.LEFT, big.outcome());
        assertTrue(big.reason(), big.reason().contains("its abort (over its time of "));
        assertTrue(big.reason(), big.reason().contains("Policy doesn't allow delete"));
    }

    @Test
    public void anAbortOfWhichNothingComesEndsInWords() {
        DrainBench bench = drain(
                orders(OnTimeout.ABORT),
                b -> neverEnding().andThen(Behaviour::ignoresAbort).accept(b));
        bench.finish(LONG);
        ServerState big = bench.server("big");
        assertEquals(bench.text(), Outcome.LEFT, big.outcome());
        assertTrue(big.reason(), big.reason().contains("is still running, 5 min"));
        assertTrue(big.reason(), big.reason().contains("after abort was asked for (over its time of "));
        assertTrue(big.hint(), big.hint().contains(cloud.id("big")));
    }

    /** The controller dies with a window of samples and a deadline from its own rate; the next process judges by them. */
    @Test
    public void samplesAndDeadlineSurviveTheController() {
        DrainBench first = drain(orders(OnTimeout.ABORT), neverEnding());
        first.untilServer(
                "big", server -> server.progress() != null && server.progress().measured());
        Instant deadline = now(first).progress().deadline();
        first.executor.shutdown();
        String text = first.saved.get(first.saved.size() - 1);
        cloud.advance(Duration.ofMinutes(2));

        ServerState read = DrainCodec.read(text).server(cloud.id("big")).orElseThrow();
        assertEquals(deadline, read.progress().deadline());
        assertTrue(read.progress().watch().seen().toSeconds() >= 60);
        DrainBench second = new DrainBench(cloud).resume(text);
        second.until(() -> now(second).follow() != null, LONG);
        assertEquals(deadline, now(second).progress().deadline());
        assertTrue(cloud.clock().instant().isBefore(deadline.plusSeconds(15)));
        second.finish(LONG);
        assertEquals(1, asked("DELETE"));
    }

    @Test
    public void aMinuteOfSamplesIsAllThatACrashLoses() {
        DrainBench bench = drain(orders(OnTimeout.ABORT), neverEnding());
        bench.untilServer("big", server -> server.follow() != null);
        Instant last = null;
        for (String text : bench.saved) {
            Progress progress = DrainCodec.read(text)
                    .server(cloud.id("big"))
                    .map(ServerState::progress)
                    .orElse(null);
            Instant newest = progress == null ? null : progress.watch().newest();
            if (last != null) {
                assertTrue(last + " " + newest, Duration.between(last, newest).compareTo(Duration.ofSeconds(75)) < 0);
            }
            last = newest;
        }
        assertTrue("" + bench.saved.size(), bench.saved.size() < 25);
    }

    /** A deadline that passed while no controller ran is acted on at once. */
    @Test
    public void aDeadlineThatPassedMeanwhile() {
        DrainBench first = drain(orders(OnTimeout.ABORT), neverEnding());
        first.untilServer(
                "big", server -> server.progress() != null && server.progress().measured());
        first.executor.shutdown();
        cloud.advance(Duration.ofHours(1));
        DrainBench second = new DrainBench(cloud).resume(first.saved.get(first.saved.size() - 1));
        assertEquals(
                HostOutcome.INCOMPLETE, second.finish(Duration.ofMinutes(2)).outcome());
        assertTrue(second.text(), second.server("big").reason().matches("(?s).*over its time of 8 min [45]\\d s.*"));
    }

    /** As the version before this one saved it: total and remaining alone. */
    @Test
    public void anOldStateGoesOnWithADeadline() {
        DrainBench first = drain(orders(OnTimeout.ABORT), neverEnding());
        first.untilServer(
                "big", server -> server.progress() != null && server.progress().measured());
        first.executor.shutdown();
        String text = first.saved.get(first.saved.size() - 1);
        String old = text.replaceAll(
                ",\"deadline\":[^}]*?\"watch\":.*?\"looks\":\\d+}(,\"looked\":\"[^\"]+\",\"still\":\"[^\"]+\")?}", "");
        assertFalse(old, old.contains("samples"));
        DrainBench second = new DrainBench(cloud).resume(old);
        second.until(() -> now(second).progress().measured(), LONG);
        assertEquals(
                300 + 3 * 81.92,
                sinceRunning(second, now(second).progress().deadline()).toSeconds(),
                15);
        assertEquals(Outcome.FAILED, second.finish(LONG).servers().get(0).outcome());
    }

    /** The second of two alike is timed by what was learned from the first, before it is measured itself. */
    @Test
    public void oneMoveTeachesTheNext() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("a-first", s -> s.flavor("m1.large").volumeBacked().behaviour(b -> b.copiesAt(100)))
                .server("big", s -> s.flavor("m1.large").volumeBacked().behaviour(b -> b.copiesAt(100)))
                .start();
        DrainBench bench = new DrainBench(cloud)
                .begin(orders(OnTimeout.ABORT).concurrency(1).make());
        bench.untilServer("big", server -> server.running() != null);
        assertEquals(
                300 + 3 * 81.92,
                sinceRunning(bench, now(bench).progress().deadline()).toSeconds(),
                15);
        assertFalse(now(bench).progress().measured());
    }

    /** After an abort its owner may have done anything to it; Nova's word on the cold move is the outcome. */
    @Test
    public void aGuestThatCannotGoColdEither() {
        DrainBench bench = drain(orders(OnTimeout.COLD_MIGRATE), neverEnding());
        cloud.faults()
                .on("POST", "/action$")
                .action("migrate")
                .always()
                .status(409, "Cannot 'migrate' instance " + cloud.id("big") + " while it is in vm_state suspended");
        bench.finish(LONG);
        ServerState big = bench.server("big");
        assertEquals(bench.text(), Outcome.FAILED, big.outcome());
        assertTrue(big.reason(), big.reason().contains("while it is in vm_state suspended"));
        assertEquals("compute1", cloud.server("big").host());
    }

    /** Stopped by its owner between the abort and the cold move: it goes cold as it is. */
    @Test
    public void aGuestThatWasStoppedMeanwhileGoesColdAndStaysStopped() {
        DrainBench bench = drain(orders(OnTimeout.COLD_MIGRATE), neverEnding());
        cloud.faults()
                .on("POST", "/action$")
                .action("migrate")
                .status(
                        409,
                        "Cannot 'migrate' instance " + cloud.id("big") + " while it is in task_state powering-off");
        bench.until(() -> bench.text().contains("big: waits: " + ReasonMarkers.MOVED_COLD), LONG);
        TestClient.as(cloud, "admin").act(cloud.id("big"), "{'os-stop':null}");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(
                "compute2 SHUTOFF",
                cloud.server("big").host() + " " + cloud.server("big").status());
    }
}
