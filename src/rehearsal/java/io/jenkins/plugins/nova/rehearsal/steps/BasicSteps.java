package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.FilePath;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.build.Described;
import io.jenkins.plugins.nova.rehearsal.build.Stage;
import io.jenkins.plugins.nova.rehearsal.build.Variables;
import io.jenkins.plugins.nova.rehearsal.engine.Libraries;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The steps of a rehearsal that are not the plugin's. */
public final class BasicSteps {
    private final Build build;

    /** For a build. */
    public BasicSteps(Build build) {
        this.build = build;
    }

    /**
     * All of them.
     *
     * @param reach how far they reach; names that are let pass win over steps of the same name
     * @param libraries the shared libraries at hand
     */
    public List<PipelineStep> all(Reach reach, Libraries libraries) {
        Console console = build.console();
        List<PipelineStep> steps = new ArrayList<>();
        reach.stubs().passed().forEach(name -> steps.add(new StubStep(name, reach.stubs(), console)));
        steps.add(new EchoStep(console));
        steps.add(new ErrorStep());
        steps.add(new UnstableStep(build));
        steps.add(new SleepStep(console));
        steps.add(new ParallelStep(console));
        steps.add(new TimeoutStep(console));
        steps.add(new RetryStep(console));
        steps.add(new WaitUntilStep(console));
        steps.add(CatchErrorStep.catchError(build));
        steps.add(CatchErrorStep.warnError(build));
        steps.add(new InputStep(build));
        steps.add(new ArchiveArtifactsStep(build));
        steps.add(ArchiveArtifactsStep.archive(build));
        steps.addAll(Commands.all(build, reach));
        if (!reach.commands() || reach.stubs().answers(HttpRequestStep.NAME)) {
            steps.add(new HttpRequestStep(build, reach.stubs()));
        }
        steps.add(new PropertiesStep(build));
        Places places = new Places(build, reach.commands());
        steps.addAll(new FileSteps(build, places).all());
        steps.addAll(new FolderSteps(build, places).all());
        steps.addAll(new ScriptSteps(build, places, libraries).all());
        steps.addAll(new CheckoutSteps(build, reach.checkout()).all());
        steps.addAll(new ClassSteps(name -> named(steps, name)).all());
        steps.add(block("stage", "pipeline-stage-step", "name", this::stage));
        steps.add(block("node", "workflow-durable-task-step", "label", this::node));
        steps.add(block("withEnv", "workflow-basic-steps", "overrides", this::variables));
        steps.add(
                block("withCredentials", "credentials-binding", "bindings", call -> credentials(call, reach.stubs())));
        steps.add(new BlockStep(
                StepSignature.of("timestamps", "timestamper"),
                call -> call.surroundings().with(new Console.Timestamps())));
        steps.add(new BlockStep(
                StepSignature.of(Variables.LENIENTLY, "pipeline-model-definition"),
                call -> call.surroundings().with(new Variables.Lenient())));
        steps.add(new BlockStep(StepSignature.of("script", "pipeline-model-definition"), StepCall::surroundings));
        return steps;
    }

    private static PipelineStep named(List<PipelineStep> steps, String name) {
        return steps.stream()
                .filter(step -> step.signature().name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** What does nothing in the place of a call of a global variable that is let pass. */
    public static PipelineStep stub(String name, Reach reach, Console console) {
        return new StubStep(name, reach.stubs(), console);
    }

    private static BlockStep block(String name, String plugin, String parameter, BlockStep.Entry entry) {
        return new BlockStep(StepSignature.of(name, plugin, parameter), entry);
    }

    /** Steps that need no line of their own on the console, since they say enough themselves. */
    public static Set<String> quiet() {
        return Set.of(
                "echo",
                "stage",
                "script",
                "node",
                "withEnv",
                "parallel",
                "timestamps",
                "error",
                "unstable",
                "timeout",
                Variables.LENIENTLY);
    }

    private Surroundings stage(StepCall call) {
        String name = call.arguments().text("name");
        build.console().stage(call.surroundings(), name);
        return call.surroundings().with(new Stage(name));
    }

    private Surroundings node(StepCall call) throws IOException {
        Path workspace = build.workspace();
        Files.createDirectories(workspace);
        build.console().say(call.surroundings(), "Running on rehearsal in " + workspace);
        return call.surroundings()
                .with(List.of(new Build.OnNode(workspace, workspace), new FilePath(workspace.toFile())));
    }

    private Surroundings variables(StepCall call) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Object each : (List<?>) call.arguments().object("overrides")) {
            String text = String.valueOf(each);
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("withEnv: '" + text + "' must be NAME=value");
            }
            variables.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return Build.withVariables(call.surroundings(), variables);
    }

    private Surroundings credentials(StepCall call, Stubs stubs) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        CredentialBindings bindings = new CredentialBindings(build);
        for (Described each : Described.all(call.arguments().object("bindings"))) {
            if (!stubs.passes(each.symbol())) {
                variables.putAll(bindings.variables(each));
            }
        }
        String names = variables.keySet().stream().map(name -> "$" + name).collect(Collectors.joining(" or "));
        build.console().say(call.surroundings(), "Masking supported pattern matches of " + names);
        return Build.withVariables(call.surroundings(), variables);
    }
}
