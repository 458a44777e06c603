package io.jenkins.plugins.nova.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A host's link: what is copied out of the host shares it equally at each moment. What one copy cannot take, since it is
 * slower itself, the others have.
 */
final class Link {

    /** Something that is copied. */
    interface Copy {
        /** How many MiB a second it takes at most; infinite when only the link bounds it. */
        double fastest();

        /** Copies for so long at so many MiB a second; whether that was the last of it. */
        boolean copy(double seconds, double mibPerSecond);

        /** After how many seconds at this rate it wants to be copied on at the latest; infinite for never. */
        double patience(double mibPerSecond);
    }

    private final VirtualTime time;
    private final Map<Copy, Runnable> copies = new LinkedHashMap<>();
    private double mibPerSecond;
    private Instant copied;
    /** Which of the planned looks is the valid one. */
    private long plan;

    /** @param mibPerSecond what it carries; 0 for a dead one */
    Link(VirtualTime time, double mibPerSecond) {
        this.time = time;
        this.mibPerSecond = mibPerSecond;
        this.copied = time.now();
    }

    /** Carries so much from now on. */
    void carry(double newMibPerSecond) {
        after(() -> mibPerSecond = newMibPerSecond);
    }

    /** Begins a copy; {@code done} is called once, when the last of it was copied. */
    void begin(Copy copy, Runnable done) {
        after(() -> copies.put(copy, done));
    }

    /** Gives a copy up, if it is under way. */
    void end(Copy copy) {
        if (copies.containsKey(copy)) {
            after(() -> copies.remove(copy));
        }
    }

    /** Gives up all copies. */
    void endAll() {
        after(copies::clear);
    }

    /** Copies up to now at the rates that were, then makes a change, and plans the next look at the rates that are. */
    private void after(Runnable change) {
        Instant now = time.now();
        double seconds = Duration.between(copied, now).toNanos() / 1e9;
        copied = now;
        List<Runnable> ended = new ArrayList<>();
        rates().forEach((copy, rate) -> {
            if (copy.copy(seconds, rate)) {
                ended.add(copies.remove(copy));
            }
        });
        change.run();
        long valid = ++plan;
        double next = rates().entrySet().stream()
                .mapToDouble(each -> each.getKey().patience(each.getValue()))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        if (next < Double.POSITIVE_INFINITY) {
            // a nanosecond more, for time is cut to whole ones: nothing is left then of what ends
            time.after(next + 1e-9, () -> {
                if (valid == plan) {
                    after(() -> {});
                }
            });
        }
        ended.forEach(Runnable::run);
    }

    /** Shares the link: the slowest first, so that what they leave is there for those that can take it. */
    private Map<Copy, Double> rates() {
        Map<Copy, Double> rates = new IdentityHashMap<>();
        List<Copy> slowestFirst = copies.keySet().stream()
                .sorted(Comparator.comparingDouble(Copy::fastest))
                .toList();
        double left = mibPerSecond;
        int sharers = slowestFirst.size();
        for (Copy copy : slowestFirst) {
            double rate = Math.min(copy.fastest(), left / sharers--);
            left -= rate;
            rates.put(copy, rate);
        }
        Map<Copy, Double> inOrder = new LinkedHashMap<>();
        copies.keySet().forEach(copy -> inOrder.put(copy, rates.get(copy)));
        return inOrder;
    }
}
