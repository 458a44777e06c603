package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Described;
import io.jenkins.plugins.nova.rehearsal.engine.Engine;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.util.List;

/** The setting {@code durabilityHint}: when a controller saves the program. */
public final class Durability {
    private static final List<String> HINTS =
            List.of("MAX_SURVIVABILITY", "SURVIVABLE_NONATOMIC", "PERFORMANCE_OPTIMIZED");

    private Durability() {}

    /**
     * Takes it over. On a controller it is a setting of the job, which counts from the next build on; here from now on.
     *
     * @throws IllegalArgumentException if there is no such hint
     */
    public static void set(Engine engine, Build build, Surroundings around, Described setting) {
        String hint = setting.text("hint") == null ? setting.text("value") : setting.text("hint");
        if (!HINTS.contains(hint)) {
            throw new IllegalArgumentException("durabilityHint must be one of " + HINTS + ", not '" + hint + "'");
        }
        boolean every = !hint.equals("PERFORMANCE_OPTIMIZED");
        engine.savesAtEveryStep(every);
        build.console()
                .note(
                        around,
                        "durabilityHint " + hint + ": the program is saved "
                                + (every ? "at each step that waits" : "only where a step asks for it"));
    }
}
