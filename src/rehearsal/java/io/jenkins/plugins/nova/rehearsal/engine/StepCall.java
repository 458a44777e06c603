package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One call of a step: its arguments, where it stands, and how it ends. */
public final class StepCall {
    private final Engine engine;
    private final Strand strand;
    private PipelineStep step;
    private Arguments arguments;
    private final List<Body> bodies = new ArrayList<>();
    private Consumer<Throwable> stop = this::fail;
    private volatile Place place = Place.NOWHERE;
    private boolean starting;
    private Outcome outcome;

    StepCall(Engine engine, Strand strand, PipelineStep step, Arguments arguments) {
        this.engine = engine;
        this.strand = strand;
        this.step = step;
        this.arguments = arguments;
    }

    /** The step's name. */
    public String name() {
        return step.signature().name();
    }

    /** How it is called. */
    public StepSignature signature() {
        return step.signature();
    }

    /** Its arguments. */
    public Arguments arguments() {
        return arguments;
    }

    /** The line that calls it. */
    public Place place() {
        return place;
    }

    /** What the blocks around it hand down. */
    public Surroundings surroundings() {
        return strand.surroundings();
    }

    /** The engine that runs it. */
    public Engine engine() {
        return engine;
    }

    /** Says how to interrupt it; a call that says nothing just fails with the cause. Runs on the VM thread. */
    public void onStop(Consumer<Throwable> how) {
        stop = how;
    }

    /** The call returns a value. From any thread; the first end counts. */
    public void succeed(Object value) {
        end(new Outcome(value, null));
    }

    /** The call throws. From any thread; the first end counts. */
    public void fail(Throwable failure) {
        end(new Outcome(null, failure));
    }

    /** Whether it has ended. */
    public synchronized boolean isEnded() {
        return outcome != null;
    }

    /** The call ends as something else did. From any thread; the first end counts. */
    public void end(Outcome ended) {
        synchronized (this) {
            if (outcome != null) {
                return;
            }
            outcome = ended;
            if (ended.isFailure()) {
                engine.failedAt(ended.getAbnormal(), place);
            }
            if (starting) {
                return;
            }
        }
        engine.vm().execute(() -> strand.resume(ended));
    }

    /**
     * Runs a closure as a body of this call.
     *
     * @param code the block
     * @param around what it stands in
     * @param end told on the VM thread how it ended
     * @return the body, which is already under way
     */
    public Body invoke(Closure<?> code, Surroundings around, Consumer<Outcome> end) {
        return begin(Body.of(engine, code, List.of(), around, end));
    }

    /** Runs a closure that takes arguments as a body of this call. */
    public Body invoke(Closure<?> code, List<?> given, Surroundings around, Consumer<Outcome> end) {
        return begin(Body.of(engine, code, given, around, end));
    }

    /** Runs a script as a body of this call. */
    public Body run(PipelineScript script, Consumer<Outcome> end) {
        return begin(Body.of(engine, script, surroundings(), end));
    }

    private Body begin(Body body) {
        bodies.add(body);
        body.start();
        return body;
    }

    /** Goes on as a call of another step, with these arguments and the block of this one. */
    public void becomes(PipelineStep other, Map<String, Object> named) throws Exception {
        step = other;
        arguments = arguments.of(other.signature(), named);
        arguments.check(!other.judgesItsArguments());
        other.start(this);
    }

    /**
     * Whether a controller waits for it, and so saves the program.
     *
     * @param waits whether the rehearsal does
     */
    boolean waitsOnAController(boolean waits) {
        return waits ? !PipelineStep.AT_ONCE.contains(name()) : step.waits();
    }

    /** Runs the call's own block; it ends as the block does. */
    public Body invokeBody(Surroundings around) {
        return invoke(arguments.body().orElseThrow(), around, this::end);
    }

    /**
     * Starts the step.
     *
     * @return how it ended, or null if it has not yet
     */
    Outcome begin(Place at) {
        place = at;
        synchronized (this) {
            starting = true;
        }
        try {
            arguments.check(!step.judgesItsArguments());
            engine.beforeStep(this);
            step.start(this);
        } catch (NotRunnable notRunnable) {
            engine.halt(notRunnable);
            fail(notRunnable);
        } catch (Exception failure) {
            fail(failure);
        }
        synchronized (this) {
            starting = false;
            return outcome;
        }
    }

    /** Interrupts what runs innermost: the live bodies' calls, or this one. On the VM thread. */
    void interrupt(Throwable cause) {
        if (isEnded()) {
            strand.interruptOnResume(cause);
            return;
        }
        List<Body> live = bodies.stream().filter(Body::isLive).toList();
        if (live.isEmpty()) {
            stop.accept(cause);
        } else {
            live.forEach(body -> body.cancel(cause));
        }
    }
}
