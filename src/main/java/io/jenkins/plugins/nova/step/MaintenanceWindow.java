package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.plan.roll.Window;
import io.jenkins.plugins.nova.step.form.NovaStepDescriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code window(hours: '22:00-05:00', days: 'MON-FRI', zone: 'Europe/Berlin')}: when the hosts of a roll may be away. */
public final class MaintenanceWindow implements Describable<MaintenanceWindow> {

    private final String hours;
    private String days;
    private String zone;

    /**
     * @param hours when it opens and closes, such as {@code 22:00-05:00}
     */
    @DataBoundConstructor
    public MaintenanceWindow(String hours) {
        this.hours = hours;
    }

    /** When it opens and closes, such as {@code 22:00-05:00}. */
    public String getHours() {
        return hours;
    }

    /** The days on which it opens, such as {@code MON-FRI}; null for every day. */
    public String getDays() {
        return days;
    }

    @DataBoundSetter
    public void setDays(String days) {
        this.days = Util.fixEmptyAndTrim(days);
    }

    /** The time zone whose clock counts, such as {@code Europe/Berlin}; null for the controller's. */
    public String getZone() {
        return zone;
    }

    @DataBoundSetter
    public void setZone(String zone) {
        this.zone = Util.fixEmptyAndTrim(zone);
    }

    /**
     * @throws AbortException for a bad value, naming the parameter, its value and the way out
     */
    Window window() throws AbortException {
        try {
            return Window.of(hours, days, zone);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Describes the group to Jenkins. */
    @Extension
    @Symbol("window")
    public static final class DescriptorImpl extends Descriptor<MaintenanceWindow> {

        private static final String ANY_HOURS = "00:00-24:00";

        @Override
        public String getDisplayName() {
            return Messages.MaintenanceWindow_DisplayName();
        }

        /** Two times. */
        @POST
        public FormValidation doCheckHours(@AncestorInPath Item item, @QueryParameter String value) {
            return remark(item, value, value, null, null);
        }

        /** Days by name. */
        @POST
        public FormValidation doCheckDays(@AncestorInPath Item item, @QueryParameter String value) {
            return remark(item, value, ANY_HOURS, value, null);
        }

        /** A time zone. */
        @POST
        public FormValidation doCheckZone(@AncestorInPath Item item, @QueryParameter String value) {
            return remark(item, value, ANY_HOURS, null, value);
        }

        private static FormValidation remark(Item item, String value, String hours, String days, String zone) {
            if (!NovaStepDescriptor.isChecked(item, value)) {
                return FormValidation.ok();
            }
            try {
                Window.of(hours, days, zone);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
