package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.After;
import org.junit.Test;

/** A token outlives the moves that it begins, and a cloud that asks to be left alone is. */
public class TokenAndPeaceTest {

    private static final Duration LONG = Duration.ofHours(8);

    private SimulatedCloud cloud;
    private DrainBench bench;

    @After
    public void end() {
        cloud.close();
    }

    private void begin(Duration tokenLife, double liveSeconds) {
        cloud = SimulatedCloud.builder()
                .tokenLife(tokenLife)
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(behaviour -> behaviour.liveSeconds(liveSeconds)))
                .server("web2", server -> server.behaviour(behaviour -> behaviour.liveSeconds(liveSeconds)))
                .start();
        bench = new DrainBench(cloud)
                .begin(Orders.empty("compute1").concurrency(1).make());
    }

    /** The first move takes four of the token's seven minutes: three are left, and the second may take more. */
    @Test
    public void aTokenThatWouldNotOutliveAMoveIsRenewedBeforeItsPost() {
        begin(Duration.ofMinutes(7), 240);
        assertEquals(HostOutcome.DONE, bench.finish(LONG).outcome());
        List<AuditEntry> posts = cloud.audit().of("POST", ".*");
        assertEquals(
                List.of("login", "move", "login", "move"),
                posts.stream()
                        .map(post -> post.path().endsWith("/auth/tokens") ? "login" : "move")
                        .toList());
        assertEquals("no token expired under a move", List.of(), cloud.audit().where(entry -> entry.status() == 401));
    }

    @Test
    public void aTokenThatLivesLongEnoughIsKept() {
        begin(Duration.ofHours(24), 240);
        assertEquals(HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(1, cloud.audit().of("POST", "/auth/tokens").size());
    }

    /** Said once, kept to by every request, and longer than what trouble at the beginning is given otherwise. */
    @Test
    public void aCloudThatAsksForPeaceIsLeftAloneAndThatIsSaid() {
        for (String path : List.of("^/os-services", "^/servers/detail", "/action$")) {
            begin(Duration.ofHours(24), 10);
            cloud.faults().on(null, path).status(429, Duration.ofSeconds(120), "application/json", "{}");
            assertEquals(path, HostOutcome.DONE, bench.finish(LONG).outcome());
            List<AuditEntry> all = cloud.audit().entries();
            AuditEntry refused = all.stream()
                    .filter(entry -> entry.status() == 429)
                    .findFirst()
                    .orElseThrow();
            AuditEntry next = all.stream()
                    .filter(entry -> entry.number() > refused.number())
                    .filter(entry -> !entry.path().endsWith("/auth/tokens"))
                    .findFirst()
                    .orElseThrow();
            Instant allowed = refused.at().plusSeconds(119);
            assertTrue(path + ": asked again at " + next.at(), next.at().isAfter(allowed));
            long said = Arrays.stream(bench.text().split("\n"))
                    .filter(line -> line.contains("asked to be left alone"))
                    .count();
            assertEquals(bench.text(), 1, said);
            cloud.close();
        }
    }
}
