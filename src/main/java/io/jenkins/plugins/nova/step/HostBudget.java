package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.form.FieldRemarks;
import io.jenkins.plugins.nova.step.form.NovaStepDescriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code budget(maxAway: 2, minFree: 1, aggregate: 'rack7')}: how many hosts of a site may be away at a time. */
public final class HostBudget implements Describable<HostBudget> {

    private int maxAway;
    private int minFree;
    private String aggregate;

    /** Called for each budget. */
    @DataBoundConstructor
    public HostBudget() {}

    /** How many hosts of the site may be disabled or down, the one to be emptied included; 0 for any number. */
    public int getMaxAway() {
        return maxAway;
    }

    @DataBoundSetter
    public void setMaxAway(int maxAway) {
        this.maxAway = maxAway;
    }

    /** How many other hosts of the site must be up, enabled and without a server; 0 for none. */
    public int getMinFree() {
        return minFree;
    }

    @DataBoundSetter
    public void setMinFree(int minFree) {
        this.minFree = minFree;
    }

    /** The aggregate that is the site; null for the host's availability zone. */
    public String getAggregate() {
        return aggregate;
    }

    @DataBoundSetter
    public void setAggregate(String aggregate) {
        this.aggregate = Util.fixEmpty(aggregate);
    }

    /**
     * @throws AbortException for a bad value, naming the parameter, its value and the way out
     */
    Budget limits() throws AbortException {
        Arguments.check("budget.maxAway", maxAway >= 0, maxAway, "give a whole number from 1 on, or 0 for no limit");
        Arguments.check("budget.minFree", minFree >= 0, minFree, "give a whole number, or 0 for none");
        Arguments.check(
                "budget.aggregate",
                aggregate == null || maxAway > 0 || minFree > 0,
                aggregate,
                "it says where maxAway and minFree count, and neither is given");
        return new Budget(maxAway, minFree, aggregate);
    }

    /** Describes the group to Jenkins. */
    @Extension
    @Symbol("budget")
    public static final class DescriptorImpl extends Descriptor<HostBudget> {
        @Override
        public String getDisplayName() {
            return Messages.HostBudget_DisplayName();
        }

        /** Hosts, or 0. */
        @POST
        public FormValidation doCheckMaxAway(@AncestorInPath Item item, @QueryParameter String value) {
            return number(item, value);
        }

        /** Hosts, or 0. */
        @POST
        public FormValidation doCheckMinFree(@AncestorInPath Item item, @QueryParameter String value) {
            return number(item, value);
        }

        /** The name of an aggregate. */
        @POST
        public FormValidation doCheckAggregate(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.exact(item, value);
        }

        private static FormValidation number(Item item, String value) {
            return NovaStepDescriptor.isChecked(item, value)
                    ? FormValidation.validateNonNegativeInteger(value)
                    : FormValidation.ok();
        }
    }
}
