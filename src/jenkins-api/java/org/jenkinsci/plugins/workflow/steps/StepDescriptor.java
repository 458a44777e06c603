package org.jenkinsci.plugins.workflow.steps;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.DescribableModel;

public abstract class StepDescriptor extends Descriptor<Step> {
    public StepDescriptor() {}

    public abstract Set<? extends Class<?>> getRequiredContext();

    public abstract String getFunctionName();

    public boolean takesImplicitBlockArgument() {
        return false;
    }

    public Step newInstance(Map<String, Object> a0) throws Exception {
        return new DescribableModel<>(clazz).instantiate(a0);
    }

    public static ExtensionList<StepDescriptor> all() {
        return ExtensionList.lookup(StepDescriptor.class);
    }

    public static StepDescriptor byFunctionName(String a0) {
        for (StepDescriptor descriptor : all()) {
            if (descriptor.getFunctionName().equals(a0)) {
                return descriptor;
            }
        }
        return null;
    }
}
