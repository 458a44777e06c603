package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.diagnosis.Diagnosis;
import io.jenkins.plugins.nova.diagnosis.Finding;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

/** What a failed server's hint says, wherever Nova's words were found: a fault, an event, a refusal, or nowhere. */
public class HintsTest {

    private static final String NO_KEY = "Resize error: not able to execute ssh command: Unexpected error while running"
            + " command.\nCommand: ssh -o BatchMode=yes 10.0.0.12 mkdir -p /var/lib/nova/instances/x\nExit code: 255\n"
            + "Stdout: ''\nStderr: 'Permission denied (publickey).\\r\\n'";

    private final SimulatedCloud cloud = SimulatedCloud.builder()
            .host("compute2", h -> h.capacity(16, 16384, 1000))
            .host("compute1", h -> h.capacity(64, 131072, 1000))
            .server("nokey", s -> s.behaviour(b -> b.fails(Operation.COLD, NO_KEY)))
            .server("odd", s -> s.behaviour(b -> b.fails(Operation.COLD, "told to fail cold")))
            .server("silent", s -> s.behaviour(b -> b.fails(Operation.LIVE)))
            .server("huge", s -> s.flavor("r1.huge"))
            .server("refused")
            .start();

    @After
    public void close() {
        cloud.close();
    }

    private ServerState move(Route route, String name) {
        DrainBench bench = new DrainBench(cloud).begin(Orders.of(route, name).make());
        bench.finish(Duration.ofHours(4));
        assertEquals(bench.text(), Outcome.FAILED, bench.server(name).outcome());
        return bench.server(name);
    }

    private static String advice(String id) {
        return Diagnosis.standard().all().stream()
                .filter(finding -> finding.id().equals(id))
                .map(Finding::advice)
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void aFaultIsExplained() {
        ServerState server = move(Route.COLD, "nokey");
        assertTrue(server.reason(), server.reason().contains("Permission denied"));
        assertEquals(advice("ssh-key"), server.hint());
    }

    @Test
    public void theResultMapShowsIt() {
        DrainBench bench =
                new DrainBench(cloud).begin(Orders.of(Route.COLD, "nokey").make());
        List<Map<String, Object>> servers = StepResult.ofServers(bench.finish(Duration.ofHours(4)));
        assertEquals(advice("ssh-key"), servers.get(0).get("hint"));
        assertTrue(bench.text(), bench.text().contains("does not accept the key"));
    }

    @Test
    public void anEventsDetailsAreExplained() {
        ServerState server = move(Route.LIVE, "huge");
        assertTrue(server.reason(), server.reason().contains("No valid host was found"));
        assertEquals(advice("no-valid-host"), server.hint());
    }

    @Test
    public void aRefusalIsExplained() {
        cloud.faults()
                .on("POST", "/action$")
                .action("os-migrateLive")
                .always()
                .status(409, "Feature not supported with instances that have shares.");
        assertEquals(advice("shares"), move(Route.LIVE, "refused").hint());
    }

    @Test
    public void aMigrationThatFailsWithoutAWordLeadsToTheLogs() {
        assertEquals(advice("live-failed"), move(Route.LIVE, "silent").hint());
    }

    @Test
    public void aReasonThatNobodyKnowsStandsAlone() {
        ServerState server = move(Route.COLD, "odd");
        assertTrue(server.reason(), server.reason().startsWith("told to fail cold"));
        assertEquals("", server.hint());
    }
}
