package io.jenkins.plugins.nova.hosts;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.Test;

/** Looks do not wait, and do not read more than once a minute. */
public class HostReadingsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final NovaCloud lab = new NovaCloud("lab", "http://lab.invalid/v3");
    private final Deque<Runnable> begun = new ArrayDeque<>();
    private final AtomicInteger read = new AtomicInteger();
    private Instant now = START;
    private RuntimeException trouble;
    private final HostReadings readings = new HostReadings(
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            begun::add,
            cloud -> {
                read.incrementAndGet();
                if (trouble != null) {
                    throw trouble;
                }
                return reading();
            });

    private CloudReading reading() {
        return new CloudReading(now, List.of(), List.of(), List.of());
    }

    private void after(int seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    public void aCloudIsReadOnceAMinuteHoweverManyLook() {
        HostReadings.Seen first = readings.look(lab);
        assertNull(first.reading());
        assertEquals(START, first.readingSince());
        for (int i = 0; i < 100; i++) {
            after(1);
            readings.look(lab);
        }
        assertEquals("one at a time, however long it takes", 1, begun.size());
        begun.remove().run();
        assertEquals(START.plusSeconds(100), readings.look(lab).reading().at());
        assertEquals("it began more than a minute ago", 1, begun.size());
        begun.remove().run();
        for (int i = 0; i < 59; i++) {
            readings.look(lab);
            after(1);
        }
        assertTrue(begun.isEmpty());
        assertNull(readings.look(lab).readingSince());
        after(1);
        assertNotNull(
                "while it is read again the last one is shown",
                readings.look(lab).reading());
        assertEquals(1, begun.size());
        assertEquals(2, read.get());
    }

    @Test
    public void nothingIsReadWhenNobodyLooks() {
        readings.look(lab);
        begun.remove().run();
        after(3600);
        assertTrue(begun.isEmpty());
    }

    @Test
    public void whatWentWrongIsSaidBesideTheLastReading() {
        readings.look(lab);
        begun.remove().run();
        after(61);
        trouble = new NovaException.Unreachable("no answer within 60 s", null);
        readings.look(lab);
        begun.remove().run();
        HostReadings.Seen seen = readings.look(lab);
        assertEquals(START, seen.reading().at());
        assertEquals("no answer within 60 s", seen.problem());
        assertEquals(START.plusSeconds(61), seen.problemAt());
        assertTrue("a dead cloud is not asked more often", begun.isEmpty());
        after(60);
        trouble = null;
        readings.look(lab);
        begun.remove().run();
        assertNull(readings.look(lab).problem());
    }

    @Test
    public void anErrorOfOursLeavesTheCloudReadable() {
        Logger log = Logger.getLogger(HostReadings.class.getName());
        Level level = log.getLevel();
        log.setLevel(Level.OFF);
        try {
            trouble = new IllegalStateException("with a secret in it");
            readings.look(lab);
            begun.remove().run();
        } finally {
            log.setLevel(level);
        }
        assertTrue(readings.look(lab).problem().contains("controller's log"));
        after(60);
        trouble = null;
        readings.look(lab);
        begun.remove().run();
        assertNotNull(readings.look(lab).reading());
    }

    @Test
    public void whereThereIsNoThreadALaterLookTriesAgain() {
        AtomicInteger tried = new AtomicInteger();
        HostReadings own = new HostReadings(
                Clock.systemUTC(),
                task -> {
                    tried.incrementAndGet();
                    throw new RejectedExecutionException("no thread");
                },
                cloud -> reading());
        assertThrows(RejectedExecutionException.class, () -> own.look(lab));
        assertNull(own.look(lab).readingSince());
        assertEquals("not before a minute is over", 1, tried.get());
    }

    @Test
    public void changedSettingsAreReadAnewAtOnce() {
        readings.look(lab);
        begun.remove().run();
        NovaCloud changed = new NovaCloud("lab", "http://other.invalid/v3");
        assertNull(
                "what was read may be of another cloud", readings.look(changed).reading());
        assertEquals(1, begun.size());
    }

    @Test
    public void aCloudThatIsConfiguredNoMoreIsForgotten() {
        readings.look(lab);
        begun.remove().run();
        readings.keepOnly(List.of());
        assertNull(readings.look(lab).reading());
    }

    @Test
    public void aClockThatWasSetBackStopsNothing() {
        readings.look(lab);
        begun.remove().run();
        after(-7200);
        readings.look(lab);
        assertEquals(1, begun.size());
    }

    @Test
    public void aReadingThatHangsIsCutShortAndHoldsUpNobodyElse() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        HostReadings own = new HostReadings(
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now;
                    }
                },
                task -> new Thread(task, "HostReadingsTest").start(),
                cloud -> {
                    if (cloud == lab) {
                        hanging.countDown();
                        try {
                            new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            throw new NovaException.Unreachable("interrupted", e);
                        }
                    }
                    return reading();
                });
        own.look(lab);
        assertTrue(hanging.await(20, TimeUnit.SECONDS));
        NovaCloud other = new NovaCloud("other", "http://other.invalid/v3");
        own.look(other);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> own.look(other).reading() != null);
        now = now.plus(HostReadings.LIMIT);
        own.look(lab);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> own.look(lab).problem() != null);
        assertEquals(
                "the reading had not ended within 5 minutes and was cut short",
                own.look(lab).problem());
    }
}
