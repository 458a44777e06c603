package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.argument.OrderBuilder;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What the two answers to VERIFY_RESIZE, confirmResize and revertResize, have in common: servers that are named, or the
 * residue of a host.
 */
public abstract class SettleStep extends NovaStep {

    private Object server;
    private String host;
    private Object approve;
    private boolean unproven;

    /** One server or a list of them; null when a host is given. */
    public final Object getServer() {
        return server;
    }

    /**
     * Sets one server or a list of them, by id or exact name; null when a host is given. Not in the constructor: Declarative
     * Pipeline refuses a step without a parameter that is there (ModelValidatorImpl, DescribableParameter.isRequired).
     */
    @DataBoundSetter
    public final void setServer(Object server) {
        this.server = server;
    }

    /** Takes all servers that left this host and wait in VERIFY_RESIZE; null when servers are given. */
    public final String getHost() {
        return host;
    }

    @DataBoundSetter
    public final void setHost(String host) {
        this.host = Util.fixEmpty(host);
    }

    /** Servers (ids or names, one or a list; true for all) whose owners' resizes are settled as well; null for none. */
    public final Object getApprove() {
        return approve;
    }

    @DataBoundSetter
    public final void setApprove(Object approve) {
        this.approve = approve;
    }

    /** Whether the servers of a host that can be seen to wait are taken as all though nobody could prove it. */
    public final boolean isUnproven() {
        return unproven;
    }

    @DataBoundSetter
    public final void setUnproven(boolean unproven) {
        this.unproven = unproven;
    }

    /** The step's name in a Pipeline. */
    abstract String name();

    /** {@link Route#CONFIRM} or {@link Route#REVERT}. */
    abstract Route route();

    /** Whether servers of every host are meant where neither servers nor a host are named. */
    boolean ofAllHosts() {
        return false;
    }

    /** An order with what both answers have in common. */
    final OrderBuilder settling(String by) throws AbortException {
        List<String> servers = Arguments.names("server", server);
        String source = Arguments.optionalHost("host", host);
        if (servers.isEmpty() && source == null && ofAllHosts()) {
            return answering(by).servers(route(), servers);
        }
        if (servers.isEmpty() == (source == null)) {
            throw new AbortException(name()
                    + ": give either server (one or a list of ids or names) or host (whose residue is to be settled)"
                    + (source == null ? "; neither was given." : "; both were given."));
        }
        return answering(by).servers(route(), servers).residueOf(source);
    }

    private OrderBuilder answering(String by) throws AbortException {
        return common(by).approve(Arguments.namesOrAll("approve", approve)).unproven(unproven);
    }

    @Override
    DrainOrder order(String by) throws AbortException {
        return settling(by).build();
    }

    /** Settles the servers. Each step has a class of its own for it, by whose name running builds have saved it. */
    abstract static class SettleExecution extends DrainExecution {
        private static final long serialVersionUID = 1L;

        SettleExecution(StepContext context, SettleStep step, DrainOrder order) throws AbortException {
            super(context, step.name(), step, order);
        }

        @Override
        final Object result(DrainState last) {
            return StepResult.of(last);
        }
    }
}
