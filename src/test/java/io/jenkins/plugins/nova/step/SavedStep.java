package io.jenkins.plugins.nova.step;

import io.jenkins.plugins.nova.rehearsal.Settle;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.Step;

/** A step in the middle of its work, of which an execution is kept as an earlier version of the plugin serialised it. */
enum SavedStep {
    NODE_EVACUATE(SavedStep::evacuate, "live migration taken by Nova", "off1 CONFIRMED", "slow1 MOVED"),
    LIVE_MIGRATE(() -> new LiveMigrateStep("slow1"), "live migration taken by Nova", "slow1 MOVED"),
    COLD_MIGRATE(() -> new ColdMigrateStep("off1"), "cold migration taken by Nova", "off1 AWAITING_CONFIRM"),
    CONFIRM_RESIZE(() -> Settle.confirm("off1"), "taken by Nova", "off1 CONFIRMED"),
    REVERT_RESIZE(() -> Settle.revert("off1"), "taken by Nova", "off1 REVERTED");

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Supplier<Step> step;
    private final String line;
    private final List<String> outcomes;

    /**
     * @param line what the console says when it is in the middle
     * @param outcomes how its servers end
     */
    SavedStep(Supplier<Step> step, String line, String... outcomes) {
        this.step = step;
        this.line = line;
        this.outcomes = List.of(outcomes);
    }

    /** How its servers end: names with outcomes, sorted. */
    List<String> outcomes() {
        return outcomes;
    }

    private static Step evacuate() {
        NodeEvacuateStep step = new NodeEvacuateStep("compute1");
        step.setConfirm("auto");
        return step;
    }

    /** The cloud before any of them. */
    static SimulatedCloud cloud() {
        return SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("slow1", s -> s.behaviour(b -> b.liveSeconds(30)))
                .server("off1", s -> s.status("SHUTOFF").behaviour(b -> b.coldSeconds(30)))
                .start();
    }

    /** Runs it until it is in the middle of its work and that is saved, then no further. */
    RunningStep begin(SimulatedCloud cloud, StepRunner runner) throws Exception {
        boolean settles = this == CONFIRM_RESIZE || this == REVERT_RESIZE;
        if (settles) {
            cloud.behaviour("off1").coldSeconds(1);
            runner.start(new ColdMigrateStep("off1")).value(BOUND);
        }
        RunningStep running = runner.start(step.get());
        running.awaitConsole(line, BOUND);
        ((DrainExecution) running.execution()).suspend();
        return running;
    }

    /** The name of its sample. */
    String file() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".ser";
    }
}
