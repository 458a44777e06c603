package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.Confirm;
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
 * {@code coldMigrate server: 'web1'}: moves one server, or several, by shutting them down, copying and starting them again.
 * With {@code confirm: 'manual'} they end in VERIFY_RESIZE, for confirmResize or revertResize.
 *
 * <p>Returns the map of {@link StepResult#of}.
 */
public final class ColdMigrateStep extends MovingStep {

    static final String NAME = "coldMigrate";

    private final Object server;
    private String confirm = "manual";

    /**
     * @param server one server or a list of them, by id or exact name
     */
    @DataBoundConstructor
    public ColdMigrateStep(Object server) {
        this.server = server;
    }

    public Object getServer() {
        return server;
    }

    /** Who confirms: manual (a later confirmResize), auto. */
    public String getConfirm() {
        return confirm;
    }

    @DataBoundSetter
    public void setConfirm(String confirm) {
        this.confirm = confirm;
    }

    @Override
    DrainOrder order(String by) throws AbortException {
        List<String> servers = Arguments.names("server", server);
        Arguments.check(
                "server", !servers.isEmpty(), server, "give one server, or a list of them, by id or exact name");
        return moving(by)
                .servers(Route.COLD, servers)
                .confirm(Arguments.choice("confirm", confirm, Confirm.class))
                .build();
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        return new Execution(context, this, order);
    }

    /** Runs the moves. */
    static final class Execution extends DrainExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context, ColdMigrateStep step, DrainOrder order) throws AbortException {
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
            super(NAME, Messages.ColdMigrateStep_DisplayName(), Target.SERVER);
        }

        /** Who confirms cold migrations. */
        @POST
        public ListBoxModel doFillConfirmItems(@AncestorInPath Item item) {
            return confirmations(item);
        }
    }
}
