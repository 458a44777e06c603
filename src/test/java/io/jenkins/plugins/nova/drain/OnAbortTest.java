package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.Behaviour;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.After;
import org.junit.Test;

/** Law 8: what becomes of a move that is under way when the build is aborted, by what the order says and by how far it is. */
public class OnAbortTest {

    private static final Duration SOON = Duration.ofMinutes(10);

    private SimulatedCloud cloud;
    private DrainBench bench;

    @After
    public void end() {
        cloud.close();
    }

    private void begin(Orders orders, Consumer<Behaviour> web1) {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(web1))
                .server("web2", server -> server.behaviour(behaviour -> behaviour.liveSeconds(600)))
                .server("off1", server -> server.status("SHUTOFF"))
                .start();
        bench = new DrainBench(cloud).begin(orders.make());
    }

    private DrainState stop() {
        bench.runner.stop("Aborted by Ann");
        DrainState last = bench.finish(SOON);
        assertEquals(bench.text(), HostOutcome.ABORTED, last.outcome());
        return last;
    }

    private static Predicate<ServerState> reads(String status) {
        return server -> status.equals(server.migrationStatus());
    }

    private List<String> aborts() {
        return cloud.audit().of("DELETE", ".*/migrations/.*").stream()
                .map(AuditEntry::path)
                .toList();
    }

    private String path(String name) {
        return "/servers/" + cloud.id(name) + "/migrations/"
                + cloud.migrations().stream()
                        .filter(migration -> migration.serverId().equals(cloud.id(name)))
                        .findFirst()
                        .orElseThrow()
                        .id();
    }

    private void staysHome(String name) {
        cloud.advance(Duration.ofMinutes(30));
        assertEquals("ACTIVE", cloud.server(name).status());
        assertEquals("compute1", cloud.server(name).host());
    }

    @Test
    public void aRunningAndAQueuedOneAreAborted() {
        begin(Orders.of(Route.LIVE, "web1", "web2").abortingOnAbort().concurrency(2), b -> b.liveSeconds(600));
        bench.untilServer("web1", reads("running"));
        bench.untilServer("web2", reads("queued"));
        DrainState last = stop();
        assertEquals(Set.of(path("web1"), path("web2")), Set.copyOf(aborts()));
        assertEquals(2, aborts().size());
        assertEquals(List.of(), last.in(ServerState.Stage.UNDER_WAY));
        staysHome("web1");
        staysHome("web2");
    }

    @Test
    public void withLeaveNothingIsSentAndNovaGoesOn() {
        begin(Orders.of(Route.LIVE, "web1"), b -> b.liveSeconds(600));
        bench.untilServer("web1", reads("running"));
        stop();
        assertEquals(List.of(), aborts());
        assertEquals(Outcome.LEFT, bench.server("web1").outcome());
        cloud.advance(Duration.ofMinutes(30));
        assertEquals("compute2", cloud.server("web1").host());
    }

    @Test
    public void oneThatNovaHasNoRecordOfYetIsWaitedForAndAborted() {
        begin(Orders.of(Route.LIVE, "web1").abortingOnAbort(), b -> b.liveSeconds(600));
        bench.untilServer(
                "web1",
                server -> server.move() != null && server.move().is(Intent.State.TAKEN) && server.migration() == null);
        stop();
        assertEquals(List.of(path("web1")), aborts());
        staysHome("web1");
    }

    @Test
    public void oneInPostCopyIsNeverAborted() {
        begin(
                Orders.of(Route.LIVE, "web1").abortingOnAbort(),
                b -> b.liveSeconds(600).postCopyAfter(5).postCopySeconds(300));
        bench.untilServer(
                "web1",
                server -> server.migrationStatus() != null
                        && server.migrationStatus().contains("post-copy"));
        stop();
        assertEquals(List.of(), aborts());
        ServerState left = bench.server("web1");
        assertEquals(Outcome.LEFT, left.outcome());
        assertTrue(left.reason(), left.reason().contains("post-copy"));
        cloud.advance(Duration.ofMinutes(30));
        assertEquals("compute2", cloud.server("web1").host());
    }

    @Test
    public void whatWaitsInVerifyResizeIsNeitherConfirmedNorReverted() {
        begin(Orders.empty("compute1").concurrency(1).abortingOnAbort().autoConfirm(), b -> b.liveSeconds(5));
        bench.until(() -> cloud.server("off1").status().equals("VERIFY_RESIZE"), SOON);
        DrainState last = stop();
        assertEquals("VERIFY_RESIZE", cloud.server("off1").status());
        assertEquals(Outcome.AWAITING_CONFIRM, bench.server("off1").outcome());
        assertTrue(last.message(), last.message().contains("off1"));
        assertTrue(last.message(), last.message().contains("VERIFY_RESIZE"));
    }
}
