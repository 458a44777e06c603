package io.jenkins.plugins.nova.step;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.cloud.CloudSessions;
import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainPorts;
import io.jenkins.plugins.nova.drain.DrainRunner;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Narrator;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs a drain as a Pipeline step: asynchronous, with the drain's state in the build's program as text, so that a controller
 * that dies at any moment goes on from what was saved.
 *
 * <p>{@link #start} and {@link #onResume} only schedule; ticks run on {@link DrainThreads}. {@link #saved} is replaced as a
 * whole before {@link StepContext#saveState} is called, so whenever Pipeline serialises this object it writes one whole state.
 */
abstract class DrainExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(DrainExecution.class.getName());

    private final String id;
    private final String step;
    private final String cloud;
    private final String credentialsId;
    private final boolean propagate;
    private volatile String saved;

    private transient volatile DrainRunner runner;
    private transient volatile Throwable stopCause;

    /**
     * @throws AbortException when the step's cloud is not configured, or is not told and not the only one
     */
    DrainExecution(StepContext context, String name, NovaStep step, DrainOrder order) throws AbortException {
        super(context);
        this.id = UUID.randomUUID().toString();
        this.step = name;
        // "the only cloud" may mean nothing, or another one, an hour later
        this.cloud = CloudSessions.nameOf(step.getCloud());
        this.credentialsId = step.getCredentialsId();
        this.propagate = step.isPropagate();
        this.saved = DrainCodec.write(DrainState.begin(order, Clock.systemUTC().instant()));
    }

    /** What the step returns. */
    abstract Object result(DrainState last);

    @Override
    public final boolean start() {
        run(DrainCodec.read(saved));
        return false;
    }

    @Override
    public final void onResume() {
        DrainState state;
        try {
            state = DrainCodec.read(saved);
        } catch (IllegalArgumentException e) {
            getContext().onFailure(new AbortException(step + ": " + e.getMessage()));
            return;
        }
        say(List.of("The controller was restarted; going on from the saved state: "
                + Narrator.status(state, Clock.systemUTC().instant())));
        run(DrainRunner.resume(state, Clock.systemUTC().instant()));
    }

    private synchronized void run(DrainState state) {
        if (runner == null) {
            runner = new DrainRunner(state, new Ports(), DrainThreads.get(), Clock.systemUTC());
            runner.start();
        }
    }

    @Override
    public final void stop(Throwable cause) {
        stopCause = cause;
        if (runner == null) {
            run(DrainRunner.resume(DrainCodec.read(saved), Clock.systemUTC().instant()));
        }
        runner.stop(Interruption.words(cause));
    }

    /** Does nothing more in this process; for tests that pretend its end. */
    final void suspend() {
        runner.suspend();
    }

    @Override
    public final String getStatus() {
        DrainRunner current = runner;
        DrainState state = current == null ? DrainCodec.read(saved) : current.state();
        return Narrator.status(state, Clock.systemUTC().instant());
    }

    private void say(List<String> lines) {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            lines.forEach(line -> listener.getLogger().println("[" + step + "] " + line.replace("\n", "\n  ")));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "no console for " + step + " " + id + ": " + lines);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Run<?, ?> build() {
        try {
            return getContext().get(Run.class);
        } catch (IOException e) {
            throw new BuildGone(step + " " + id + " stops: its build is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildGone(step + " " + id + " stops: interrupted", e);
        }
    }

    private void finish(DrainState last) {
        boolean good = last.outcome().good();
        if (last.outcome() == HostOutcome.ABORTED) {
            Throwable cause = stopCause;
            getContext().onFailure(cause != null ? cause : new FlowInterruptedException(Result.ABORTED, true));
        } else if (good || !propagate) {
            getContext().onSuccess(result(last));
        } else {
            getContext().onFailure(new AbortException(step + ": " + last.message()));
        }
    }

    /** The build was deleted, or its controller went down, under the step: there is nobody left to tell. */
    private static final class BuildGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BuildGone(String message, Exception cause) {
            super(message, cause);
        }
    }

    /** What the drain needs of Jenkins. Not serialised: a new one is made after a restart. */
    private final class Ports implements DrainPorts {

        private final Narrator narrator = new Narrator();

        @Override
        public Nova nova() {
            try {
                return CloudSessions.open(build(), cloud, credentialsId);
            } catch (AbortException e) {
                throw new NovaException.Missing(e.getMessage());
            }
        }

        @Override
        public CompletionStage<Void> save(DrainState state) {
            saved = DrainCodec.write(state);
            CompletableFuture<Void> done = new CompletableFuture<>();
            Futures.addCallback(
                    getContext().saveState(),
                    new FutureCallback<Void>() {
                        @Override
                        public void onSuccess(Void nothing) {
                            done.complete(null);
                        }

                        @Override
                        public void onFailure(Throwable failure) {
                            done.completeExceptionally(failure);
                        }
                    },
                    MoreExecutors.directExecutor());
            return done;
        }

        @Override
        public boolean goingDown() {
            Jenkins jenkins = Jenkins.getInstanceOrNull();
            return jenkins != null && jenkins.isTerminating();
        }

        @Override
        public void changed(DrainState before, DrainState after) {
            Instant now = Clock.systemUTC().instant();
            List<String> lines = narrator.lines(before, after, now);
            if (!lines.isEmpty()) {
                say(lines);
            }
            HostMaintenanceAction.of(build()).update(Reports.of(id, step, cloud, after, now));
        }

        @Override
        public void ended(DrainState last) {
            finish(last);
        }

        @Override
        public void broken(DrainState last, Throwable bug) {
            if (bug instanceof BuildGone) {
                LOGGER.log(Level.INFO, bug.getMessage());
                return;
            }
            LOGGER.log(Level.SEVERE, bug, () -> step + " " + id + " broke at " + saved);
            say(List.of("This is a bug of the plugin; nothing more is done. Where the servers are, as last seen: "
                    + Narrator.status(last, Clock.systemUTC().instant())));
            getContext().onFailure(bug);
        }
    }
}
