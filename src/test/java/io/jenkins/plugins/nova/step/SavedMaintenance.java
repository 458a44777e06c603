package io.jenkins.plugins.nova.step;

import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.Locale;

/** A part of nodeMaintenance, of which an execution is kept as an earlier version of the plugin serialised it. */
enum SavedMaintenance {
    DRAIN,
    BODY,
    AFTER,
    HOME;

    private static final Duration BOUND = Duration.ofSeconds(60);

    /** Runs the maintenance of a {@link SavedStep#cloud} until it is in this part and that is saved, then no further. */
    RunningStep begin(SimulatedCloud cloud, StepRunner runner, HandBlock block) throws Exception {
        NodeMaintenanceStep step = new NodeMaintenanceStep("compute1");
        step.setConfirm("auto");
        step.setBringHome(true);
        RunningStep running = runner.start(step, block);
        if (this == DRAIN) {
            running.awaitConsole("live migration taken by Nova", BOUND);
        } else {
            block.awaitBegin(BOUND);
            running.execution();
        }
        if (this == AFTER) {
            cloud.kill("compute1");
            block.end();
            running.awaitConsole("Waiting for its nova-compute to report", BOUND);
        } else if (this == HOME) {
            block.end();
            running.awaitConsole("Coming home: 2 servers", BOUND);
            running.awaitConsole("slow1: live migration to compute1 taken by Nova", BOUND);
        }
        suspend(running);
        return running;
    }

    /** Does nothing more in this process. */
    static void suspend(RunningStep running) throws InterruptedException {
        ((MaintenanceExecution) running.execution()).suspend();
    }

    /** What happens while the controller is away: the samples are older than anything that a step waits for. */
    void meanwhile(SimulatedCloud cloud, DrivenTime time) {
        // Nova's records of the moves come a moment after its 202
        time.until(() -> cloud.migrations().size() >= (this == HOME ? 4 : 2));
        if (this == AFTER) {
            cloud.restart("compute1");
            time.advance(Duration.ofMinutes(1));
        }
    }

    /** What somebody does once the controller is up again. */
    void goOn(HandBlock block) throws InterruptedException {
        if (this == DRAIN) {
            block.awaitBegin(BOUND);
        }
        if (this == DRAIN || this == BODY) {
            block.end();
        }
    }

    /** The name of its sample. */
    String file() {
        return "node-maintenance-" + name().toLowerCase(Locale.ROOT) + ".ser";
    }
}
