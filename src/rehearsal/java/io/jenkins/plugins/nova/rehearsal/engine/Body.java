package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.ConstantBlock;
import com.cloudbees.groovy.cps.impl.FunctionCallBlock;
import groovy.lang.Closure;
import java.util.List;
import java.util.function.Consumer;

/** A block of a step under way: a strand of its own, so that branches of {@code parallel} go side by side. */
public final class Body {
    private final Engine engine;
    private final Strand strand;
    private final Consumer<Outcome> end;
    private boolean live = true;

    private Body(Engine engine, Continuable program, Surroundings around, Consumer<Outcome> end) {
        this.engine = engine;
        this.end = end;
        strand = new Strand(engine, around, program, this::ended);
    }

    /** A closure, with what it is called with. */
    static Body of(Engine engine, Closure<?> code, List<?> given, Surroundings around, Consumer<Outcome> end) {
        Block[] arguments = given.stream().map(ConstantBlock::new).toArray(Block[]::new);
        FunctionCallBlock call = new FunctionCallBlock(
                null, List.of(), new ConstantBlock(code), new ConstantBlock("call"), false, arguments);
        return new Body(engine, new Continuable(call, engine.outermost()), around, end);
    }

    /** A script. */
    static Body of(Engine engine, PipelineScript script, Surroundings around, Consumer<Outcome> end) {
        return new Body(engine, new Continuable(script, engine.outermost()), around, end);
    }

    void start() {
        engine.vm().execute(() -> strand.resume(new Outcome(null, null)));
    }

    private void ended(Outcome outcome) {
        live = false;
        end.accept(outcome);
    }

    /** Whether it has not ended yet. */
    public boolean isLive() {
        return live;
    }

    /** Interrupts the step that runs innermost; the body then ends by that exception unless the pipeline catches it. */
    public void cancel(Throwable cause) {
        engine.vm().execute(() -> {
            if (live) {
                strand.interrupt(cause);
            }
        });
    }
}
