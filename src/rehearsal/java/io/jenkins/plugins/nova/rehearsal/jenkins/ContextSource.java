package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
import hudson.model.Result;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** What a step's context gets from whoever runs the step: the engine, or a test without Groovy. */
interface ContextSource {
    /** The object of a type that the step stands in, or null. */
    <T> T get(Class<T> type, List<Object> nearer) throws IOException, InterruptedException;

    /** Whether a block was given. */
    boolean hasBody();

    /** Runs the block. */
    BodyHandle invokeBody(List<Object> contexts, Consumer<Outcome> end);

    /** Worsens the build's result. */
    void setResult(Result result);

    /** A block under way. */
    interface BodyHandle {
        /** Interrupts it. */
        void cancel(Throwable cause);
    }
}
