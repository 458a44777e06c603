package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule.Demand;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.argument.WatchList;
import io.jenkins.plugins.nova.step.form.NovaStepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code confirmResize server: 'web1'}: confirms servers in VERIFY_RESIZE; {@code confirmResize host: 'compute1'}: all that left
 * that host and wait; {@code confirmResize olderThan: 24}: all cold migrations of the cloud that wait for at least a day.
 *
 * <p>Returns the map of {@link io.jenkins.plugins.nova.drain.tell.StepResult#of}; each server has {@code evidence} in it (summary, faults, guest, ranBefore, host, ports,
 * volumes, secondsSinceMove, console).
 */
public final class ConfirmResizeStep extends SettleStep {

    static final String NAME = "confirmResize";

    private static final int MOST_LINES = 1000;

    private String evidence = "require";
    private int consoleLines;
    private int olderThan;
    private Object watch;
    private String watchFrom;

    /** Called for each call of the step, which gives either servers or a host. */
    @DataBoundConstructor
    public ConfirmResizeStep() {}

    /** Whether bad evidence holds a confirm back: require, show, ignore. */
    public String getEvidence() {
        return evidence;
    }

    @DataBoundSetter
    public void setEvidence(String evidence) {
        this.evidence = evidence;
    }

    /** How many of the last lines of each guest's console are shown; 0 for none. */
    public int getConsoleLines() {
        return consoleLines;
    }

    @DataBoundSetter
    public void setConsoleLines(int consoleLines) {
        this.consoleLines = consoleLines;
    }

    /** Hours that a cold migration must have waited for its confirm; 0 for any. */
    public int getOlderThan() {
        return olderThan;
    }

    @DataBoundSetter
    public void setOlderThan(int olderThan) {
        this.olderThan = olderThan;
    }

    /** Where the guests of servers are to answer before they are confirmed, a map; or a text of the form; null for nobody. */
    public Object getWatch() {
        return watch;
    }

    /** An emptied field of the form is nobody. */
    @DataBoundSetter
    public void setWatch(Object watch) {
        this.watch = watch instanceof String text && text.isBlank() ? null : watch;
    }

    /** The agent that looks at guests, by its name; null for the controller. */
    public String getWatchFrom() {
        return watchFrom;
    }

    @DataBoundSetter
    public void setWatchFrom(String watchFrom) {
        this.watchFrom = Util.fixEmptyAndTrim(watchFrom);
    }

    @Override
    boolean ofAllHosts() {
        return olderThan > 0;
    }

    @Override
    DrainOrder order(String by) throws AbortException {
        Arguments.check(
                "consoleLines",
                consoleLines >= 0 && consoleLines <= MOST_LINES,
                consoleLines,
                "give 0 for none, or up to " + MOST_LINES + " lines");
        Arguments.check("olderThan", olderThan >= 0, olderThan, "give whole hours, or 0 for any");
        if (olderThan > 0 && !Arguments.names("server", getServer()).isEmpty()) {
            throw new AbortException(
                    "olderThan: is for what left a host, or for all hosts; leave it out where servers are" + " named.");
        }
        return settling(by)
                .olderThanHours(olderThan)
                .guests(WatchList.read(watch, watchFrom))
                .evidence(new EvidenceRule(Arguments.choice("evidence", evidence, Demand.class), consoleLines))
                .build();
    }

    @Override
    String name() {
        return NAME;
    }

    @Override
    Route route() {
        return Route.CONFIRM;
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        return new Execution(context, this, order);
    }

    /** Runs the step. */
    static final class Execution extends SettleExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context, ConfirmResizeStep step, DrainOrder order) throws AbortException {
            super(context, step, order);
        }
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends NovaStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.ConfirmResizeStep_DisplayName(), Target.HOST_OR_SERVERS);
        }

        @Override
        protected String serverStatus() {
            return "VERIFY_RESIZE";
        }

        /** What evidence is worth. */
        @POST
        public ListBoxModel doFillEvidenceItems(@AncestorInPath Item item) {
            return choices(
                    item,
                    "require",
                    "require: a server whose evidence is bad is not confirmed",
                    "show",
                    "show: it is shown, and confirmed all the same",
                    "ignore",
                    "ignore: nothing is looked at");
        }

        /** Hours, or 0. */
        @POST
        public FormValidation doCheckOlderThan(@AncestorInPath Item item, @QueryParameter String value) {
            return isChecked(item, value) ? FormValidation.validateNonNegativeInteger(value) : FormValidation.ok();
        }

        /** A number of lines, or 0. */
        @POST
        public FormValidation doCheckConsoleLines(@AncestorInPath Item item, @QueryParameter String value) {
            return isChecked(item, value)
                    ? FormValidation.validateIntegerInRange(value, 0, MOST_LINES)
                    : FormValidation.ok();
        }
    }
}
