package io.jenkins.plugins.nova.step;

import hudson.Extension;
import io.jenkins.plugins.nova.plan.Route;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code confirmResize server: 'web1'}: confirms servers in VERIFY_RESIZE; {@code confirmResize host: 'compute1'}: all that left
 * that host and wait.
 *
 * <p>Returns a list with a map for each server: id, name, action, from, to, outcome, reason, hint, seconds.
 */
public final class ConfirmResizeStep extends SettleStep {

    static final String NAME = "confirmResize";

    /**
     * @param server one server or a list of them, by id or exact name; null when a host is given
     */
    @DataBoundConstructor
    public ConfirmResizeStep(Object server) {
        super(server);
    }

    @Override
    String name() {
        return NAME;
    }

    @Override
    Route route() {
        return Route.CONFIRM;
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends NovaStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.ConfirmResizeStep_DisplayName());
        }

        @Override
        String serverStatus() {
            return "VERIFY_RESIZE";
        }
    }
}
