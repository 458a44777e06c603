package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;

/** Guests that are copied in passes: what a watcher sees of them. */
public class SlowGuestsTest {
    private static final String LIVE = "{'os-migrateLive':{'host':null,'block_migration':'auto'}}";
    private static final long MIB = 1 << 20;

    private SimulatedCloud cloud;
    private TestClient admin;

    @After
    public void stop() {
        cloud.close();
    }

    /** Begins to move a guest of 2 GiB with 20 GiB of disk. */
    private Behaviour move() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1")
                .start();
        admin = TestClient.as(cloud, "admin");
        Behaviour behaviour = cloud.behaviour("web1");
        admin.act(cloud.id("web1"), LIVE);
        return behaviour;
    }

    private JsonNode counters() {
        return admin.get("/servers/" + cloud.id("web1") + "/migrations")
                .json()
                .path("migrations")
                .path(0);
    }

    /** memory_remaining in MiB, second by second, without repetitions. */
    private List<Long> remaining(int seconds) {
        List<Long> series = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            cloud.advance(Duration.ofSeconds(1));
            JsonNode value = counters().path("memory_remaining_bytes");
            if (value.isNumber() && (series.isEmpty() || series.get(series.size() - 1) != value.asLong() / MIB)) {
                series.add(value.asLong() / MIB);
            }
        }
        return series;
    }

    @Test
    public void aQuietGuestEndsAfterItsMemoryIsSent() {
        move().copiesAt(100);
        assertEquals(List.of(1998L, 1498L, 998L, 498L), remaining(20));
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("completed", cloud.migrations().get(0).status());
    }

    @Test
    public void aBusyOneIsSentAgainAndAgainAndItsCountersAreASaw() {
        move().copiesAt(100).dirties(200, 1000);
        List<Long> series = remaining(60);
        assertTrue("" + series, series.stream().skip(5).anyMatch(value -> value > 900));
        assertTrue("" + series, series.stream().allMatch(value -> value >= 40));
        assertTrue(counters().path("memory_processed_bytes").asLong() > 2 * 2048 * MIB);
        assertEquals("running", cloud.migrations().get(0).status());
        cloud.behaviour("web1").dirties(0, 0);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("completed", cloud.migrations().get(0).status());
    }

    @Test
    public void disksAreCopiedFirstWhileMemorysCountersAreZero() {
        move().copiesAt(1000).copiesDisk();
        cloud.advance(Duration.ofSeconds(10));
        JsonNode early = counters();
        assertEquals(0, early.path("memory_total_bytes").asLong());
        assertEquals(20_480 * MIB, early.path("disk_total_bytes").asLong());
        assertTrue(early.path("disk_remaining_bytes").asLong() < 20_480 * MIB);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("completed", cloud.migrations().get(0).status());
    }

    @Test
    public void postCopyByItselfIsNoMigrationInProgress() {
        move().copiesAt(100).dirties(200, 2000).postCopyAfter(30).postCopySeconds(20);
        cloud.advance(Duration.ofSeconds(35));
        assertEquals("running (post-copy)", cloud.migrations().get(0).status());
        assertTrue(counters().isMissingNode());
        cloud.advance(Duration.ofSeconds(20));
        assertEquals("compute2", cloud.server("web1").host());
    }

    @Test
    public void anIgnoredAbortIsTakenAndDoesNothing() {
        move().copiesAt(0).ignoresAbort();
        cloud.advance(Duration.ofSeconds(10));
        assertEquals(
                202,
                admin.delete("/servers/" + cloud.id("web1") + "/migrations/1").status());
        cloud.advance(Duration.ofHours(1));
        assertEquals("running", cloud.migrations().get(0).status());
    }
}
