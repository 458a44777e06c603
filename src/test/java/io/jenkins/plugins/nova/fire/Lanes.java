package io.jenkins.plugins.nova.fire;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Works at several things at once, as many as the machine has processors and one more, since each waits now and then. */
final class Lanes {

    static final int COUNT = Runtime.getRuntime().availableProcessors() + 1;

    private Lanes() {}

    /** Does some work for each; the results in the order of the items. What the work throws is thrown. */
    static <T, R> List<R> each(List<T> items, Function<T, R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(COUNT);
        try {
            List<Future<R>> futures = new ArrayList<>();
            items.forEach(item -> futures.add(pool.submit(() -> work.apply(item))));
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the fire broke", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Deals the items out to the lanes, one after the other. */
    static <T> List<List<T>> deal(List<T> items) {
        List<List<T>> hands = new ArrayList<>();
        for (int lane = 0; lane < Math.min(COUNT, items.size()); lane++) {
            List<T> hand = new ArrayList<>();
            for (int i = lane; i < items.size(); i += COUNT) {
                hand.add(items.get(i));
            }
            hands.add(hand);
        }
        return hands;
    }
}
