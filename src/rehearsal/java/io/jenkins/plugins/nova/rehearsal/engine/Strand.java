package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One line of execution: the script itself, or one body. It runs until a step suspends it. VM thread only. */
final class Strand {
    private final Engine engine;
    private final Surroundings surroundings;
    private Continuable program;
    private final Consumer<Outcome> end;
    private StepCall current;
    private Throwable pendingInterrupt;
    private Throwable unsaved;
    private boolean started;

    Strand(Engine engine, Surroundings surroundings, Continuable program, Consumer<Outcome> end) {
        this.engine = engine;
        this.surroundings = surroundings;
        this.program = program;
        this.end = end;
        engine.program().begins(this);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Goes on from where it was suspended (or from the beginning), by a value or an exception. */
    void resume(Outcome with) {
        Outcome next = unsaved == null ? with : new Outcome(null, unsaved);
        unsaved = null;
        while (next != null) {
            current = null;
            if (engine.halted().isPresent()) {
                ended(new Outcome(null, engine.halted().get()));
                return;
            }
            Optional<Throwable> interrupt = takeInterrupt();
            if (interrupt.isPresent()) {
                if (!started) {
                    ended(new Outcome(null, interrupt.get()));
                    return;
                }
                next = new Outcome(null, interrupt.get());
            }
            started = true;
            Outcome yielded = engine.run(this, program, next);
            if (!program.isResumable()) {
                ended(yielded);
                return;
            }
            if (engine.halted().isPresent()) {
                continue;
            }
            if (yielded.getNormal() == Safepoint.INSTANCE) {
                engine.vm().execute(() -> resume(new Outcome(null, null)));
                return;
            }
            StepCall call = (StepCall) yielded.getNormal();
            current = call;
            engine.program().round();
            Outcome ended = call.begin(place());
            if (call.waitsOnAController(ended == null)) {
                engine.program().waits();
                if (ended != null) {
                    engine.vm().execute(() -> resume(ended));
                }
                return;
            }
            next = ended;
        }
    }

    private void ended(Outcome outcome) {
        engine.program().ends(this);
        end.accept(outcome);
    }

    /** Its continuation. */
    Continuable program() {
        return program;
    }

    /** The blocks of the step that it waits for. */
    Map<String, Closure<?>> blocks() {
        return current == null ? Map.of() : current.arguments().blocks();
    }

    /** Goes on with what was read in the place of what was saved. */
    void goesOnAs(Continuable read, Map<String, Closure<?>> blocks) {
        program = read;
        if (current != null) {
            current.arguments().replaceBlocks(blocks);
        }
    }

    /** Something of the program cannot be saved: the step that this waits for throws that. */
    void failsToSave(Throwable why) {
        if (current != null && current.isEnded()) {
            unsaved = why;
        } else if (current != null) {
            current.interrupt(why);
        }
    }

    /** The line at which it waits; while Groovy runs the one at which it waited last. */
    Place place() {
        return Place.of(program.getStackTrace());
    }

    void interrupt(Throwable cause) {
        if (current == null) {
            interruptOnResume(cause);
        } else {
            current.interrupt(cause);
        }
    }

    void interruptOnResume(Throwable cause) {
        pendingInterrupt = cause;
    }

    private Optional<Throwable> takeInterrupt() {
        Optional<Throwable> interrupt = Optional.ofNullable(pendingInterrupt);
        pendingInterrupt = null;
        return interrupt;
    }
}
