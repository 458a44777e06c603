package io.jenkins.plugins.nova.step.form;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.cloud.CloudChoices;
import io.jenkins.plugins.nova.step.argument.StepArguments;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.BindInterceptor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What the descriptors of all steps that work on a cloud have in common. */
public abstract class CloudStepDescriptor extends StepDescriptor {

    private final String functionName;
    private final String displayName;

    /**
     * @param functionName the step's name in a Pipeline
     * @param displayName its name in the snippet generator
     */
    protected CloudStepDescriptor(String functionName, String displayName) {
        this.functionName = functionName;
        this.displayName = displayName;
    }

    @Override
    public final String getFunctionName() {
        return functionName;
    }

    @Override
    public final String getDisplayName() {
        return displayName;
    }

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    /**
     * What Pipeline calls for a step of a script (workflow-cps' DSL.invokeStep, for descriptors that have this method of their
     * own), and a rehearsal with it.
     *
     * @throws AbortException when there is no parameter of a name, or its value will not do
     */
    @Override
    public final Step newInstance(Map<String, Object> arguments) throws Exception {
        return super.newInstance(StepArguments.checked(functionName, clazz, arguments));
    }

    /** Takes the form, with text for the parameters that take several types. */
    @Override
    public final Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        BindInterceptor before = request.getBindInterceptor();
        request.setBindInterceptor(new FormText(before));
        try {
            return super.newInstance(request, form);
        } finally {
            request.setBindInterceptor(before);
        }
    }

    /** The configured clouds. */
    @POST
    public final ListBoxModel doFillCloudItems(@AncestorInPath Item item) {
        return CloudChoices.clouds(item);
    }

    /** The credentials that suit the cloud. */
    @POST
    public final ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String cloud, @QueryParameter String credentialsId) {
        return CloudChoices.credentials(item, cloud, credentialsId);
    }
}
