package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import groovy.lang.Script;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * Runs one Jenkinsfile by continuations, as Jenkins Pipeline does: a step suspends the Groovy program, and its value or
 * exception resumes it. All Groovy runs on one thread.
 */
public final class Engine {
    private static final List<Class> CATEGORIES = Stream.concat(
                    Continuable.categories.stream(), Stream.<Class>of(SerializableIterators.class))
            .toList();

    private final VmThread vm;
    private final StepTable steps;
    private final Globals globals;
    private final StepListener listener;
    private final Scripts scripts;
    private final Needs needs;
    private final PipelineInvoker invoker;
    private final Program program;
    private final Mismatches mismatches;
    private final CompletableFuture<Outcome> result = new CompletableFuture<>();
    private final Map<Throwable, Place> places = Collections.synchronizedMap(new IdentityHashMap<>());
    private Strand main;
    private Strand running;
    private volatile NotRunnable halted;

    /**
     * @param vm where it runs; the caller closes it
     * @param steps what can be called
     * @param globals what {@code env}, {@code params} and their like mean
     * @param listener told before each step
     * @param scripts what compiles the scripts that the pipeline has beside the Jenkinsfile
     * @param needs told of what is met that there is not
     * @param sandbox whether what the script itself calls is held to {@link SandboxRules}
     */
    public Engine(
            VmThread vm,
            StepTable steps,
            Globals globals,
            StepListener listener,
            Scripts scripts,
            Needs needs,
            boolean sandbox) {
        this.vm = vm;
        this.steps = steps;
        this.globals = globals;
        this.listener = listener;
        this.scripts = scripts;
        this.needs = needs;
        this.mismatches = new Mismatches(globals::mismatch);
        this.program = new Program(vm, scripts, script -> script.attach(this));
        this.invoker = sandbox ? new SandboxInvoker(this) : new PipelineInvoker(this);
    }

    /** Where a program begins. */
    Env outermost() {
        return Envs.empty(invoker);
    }

    /** Told of each step before it starts, on the VM thread. */
    public interface StepListener {
        /**
         * @param call the step about to start
         * @param signature how it is called
         * @throws Exception fails the step instead of starting it
         */
        void beforeStep(StepCall call, StepSignature signature) throws Exception;
    }

    /** The global variables of a Jenkinsfile. */
    public interface Globals {
        /** The value of a name as it stands in these surroundings; empty if there is none. */
        Optional<Object> find(String name, Surroundings around);

        /** Whether a name that there is not is null in these surroundings, and no error. */
        default boolean undefinedIsNull(Surroundings around) {
            return false;
        }

        /** Whether a global of that name can be called, such as {@code pipeline {…}}. */
        boolean isCalled(String name);

        /** Calls it; null if it returns that. */
        Object call(String name, Object arguments);

        /** A line that a controller writes to the console of a build. */
        default void mismatch(String line) {}

        /** Whether the operator lets pass what has that name. */
        default boolean isStubbed(String name) {
            return false;
        }
    }

    /**
     * Runs a script to its end.
     *
     * @param script compiled by {@link JenkinsfileCompiler}
     * @param around what it stands in
     * @return completed with the script's value or exception; exceptionally with {@link NotRunnable} if it met something
     *     the rehearsal does not have, or with whatever broke the rehearsal itself
     */
    public CompletableFuture<Outcome> start(Script script, Surroundings around) {
        vm.execute(() -> {
            main = new Strand(this, around, new Continuable(script, outermost()), this::ended);
            main.resume(new Outcome(null, null));
        });
        return result;
    }

    private void ended(Outcome outcome) {
        if (halted != null) {
            result.completeExceptionally(halted);
        } else {
            result.complete(outcome);
        }
    }

    /** A step failed: remembers the innermost line. */
    void failedAt(Throwable failure, Place place) {
        if (place.isKnown()) {
            places.putIfAbsent(failure, place);
        }
    }

    /** The line of the step that failed by this, if a step did. */
    public Place placeOf(Throwable failure) {
        return places.getOrDefault(failure, Place.NOWHERE);
    }

    /** The rehearsal itself is broken: gives up. */
    public void broken(Throwable failure) {
        result.completeExceptionally(failure);
    }

    /** Interrupts the steps that run, as aborting the build does. From any thread. */
    public void interrupt(Throwable cause) {
        vm.execute(() -> {
            if (main != null) {
                main.interrupt(cause);
            }
        });
    }

    /** Stops the whole run: no Groovy runs any more, steps under way are interrupted. On the VM thread. */
    void halt(NotRunnable why) {
        if (halted == null) {
            halted = why;
            interrupt(why);
        }
    }

    Optional<NotRunnable> halted() {
        return Optional.ofNullable(halted);
    }

    /** What is saved of the run. On the VM thread. */
    Program program() {
        return program;
    }

    /**
     * Saves the program, as a step asks for.
     *
     * @return why it cannot be saved; the strand that waits has been told. On the VM thread
     */
    public Optional<IOException> save() {
        return program.save();
    }

    /** Whether the program is saved at each step that waits, as durability hints but PERFORMANCE_OPTIMIZED have it. */
    public void savesAtEveryStep(boolean every) {
        program.savesAtEveryStep(every);
    }

    /** The controller is killed and comes up again with the program that it had saved. On the VM thread. */
    public void comesBack() {
        program.comesBack();
    }

    /** Whatever is saved is read at once and goes on in the place of what was there, as after a restart: for tests. */
    public void readsBack() {
        program.readsBack();
    }

    /** The thread of the run. */
    public VmThread vm() {
        return vm;
    }

    void beforeStep(StepCall call) throws Exception {
        listener.beforeStep(call, call.signature());
    }

    Outcome run(Strand strand, Continuable continuable, Outcome with) {
        Strand before = running;
        running = strand;
        CpsCallableInvocation.registerMismatchHandler(mismatches);
        try {
            return continuable.run0(with, CATEGORIES);
        } finally {
            running = before;
            CpsCallableInvocation.registerMismatchHandler(null);
        }
    }

    /** What the running strand stands in. On the VM thread, while Groovy runs. */
    public Surroundings surroundings() {
        return running.surroundings();
    }

    /** A property that the script itself does not have. */
    Optional<Object> global(String name) {
        if (running == null) {
            return Optional.empty();
        }
        if (name.equals("steps")) {
            return Optional.of(new StepsVariable(this));
        }
        if (globals.isStubbed(name)) {
            return Optional.of(new StubbedObject(name, this));
        }
        Optional<PipelineScript> variable = variable(name);
        return variable.isPresent() ? Optional.of(variable.get()) : globals.find(name, running.surroundings());
    }

    private Optional<PipelineScript> variable(String name) {
        Optional<PipelineScript> variable = scripts.variable(name);
        variable.ifPresent(script -> script.attach(this));
        return variable;
    }

    /** Whether a property that there is not is null where Groovy runs. */
    boolean undefinedIsNull() {
        return running != null && globals.undefinedIsNull(running.surroundings());
    }

    /**
     * A method that the script itself does not have: a variable of a library, a global, or a step, which suspends the program.
     *
     * @return a value only if a global returns one at once; else leaves by the continuation
     */
    Object invoke(String name, Object arguments) {
        PipelineStep step = steps.find(name).orElse(null);
        if (step == null || !globals.isStubbed(name)) {
            Optional<PipelineScript> variable = variable(name);
            if (variable.isPresent()) {
                return InvokerHelper.invokeMethod(variable.get(), "call", arguments);
            }
            if (globals.isCalled(name)) {
                return globals.call(name, arguments);
            }
        }
        return suspend(step == null ? new UnknownStep(name, needs) : step, arguments);
    }

    /** A call of something that is let pass. */
    Object invokeStub(String name, Object arguments) {
        return suspend(steps.stub(name), arguments);
    }

    private Object suspend(PipelineStep step, Object arguments) {
        String name = step.signature().name();
        return Continuable.suspend(
                name, new StepCall(this, running, step, Arguments.parse(step.signature(), arguments)));
    }

    /** Runs a text as a script of its own; leaves by the continuation. */
    Object evaluate(String text) {
        PipelineScript script = scripts.evaluated(text);
        script.attach(this);
        return script.run();
    }

    /** A script of the workspace, ready to run. */
    public PipelineScript load(String text, String file) {
        PipelineScript script = scripts.loaded(text, file);
        script.attach(this);
        return script;
    }

    /** What stands for a library that is loaded. */
    public Object loadedLibrary(String name) {
        return new LoadedLibrary(name, this);
    }

    /** What stands for something that is let pass. */
    public Object stubbed(String name) {
        return new StubbedObject(name, this);
    }

    /** Stops the run where Groovy runs, for want of something that may be let pass by its name. */
    NotRunnable needs(String name) {
        lacks(name);
        return stopped(KnownPlugins.unknown(name));
    }

    /** Something is met that there is not, and that may be let pass by its name. */
    public void lacks(String name) {
        needs.add(name);
    }

    /** Stops the run where Groovy runs. */
    NotRunnable stopped(String what) {
        NotRunnable why = new NotRunnable(what);
        halt(why);
        return why;
    }
}
