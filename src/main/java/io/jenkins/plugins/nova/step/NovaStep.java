package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.argument.OrderBuilder;
import io.jenkins.plugins.nova.step.controller.WatchingAgent;
import io.jenkins.plugins.nova.step.shown.JUnitFile;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps that move servers have in common. */
public abstract class NovaStep extends CloudStep {

    private Object concurrency = Arguments.AUTO;
    private int timeout;
    private boolean dryRun;
    private boolean failFast;
    private boolean propagate = true;
    private String junitReport;

    /** Moves under way at a time, a whole number, or {@code auto}; never null. */
    public final Object getConcurrency() {
        return concurrency;
    }

    /**
     * Sets how many moves are under way at a time: a whole number, also as a text, such as the form sends; null, or an empty
     * text, for {@code auto}.
     */
    @DataBoundSetter
    public final void setConcurrency(Object concurrency) {
        this.concurrency = Arguments.numberOrAuto(concurrency);
    }

    /** Minutes for the whole step; 0 for no limit. */
    public final int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public final void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    /** Whether to change nothing, and only say what would be done. */
    public final boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public final void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** Whether to start nothing more after the first server that cannot be moved. */
    public final boolean isFailFast() {
        return failFast;
    }

    @DataBoundSetter
    public final void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    /** Whether the step fails when not all went well; otherwise it returns its result all the same. */
    public final boolean isPropagate() {
        return propagate;
    }

    @DataBoundSetter
    public final void setPropagate(boolean propagate) {
        this.propagate = propagate;
    }

    /** The file in the workspace to which the result is written for the {@code junit} step; null for none. */
    public final String getJunitReport() {
        return junitReport;
    }

    @DataBoundSetter
    public final void setJunitReport(String junitReport) {
        this.junitReport = Util.fixEmptyAndTrim(junitReport);
    }

    @Override
    public final StepExecution start(StepContext context) throws Exception {
        Arguments.concurrency(concurrency);
        Arguments.check("timeout", timeout >= 0, timeout, "give whole minutes, or 0 for no limit");
        Arguments.check(
                "junitReport", junitReport == null || JUnitFile.isInside(junitReport), junitReport, JUnitFile.WAY_OUT);
        Arguments.check(
                "junitReport",
                junitReport == null || context.get(FilePath.class) != null,
                junitReport,
                "there is no workspace here to write it to: put the step into node { … }, or leave the parameter out");
        DrainOrder order = order(by(context));
        WatchingAgent.checkBuild(order.guests(), context.get(Run.class), !order.dryRun());
        return execution(context, order);
    }

    /** The name under which the cordon is known: the build's, such as {@code ops/host-maintenance#12}. */
    private static String by(StepContext context) throws IOException, InterruptedException {
        return context.get(Run.class).getExternalizableId();
    }

    /**
     * What the parameters ask for.
     *
     * @param by the build's name
     * @throws AbortException for a bad one, naming the parameter, its value and the way out
     */
    abstract DrainOrder order(String by) throws AbortException;

    abstract StepExecution execution(StepContext context, DrainOrder order) throws AbortException;

    /** An order with what all steps have in common. */
    final OrderBuilder common(String by) throws AbortException {
        return new OrderBuilder(by)
                .concurrency(Arguments.concurrency(concurrency))
                .timeoutMinutes(timeout)
                .dryRun(dryRun)
                .failFast(failFast);
    }
}
