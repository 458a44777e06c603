package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.OnAbort;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.form.NovaStepDescriptor;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code liveMigrate server: 'web1'}: moves one server, or several, without stopping them.
 *
 * <p>Returns the map of {@link StepResult#of}.
 */
public final class LiveMigrateStep extends MovingStep {

    static final String NAME = "liveMigrate";

    private final Object server;
    private Object blockMigration = "auto";
    private String onTimeout = "abort";
    private String onAbort = "leave";

    /**
     * @param server one server or a list of them, by id or exact name
     */
    @DataBoundConstructor
    public LiveMigrateStep(Object server) {
        this.server = server;
    }

    public Object getServer() {
        return server;
    }

    /** {@code 'auto'}, true or false, as Nova's os-migrateLive has it. */
    public Object getBlockMigration() {
        return blockMigration;
    }

    @DataBoundSetter
    public void setBlockMigration(Object blockMigration) {
        this.blockMigration = blockMigration;
    }

    /** What to do with a live migration over its time: abort, forceComplete, coldMigrate, leave. */
    public String getOnTimeout() {
        return onTimeout;
    }

    @DataBoundSetter
    public void setOnTimeout(String onTimeout) {
        this.onTimeout = onTimeout;
    }

    /** What to do with moves under way when the build is aborted: leave, abort. */
    public String getOnAbort() {
        return onAbort;
    }

    @DataBoundSetter
    public void setOnAbort(String onAbort) {
        this.onAbort = onAbort;
    }

    @Override
    DrainOrder order(String by) throws AbortException {
        List<String> servers = Arguments.names("server", server);
        Arguments.check(
                "server", !servers.isEmpty(), server, "give one server, or a list of them, by id or exact name");
        return moving(by)
                .servers(Route.LIVE, servers)
                .blockMigration(Arguments.blockMigration(blockMigration))
                .onTimeout(Arguments.choice("onTimeout", onTimeout, OnTimeout.class))
                .onAbort(Arguments.choice("onAbort", onAbort, OnAbort.class))
                .build();
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        return new Execution(context, this, order);
    }

    /** Runs the moves. */
    static final class Execution extends DrainExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context, LiveMigrateStep step, DrainOrder order) throws AbortException {
            super(context, NAME, step, order);
        }

        @Override
        Object result(DrainState last) {
            return StepResult.of(last);
        }
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends NovaStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.LiveMigrateStep_DisplayName(), Target.SERVER);
        }

        /** How the disks of a live migration are treated. */
        @POST
        public ListBoxModel doFillBlockMigrationItems(@AncestorInPath Item item) {
            return blockMigrations(item);
        }

        /** What becomes of a live migration over its time. */
        @POST
        public ListBoxModel doFillOnTimeoutItems(@AncestorInPath Item item) {
            return timeouts(item);
        }

        /** What becomes of moves under way when the build is aborted. */
        @POST
        public ListBoxModel doFillOnAbortItems(@AncestorInPath Item item) {
            return aborts(item);
        }
    }
}
