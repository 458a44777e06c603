package io.jenkins.plugins.nova.fire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Many {@link OwnersRun}s. */
final class OwnersTable {

    private final LongFunction<List<String>> violationsOf;
    private final List<String> wrong = new ArrayList<>();
    private int runs;
    private int violations;

    OwnersTable() {
        this(seed -> new OwnersRun(seed).violations());
    }

    /**
     * @param violationsOf runs a seed, and gives what was violated
     */
    OwnersTable(LongFunction<List<String>> violationsOf) {
        this.violationsOf = violationsOf;
    }

    /** Runs so many seeds from the first. */
    void run(long first, int count) {
        List<Long> seeds = LongStream.range(first, first + count).boxed().toList();
        List<List<String>> violated = Lanes.each(seeds, this::attempt);
        runs += count;
        for (int i = 0; i < count; i++) {
            if (!violated.get(i).isEmpty()) {
                violations += violated.get(i).size();
                wrong.add("OWNERS seed " + seeds.get(i) + " (replay: mvn -q -Pfire verify -Dfire.seed=" + seeds.get(i)
                        + "): " + violated.get(i));
            }
        }
    }

    private List<String> attempt(long seed) {
        try {
            return violationsOf.apply(seed);
        } catch (AssertionError broken) {
            return List.of(broken + (broken.getCause() == null ? "" : ": " + broken.getCause()));
        }
    }

    /** What was wrong, in words; empty when nothing was. */
    List<String> wrong() {
        return wrong;
    }

    String line() {
        return "owners runs=" + runs + " violations=" + violations;
    }
}
