package io.jenkins.plugins.nova.drain.run;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Test;

/** Calls side by side: their order, their failures, and what an interrupt does. */
public class SideBySideTest {

    private static final int BOUND = 30;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @After
    public void end() {
        threads.shutdownNow();
    }

    private static List<Supplier<Integer>> calls(int count, Supplier<Integer> each) {
        return IntStream.range(0, count).mapToObj(i -> each).toList();
    }

    /** A call that waits until it is interrupted, as one of a cloud that does not answer; true if it was. */
    private static boolean hangs(CountDownLatch begun) {
        begun.countDown();
        try {
            return new CountDownLatch(1).await(BOUND, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Test
    public void resultsComeInTheOrderOfTheCalls() {
        List<Supplier<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            calls.add(() -> number);
        }
        assertEquals(IntStream.range(0, 100).boxed().toList(), new SideBySide(threads).all(calls));
        assertEquals(List.of(), new SideBySide(threads).all(List.<Supplier<Integer>>of()));
    }

    @Test
    public void sixAreMadeAtATimeAndNoMore() throws Exception {
        CountDownLatch all = new CountDownLatch(6);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> together = new SideBySide(threads).all(calls(12, () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            all.countDown();
            try {
                assertTrue(all.await(BOUND, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return now.decrementAndGet();
        }));
        assertEquals(12, together.size());
        assertEquals(6, most.get());
    }

    @Test
    public void theCallerMakesThemAllWhereNoThreadIsFree() {
        List<Runnable> later = new ArrayList<>();
        Thread caller = Thread.currentThread();
        List<Thread> by = new SideBySide(later::add)
                .all(IntStream.range(0, 9)
                        .<Supplier<Thread>>mapToObj(i -> Thread::currentThread)
                        .toList());
        by.forEach(thread -> assertSame(caller, thread));
        later.forEach(Runnable::run); // too late: nothing is made twice, and nobody waits
        assertEquals(5, later.size());
    }

    @Test
    public void theFirstFailureInOrderIsThrownAndNothingIsBegunAfterIt() {
        AtomicInteger made = new AtomicInteger();
        List<Supplier<Integer>> calls = new ArrayList<>(calls(3, made::incrementAndGet));
        calls.add(() -> {
            throw new IllegalArgumentException("fourth");
        });
        calls.addAll(calls(50, made::incrementAndGet));
        List<Runnable> never = new ArrayList<>();
        String message = assertThrows(IllegalArgumentException.class, () -> new SideBySide(never::add).all(calls))
                .getMessage();
        assertEquals("fourth", message);
        assertEquals(3, made.get());
    }

    @Test
    public void anErrorIsThrownAsItIs() {
        assertThrows(
                AssertionError.class,
                () -> new SideBySide(threads).all(calls(8, () -> {
                    throw new AssertionError("a bug");
                })));
    }

    /** As an abort does it: whatever call of the six the cloud does not answer. */
    @Test
    public void anInterruptOfTheCallerReachesEveryCallAndStays() throws Exception {
        CountDownLatch begun = new CountDownLatch(6);
        AtomicInteger interrupted = new AtomicInteger();
        List<Thread> caller = new ArrayList<>();
        CountDownLatch ready = new CountDownLatch(1);
        Future<Boolean> flag = threads.submit(() -> {
            caller.add(Thread.currentThread());
            ready.countDown();
            new SideBySide(threads)
                    .all(calls(9, () -> hangs(begun) ? interrupted.incrementAndGet() : interrupted.get()));
            return Thread.currentThread().isInterrupted();
        });
        assertTrue(ready.await(BOUND, TimeUnit.SECONDS));
        assertTrue(begun.await(BOUND, TimeUnit.SECONDS));
        caller.get(0).interrupt();
        assertTrue(flag.get(BOUND, TimeUnit.SECONDS));
        assertEquals(9, interrupted.get());
    }

    /** Or the next task on that thread would be cut short. */
    @Test
    public void aHelpersThreadIsNotLeftInterrupted() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch begun = new CountDownLatch(2);
            List<Thread> caller = new ArrayList<>();
            CountDownLatch ready = new CountDownLatch(1);
            Future<?> done = threads.submit(() -> {
                caller.add(Thread.currentThread());
                ready.countDown();
                new SideBySide(one).all(calls(2, () -> hangs(begun) ? 1 : 0));
            });
            assertTrue(ready.await(BOUND, TimeUnit.SECONDS));
            assertTrue(begun.await(BOUND, TimeUnit.SECONDS));
            caller.get(0).interrupt();
            done.get(BOUND, TimeUnit.SECONDS);
            assertFalse(one.submit(() -> Thread.currentThread().isInterrupted()).get(BOUND, TimeUnit.SECONDS));
        } finally {
            one.shutdownNow();
        }
    }
}
