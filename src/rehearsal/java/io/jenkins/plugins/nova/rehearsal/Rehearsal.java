package io.jenkins.plugins.nova.rehearsal;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Binding;
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
import io.jenkins.plugins.nova.rehearsal.engine.Libraries;
import io.jenkins.plugins.nova.rehearsal.engine.Needs;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import io.jenkins.plugins.nova.rehearsal.engine.Pace;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineScript;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.Place;
import io.jenkins.plugins.nova.rehearsal.engine.SandboxAnnotations;
import io.jenkins.plugins.nova.rehearsal.engine.SandboxSyntax;
import io.jenkins.plugins.nova.rehearsal.engine.Scripts;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import io.jenkins.plugins.nova.rehearsal.engine.StepTable;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import io.jenkins.plugins.nova.rehearsal.engine.UnknownSteps;
import io.jenkins.plugins.nova.rehearsal.engine.VmThread;
import io.jenkins.plugins.nova.rehearsal.jenkins.PluginStep;
import io.jenkins.plugins.nova.rehearsal.jenkins.StepHost;
import io.jenkins.plugins.nova.rehearsal.steps.BasicSteps;
import io.jenkins.plugins.nova.rehearsal.steps.Durability;
import io.jenkins.plugins.nova.rehearsal.steps.Failures;
import io.jenkins.plugins.nova.rehearsal.steps.Reach;
import io.jenkins.plugins.nova.rehearsal.steps.Stubs;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** One run of a Jenkinsfile without a controller. */
public final class Rehearsal implements AutoCloseable {
    private static final Surroundings NOWHERE = Surroundings.outermost();
    private final Build build;
    private final Console console;
    private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
    private final VmThread vm;
    private final Needs needs = new Needs();

    /** Calls that wait for what has a time of its own: a person, a command that really runs. */
    private final Queue<StepCall> outside = new ConcurrentLinkedQueue<>();

    private final StepHost running;
    private final StepTable steps;
    private final Scripts scripts;
    private final Stubs stubs;

    /** Whether a command really runs and takes its own time. */
    private final boolean commands;

    private final Engine engine;
    private final PipelineScript interpreter;
    private List<Duration> kills = List.of();
    private final Logger dead = Logger.getLogger("io.jenkins.plugins.nova.step.CloudExecution");
    private final List<Future<?>> scheduled = new ArrayList<>();
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
        this(build, reach, pace, VmThread.BOUND);
    }

    /** @param bound how long the script may run without giving way */
    Rehearsal(Build build, Reach reach, Pace pace, Duration bound) {
        this.build = build;
        this.console = build.console();
        this.vm = new VmThread(broken::complete, bound, line -> build.console().error(NOWHERE, line), pace);
        this.stubs = reach.stubs();
        this.commands = reach.commands() && !stubs.answers("sh");
        Libraries libraries = new Libraries(reach.libraries());
        List<PipelineStep> all = new ArrayList<>(new BasicSteps(build).all(reach, libraries));
        running = new StepHost(vm, this::saveProgram);
        all.addAll(PluginStep.all(running, build));
        steps = new StepTable(all, name -> BasicSteps.stub(name, reach, console));
        interpreter = Interpreter.begin();
        Variables variables = new Variables(
                build,
                this::here,
                model -> InvokerHelper.invokeMethod(interpreter, "runPipeline", model),
                stubs::passes,
                reach.sandbox());
        scripts = new Scripts(
                libraries,
                interpreter.getClass().getClassLoader(),
                mine -> customizers(mine, new KnownNames(steps, variables, reach)));
        engine = new Engine(vm, steps, variables, this::beforeStep, scripts, needs, reach.sandbox());
        interpreter
                .getBinding()
                .setVariable(
                        "support",
                        new Support(
                                build,
                                this::here,
                                reach.checkout().isPresent(),
                                hint -> Durability.set(engine, build, here(), hint)));
        interpreter.attach(engine);
        broken.thenAccept(engine::broken);
    }

    private Optional<IOException> saveProgram() {
        return engine.save();
    }

    /** From now on whatever is saved of the program is read at once and goes on in its place: for tests. */
    void restartsAtEachStep() {
        engine.readsBack();
    }

    private Surroundings here() {
        return engine.surroundings();
    }

    /** The rehearsal's own script, which runs Declarative Pipelines: compiled once, and begun anew for each. */
    private static final class Interpreter {
        private static final Class<?> TYPE = new JenkinsfileCompiler(List.of())
                .compile(text(), JenkinsfileCompiler.INTERPRETER)
                .getClass();

        static PipelineScript begin() {
            return (PipelineScript) InvokerHelper.createScript(TYPE, new Binding());
        }

        private static String text() {
            try (InputStream text = Support.class.getResourceAsStream("Interpreter.groovy")) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void beforeStep(StepCall call, StepSignature signature) throws IOException {
        if (call.name().equals("input") || call.name().equals("sh") && commands) {
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
        if (ending != Ending.NOT_RUNNABLE) {
            long early = scheduled.stream().filter(kill -> !kill.isDone()).count();
            if (early > 0) {
                console.note(NOWHERE, "-Dkill: the build was over before " + early + " of " + kills.size() + " kills");
            }
            build.operator()
                    .unasked()
                    .forEach(name -> console.note(NOWHERE, "-Danswer." + name + ": no input has that id or message"));
        }
        console.end(ending.toString(), ending.colour());
        return ending;
    }

    private List<CompilationCustomizer> customizers(Scripts mine, KnownNames known) {
        List<CompilationCustomizer> customizers = new ArrayList<>();
        if (known.sandbox()) {
            customizers.add(new SandboxAnnotations());
        }
        customizers.add(new PipelineSyntax(new StepForms(steps, stubs, mine::asksFor), needs));
        customizers.add(new UnknownSteps(known, needs, mine));
        if (known.sandbox()) {
            customizers.add(new SandboxSyntax());
        }
        return customizers;
    }

    private Ending conclude(String jenkinsfile) throws InterruptedException {
        try {
            PipelineScript script = scripts.main(jenkinsfile);
            if (!needs.isEmpty()) {
                return lacking("");
            }
            script.attach(engine);
            CompletableFuture<Outcome> end = engine.start(script, NOWHERE).whenComplete((ended, broke) -> over = true);
            scheduleKills();
            Outcome outcome = end.get();
            if (outcome.isFailure()) {
                failed(outcome.getAbnormal());
            }
            return Ending.of(build.run().currentResult());
        } catch (NotRunnable notRunnable) {
            return lacking(notRunnable.words());
        } catch (ExecutionException thrown) {
            if (thrown.getCause() instanceof NotRunnable notRunnable) {
                return lacking(notRunnable.words());
            }
            throw new IllegalStateException("the rehearsal itself is broken", thrown.getCause());
        }
    }

    private Ending lacking(String why) {
        console.error(NOWHERE, why);
        needs.messages().forEach(message -> console.error(NOWHERE, message));
        needs.option(stubs.names()).ifPresent(option -> console.error(NOWHERE, option));
        return Ending.NOT_RUNNABLE;
    }

    private void failed(Throwable failure) {
        if (failure instanceof NotRunnable notRunnable) {
            throw notRunnable;
        }
        build.run().setResult(Failures.result(failure));
        String words = Failures.words(failure);
        boolean interrupted = failure instanceof FlowInterruptedException;
        console.error(
                NOWHERE, (interrupted ? "" : "ERROR: ") + words + place(failure).behind());
        if (failure instanceof NotSerializableException unsaved) {
            console.note(
                    NOWHERE,
                    "a controller saves the pipeline with all its variables at each step that waits, and an object of the class "
                            + unsaved.getMessage()
                            + " cannot be saved: let go of it before such a step (set it to null, or use it in a function with"
                            + " @NonCPS that returns what can be saved)");
        }
        if (failure instanceof MissingPropertyException missing
                && missing.getType() != null
                && Script.class.isAssignableFrom(missing.getType())) {
            console.note(
                    NOWHERE,
                    "if '" + missing.getProperty() + "' is a global variable of a plugin, -Dstub="
                            + missing.getProperty()
                            + " lets it pass; if of a shared library, -Dlibrary=DIR names its folder");
        }
    }

    /** Where the script threw it, or else which step did. */
    private Place place(Throwable failure) {
        Place thrown = Place.of(Arrays.asList(failure.getStackTrace()));
        return thrown.isKnown() ? thrown : engine.placeOf(failure);
    }

    /**
     * Has the controller be killed: all that ran of the plugin's steps is gone at once, and what they and the program had saved goes on,
     * as on a controller that comes up again. A command that runs, runs on.
     *
     * @param after times from the beginning of the build
     */
    public void killed(List<Duration> after) {
        kills = List.copyOf(after);
    }

    private void scheduleKills() {
        if (!kills.isEmpty()) {
            // each step that was killed would say once that its build is gone: that is what was asked for
            dead.setLevel(Level.WARNING);
        }
        for (int i = 0; i < kills.size(); i++) {
            String which = (i + 1) + " of " + kills.size();
            scheduled.add(vm.schedule(kills.get(i), () -> kill(which)));
        }
    }

    private void kill(String which) {
        if (!over) {
            console.note(NOWHERE, "The controller is killed (" + which + "), and comes up again with what was saved.");
            engine.comesBack();
            running.crash();
        }
    }

    /** Whether nothing but time is waited for: not the pipeline's next line, no person, no command that really runs. */
    boolean waitsForTime() {
        outside.removeIf(StepCall::isEnded);
        return !over && outside.isEmpty() && !running.reads() && vm.isIdle();
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
