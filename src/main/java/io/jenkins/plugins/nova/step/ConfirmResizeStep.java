package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Result;
import io.jenkins.plugins.nova.plan.Route;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code confirmResize server: 'web1'}: confirms servers in VERIFY_RESIZE; {@code confirmResize host: 'compute1'}: all that left
 * that host and wait.
 *
 * <p>Returns a list with a map for each server: id, name, action, from, to, outcome, reason, hint, seconds.
 */
public final class ConfirmResizeStep extends NovaStep {

    static final String NAME = "confirmResize";

    private final Object server;
    private String host;

    /**
     * @param server one server or a list of them, by id or exact name; null when a host is given
     */
    @DataBoundConstructor
    public ConfirmResizeStep(Object server) {
        this.server = server;
    }

    public Object getServer() {
        return server;
    }

    /** Takes all servers that left this host and wait in VERIFY_RESIZE; null when servers are given. */
    public String getHost() {
        return host;
    }

    @DataBoundSetter
    public void setHost(String host) {
        this.host = Util.fixEmpty(host);
    }

    @Override
    DrainOrder order(String by) throws AbortException {
        List<String> servers = Arguments.names("server", server);
        String source = Arguments.optionalHost("host", host);
        if (servers.isEmpty() == (source == null)) {
            throw new AbortException(
                    "confirmResize: give either server (one or a list of ids or names) or host (whose residue is to be"
                            + " settled)" + (source == null ? "; neither was given." : "; both were given."));
        }
        return common(by).servers(Route.CONFIRM, servers).residueOf(source).build();
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        return new Execution(context, this, order);
    }

    /** Runs the moves. */
    static final class Execution extends DrainExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context, ConfirmResizeStep step, DrainOrder order) throws AbortException {
            super(context, NAME, step, order);
        }

        @Override
        Object result(DrainState last) {
            return Result.ofServers(last);
        }
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends NovaStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.ConfirmResizeStep_DisplayName());
        }
    }
}
