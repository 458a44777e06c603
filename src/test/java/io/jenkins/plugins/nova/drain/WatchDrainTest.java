package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule.Demand;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.Behaviour;
import io.jenkins.plugins.nova.simulator.ServerBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.After;
import org.junit.Test;

/** Guests that are looked at while their servers are moved, in driven time. */
public class WatchDrainTest {

    private static final Duration LONG = Duration.ofHours(4);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String ADDRESS = "tcp://10.0.0.5:5432";

    private SimulatedCloud cloud;

    @After
    public void close() {
        cloud.close();
    }

    private DrainBench bench(UnaryOperator<ServerBuilder> db1) {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("db1", db1::apply)
                .server("web1", s -> s.volumeBacked())
                .start();
        return new DrainBench(cloud);
    }

    private static UnaryOperator<ServerBuilder> slow(Consumer<Behaviour> more) {
        return s -> s.volumeBacked().behaviour(b -> more.accept(b.liveSeconds(120)));
    }

    private static UnaryOperator<ServerBuilder> slow() {
        return slow(b -> {});
    }

    private static UnaryOperator<ServerBuilder> cold() {
        return s -> s.flavor("m1.large").behaviour(b -> b.coldSeconds(20));
    }

    private static Orders orders() {
        return Orders.empty("compute1").watching("db1", ADDRESS);
    }

    private static Orders coldOrders() {
        return Orders.of(Route.COLD, "db1").approve("db1").watching("db1", ADDRESS);
    }

    private int asked(String action) {
        return (int) cloud.audit().entries().stream()
                .filter(entry -> action.equals(entry.action()))
                .count();
    }

    private int aborts() {
        return cloud.audit().of("DELETE", "/migrations/").size();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> watch(DrainBench bench) {
        return StepResult.ofServers(bench.last).stream()
                .filter(server -> server.get("name").equals("db1"))
                .map(server -> (Map<String, Object>) server.get("watch"))
                .findFirst()
                .orElseThrow();
    }

    private static void has(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text + "\nlacks " + part, text.contains(part));
        }
    }

    /** Copied since this look. */
    private static DrainBench copying(DrainBench bench) {
        return bench.untilServer("db1", server -> "running".equals(server.migrationStatus()));
    }

    // ---- live

    @Test
    public void aGuestThatAnswersIsMovedAndItsWordIsTold() {
        DrainBench bench = bench(slow()).begin(orders().make());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        ServerState db1 = bench.server("db1");
        assertEquals(Outcome.MOVED, db1.outcome());
        has(db1.reason(), "its guest answers at " + ADDRESS, "longest silence 0 s");
        assertEquals("", bench.server("web1").reason());
        Map<String, Object> watch = watch(bench);
        assertEquals(ADDRESS, watch.get("address"));
        assertEquals(true, watch.get("before"));
        assertEquals(true, watch.get("after"));
        assertTrue("once a second: " + watch, (long) watch.get("asked") >= 118);
        assertEquals(watch.get("asked"), watch.get("answered"));
        assertEquals(0L, watch.get("longestSilenceSeconds"));
        assertEquals(0, aborts());
    }

    /** Some seconds at its beginning and its end, with what is looked at and saved in them. */
    @Test
    public void aWatchCostsSecondsAndNoSavesOfItsOwn() {
        DrainBench with = bench(slow())
                .begin(Orders.of(Route.LIVE, "db1").watching("db1", ADDRESS).make());
        with.finish(LONG);
        int saves = with.saved.size();
        Duration took = Duration.between(with.last.began(), with.last.ended());
        cloud.close();
        DrainBench without = bench(slow()).begin(Orders.of(Route.LIVE, "db1").make());
        without.finish(LONG);
        assertTrue(saves + " and " + without.saved.size(), saves <= without.saved.size() + 3);
        Duration more = took.minus(Duration.between(without.last.began(), without.last.ended()));
        assertTrue("it took longer by " + more, more.compareTo(Duration.ofSeconds(15)) < 0);
    }

    @Test
    public void oneThatStopsAnsweringIsLeftWhereItIs() {
        for (OnTimeout policy : OnTimeout.values()) {
            DrainBench bench =
                    copying(bench(slow()).begin(orders().onTimeout(policy).make()));
            cloud.silence("db1", DAY);
            var began = cloud.clock().instant();
            bench.until(() -> aborts() > 0, Duration.ofSeconds(27));
            assertTrue(!cloud.clock().instant().isBefore(began.plusSeconds(14)));
            assertEquals(
                    bench.text(), HostOutcome.INCOMPLETE, bench.finish(LONG).outcome());
            ServerState db1 = bench.server("db1");
            assertEquals(Outcome.FAILED, db1.outcome());
            has(
                    db1.reason(),
                    "its live migration was aborted: its guest stopped answering at " + ADDRESS,
                    " of the last 30 connections came to nothing",
                    "it is ACTIVE on compute1");
            has(db1.hint(), "not moved live again by itself");
            assertEquals("compute1", cloud.server("db1").host());
            assertEquals("once", 1, aborts());
            assertEquals("the two servers, once each", 2, asked("os-migrateLive"));
            assertEquals("not moved cold either", 0, asked("migrate"));
            assertEquals(true, watch(bench).get("before"));
            assertNull(watch(bench).get("after"));
            assertEquals(Outcome.MOVED, bench.server("web1").outcome());
            if (policy != OnTimeout.LEAVE) {
                cloud.close();
            }
        }
    }

    /** The seconds in which the network learns where a guest is now. */
    @Test
    public void theBlackoutOfASwitchOverAbortsNothing() {
        DrainBench bench = copying(bench(slow()).begin(orders().make()));
        cloud.silence("db1", Duration.ofSeconds(12));
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(0, aborts());
        has(bench.server("db1").reason(), "its guest answers at ", "longest silence 1");
    }

    @Test
    public void inPostCopyNothingIsAborted() {
        DrainBench bench =
                copying(bench(slow(b -> b.postCopyAfter(5).postCopySeconds(90))).begin(orders().make()));
        bench.untilServer("db1", server -> server.migrationStatus().contains("post-copy"));
        cloud.silence("db1", Duration.ofSeconds(60));
        bench.finish(LONG);
        assertEquals(bench.text(), Outcome.MOVED, bench.server("db1").outcome());
        assertEquals(0, aborts());
    }

    @Test
    public void oneThatDoesNotAnswerBeforeIsToldOnceAndNotJudged() {
        DrainBench bench = bench(slow());
        cloud.silence("db1", DAY);
        bench.begin(orders().make());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(0, aborts());
        assertEquals(
                bench.text(),
                1,
                bench.console.stream()
                        .filter(line -> line.contains("does not answer at " + ADDRESS + " before its move"))
                        .count());
        assertEquals(false, watch(bench).get("before"));
        assertNull(watch(bench).get("after"));
        assertEquals("", bench.server("db1").reason());
    }

    /** Nova may let it wait for long, and it is not the copying that silences it. */
    @Test
    public void oneThatStopsBeforeItIsCopiedIsNotJudgedEither() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1", slow()::apply)
                .server("db1", slow()::apply)
                .start();
        DrainBench bench = new DrainBench(cloud)
                .begin(Orders.of(Route.LIVE, "web1", "db1")
                        .concurrency(2)
                        .watching("db1", ADDRESS)
                        .make());
        bench.untilServer("db1", server -> "queued".equals(server.migrationStatus()));
        cloud.silence("db1", DAY);
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(0, aborts());
        has(bench.text(), "db1: its guest stopped answering at " + ADDRESS + " before Nova copied it");
        assertEquals(false, watch(bench).get("before"));
    }

    /**
     * db1 is copied while db2 waits for its turn; both answer, and then for half a minute not all of them do. Each row: who does not,
     * and whether db1's migration is aborted.
     */
    @Test
    public void aSilenceOfAllAtOnceIsTheLookers() {
        Object[][] rows = {
            {"db1 alone", List.of("db1"), 1},
            {"all at once", List.of("db1", "db2"), 0},
            {"the one that waits", List.of("db2"), 0},
        };
        for (Object[] row : rows) {
            DrainBench bench = copying(pair().begin(Orders.of(Route.LIVE, "db1", "db2")
                    .concurrency(1)
                    .watching("db1", ADDRESS)
                    .watching("db2", "tcp://10.0.0.6:22")
                    .make()));
            // db2 is looked at from the tick on that sees db1 on its way, and counts once it has answered
            bench.until(
                    () -> bench.state()
                                    .server(cloud.id("db1"))
                                    .orElseThrow()
                                    .guest()
                                    .asked()
                            > 10,
                    LONG);
            ((List<?>) row[1]).forEach(name -> cloud.silence((String) name, Duration.ofSeconds(35)));
            bench.finish(LONG);
            assertEquals(row[0] + "\n" + bench.text(), row[2], aborts());
            boolean told = bench.text().contains("All guests that are looked at fell silent at once");
            assertEquals(row[0] + "\n" + bench.text(), row[0].equals("all at once"), told);
            assertEquals(told, bench.text().contains("Guests are heard again, after "));
            cloud.close();
        }
    }

    private DrainBench pair() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("db1", slow()::apply)
                .server("db2", slow()::apply)
                .start();
        return new DrainBench(cloud);
    }

    /** What is heard of a witness is nobody's business but its own: it costs no save, and is in no result before its move. */
    @Test
    public void aWitnessIsNotJudged() {
        DrainBench bench = pair();
        cloud.silence("db2", DAY);
        copying(bench.begin(Orders.of(Route.LIVE, "db1", "db2")
                .concurrency(1)
                .watching("db1", ADDRESS)
                .watching("db2", "tcp://10.0.0.6:22")
                .make()));
        bench.until(
                () -> bench.state()
                                .server(cloud.id("db1"))
                                .orElseThrow()
                                .guest()
                                .asked()
                        > 30,
                LONG);
        ServerState waits = bench.state().server(cloud.id("db2")).orElseThrow();
        assertEquals(0, waits.guest().asked());
        assertEquals(HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(0, aborts());
        has(bench.text(), "its guest does not answer at tcp://10.0.0.6:22 before its move");
    }

    /** It has moved, which is proven; that it does not answer stands there. */
    @Test
    public void oneThatDoesNotAnswerOnTheOtherHostIsToldOf() {
        DrainBench bench = copying(bench(slow()).begin(orders().make()));
        bench.until(() -> cloud.server("db1").host().equals("compute2"), LONG);
        cloud.silence("db1", DAY);
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        ServerState db1 = bench.server("db1");
        assertEquals(Outcome.MOVED, db1.outcome());
        has(db1.reason(), "answered at " + ADDRESS + " before the move and has not since it is on the other host");
        assertEquals(false, watch(bench).get("after"));
        has(bench.text(), "Note: db1: its guest answered at ");
    }

    /** Counts of the window begin anew; that it answered before is known still. */
    @Test
    public void aRestartGoesOnWatching() {
        DrainBench first = copying(bench(slow()).begin(orders().make()));
        cloud.silence("db1", DAY);
        first.until(
                () -> first.state()
                                .server(cloud.id("db1"))
                                .orElseThrow()
                                .guest()
                                .lost()
                        > 3,
                LONG);
        DrainBench second = new DrainBench(cloud).resume(first.saved.get(first.saved.size() - 1));
        first.executor.shutdown();
        assertEquals(0, aborts());
        assertEquals(second.text(), HostOutcome.INCOMPLETE, second.finish(LONG).outcome());
        assertEquals(Outcome.FAILED, second.server("db1").outcome());
        assertEquals(1, aborts());
    }

    /** Of a server that is done with nothing is heard any more. */
    @Test
    public void aRestartForgetsNothingOfOneThatHasMoved() {
        DrainBench first = bench(slow()).begin(orders().make());
        assertEquals(first.text(), HostOutcome.DONE, first.finish(LONG).outcome());
        assertEquals(true, watch(first).get("after"));
        DrainState resumed = DrainRunner.resume(first.state(), cloud.clock().instant());
        assertEquals(
                first.server("db1").guest(),
                resumed.server(cloud.id("db1")).orElseThrow().guest());
    }

    /** A guest that is silent while it is copied; the process ends after each save, before anything that it records is sent. */
    @Test
    public void whereverTheProcessEndsTheMoveIsAbortedOnce() {
        Orders orders = Orders.of(Route.LIVE, "db1").watching("db1", ADDRESS);
        DrainBench undisturbed = silentWhileCopied().begin(orders.make());
        undisturbed.finish(LONG);
        int saves = undisturbed.saved.size();
        assertTrue("" + saves, saves >= 5);
        for (int kill = 1; kill <= saves; kill++) {
            cloud.close();
            DrainBench first = silentWhileCopied().begin(orders.make());
            int wanted = kill;
            first.until(() -> first.saved.size() >= wanted, LONG);
            first.executor.shutdown();
            cloud.advance(Duration.ofSeconds(30));
            DrainBench second = silentWhileCopied(cloud).resume(first.saved.get(wanted - 1));
            second.finish(LONG);
            String after = "save " + kill + " of " + saves + "\n" + second.text();
            assertEquals(after, Outcome.FAILED, second.server("db1").outcome());
            has(second.server("db1").reason(), "its guest stopped answering at ", "it is ACTIVE on compute1");
            assertEquals(after, 1, aborts());
            assertEquals(after, 1, asked("os-migrateLive"));
        }
    }

    private DrainBench silentWhileCopied() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("db1", s -> s.volumeBacked().behaviour(b -> b.liveSeconds(600)))
                .start();
        return silentWhileCopied(cloud);
    }

    private static DrainBench silentWhileCopied(SimulatedCloud cloud) {
        DrainBench bench = new DrainBench(cloud);
        bench.guests = (server, address) -> CompletableFuture.completedFuture(
                cloud.migrations().stream().noneMatch(move -> move.status().equals("running")));
        return bench;
    }

    @Test
    public void anAbortedBuildWaitsForNoAnswer() {
        DrainBench bench = copying(bench(slow()).begin(orders().make()));
        bench.until(() -> cloud.server("db1").host().equals("compute2"), LONG);
        cloud.silence("db1", DAY);
        bench.untilServer("db1", server -> server.guest().arrived() != null);
        bench.runner.stop("aborted");
        bench.finish(Duration.ofSeconds(15));
        assertEquals(HostOutcome.ABORTED, bench.last.outcome());
        assertEquals(bench.text(), Outcome.MOVED, bench.server("db1").outcome());
    }

    /** Whoever is not moved any more is not looked at any more either. */
    @Test
    public void nobodyIsLookedAtOnceItIsOver() {
        DrainBench bench = bench(slow()).begin(orders().make());
        bench.finish(LONG);
        bench.executor.advance(Duration.ofMinutes(2));
        assertNull(bench.executor.nextDue());
    }

    // ---- cold

    @Test
    public void aColdMoveWaitsForItsGuestAndTellsItAtTheGate() {
        DrainBench bench = bench(cold()).begin(coldOrders().make());
        assertEquals(
                bench.text(), HostOutcome.AWAITING_CONFIRM, bench.finish(LONG).outcome());
        has(
                bench.server("db1").reason(),
                "in VERIFY_RESIZE; its old disks are still on compute1; its guest answers at " + ADDRESS);
        assertEquals(true, watch(bench).get("after"));
        assertTrue("" + watch(bench), (long) watch(bench).get("longestSilenceSeconds") > 10);
    }

    @Test
    public void oneThatAnswersAgainIsConfirmedByItself() {
        DrainBench bench = bench(cold()).begin(coldOrders().autoConfirm().make());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(Outcome.CONFIRMED, bench.server("db1").outcome());
        assertEquals(1, asked("confirmResize"));
    }

    @Test
    public void oneThatDoesNotAnswerAgainIsNotConfirmedByItself() {
        DrainBench bench = bench(cold()).begin(coldOrders().autoConfirm().make());
        bench.untilServer("db1", server -> server.underWay());
        cloud.silence("db1", DAY);
        assertEquals(
                bench.text(), HostOutcome.AWAITING_CONFIRM, bench.finish(LONG).outcome());
        ServerState db1 = bench.server("db1");
        assertEquals(Outcome.AWAITING_CONFIRM, db1.outcome());
        has(
                db1.reason(),
                "was not confirmed; its old disks are still on compute1; its guest answered at ",
                "for 5 min");
        has(db1.hint(), "revertResize brings that back");
        assertEquals(0, asked("confirmResize"));
        assertEquals(List.of(db1.id()), StepResult.awaitingConfirm(bench.last));
    }

    @Test
    public void anAbortedBuildConfirmsNothingAndSaysWhereItIs() {
        DrainBench bench = bench(cold()).begin(coldOrders().autoConfirm().make());
        bench.untilServer("db1", server -> server.underWay());
        cloud.silence("db1", DAY);
        bench.untilServer("db1", server -> server.guest().arrived() != null);
        bench.runner.stop("aborted");
        bench.finish(Duration.ofSeconds(15));
        assertEquals(bench.text(), Outcome.AWAITING_CONFIRM, bench.server("db1").outcome());
        assertEquals(0, asked("confirmResize"));
    }

    /** The time of the step is over while its guest boots: nobody has heard it, so its old copy stays. */
    @Test
    public void oneThatWasNotHeardInTimeIsNotConfirmedByItself() {
        DrainBench bench = bench(cold())
                .begin(coldOrders().autoConfirm().timeout(Duration.ofMinutes(2)).make());
        bench.untilServer("db1", server -> server.underWay());
        cloud.silence("db1", DAY);
        bench.finish(LONG);
        ServerState db1 = bench.server("db1");
        assertEquals(bench.text(), Outcome.AWAITING_CONFIRM, db1.outcome());
        has(db1.reason(), "was not confirmed", "was not heard since it is on the other host");
        assertEquals(0, asked("confirmResize"));
    }

    // ---- the gate

    private DrainBench waiting() {
        cloud = SimulatedCloud.builder()
                .host("compute1")
                .host("compute2")
                .server("db1", server -> server.resizedFrom("compute1"))
                .start();
        return new DrainBench(cloud);
    }

    private static Orders confirm() {
        return Orders.of(Route.CONFIRM, "db1").watching("db1", ADDRESS);
    }

    @Test
    public void whatAnswersIsConfirmed() {
        DrainBench bench = waiting().begin(confirm().make());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(true, watch(bench).get("after"));
        has(bench.text(), "db1: its guest answers at " + ADDRESS);
    }

    @Test
    public void whatDoesNotAnswerForAMinuteIsHeldBack() {
        DrainBench bench = waiting();
        cloud.silence("db1", DAY);
        bench.begin(confirm().make());
        bench.finish(LONG);
        ServerState db1 = bench.server("db1");
        assertEquals(bench.text(), Outcome.BLOCKED, db1.outcome());
        assertEquals("evidence", db1.override());
        has(db1.reason(), "its guest has not answered at " + ADDRESS + " for 1 min");
        assertEquals(0, asked("confirmResize"));
        assertEquals(false, watch(bench).get("after"));
    }

    /** As while its agent is offline: what was not heard is no good evidence. */
    @Test
    public void whatCouldNotBeAskedForAMinuteIsHeldBackToo() {
        DrainBench bench = waiting();
        bench.guests = (server, address) -> CompletableFuture.failedFuture(new IOException("agent 'a' is offline"));
        bench.begin(confirm().make());
        bench.finish(LONG);
        ServerState db1 = bench.server("db1");
        assertEquals(bench.text(), Outcome.BLOCKED, db1.outcome());
        assertEquals("evidence", db1.override());
        has(db1.reason(), "its guest has not answered at " + ADDRESS + " for 1 min (it could not be asked)");
        has(bench.text(), "Guests cannot be looked at now: agent 'a' is offline.");
        assertEquals(0, asked("confirmResize"));
        assertNull(watch(bench).get("after"));
    }

    @Test
    public void unlessThePipelineSaysOtherwise() {
        for (Demand demand : List.of(Demand.SHOW, Demand.IGNORE)) {
            DrainBench bench = waiting();
            cloud.silence("db1", DAY);
            bench.begin(confirm().evidence(demand, 0).make());
            assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
            if (demand == Demand.SHOW) {
                cloud.close();
            }
        }
    }

    // ---- which servers

    private void refused(Orders orders, String why) {
        DrainBench bench = new DrainBench(cloud).begin(orders.make());
        assertEquals(bench.text(), HostOutcome.REFUSED, bench.finish(LONG).outcome());
        has(bench.last.message(), "watch: ", why);
        assertTrue("nothing was changed", cloud.audit().changes().isEmpty());
    }

    @Test
    public void whoIsNotToBeMovedIsRefusedBeforeAnythingIsChanged() {
        String id = "aaaaaaaa-0000-4000-8000-00000000000a";
        String other = "bbbbbbbb-0000-4000-8000-00000000000b";
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .server("far", s -> s.on("compute2"))
                .host("compute1")
                .server("db1", s -> s.id(id))
                .server("twin", s -> s.id(other))
                .server("twin")
                .start();
        refused(
                Orders.empty("compute1").watching("db2", ADDRESS),
                "none of the servers that this step is about is 'db2'");
        refused(Orders.empty("compute1").watching("far", ADDRESS), "is 'far'; give ids or exact names");
        refused(Orders.empty("compute1").watching(cloud.id("far"), ADDRESS), "is '" + cloud.id("far") + "'");
        refused(Orders.empty("compute1").watching("twin", ADDRESS), "'twin' is the name of 2 servers");
        refused(
                Orders.empty("compute1").watching("db1", ADDRESS).watching(id, "tcp://10.0.0.6:22"),
                "are the same server, " + id + "; name it once");
        refused(Orders.of(Route.LIVE, "db1").watching("far", ADDRESS), "is 'far'");
    }

    /** Of those that left only some come home. */
    @Test
    public void onTheWayHomeTheyMayBeElsewhere() {
        DrainBench bench = bench(slow())
                .begin(Orders.of(Route.BY_STATE, "db1")
                        .to("compute2")
                        .watching("db1", ADDRESS)
                        .watching("web1", "tcp://10.0.0.6:22")
                        .watchingOthers()
                        .make());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(true, watch(bench).get("after"));
    }

    @Test
    public void inARollTheyAreThoseOfAllItsHosts() {
        DrainBench bench = bench(slow())
                .begin(Orders.empty("compute1")
                        .watching("db1", ADDRESS)
                        .watching("elsewhere", "tcp://10.0.0.6:22")
                        .watchingOthers()
                        .make());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(true, watch(bench).get("after"));
        assertFalse(
                bench.server("web1").id(),
                StepResult.ofServers(bench.last).stream()
                        .anyMatch(server -> server.get("name").equals("web1") && server.containsKey("watch")));
    }
}
