package io.jenkins.plugins.nova.step;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.ManualExecutor;
import io.jenkins.plugins.nova.step.controller.DrainThreads;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Has the drains of this JVM go by a driven time, once it is told to; until then by the real one. */
@Extension(ordinal = -0.5)
public final class DrivenThreads extends DrainThreads {

    private ManualExecutor driven;

    /** From now on all drains of this JVM tick on this one. */
    public static void drive(ManualExecutor executor) {
        ExtensionList.lookupSingleton(DrivenThreads.class).driven = executor;
    }

    /** How far the drain of a step is. */
    public static DrainState state(StepExecution execution) {
        return ((DrainExecution) execution).state();
    }

    @Override
    protected ScheduledExecutorService executor(String cloud) {
        return driven == null ? super.executor(cloud) : driven;
    }

    @Override
    protected ScheduledExecutorService watching() {
        return driven == null ? super.watching() : driven;
    }

    @Override
    protected Executor calls(String agent) {
        return driven == null ? super.calls(agent) : driven;
    }

    @Override
    protected Clock time() {
        return driven == null ? super.time() : driven.clock();
    }
}
