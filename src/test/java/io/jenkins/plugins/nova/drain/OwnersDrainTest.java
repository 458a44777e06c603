package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;

/** What owners and other tools do under a drain's hands. Each was found by a seed of the fire. */
public class OwnersDrainTest {

    private static final Duration SOON = Duration.ofMinutes(5);

    private SimulatedCloud cloud;

    @After
    public void close() {
        cloud.close();
    }

    private DrainBench two(Orders orders) {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("first", s -> s.behaviour(b -> b.liveSeconds(60)))
                .server("second", s -> s.behaviour(b -> b.liveSeconds(60)))
                .start();
        return new DrainBench(cloud).begin(orders.make());
    }

    /** Its list of running migrations answers 404 then, which must not stop the whole drain. */
    @Test
    public void aServerDeletedWhileItIsCopiedIsGoneAndTheOthersGoOn() {
        DrainBench bench = two(Orders.empty("compute1"));
        bench.untilServer("first", server -> "running".equals(server.migrationStatus()));
        cloud.delete("first");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(SOON).outcome());
        assertEquals(Outcome.GONE, bench.server("first").outcome());
        assertEquals(Outcome.MOVED, bench.server("second").outcome());
    }

    /** Its migration's record stays queued for ever. */
    @Test
    public void aServerDeletedWhileItIsQueuedIsGone() {
        DrainBench bench = two(Orders.empty("compute1"));
        bench.untilServer("second", server -> "queued".equals(server.migrationStatus()));
        cloud.delete("second");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(SOON).outcome());
        assertEquals(Outcome.GONE, bench.server("second").outcome());
    }

    @Test
    public void aServerMovedColdByAnotherToolAndThenDeletedWaitsForNoConfirm() {
        DrainBench bench = two(Orders.empty("compute1").concurrency(1));
        bench.untilServer("first", ServerState::underWay);
        TestClient.as(cloud, "admin").act(cloud.id("second"), "{'migrate':null}");
        bench.until(() -> cloud.server("second").status().equals("VERIFY_RESIZE"), SOON);
        cloud.delete("second");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(SOON).outcome());
        assertEquals(Outcome.GONE, bench.server("second").outcome());
    }

    @Test
    public void aServerMovedColdByAnotherToolWaitsForAConfirm() {
        DrainBench bench = two(Orders.empty("compute1").concurrency(1));
        bench.untilServer("first", ServerState::underWay);
        TestClient.as(cloud, "admin").act(cloud.id("second"), "{'migrate':null}");
        assertEquals(
                bench.text(), HostOutcome.AWAITING_CONFIRM, bench.finish(SOON).outcome());
        assertEquals(Outcome.AWAITING_CONFIRM, bench.server("second").outcome());
    }

    /** Its cold migration would shut it down: whenever its owner starts it, what is asked for is by what it is then. */
    @Test
    public void aServerThatItsOwnerStartsIsNotMovedColdByWhatItWas() {
        int live = 0;
        for (int step = 0; step < 40; step++) {
            Duration when = Duration.ofMillis(250L * step);
            cloud = SimulatedCloud.builder()
                    .host("compute2")
                    .host("compute1")
                    .server("web1")
                    .server("web2")
                    .server("web3")
                    .server("off1", s -> s.status("SHUTOFF"))
                    .start();
            String id = cloud.id("off1");
            List<Instant> started = new ArrayList<>();
            cloud.after(when, () -> {
                if (cloud.act("admin", "off1", "{'os-start':null}") == 202) {
                    started.add(cloud.clock().instant());
                }
            });
            DrainBench bench = new DrainBench(cloud)
                    .begin(Orders.empty("compute1").concurrency(1).autoConfirm().make());
            bench.finish(SOON);
            Instant cold = cloud.audit().entries().stream()
                    .filter(entry -> entry.path().endsWith("/servers/" + id + "/action")
                            && entry.body().has("migrate"))
                    .map(AuditEntry::at)
                    .findFirst()
                    .orElse(Instant.MAX);
            started.forEach(at -> assertFalse(when + "\n" + bench.text(), cold.isAfter(at) && cold != Instant.MAX));
            live += cold == Instant.MAX ? 1 : 0;
            cloud.close();
        }
        assertTrue("it was started in time, and not always: " + live, live > 3 && live < 40);
    }

    /** A tick may fall between the migration's finished and the server's VERIFY_RESIZE, whenever the move ends. */
    @Test
    public void noTickTakesAServerOnItsWayForOneThatLeft() {
        for (int step = 0; step < 50; step++) {
            double cold = 0.5 + step * 0.05;
            cloud = SimulatedCloud.builder()
                    .host("compute2")
                    .host("compute1")
                    .server("first")
                    .server("second", s -> s.behaviour(b -> b.coldSeconds(cold)))
                    .start();
            DrainBench bench = new DrainBench(cloud)
                    .begin(Orders.empty("compute1").concurrency(1).make());
            bench.untilServer("first", ServerState::underWay);
            TestClient.as(cloud, "admin").act(cloud.id("second"), "{'migrate':null}");
            assertEquals(
                    cold + " s\n" + bench.text(),
                    HostOutcome.AWAITING_CONFIRM,
                    bench.finish(SOON).outcome());
            assertEquals(List.of(), cloud.serversOn("compute1"));
            cloud.close();
        }
    }

    /** Nova moves a PAUSED server live only; it must not be moved live again instead. */
    @Test
    public void aPausedServerOverItsTimeIsNotMovedLiveTwice() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("busy", s -> s.status("PAUSED").behaviour(b -> b.neverConverges()))
                .start();
        DrainBench bench = new DrainBench(cloud)
                .begin(Orders.empty("compute1")
                        .onTimeout(OnTimeout.COLD_MIGRATE)
                        .make());
        bench.finish(Duration.ofHours(2));
        assertEquals(bench.text(), Outcome.FAILED, bench.server("busy").outcome());
        assertEquals(List.of("os-migrateLive"), cloud.audit().actionsOf(cloud.id("busy")));
    }

    /** Nova refuses a cold move while a task of the owner's is under way; the live one must not come back. */
    @Test
    public void aMoveThatWentColdStaysColdWhenItIsRefusedAtFirst() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("busy", s -> s.behaviour(b -> b.neverConverges()))
                .start();
        cloud.faults()
                .on("POST", "/action$")
                .action("migrate")
                .status(
                        409,
                        "Cannot 'migrate' instance " + cloud.id("busy") + " while it is in task_state powering-off");
        DrainBench bench = new DrainBench(cloud)
                .begin(Orders.empty("compute1")
                        .onTimeout(OnTimeout.COLD_MIGRATE)
                        .autoConfirm()
                        .make());
        bench.finish(Duration.ofHours(2));
        assertEquals(bench.text(), Outcome.CONFIRMED, bench.server("busy").outcome());
        assertEquals(1, cloud.audit().actions("os-migrateLive").size());
    }

    private void copying(DrainBench bench, String name) {
        bench.untilServer(name, server -> "running".equals(server.migrationStatus()));
    }

    @Test
    public void aBlockedServerThatItsOwnerDeletesKeepsNoHostFromBeingEmpty() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("busy", s -> s.behaviour(b -> b.liveSeconds(60)))
                .server("erp", s -> s.status("SUSPENDED"))
                .start();
        DrainBench bench = new DrainBench(cloud).begin(Orders.empty("compute1").make());
        copying(bench, "busy");
        assertEquals(
                Outcome.BLOCKED,
                bench.runner.state().server(cloud.id("erp")).orElseThrow().outcome());
        cloud.delete("erp");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(SOON).outcome());
        assertEquals(Outcome.GONE, bench.server("erp").outcome());
        assertTrue(bench.server("erp").reason(), bench.server("erp").reason().contains("blocked"));
    }

    /** One that failed first, while another one is copied. */
    private DrainBench oneFailed() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("bad", s -> s.behaviour(b -> b.liveSeconds(1).fails(Operation.LIVE)))
                .server("busy", s -> s.behaviour(b -> b.liveSeconds(60)))
                .start();
        DrainBench bench = new DrainBench(cloud).begin(Orders.empty("compute1").make());
        bench.untilServer("bad", server -> server.outcome() == Outcome.FAILED);
        copying(bench, "busy");
        return bench;
    }

    @Test
    public void aServerThatFailedAndIsDeletedIsGone() {
        DrainBench bench = oneFailed();
        cloud.delete("bad");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(SOON).outcome());
        assertEquals(Outcome.GONE, bench.server("bad").outcome());
    }

    @Test
    public void aServerThatFailedAndIsMovedByAnotherToolIsGone() {
        DrainBench bench = oneFailed();
        cloud.behaviour("bad").succeeds(Operation.LIVE);
        TestClient.as(cloud, "admin").act(cloud.id("bad"), "{'os-migrateLive':{'host':null,'block_migration':'auto'}}");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(SOON).outcome());
        assertEquals(Outcome.GONE, bench.server("bad").outcome());
        assertTrue(
                bench.server("bad").reason(), bench.server("bad").reason().contains("is ACTIVE on compute2 meanwhile"));
    }

    @Test
    public void aServerThatFailedAndStaysHasFailed() {
        DrainBench bench = oneFailed();
        assertEquals(bench.text(), HostOutcome.INCOMPLETE, bench.finish(SOON).outcome());
        assertEquals(Outcome.FAILED, bench.server("bad").outcome());
    }

    /** One that was moved cold and waits for its confirm, while another one is copied. */
    private DrainBench oneWaits() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("off", s -> s.status("SHUTOFF"))
                .server("busy", s -> s.behaviour(b -> b.liveSeconds(60)))
                .start();
        DrainBench bench = new DrainBench(cloud).begin(Orders.empty("compute1").make());
        bench.untilServer("off", server -> server.outcome() == Outcome.AWAITING_CONFIRM);
        return bench;
    }

    /** Nova drops the migrations of a deleted server from its list. */
    @Test
    public void aServerThatIsDeletedWaitsForNoConfirm() {
        DrainBench bench = oneWaits();
        cloud.delete("off");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(SOON).outcome());
        assertEquals(Outcome.GONE, bench.server("off").outcome());
    }

    @Test
    public void aServerThatItsOwnerConfirmsWaitsNoMore() {
        DrainBench bench = oneWaits();
        TestClient.as(cloud, "admin").act(cloud.id("off"), "{'confirmResize':null}");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(SOON).outcome());
        assertEquals(Outcome.CONFIRMED, bench.server("off").outcome());
    }

    /** The request to the dead host is lost, and the server reads REVERT_RESIZE for ever. */
    @Test
    public void aRevertThatNeverEndsIsNotSaidToWaitForAConfirm() {
        DrainBench bench = oneWaits();
        cloud.kill(cloud.server("off").host());
        TestClient.as(cloud, "admin").act(cloud.id("off"), "{'revertResize':null}");
        assertEquals(
                bench.text(),
                HostOutcome.INCOMPLETE,
                bench.finish(Duration.ofHours(2)).outcome());
        assertEquals(Outcome.LEFT, bench.server("off").outcome());
        assertTrue(bench.text(), bench.text().contains("is being reverted by somebody else"));
    }

    /** The task of the next resize does not hide that the first one was confirmed. */
    @Test
    public void aServerThatItsOwnerConfirmsAndResizesAgainWaitsNoMore() {
        DrainBench bench = oneWaits();
        cloud.behaviour("off").coldSeconds(3600);
        TestClient admin = TestClient.as(cloud, "admin");
        admin.act(cloud.id("off"), "{'confirmResize':null}");
        cloud.advance(Duration.ofSeconds(1));
        assertEquals(
                202, admin.act(cloud.id("off"), "{'resize':{'flavorRef':'2'}}").status());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(SOON).outcome());
        assertEquals("RESIZE", cloud.server("off").status());
        assertEquals(Outcome.CONFIRMED, bench.server("off").outcome());
    }

    /** The drain has nothing else to do at the moment at which the server is on its host's list with its task. */
    private DrainBench comingBack() {
        DrainBench bench = oneWaits();
        TestClient.as(cloud, "admin").act(cloud.id("off"), "{'revertResize':null}");
        cloud.advance(Duration.ofMillis(500));
        assertEquals("compute1", cloud.server("off").host());
        assertEquals("REVERT_RESIZE", cloud.server("off").status());
        cloud.delete("busy");
        return bench;
    }

    @Test
    public void aServerOnItsWayBackIsWaitedFor() {
        DrainBench bench = comingBack();
        assertEquals(bench.text(), HostOutcome.INCOMPLETE, bench.finish(SOON).outcome());
        assertEquals(Outcome.FAILED, bench.server("off").outcome());
        assertTrue(bench.text(), bench.text().contains("had left the host (waiting for a confirm) and is back on it"));
    }

    @Test
    public void aServerThatNeverArrivesBackIsNotSaidToWaitForAConfirm() {
        DrainBench bench = comingBack();
        cloud.kill("compute1");
        assertEquals(
                bench.text(),
                HostOutcome.INCOMPLETE,
                bench.finish(Duration.ofHours(2)).outcome());
        assertEquals(Outcome.LEFT, bench.server("off").outcome());
        assertTrue(bench.text(), bench.text().contains("and is on its way back to it: REVERT_RESIZE on compute1"));
    }

    /** What has left the host is read by itself at the end only: the ticks before cost no more for it. */
    @Test
    public void aServerThatLeftCostsOneRequestInAll() {
        DrainBench bench = oneWaits();
        String off = cloud.id("off");
        int before = cloud.audit().entries().size();
        cloud.delete("off");
        bench.finish(SOON);
        assertEquals(
                1,
                cloud.audit().since(before).stream()
                        .filter(entry -> entry.path().startsWith("/servers/" + off))
                        .count());
    }

    /** A 404 that does not name the server says nothing of it. */
    @Test
    public void aProxysNotFoundDeletesNobody() {
        DrainBench bench = two(Orders.empty("compute1"));
        bench.untilServer("first", server -> "running".equals(server.migrationStatus()));
        cloud.faults().on("GET", "^/servers/[0-9a-f-]+$").status(404, "The resource could not be found.");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(SOON).outcome());
        assertEquals(bench.text(), Outcome.MOVED, bench.server("first").outcome());
        assertEquals(Outcome.MOVED, bench.server("second").outcome());
    }
}
