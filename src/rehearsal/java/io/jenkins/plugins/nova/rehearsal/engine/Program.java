package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.Continuable;
import groovy.lang.Closure;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The strands of a build, which are saved together whenever one of them waits for a step, as a controller saves its threads
 * (CpsThreadGroup.saveProgram). VM thread only.
 */
final class Program {
    private final Set<Strand> live = new LinkedHashSet<>();
    private final VmThread vm;
    private final Scripts scripts;
    private final Consumer<PipelineScript> attach;
    private boolean everyStep = true;
    private boolean readsBack;
    private boolean queued;
    private boolean waits;
    private SavedProgram saved;

    /** @param attach binds a script that was read to the engine */
    Program(VmThread vm, Scripts scripts, Consumer<PipelineScript> attach) {
        this.vm = vm;
        this.scripts = scripts;
        this.attach = attach;
    }

    /** What is saved of one strand: its continuation, and the blocks of the step that it waits for, which may run again. */
    private static final class State implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Continuable program;
        private final LinkedHashMap<String, Closure<?>> blocks;

        State(Continuable program, Map<String, Closure<?>> blocks) {
            this.program = program;
            this.blocks = new LinkedHashMap<>(blocks);
        }
    }

    private static final class Root implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ArrayList<State> states = new ArrayList<>();
        private final LinkedHashMap<String, PipelineScript> variables = new LinkedHashMap<>();
    }

    void begins(Strand strand) {
        live.add(strand);
    }

    void ends(Strand strand) {
        live.remove(strand);
    }

    /** Whether it is saved at each step that waits (MAX_SURVIVABILITY, the standard), or only when a step asks for it. */
    void savesAtEveryStep(boolean every) {
        everyStep = every;
    }

    /** From now on whatever was saved is read at once, and goes on in the place of what was there. */
    void readsBack() {
        readsBack = true;
    }

    /** The number of bytes that were saved last; 0 for none. */
    int size() {
        return saved == null ? 0 : saved.size();
    }

    /**
     * A step is about to start. All strands that run before any block of it does are of one round, at whose end the program is
     * saved once, as on a controller (CpsThreadGroup.run).
     */
    void round() {
        if (everyStep && !queued) {
            queued = true;
            vm.execute(this::endOfRound);
        }
    }

    private void endOfRound() {
        queued = false;
        if (waits) {
            waits = false;
            save();
        }
    }

    /** A strand waits. */
    void waits() {
        waits = everyStep;
    }

    /**
     * Saves. Where that fails, the strand that began last gets the exception if it waits, as on a controller, which cannot tell
     * whose the object is; one that is about to run does not.
     */
    Optional<IOException> save() {
        List<Strand> strands = List.copyOf(live);
        Root root = new Root();
        strands.forEach(strand -> root.states.add(new State(strand.program(), strand.blocks())));
        root.variables.putAll(scripts.variables());
        try {
            saved = SavedProgram.of(root);
        } catch (IOException unsaved) {
            if (!strands.isEmpty()) {
                strands.get(strands.size() - 1).failsToSave(unsaved);
            }
            return Optional.of(unsaved);
        }
        if (readsBack) {
            readBack(strands);
        }
        return Optional.empty();
    }

    /** The controller was killed and has come up again: goes on with what it had saved. */
    void comesBack() {
        // what waits has not moved on since it was saved, so that saving it once more gives the same
        List<Strand> strands = List.copyOf(live);
        if (save().isEmpty() && !readsBack) {
            readBack(strands);
        }
    }

    private void readBack(List<Strand> strands) {
        try {
            Root root = (Root) saved.read(scripts.loader(), attach);
            for (int i = 0; i < strands.size(); i++) {
                State state = root.states.get(i);
                strands.get(i).goesOnAs(state.program, state.blocks);
            }
            scripts.restored(root.variables);
        } catch (IOException | ClassNotFoundException unreadable) {
            throw new IllegalStateException("the saved program cannot be read", unreadable);
        }
    }
}
