package io.jenkins.plugins.nova.step;

import hudson.Extension;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.nova.cloud.CloudSessions;
import io.jenkins.plugins.nova.cloud.OpenStackVariables;
import io.jenkins.plugins.nova.step.form.CloudStepDescriptor;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code withOpenStack(cloud: 'lab') { … }}: the steps of this plugin in the block work on that cloud by that credential
 * unless they name others, and {@code sh 'openstack …'} finds it in OS_* variables, whose secrets the console shows as stars.
 *
 * <p>Returns what the block returns.
 */
public final class WithOpenStackStep extends CloudStep {

    static final String NAME = "withOpenStack";

    /** Called for each call of the step; both parameters may be left out. */
    @DataBoundConstructor
    public WithOpenStackStep() {}

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new Execution(context, BoundCloud.of(context, this));
    }

    /**
     * Looks the credential up and, on a node, writes the cloud's certificates to a file there: both may wait for somebody
     * else, so not on the thread that runs the Pipeline. After a restart the block goes on with what it was given.
     */
    static final class Execution extends GeneralNonBlockingStepExecution {

        private static final long serialVersionUID = 1L;

        private final BoundCloud bound;

        Execution(StepContext context, BoundCloud bound) {
            super(context);
            this.bound = bound;
        }

        @Override
        public boolean start() {
            run(this::runBlock);
            return false;
        }

        private void runBlock() throws IOException, InterruptedException {
            StepContext context = getContext();
            Run<?, ?> build = context.get(Run.class);
            TaskListener listener = context.get(TaskListener.class);
            OpenStackVariables variables = CloudSessions.variables(build, bound.cloud(), bound.credentialsId());
            Map<String, String> open = new TreeMap<>(variables.open());
            String folder = null;
            if (variables.caCertificate() != null) {
                FilePath workspace = context.get(FilePath.class);
                if (workspace == null) {
                    say(
                            listener,
                            OpenStackVariables.CA_CERTIFICATE + " is not set, since there is no node to put the"
                                    + " certificates of the cloud on; for commands put withOpenStack inside node { … }");
                } else {
                    FilePath certificates = write(variables.caCertificate(), workspace);
                    open.put(OpenStackVariables.CA_CERTIFICATE, certificates.getRemote());
                    folder = certificates.getParent().getRemote();
                }
            }
            say(
                    listener,
                    "cloud '" + bound.cloud() + "'; the console shows no value of "
                            + variables.secret().keySet().stream()
                                    .map(name -> "$" + name)
                                    .collect(Collectors.joining(", ")));
            context.newBodyInvoker()
                    .withContext(bound)
                    .withContext(EnvironmentExpander.merge(
                            context.get(EnvironmentExpander.class), new OpenStackEnvironment(open, variables.secret())))
                    .withContext(BodyInvoker.mergeConsoleLogFilters(
                            context.get(ConsoleLogFilter.class),
                            new SecretFilter(
                                    variables.secret().values(),
                                    build.getCharset().name())))
                    .withCallback(new Tidy(folder))
                    .start();
        }

        /** Outside of the workspace itself, where a checkout would find the folder. */
        private static FilePath write(String certificates, FilePath workspace)
                throws IOException, InterruptedException {
            FilePath folder = WorkspaceList.tempDir(workspace).child("openstack-" + UUID.randomUUID());
            folder.mkdirs();
            FilePath file = folder.child("ca.pem");
            file.write(certificates, "UTF-8");
            return file;
        }

        private static void say(TaskListener listener, String line) {
            listener.getLogger().println("[" + NAME + "] " + line);
        }

        /** Removes the certificates' folder when the block has ended. */
        private final class Tidy extends TailCall {

            private static final long serialVersionUID = 1L;

            private final String folder;

            Tidy(String folder) {
                this.folder = folder;
            }

            @Override
            protected void finished(StepContext context) throws IOException, InterruptedException {
                FilePath workspace = folder == null ? null : context.get(FilePath.class);
                if (workspace != null) {
                    workspace.child(folder).deleteRecursive();
                }
            }
        }
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends CloudStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.WithOpenStackStep_DisplayName());
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }
    }
}
