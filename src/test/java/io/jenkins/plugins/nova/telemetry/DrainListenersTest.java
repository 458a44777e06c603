package io.jenkins.plugins.nova.telemetry;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import hudson.ExtensionList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.After;
import org.junit.Test;

/** Listeners that fail, and that do not return. */
public class DrainListenersTest {

    private static final ClosedHost EVENT =
            new ClosedHost(new Origin("lab", "nodeEvacuate", "job", 1), "compute1", Instant.EPOCH);

    private final List<AutoCloseable> open = new ArrayList<>();

    @After
    public void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private void add(DrainListener listener) {
        ExtensionList.lookup(DrainListener.class).add(listener);
        open.add(() -> ExtensionList.lookup(DrainListener.class).remove(listener));
    }

    /** Each is of a class of its own, as every extension is. */
    @Test
    public void oneThatFailsKeepsNoOtherFromBeingToldAndIsWarnedOfOnce() {
        List<Throwable> failures = List.of(
                new IllegalStateException("no registry"),
                new NoClassDefFoundError("com/codahale/metrics/Timer"),
                new AssertionError("missing"));
        add(new DrainListener() {
            @Override
            public void hostClosed(ClosedHost closed) {
                throw (RuntimeException) failures.get(0);
            }
        });
        add(new DrainListener() {
            @Override
            public void hostClosed(ClosedHost closed) {
                throw (Error) failures.get(1);
            }
        });
        add(new DrainListener() {
            @Override
            public void hostClosed(ClosedHost closed) {
                throw (Error) failures.get(2);
            }
        });
        Heard heard = Heard.begin();
        open.add(heard);
        try (Recorder log = new Recorder(DrainListeners.class.getName())) {
            DrainListeners.tell(List.of(EVENT));
            assertEquals(List.of("closed compute1"), heard.told());
            int first = log.of(Level.WARNING).size();
            DrainListeners.tell(List.of(EVENT, EVENT));
            assertEquals(3, heard.told().size());
            assertEquals(log.messages().toString(), 3, first);
            assertEquals("once each", first, log.of(Level.WARNING).size());
            for (int i = 0; i < failures.size(); i++) {
                assertSame(failures.get(i), log.of(Level.WARNING).get(i).getThrown());
            }
            assertTrue("later ones can be looked for", log.of(Level.FINE).size() >= 6);
        }
    }

    @Test
    public void oneThatHangsHoldsUpNobodyWhoTells() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        open.add(goesOn::countDown);
        List<ClosedHost> came = Collections.synchronizedList(new ArrayList<>());
        add(new DrainListener() {
            @Override
            public void hostClosed(ClosedHost closed) {
                came.add(closed);
                hangs.countDown();
                try {
                    assertTrue(goesOn.await(60, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        DrainListeners.tell(List.of(EVENT));
        assertTrue(hangs.await(30, TimeUnit.SECONDS));
        try (Recorder log = new Recorder(DrainListeners.class.getName())) {
            DrainListeners.tell(Collections.nCopies(DrainListeners.WAITING, EVENT));
            assertEquals(List.of(), log.messages());
            DrainListeners.tell(List.of(EVENT, EVENT));
            assertEquals(1, log.of(Level.WARNING).size());
            assertTrue(log.messages().get(0), log.messages().get(0).contains("a listener that does not return"));
        }
        goesOn.countDown();
        Heard heard = Heard.begin();
        open.add(heard);
        // the queue is full until the thread has taken the next one
        Awaitility.await().until(() -> came.size() > 1);
        heard.events();
        assertEquals("the last two were lost", DrainListeners.WAITING + 1, came.size() - 1);
    }
}
