package io.jenkins.plugins.nova.rehearsal;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.build.Variables;
import io.jenkins.plugins.nova.rehearsal.declarative.PipelineSyntax;
import io.jenkins.plugins.nova.rehearsal.declarative.Support;
import io.jenkins.plugins.nova.rehearsal.engine.Engine;
import io.jenkins.plugins.nova.rehearsal.engine.JenkinsfileCompiler;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import io.jenkins.plugins.nova.rehearsal.engine.Pace;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineScript;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.SandboxAnnotations;
import io.jenkins.plugins.nova.rehearsal.engine.SandboxSyntax;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import io.jenkins.plugins.nova.rehearsal.engine.StepTable;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import io.jenkins.plugins.nova.rehearsal.engine.UnknownSteps;
import io.jenkins.plugins.nova.rehearsal.engine.VmThread;
import io.jenkins.plugins.nova.rehearsal.jenkins.PluginStep;
import io.jenkins.plugins.nova.rehearsal.steps.BasicSteps;
import io.jenkins.plugins.nova.rehearsal.steps.Failures;
import io.jenkins.plugins.nova.rehearsal.steps.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import jenkins.model.CauseOfInterruption;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** One run of a Jenkinsfile without a controller. */
public final class Rehearsal implements AutoCloseable {
    private static final Surroundings NOWHERE = Surroundings.outermost();
    private static final Set<String> OUTSIDE = Set.of("input", "sh");

    private final Build build;
    private final Console console;
    private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
    private final VmThread vm;
    /** Calls that wait for what has a time of its own: a person, a command that really runs. */
    private final Queue<StepCall> outside = new ConcurrentLinkedQueue<>();

    private final StepTable steps;
    private final Engine engine;
    private final PipelineScript interpreter;
    private final boolean sandbox;
    private volatile boolean over;

    /**
     * @param build what its steps share
     * @param reach what of it is real
     */
    public Rehearsal(Build build, Reach reach) {
        this(build, reach, null);
    }

    /**
     * @param build what its steps share
     * @param reach what of it is real
     * @param pace how time passes; null for the real one
     */
    public Rehearsal(Build build, Reach reach, Pace pace) {
        this.vm = new VmThread(broken::complete, pace);
        this.build = build;
        this.console = build.console();
        List<PipelineStep> all = new ArrayList<>(new BasicSteps(build).all(reach));
        all.addAll(PluginStep.all(vm, build));
        steps = new StepTable(all);
        interpreter = new JenkinsfileCompiler(List.of()).compile(interpreterText(), "Declarative");
        engine = new Engine(
                vm,
                steps,
                new Variables(
                        build, this::here, model -> InvokerHelper.invokeMethod(interpreter, "runPipeline", model)),
                this::beforeStep,
                reach.sandbox());
        sandbox = reach.sandbox();
        interpreter.getBinding().setVariable("support", new Support(build, this::here));
        interpreter.attach(engine);
        broken.thenAccept(engine::broken);
    }

    private Surroundings here() {
        return engine.surroundings();
    }

    private static String interpreterText() {
        try (InputStream text = Support.class.getResourceAsStream("Interpreter.groovy")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void beforeStep(StepCall call, StepSignature signature) throws IOException {
        if (OUTSIDE.contains(call.name())) {
            outside.add(call);
        }
        if (!BasicSteps.quiet().contains(call.name()) && !signature.takesAnything()) {
            console.step(call.surroundings(), CallText.of(call));
        }
        if (signature.needsNode() && call.surroundings().get(Build.OnNode.class).isEmpty()) {
            throw new hudson.AbortException("Required context class hudson.FilePath is missing: " + call.name()
                    + " needs a node; put it inside node { … }, or give the stage an agent");
        }
    }

    /**
     * Runs a Jenkinsfile to its end.
     *
     * @param jenkinsfile its text
     * @return how it ended; the console has said why
     * @throws InterruptedException if the caller is interrupted while it runs
     */
    public Ending run(String jenkinsfile) throws InterruptedException {
        Ending ending = conclude(jenkinsfile);
        console.end(ending.toString(), ending.colour());
        return ending;
    }

    private Ending conclude(String jenkinsfile) throws InterruptedException {
        try {
            List<CompilationCustomizer> before =
                    new ArrayList<>(List.of(new PipelineSyntax(new StepForms(steps)), new UnknownSteps(steps.names())));
            if (sandbox) {
                before.add(0, new SandboxAnnotations());
                before.add(new SandboxSyntax());
            }
            PipelineScript script = new JenkinsfileCompiler(before).compile(jenkinsfile, JenkinsfileCompiler.NAME);
            script.attach(engine);
            Outcome outcome = engine.start(script, NOWHERE)
                    .whenComplete((end, broke) -> over = true)
                    .get();
            if (outcome.isFailure()) {
                failed(outcome.getAbnormal());
            }
            return Ending.of(build.run().currentResult());
        } catch (NotRunnable notRunnable) {
            console.error(NOWHERE, notRunnable.getMessage());
            return Ending.NOT_RUNNABLE;
        } catch (ExecutionException thrown) {
            if (thrown.getCause() instanceof NotRunnable notRunnable) {
                console.error(NOWHERE, notRunnable.getMessage());
                return Ending.NOT_RUNNABLE;
            }
            throw new IllegalStateException("the rehearsal itself is broken", thrown.getCause());
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof NotRunnable notRunnable) {
            throw notRunnable;
        }
        build.run().setResult(Failures.result(failure));
        if (failure instanceof MissingPropertyException missing
                && missing.getType() != null
                && Script.class.isAssignableFrom(missing.getType())) {
            throw new NotRunnable("'" + missing.getProperty() + "' is no variable that the rehearsal knows"
                    + line(failure) + ": a controller fails here too, unless a shared library or a plugin defines it");
        }
        String words = Failures.words(failure);
        boolean interrupted = failure instanceof FlowInterruptedException;
        console.error(NOWHERE, (interrupted ? "" : "ERROR: ") + words + line(failure));
    }

    /** Where the script threw it, or else which step did. */
    private String line(Throwable failure) {
        int line = Arrays.stream(failure.getStackTrace())
                .filter(element -> JenkinsfileCompiler.NAME.equals(element.getFileName()))
                .mapToInt(StackTraceElement::getLineNumber)
                .filter(number -> number > 0)
                .findFirst()
                .orElseGet(() -> engine.lineOf(failure));
        return line > 0 ? " (" + JenkinsfileCompiler.NAME + " line " + line + ")" : "";
    }

    /** Whether the pipeline waits for something else than its own next line. */
    boolean isWaiting() {
        return vm.isIdle();
    }

    /** Whether nothing but time is waited for: not the pipeline's next line, no person, no command that really runs. */
    boolean waitsForTime() {
        outside.removeIf(StepCall::isEnded);
        return !over && outside.isEmpty() && vm.isIdle();
    }

    /** Aborts the build as a user would: interrupts the steps that run. From any thread. */
    public void abort(String by) {
        engine.interrupt(new FlowInterruptedException(Result.ABORTED, true, new AbortedBy(by)));
    }

    @Override
    public void close() {
        vm.close();
    }

    /** A user's abort. */
    private static final class AbortedBy extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String who;

        AbortedBy(String who) {
            this.who = who;
        }

        @Override
        public String getShortDescription() {
            return "Aborted by " + who;
        }
    }
}
