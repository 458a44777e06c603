package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.drain.run.SilenceKeeper;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.step.controller.DrainThreads;
import io.jenkins.plugins.nova.step.shown.GraphMarks;
import io.jenkins.plugins.nova.step.shown.Interruption;
import io.jenkins.plugins.nova.step.shown.JUnitFile;
import io.jenkins.plugins.nova.step.shown.Reports;
import io.jenkins.plugins.nova.telemetry.DrainEvents;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Runs a drain as a Pipeline step: asynchronous, with the drain's state in the build's program as text, and what changed since in
 * a journal beside it, so that a controller that dies at any moment goes on from what was saved.
 *
 * <p>{@link #start} and {@link #onResume} only schedule; ticks run on {@link DrainThreads}. {@link #saved} is replaced as a
 * whole, with the name of the journal that belongs to it, so whenever Pipeline serialises this object it writes one whole state:
 * see {@link CloudExecution#persist}.
 */
abstract class DrainExecution extends CloudExecution {

    private static final long serialVersionUID = 1L;

    private final String junitReport;
    private volatile String saved;

    // What CloudExecution keeps now; read where an execution was saved before there was one, null and false in a new
    // one.
    private String id;
    private String step;
    private String cloud;
    private String credentialsId;
    private boolean propagate;

    private transient volatile DrainRunner runner;
    private transient volatile Throwable stopCause;

    /**
     * @throws AbortException when the step's cloud is not configured, or is not told and not the only one
     */
    DrainExecution(StepContext context, String name, NovaStep step, DrainOrder order) throws AbortException {
        super(context, name, step, step.isPropagate());
        this.junitReport = step.getJunitReport();
        Instant now = DrainThreads.clock().instant();
        this.saved = DrainCodec.write(DrainState.begin(held(order, now), now).onItsOwn());
    }

    /** An execution that an earlier version saved, with everything in this class, becomes one of today's. */
    protected final Object readResolve() {
        if (id != null) {
            adopt(id, step, cloud, credentialsId, propagate);
            id = null;
        }
        return this;
    }

    /** What the step returns. */
    abstract Object result(DrainState last);

    @Override
    public final boolean start() throws IOException, InterruptedException {
        DrainState state = DrainCodec.read(saved);
        label(state.order().subject());
        greet();
        sayWhy(state.order());
        run(state);
        return false;
    }

    @Override
    public final void onResume() {
        DrainState state;
        try {
            state = lastSaved();
        } catch (IllegalArgumentException e) {
            getContext().onFailure(new AbortException(step() + ": " + e.getMessage()));
            return;
        }
        say(List.of("The controller was restarted; going on from the saved state: "
                + Narrator.status(state, DrainThreads.clock().instant())));
        run(DrainRunner.resume(state, DrainThreads.clock().instant()));
    }

    private synchronized void run(DrainState state) {
        if (runner == null) {
            atWork();
            runner = new DrainRunner(
                    state, new DrainOfJenkins(state), holders(), DrainThreads.of(cloud()), DrainThreads.clock());
            runner.start();
            if (state.order().emptiesHost() && !state.order().dryRun()) {
                keepSilence(() -> {
                    DrainState now = runner.state();
                    return now.over() ? null : SilenceKeeper.Kept.during(now);
                });
            }
        }
    }

    @Override
    public final void stop(Throwable cause) {
        stopCause = cause;
        if (runner == null) {
            DrainState state;
            try {
                state = lastSaved();
            } catch (IllegalArgumentException e) {
                getContext().onFailure(new AbortException(step() + ": " + e.getMessage()));
                return;
            }
            run(DrainRunner.resume(state, DrainThreads.clock().instant()));
        }
        runner.stop(Interruption.words(cause));
    }

    /** Does nothing more in this process; for tests that pretend its end. */
    final void suspend() {
        runner.suspend();
        letSilenceEnd();
    }

    @Override
    public final String getStatus() {
        try {
            return Narrator.status(state(), DrainThreads.clock().instant());
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** The drain as it is now. */
    final DrainState state() {
        DrainRunner current = runner;
        return current == null ? lastSaved() : current.state();
    }

    private DrainState lastSaved() {
        return DrainCodec.read(lastSaved(saved));
    }

    @Override
    final void field(String text) {
        saved = text;
    }

    /** Whether the step succeeds whatever {@code propagate} says. */
    boolean succeeds(DrainState last) {
        return last.outcome().good();
    }

    private void finish(DrainState last) {
        boolean good = succeeds(last);
        if (last.outcome() == HostOutcome.ABORTED) {
            Throwable cause = stopCause;
            getContext().onFailure(cause != null ? cause : new FlowInterruptedException(Result.ABORTED, true));
        } else if (good || !propagates()) {
            getContext().onSuccess(result(last));
        } else {
            getContext().onFailure(new AbortException(step() + ": " + last.message()));
        }
    }

    /** What the drain needs of Jenkins. */
    private final class DrainOfJenkins extends JenkinsPorts<DrainState> {

        private final Narrator narrator = new Narrator();
        private final DrainEvents events;

        DrainOfJenkins(DrainState known) {
            this.events = new DrainEvents(known, DrainExecution.this::origin);
        }

        @Override
        public CompletionStage<Void> save(DrainState state) {
            return events.saving(state, persist(DrainCodec.write(state), state.over()));
        }

        @Override
        String words(DrainState state) {
            return Narrator.status(state, DrainThreads.clock().instant());
        }

        @Override
        public void changed(DrainState before, DrainState after) {
            Instant now = DrainThreads.clock().instant();
            List<String> lines = narrator.lines(before, after, now);
            if (!lines.isEmpty()) {
                say(lines);
            }
            sayMoved(after.order().by());
            HostMaintenanceAction.of(build()).update(Reports.of(id(), step(), cloud(), after, now));
            events.settled(after);
        }

        @Override
        public void ended(DrainState last) {
            if (junitReport != null) {
                say(List.of(JUnitFile.write(
                        getContext(), junitReport, Reports.of(id(), step(), cloud(), last, last.ended()))));
            }
            if (!last.outcome().good() && !propagates()) {
                new GraphMarks(getContext()).warn(last.outcome() + ": " + last.message());
            }
            finish(last);
        }
    }
}
