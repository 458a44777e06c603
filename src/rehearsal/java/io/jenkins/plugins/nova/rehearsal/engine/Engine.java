package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.sandbox.DefaultInvoker;
import com.cloudbees.groovy.cps.sandbox.Invoker;
import groovy.lang.Script;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs one Jenkinsfile by continuations, as Jenkins Pipeline does: a step suspends the Groovy program, and its value or
 * exception resumes it. All Groovy runs on one thread.
 */
public final class Engine {
    private final VmThread vm;
    private final StepTable steps;
    private final Globals globals;
    private final StepListener listener;
    private final Invoker invoker;
    private final CompletableFuture<Outcome> result = new CompletableFuture<>();
    private final Map<Throwable, Integer> lines = Collections.synchronizedMap(new IdentityHashMap<>());
    private Strand main;
    private Strand running;
    private volatile NotRunnable halted;

    /**
     * @param vm where it runs; the caller closes it
     * @param steps what can be called
     * @param globals what {@code env}, {@code params} and their like mean
     * @param listener told before each step
     * @param sandbox whether what the script itself calls is held to {@link SandboxRules}
     */
    public Engine(VmThread vm, StepTable steps, Globals globals, StepListener listener, boolean sandbox) {
        this.vm = vm;
        this.steps = steps;
        this.globals = globals;
        this.listener = listener;
        this.invoker = sandbox ? new SandboxInvoker() : new DefaultInvoker();
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

        /** A call of a global, such as {@code pipeline {…}}; empty if there is none of that name. */
        Optional<Object> call(String name, Object arguments);
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
    void failedAt(Throwable failure, int line) {
        if (line > 0) {
            lines.putIfAbsent(failure, line);
        }
    }

    /** The line of the step that failed by this; 0 if no step did. */
    public int lineOf(Throwable failure) {
        return lines.getOrDefault(failure, 0);
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

    /** The thread of the run. */
    public VmThread vm() {
        return vm;
    }

    void beforeStep(StepCall call) throws Exception {
        listener.beforeStep(call, call.signature());
    }

    Outcome run(Strand strand, Continuable program, Outcome with) {
        Strand before = running;
        running = strand;
        try {
            return program.run0(with, Continuable.categories);
        } finally {
            running = before;
        }
    }

    int lineOf(Continuable program) {
        return program.getStackTrace().stream()
                .filter(element -> JenkinsfileCompiler.NAME.equals(element.getFileName()))
                .mapToInt(StackTraceElement::getLineNumber)
                .filter(line -> line > 0)
                .findFirst()
                .orElse(0);
    }

    /** What the running strand stands in. On the VM thread, while Groovy runs. */
    public Surroundings surroundings() {
        return running.surroundings();
    }

    /** A property that the script itself does not have. */
    Optional<Object> global(String name) {
        return running == null ? Optional.empty() : globals.find(name, running.surroundings());
    }

    /** Whether a property that there is not is null where Groovy runs. */
    boolean undefinedIsNull() {
        return running != null && globals.undefinedIsNull(running.surroundings());
    }

    /**
     * A method that the script itself does not have: a global, or a step, which suspends the program.
     *
     * @return a value only if a global returns one at once; else leaves by the continuation
     */
    Object invoke(String name, Object arguments) {
        Optional<Object> answered = globals.call(name, arguments);
        if (answered.isPresent()) {
            return answered.get();
        }
        PipelineStep step = steps.find(name).orElseGet(() -> new UnknownStep(name));
        return Continuable.suspend(
                name, new StepCall(this, running, step, Arguments.parse(step.signature(), arguments)));
    }
}
