package io.jenkins.plugins.nova.fire;

import java.util.ArrayList;
import java.util.List;

/** Many {@link OwnersRun}s. */
final class OwnersTable {

    private final List<String> wrong = new ArrayList<>();
    private int runs;
    private int violations;

    /** Runs so many seeds from the first. */
    void run(long first, int count) {
        for (long seed = first; seed < first + count; seed++) {
            runs++;
            List<String> violated = attempt(seed);
            if (!violated.isEmpty()) {
                violations += violated.size();
                wrong.add("OWNERS seed " + seed + " (replay: mvn -q -Pfire verify -Dfire.seed=" + seed + "): "
                        + violated);
            }
        }
    }

    private static List<String> attempt(long seed) {
        try {
            return new OwnersRun(seed).violations();
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
