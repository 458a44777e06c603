package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.PassingTime;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.rehearsal.jenkins.StepLab;
import java.io.File;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.Step;

/**
 * Runs single steps of the plugin without Groovy, for tests of their executions.
 *
 * <pre>{@code
 * try (StepRunner runner = new StepRunner(folder)) {
 *     RunningStep step = runner.start(new NodeEvacuateStep("compute1"));
 *     step.awaitConsole("cordoned", Duration.ofSeconds(10));
 *     step.crash();                                    // kill -9: only what was saved last is left; then onResume()
 *     Map<?, ?> result = (Map<?, ?>) step.value(Duration.ofSeconds(30));
 * }
 * }</pre>
 */
public final class StepRunner implements AutoCloseable {
    private final StepLab lab;

    /**
     * @param folder where the build's files go
     */
    public StepRunner(File folder) {
        this(folder, bytes -> {});
    }

    /**
     * @param folder where the build's files go
     * @param disk told of every state of a step that is saved, as the program's file would get it
     */
    public StepRunner(File folder, Consumer<byte[]> disk) {
        this(RehearsedRun.begin("maintenance", folder), disk);
    }

    private StepRunner(RehearsedRun run, Consumer<byte[]> disk) {
        lab = new StepLab(run, disk);
    }

    /** Has time pass in this way while a test waits for the steps that it starts from now on. It is closed with this. */
    public StepRunner in(PassingTime time) {
        lab.in(time);
        return this;
    }

    /** The job's next build. Time passes for its steps as it did for those of this. */
    public StepRunner nextBuild(File folder) {
        return new StepRunner(lab.run().next(folder), bytes -> {}).in(lab.handOver());
    }

    /** Build 1 of another job, at the same time. */
    public StepRunner otherJob(String job, File folder, PassingTime time) {
        return new StepRunner(RehearsedRun.begin(job, folder), bytes -> {}).in(time);
    }

    /** The build that the steps belong to. */
    public RehearsedRun run() {
        return lab.run();
    }

    /** Starts a step as Pipeline does, on the VM thread, and returns at once. */
    public RunningStep start(Step step) {
        return lab.start(step);
    }

    /**
     * Goes on, as a controller that has come up does, with a step that another process has saved: it is deserialised and told
     * {@link org.jenkinsci.plugins.workflow.steps.StepExecution#onResume}. The first of this runner is the other's first.
     */
    public RunningStep resume(byte[] saved) {
        return lab.resume(saved);
    }

    /** Starts a step with a block, which the test ends. */
    public RunningStep start(Step step, HandBlock block) {
        return lab.start(step, block);
    }

    @Override
    public void close() {
        lab.close();
    }
}
