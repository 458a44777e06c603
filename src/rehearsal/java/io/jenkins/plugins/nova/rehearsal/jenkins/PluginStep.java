package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.Body;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** A real step of a plugin, run as Jenkins runs it: bound from its arguments, started, saved, interrupted. */
public final class PluginStep implements PipelineStep {
    private final StepDescriptor descriptor;
    private final StepSignature signature;
    private final StepHost host;
    private final Build build;

    PluginStep(StepDescriptor descriptor, StepHost host, Build build) {
        this.descriptor = descriptor;
        this.host = host;
        this.build = build;
        this.signature = signature(descriptor);
    }

    /** All steps in the index of extensions on the class path. */
    public static List<PluginStep> all(StepHost host, Build build) {
        return StepDescriptor.all().stream()
                .map(descriptor -> new PluginStep(descriptor, host, build))
                .toList();
    }

    private static StepSignature signature(StepDescriptor descriptor) {
        DescribableModel<?> model = DescribableModel.of(descriptor.clazz);
        DescribableParameter sole = model.getSoleRequiredParameter();
        return new StepSignature(
                descriptor.getFunctionName(),
                "nova-maintenance",
                sole == null ? null : sole.getName(),
                model.getParameters().stream()
                        .map(DescribableParameter::getName)
                        .toList(),
                descriptor.takesImplicitBlockArgument(),
                false);
    }

    @Override
    public StepSignature signature() {
        return signature;
    }

    /** Its parameters with the types of their setters. */
    public Map<String, Class<?>> types() {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        DescribableModel.of(descriptor.clazz)
                .getParameters()
                .forEach(parameter -> types.put(parameter.getName(), parameter.getErasedType()));
        return types;
    }

    /** Those that a call cannot be without. */
    public Set<String> required() {
        return DescribableModel.of(descriptor.clazz).getParameters().stream()
                .filter(DescribableParameter::isRequired)
                .map(DescribableParameter::getName)
                .collect(Collectors.toSet());
    }

    /** It is as on a controller: where it waits there, it waits here. */
    @Override
    public boolean waits() {
        return false;
    }

    /** Names and values of arguments are for the descriptor to judge, as on a controller. */
    @Override
    public boolean judgesItsArguments() {
        return true;
    }

    @Override
    public void start(StepCall call) throws Exception {
        Map<String, Object> named = call.arguments().named();
        CloudFixture.meet(text(named.get("cloud")), text(named.get("credentialsId")))
                .ifPresent(note -> build.console().note(call.surroundings(), note));
        Step step = descriptor.newInstance(named);
        LiveStep live = host.launch(step, new InPipeline(call), call::end);
        call.onStop(live::stop);
    }

    /** What is no text is for the descriptor to judge. */
    private static String text(Object value) {
        return value instanceof String text ? text : null;
    }

    /** Hands the pipeline's surroundings to a step. */
    private final class InPipeline implements ContextSource {
        private final StepCall call;
        private final RehearsedNode node = new RehearsedNode();

        InPipeline(StepCall call) {
            this.call = call;
        }

        @Override
        public <T> T get(Class<T> type, List<Object> nearer) throws IOException, InterruptedException {
            Surroundings around = call.surroundings().with(nearer);
            if (type == TaskListener.class) {
                PrintStream console = build.console().stream(around);
                TaskListener listener = () -> console;
                return type.cast(listener);
            }
            if (type == EnvVars.class) {
                return type.cast(build.environment(around));
            }
            if (type == FlowNode.class) {
                return type.cast(node);
            }
            if (type == FilePath.class && around.get(Build.OnNode.class).isPresent()) {
                return type.cast(new FilePath(Build.directory(around).toFile()));
            }
            return type.isInstance(build.run())
                    ? type.cast(build.run())
                    : around.get(type).orElse(null);
        }

        @Override
        public boolean hasBody() {
            return call.arguments().body().isPresent();
        }

        @Override
        public BodyHandle invokeBody(List<Object> contexts, Consumer<Outcome> end) {
            Body body = call.invoke(
                    call.arguments().body().orElseThrow(), call.surroundings().with(contexts), end);
            return body::cancel;
        }

        @Override
        public void setResult(Result result) {
            build.run().setResult(result);
        }
    }
}
