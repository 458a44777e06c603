package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import java.util.Optional;
import java.util.function.Consumer;

/** One line of execution: the script itself, or one body. It runs until a step suspends it. VM thread only. */
final class Strand {
    private final Engine engine;
    private final Surroundings surroundings;
    private final Continuable program;
    private final Consumer<Outcome> end;
    private StepCall current;
    private Throwable pendingInterrupt;
    private boolean started;

    Strand(Engine engine, Surroundings surroundings, Continuable program, Consumer<Outcome> end) {
        this.engine = engine;
        this.surroundings = surroundings;
        this.program = program;
        this.end = end;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Goes on from where it was suspended (or from the beginning), by a value or an exception. */
    void resume(Outcome with) {
        Outcome next = with;
        while (next != null) {
            current = null;
            if (engine.halted().isPresent()) {
                end.accept(new Outcome(null, engine.halted().get()));
                return;
            }
            Optional<Throwable> interrupt = takeInterrupt();
            if (interrupt.isPresent()) {
                if (!started) {
                    end.accept(new Outcome(null, interrupt.get()));
                    return;
                }
                next = new Outcome(null, interrupt.get());
            }
            started = true;
            Outcome yielded = engine.run(this, program, next);
            if (!program.isResumable()) {
                end.accept(yielded);
                return;
            }
            if (engine.halted().isPresent()) {
                continue;
            }
            StepCall call = (StepCall) yielded.getNormal();
            current = call;
            next = call.begin(place());
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
