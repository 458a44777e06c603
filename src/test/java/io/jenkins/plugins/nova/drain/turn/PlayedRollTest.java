package io.jenkins.plugins.nova.drain.turn;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.turn.PlayedRoll.Takes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Rolls whose time can be told by hand: what the benchmark of it measures. */
public class PlayedRollTest {

    /** Until a place that is free is taken, at most. */
    private static final Duration NOTICED = Duration.ofSeconds(40);

    private static Map<String, Takes> hosts(int... minutes) {
        Map<String, Takes> takes = new LinkedHashMap<>();
        for (int i = 0; i < minutes.length; i++) {
            takes.put(
                    "c" + i,
                    new Takes(Duration.ofMinutes(1), Duration.ofMinutes(minutes[i] - 3), Duration.ofMinutes(2)));
        }
        return takes;
    }

    @Test
    public void aPlaceThatIsFreeIsTakenSoon() {
        record Row(int width, boolean canary, Map<String, Takes> hosts, int minutes, int rounds) {}
        for (Row row : List.of(
                new Row(1, false, hosts(30, 20, 40), 90, 3),
                new Row(2, false, hosts(30, 30, 30, 30), 60, 2),
                new Row(2, false, hosts(60, 20, 20, 20), 60, 3),
                new Row(2, true, hosts(30, 30, 30, 30), 90, 3),
                new Row(4, false, hosts(30, 30, 30, 30), 30, 1))) {
            PlayedRoll roll = new PlayedRoll(
                    row.hosts(), row.width(), row.canary(), Duration.ofMinutes(20), Duration.ofMinutes(5));
            Duration took = roll.play(Duration.ofMinutes(1), (played, now) -> {});
            Duration bound = Duration.ofMinutes(row.minutes());
            assertTrue(row + " took " + took, took.compareTo(bound) >= 0);
            assertTrue(row + " took " + took, took.compareTo(bound.plus(NOTICED.multipliedBy(row.rounds()))) < 0);
            assertEquals(row.toString(), row.width(), roll.mostAway());
        }
    }
}
