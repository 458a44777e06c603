package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.cloud.CloudSessions;
import io.jenkins.plugins.nova.drain.observe.HostList;
import io.jenkins.plugins.nova.step.controller.RunHolders;
import io.jenkins.plugins.nova.step.form.CloudStepDescriptor;
import io.jenkins.plugins.nova.step.form.FieldRemarks;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code hosts aggregate: 'rack7'}: reads the compute hosts of an aggregate, of an availability zone, or of the cloud.
 *
 * <p>Returns a list with a map for each host; see {@link HostList#of}.
 */
public final class HostsStep extends CloudStep {

    static final String NAME = "hosts";

    private String aggregate;
    private String zone;

    /** Called for each call of the step; both parameters may be left out. */
    @DataBoundConstructor
    public HostsStep() {}

    /** The aggregate whose hosts are meant; null for any. */
    public String getAggregate() {
        return aggregate;
    }

    @DataBoundSetter
    public void setAggregate(String aggregate) {
        this.aggregate = Util.fixEmpty(aggregate);
    }

    /** The availability zone whose hosts are meant; null for any. */
    public String getZone() {
        return zone;
    }

    @DataBoundSetter
    public void setZone(String zone) {
        this.zone = Util.fixEmpty(zone);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new Execution(context, BoundCloud.of(context, this), aggregate, zone);
    }

    /** Asks the cloud, not on the thread that runs the Pipeline; after a restart once more, for it changes nothing. */
    static final class Execution extends GeneralNonBlockingStepExecution {

        private static final long serialVersionUID = 1L;

        private final BoundCloud bound;
        private final String aggregate;
        private final String zone;

        Execution(StepContext context, BoundCloud bound, String aggregate, String zone) {
            super(context);
            this.bound = bound;
            this.aggregate = aggregate;
            this.zone = zone;
        }

        @Override
        public boolean start() {
            run(this::read);
            return false;
        }

        @Override
        public void onResume() {
            run(this::read);
        }

        private void read() throws IOException, InterruptedException {
            try {
                Run<?, ?> build = getContext().get(Run.class);
                List<Map<String, Object>> hosts = HostList.of(
                        CloudSessions.open(build, bound.cloud(), bound.credentialsId()),
                        aggregate,
                        zone,
                        new RunHolders(build));
                PrintStream console = getContext().get(TaskListener.class).getLogger();
                HostList.table(hosts).forEach(line -> console.println("[" + NAME + "] " + line));
                getContext().onSuccess(hosts);
            } catch (IllegalArgumentException | NovaException e) {
                // not told by ourselves: after an abort there is nobody to tell
                throw new AbortException(NAME + ": " + e.getMessage());
            }
        }
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends CloudStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.HostsStep_DisplayName());
        }

        /** The name of an aggregate. */
        @POST
        public FormValidation doCheckAggregate(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.exact(item, value);
        }

        /** The name of a zone. */
        @POST
        public FormValidation doCheckZone(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.exact(item, value);
        }
    }
}
