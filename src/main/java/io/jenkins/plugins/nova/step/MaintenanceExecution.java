package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnPhase;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnRunner;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnState;
import io.jenkins.plugins.nova.drain.maintenance.EarlierSteps;
import io.jenkins.plugins.nova.drain.maintenance.Maintenance;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceCodec;
import io.jenkins.plugins.nova.drain.maintenance.MaintenancePart;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceWords;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.drain.run.Runner;
import io.jenkins.plugins.nova.drain.run.SilenceKeeper;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.drain.tell.ReturnNarrator;
import io.jenkins.plugins.nova.drain.turn.RollBoard;
import io.jenkins.plugins.nova.drain.turn.TurnNarrator;
import io.jenkins.plugins.nova.drain.turn.TurnRunner;
import io.jenkins.plugins.nova.drain.turn.TurnState;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.step.controller.BoardOfBuild;
import io.jenkins.plugins.nova.step.controller.DrainThreads;
import io.jenkins.plugins.nova.step.controller.RollsAtWork;
import io.jenkins.plugins.nova.step.shown.BlockVariables;
import io.jenkins.plugins.nova.step.shown.EarlierBuilds;
import io.jenkins.plugins.nova.step.shown.GraphMarks;
import io.jenkins.plugins.nova.step.shown.Interruption;
import io.jenkins.plugins.nova.step.shown.JUnitFile;
import io.jenkins.plugins.nova.step.shown.Reports;
import io.jenkins.plugins.nova.step.shown.Standings;
import io.jenkins.plugins.nova.telemetry.DrainEvents;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Runs the maintenance of a host: a drain, the block, the host's return, and perhaps a drain that brings servers home. Each
 * part but the block is a state machine on ticks; all of them are kept in one text, replaced as a whole, so that a controller
 * that dies at any moment goes on with the part it was in.
 *
 * <p>The part is BODY from when Pipeline has begun the block ({@link BodyExecutionCallback#onStart}), not from when it was
 * asked to: what is saved with a block that has not begun begins it again, and what is saved with one that has never does.
 */
final class MaintenanceExecution extends CloudExecution {

    private static final long serialVersionUID = 1L;

    /** Where the servers that are to come home are looked for. */
    private static final EarlierBuilds EARLIER = new EarlierBuilds(
            Set.of(NodeEvacuateStep.NAME, NodeMaintenanceStep.NAME),
            Set.of(NodeMaintenanceStep.NAME, NodeReturnStep.NAME));

    private final String junitReport;

    /** What is rolled, for the build's page; null outside a roll, and in what an earlier version saved. */
    private final String rollKey;

    private volatile String saved;

    /** The block; null before it was asked for. */
    private BodyExecution body;

    private transient volatile MaintenanceState state;
    private transient Runner<?> runner;

    /** As it was shown last, which may be newer than what was saved; for other hosts of the roll. */
    private transient volatile MaintenanceState shown;

    /** What this step tells other hosts of the roll; held here, for it is known weakly there. Null outside a roll. */
    private transient RollsAtWork.Member member;

    /** What others tell; null outside a roll. */
    private transient RollBoard board;

    /** Why the build is aborted, or the block failed; unknown after a restart. */
    private transient volatile Throwable cause;

    /** The abort that the part at work when it came may have been too near its end to hear; the next part is told. */
    private transient volatile Throwable abort;

    /** Aborted twice: no part waits for anything. */
    private transient boolean insisted;

    /**
     * @param name the step's name in the Pipeline
     * @throws AbortException when the step's cloud is not configured, or is not told and not the only one
     */
    MaintenanceExecution(StepContext context, String name, NovaStep step, MaintenanceState begin)
            throws AbortException {
        this(context, name, step, begin, null);
    }

    /**
     * @param name the step's name in the Pipeline
     * @param rollKey what is rolled; null outside a roll
     * @throws AbortException when the step's cloud is not configured, or is not told and not the only one
     */
    MaintenanceExecution(StepContext context, String name, NovaStep step, MaintenanceState begin, String rollKey)
            throws AbortException {
        super(context, name, step, step.isPropagate());
        this.rollKey = rollKey;
        this.junitReport = step.getJunitReport();
        DrainState drain = begin.drain();
        this.saved = MaintenanceCodec.write(
                drain == null
                        ? begin
                        : begin.draining(DrainState.begin(held(drain.order(), drain.began()), drain.began())));
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        synchronized (this) {
            keep(MaintenanceCodec.read(saved));
            if (state.drain() == null) {
                label(state.order().host());
            }
            greet();
            if (state.drain() != null) {
                sayWhy(state.drain().order());
            }
            if (state.turn() != null) {
                report(state);
            }
            run();
        }
        return false;
    }

    @Override
    public void onResume() {
        Instant now = now();
        MaintenanceState read;
        try {
            read = lastSaved().resumed(now);
        } catch (IllegalArgumentException e) {
            getContext().onFailure(new AbortException(step() + ": " + e.getMessage()));
            return;
        }
        say(List.of(
                "The controller was restarted; going on from the saved state: " + MaintenanceWords.status(read, now)));
        synchronized (this) {
            if (state == null) {
                keep(read);
                run();
            }
        }
    }

    /** The block alone is interrupted while it is at work; its end is ours to answer. */
    @Override
    public synchronized void stop(Throwable why) {
        cause = why;
        if (state == null) {
            try {
                keep(lastSaved().resumed(now()));
            } catch (IllegalArgumentException e) {
                getContext().onFailure(new AbortException(step() + ": " + e.getMessage()));
                return;
            }
            run();
        }
        if (state.part() == MaintenancePart.BODY && body != null && body.cancel(why)) {
            return;
        }
        insisted = abort != null;
        abort = why;
        if (runner != null) {
            runner.stop(Interruption.words(why));
        }
    }

    @Override
    public synchronized String getStatus() {
        try {
            return MaintenanceWords.status(state == null ? lastSaved() : state, now());
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private MaintenanceState lastSaved() {
        return MaintenanceCodec.read(lastSaved(saved));
    }

    @Override
    void field(String text) {
        saved = text;
    }

    /** Does nothing more in this process; for tests that pretend its end. */
    synchronized void suspend() {
        letSilenceEnd();
        if (runner != null) {
            runner.suspend();
        }
    }

    private static Instant now() {
        return DrainThreads.clock().instant();
    }

    /** What is changed so belongs to what Pipeline saves of the block, in one with it: no journal is ahead of that. */
    private synchronized void keep(MaintenanceState next) {
        state = next;
        shown = next;
        keepForProgram(MaintenanceCodec.write(next));
    }

    private synchronized CompletionStage<Void> persist(Function<MaintenanceState, MaintenanceState> how) {
        state = how.apply(state);
        shown = state;
        return persist(MaintenanceCodec.write(state), state.part() == MaintenancePart.OVER);
    }

    private synchronized void change(Function<MaintenanceState, MaintenanceState> how) {
        keep(how.apply(state));
    }

    /** Goes on with the part that the state is in. */
    private synchronized void run() {
        atWork();
        keepOrEndSilence();
        Clock clock = DrainThreads.clock();
        if (state.turn() != null) {
            inRoll(clock);
        }
        switch (state.part()) {
            case TURN ->
                begin(new TurnRunner(
                        state.turn(), new Turns(), board, this::ownership, DrainThreads.of(cloud()), clock));
            case DRAIN ->
                begin(new DrainRunner(
                        state.drain(),
                        new Drains(state.drain(), MaintenanceState::draining, this::drained),
                        holders(),
                        DrainThreads.of(cloud()),
                        clock));
            case BEFORE, AFTER -> {
                if (state.returning() == null) {
                    // earlier builds are read from disk: not on Pipeline's thread
                    inBackground(this::gather);
                    return;
                }
                begin(new ReturnRunner(state.returning(), new Returns(), others(), DrainThreads.of(cloud()), clock));
            }
            case HOME ->
                begin(new DrainRunner(
                        state.home(),
                        new Drains(state.home(), MaintenanceState::homing, this::home),
                        holders(),
                        DrainThreads.of(cloud()),
                        clock));
            case BODY -> runner = null;
            // writes to the workspace, on an agent perhaps: not under the lock that stop() waits for
            case OVER -> inBackground(this::finish);
        }
    }

    /** From the drain on; a host that waits for its turn, perhaps for days and perhaps once more, has nothing to be silent about. */
    private void keepOrEndSilence() {
        if (state.part() == MaintenancePart.TURN) {
            letSilenceEnd();
        } else {
            keepSilence(this::kept);
        }
    }

    /** What is to be silent at this moment; null when all is over. */
    private synchronized SilenceKeeper.Kept kept() {
        return switch (state.part()) {
            case DRAIN -> SilenceKeeper.Kept.during(state.drain());
            case BEFORE, BODY, AFTER ->
                SilenceKeeper.Kept.meanwhile(
                        state.returning() == null
                                ? List.of()
                                : state.returning().settings());
            case HOME -> SilenceKeeper.Kept.meanwhile(List.of());
            case TURN, OVER -> null;
        };
    }

    /** Has other hosts of the roll know how this one stands, and the other way round. */
    private void inRoll(Clock clock) {
        if (member == null) {
            member = new Member();
            board = new BoardOfBuild(this::build, clock);
        }
        RollsAtWork.get().add(id(), build(), member);
    }

    private CordonOwnership ownership(ComputeService service) {
        DrainOrder order = state.drain().order();
        return CordonOwnership.of(service, order.claim(), order.takeOver(), holders());
    }

    /** Who else may hold the host: the cordon that this step has set itself keeps nobody out of it. */
    private Holders others() {
        Holders all = holders();
        return new Holders() {
            @Override
            public Holding of(Claim claim) {
                return claim.step() != null && id().startsWith(claim.step()) ? Holding.ENDED : all.of(claim);
            }

            @Override
            public boolean mayName(Claim claim) {
                return all.mayName(claim);
            }

            @Override
            public String name(Claim claim) {
                return all.name(claim);
            }

            @Override
            public Optional<Instant> wrote(Claim claim, String service, String id) {
                return all.wrote(claim, service, id);
            }

            @Override
            public String words(Claim claim) {
                return all.words(claim);
            }
        };
    }

    private void inBackground(Runnable work) {
        CompletableFuture.runAsync(work, DrainThreads.watch()).exceptionally(thrown -> {
            broken(thrown.getCause(), getStatus()); // a CompletionException
            return null;
        });
    }

    private void begin(Runner<?> next) {
        runner = next;
        next.start();
        if (abort != null) {
            next.stop(Interruption.words(abort));
        }
        if (insisted) {
            next.stop(Interruption.words(abort));
        }
    }

    private EarlierSteps earlier() {
        String host = state.order().host();
        return new EarlierSteps(
                EARLIER.left(build(), id(), cloud(), host), EARLIER.set(build(), id(), cloud(), host, now()));
    }

    private void gather() {
        EarlierSteps earlier = earlier();
        synchronized (this) {
            change(at -> Maintenance.gathered(at, earlier, now()));
            run();
        }
    }

    private void drained(DrainState last) {
        EarlierSteps earlier = earlier();
        synchronized (this) {
            change(at -> Maintenance.drained(at, last, earlier, now()));
            run();
        }
    }

    private synchronized void turned(TurnState last) {
        change(at -> Maintenance.turned(at, last, now()));
        report(state);
        run();
    }

    private void home(DrainState last) {
        change(at -> Maintenance.home(at, last, now()));
        run();
    }

    private synchronized void returned(ReturnState last) {
        if (last.phase() != ReturnPhase.AWAY) {
            change(at -> Maintenance.returned(at, last, now()));
            run();
        } else if (cause != null) {
            // aborted while the host was looked at
            change(at -> Maintenance.bodyFailed(at, true, Interruption.words(cause), now()));
            run();
        } else {
            say(List.of(MaintenanceWords.bodyBegins(state)));
            body = getContext()
                    .newBodyInvoker()
                    .withContext(new HeldHost(state.drain().order()))
                    .withContext(environment())
                    .withCallback(new Body(this))
                    .start();
        }
    }

    /** What the block finds in its environment, besides what is around the step. */
    private EnvironmentExpander environment() {
        EnvironmentExpander own = EnvironmentExpander.constant(BlockVariables.of(state.drain()));
        try {
            return EnvironmentExpander.merge(getContext().get(EnvironmentExpander.class), own);
        } catch (IOException e) {
            throw new IllegalStateException("the step's surroundings cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the block began", e);
        }
    }

    private synchronized void bodyBegan() {
        change(Maintenance::bodyBegan);
        if (abort != null && body != null) {
            body.cancel(abort);
        }
    }

    /** On Pipeline's own thread: nothing is asked of the cloud here. */
    private synchronized void bodyEnded(Throwable failure) {
        body = null;
        if (failure == null) {
            say(List.of("The block has ended."));
            change(at -> Maintenance.bodyEnded(at, now()));
        } else {
            cause = failure;
            boolean aborted =
                    failure instanceof FlowInterruptedException interrupted && interrupted.isActualInterruption();
            String why = failure instanceof FlowInterruptedException
                    ? Interruption.words(failure)
                    : failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
            if (aborted) {
                // what is still to be told the cloud is told as after any abort
                abort = failure;
            }
            say(List.of("The block has failed: " + why));
            change(at -> Maintenance.bodyFailed(at, aborted, why, now()));
        }
        // where this fails, Pipeline's own next save has it
        saveProgram();
        run();
    }

    private void finish() {
        // where this fails, what was saved before goes on to the same end
        persist(at -> at);
        MaintenanceState last = state;
        report(last);
        if (junitReport != null) {
            say(List.of(
                    JUnitFile.write(getContext(), junitReport, Reports.of(id(), step(), cloud(), last, last.ended()))));
        }
        say(List.of(last.outcome() + ": " + last.message()));
        if (!last.good() && !propagates()) {
            new GraphMarks(getContext()).warn(last.outcome() + ": " + last.message());
        }
        boolean interrupted = last.outcome().equals(HostOutcome.ABORTED.toString());
        boolean blockFailed = last.outcome().equals("BODY_FAILED");
        if (cause != null && (interrupted || blockFailed)) {
            getContext().onFailure(cause);
        } else if (interrupted) {
            getContext().onFailure(new FlowInterruptedException(Result.ABORTED, true));
        } else if (last.good() || (!propagates() && !blockFailed)) {
            getContext().onSuccess(Maintenance.result(last));
        } else {
            getContext().onFailure(new AbortException(step() + ": " + last.message()));
        }
    }

    private void report(MaintenanceState now) {
        shown = now;
        sayMoved(now.order().by());
        HostMaintenanceAction page = HostMaintenanceAction.of(build());
        page.update(Reports.of(id(), step(), cloud(), now, rollKey, now()));
        if (now.home() != null) {
            page.update(Reports.of(id() + "-home", step() + " bringHome", cloud(), now.home(), now()));
        }
    }

    /** Whoever waits for this host need not wait for ever. */
    @Override
    void brokenFor(Throwable bug) {
        RollsAtWork.get().remove(id());
    }

    /** What other hosts of the roll are told of this one. */
    private final class Member implements RollsAtWork.Member {

        @Override
        public String roll() {
            return shown.turn().order().roll();
        }

        @Override
        public String host() {
            return shown.order().host();
        }

        @Override
        public RollBoard.Standing standing() {
            return Standings.of(shown);
        }
    }

    /** What Pipeline tells of the block. Saved with the program, as the execution is, and in one with it. */
    private static final class Body extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final MaintenanceExecution execution;

        Body(MaintenanceExecution execution) {
            this.execution = execution;
        }

        @Override
        public void onStart(StepContext context) {
            execution.bodyBegan();
        }

        @Override
        public void onSuccess(StepContext context, Object value) {
            execution.bodyEnded(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            execution.bodyEnded(failure);
        }
    }

    /** The wait for its turn in a roll as a part of the whole. */
    private final class Turns extends JenkinsPorts<TurnState> {

        private final TurnNarrator narrator = new TurnNarrator();

        @Override
        public CompletionStage<Void> save(TurnState part) {
            return persist(at -> at.turning(part));
        }

        @Override
        String words(TurnState part) {
            return TurnNarrator.status(part);
        }

        @Override
        public void changed(TurnState before, TurnState now) {
            List<String> lines = narrator.lines(before, now, now());
            if (!lines.isEmpty()) {
                say(lines);
            }
            report(state.turning(now));
        }

        @Override
        public void ended(TurnState last) {
            turned(last);
        }
    }

    /** A drain as a part of the whole. */
    private final class Drains extends JenkinsPorts<DrainState> {

        private final Narrator narrator = new Narrator();
        private final BiFunction<MaintenanceState, DrainState, MaintenanceState> place;
        private final Consumer<DrainState> after;
        private final DrainEvents events;

        Drains(
                DrainState known,
                BiFunction<MaintenanceState, DrainState, MaintenanceState> place,
                Consumer<DrainState> after) {
            this.events = new DrainEvents(known, MaintenanceExecution.this::origin);
            this.place = place;
            this.after = after;
        }

        @Override
        public CompletionStage<Void> save(DrainState part) {
            return events.saving(part, persist(at -> place.apply(at, part)));
        }

        @Override
        String words(DrainState part) {
            return Narrator.status(part, now());
        }

        @Override
        public void changed(DrainState before, DrainState now) {
            List<String> lines = narrator.lines(before, now, now());
            if (!lines.isEmpty()) {
                say(lines);
            }
            report(place.apply(state, now));
            events.settled(now);
        }

        @Override
        public void ended(DrainState last) {
            after.accept(last);
        }
    }

    /** The host's return as a part of the whole. */
    private final class Returns extends JenkinsPorts<ReturnState> {

        private final ReturnNarrator narrator = new ReturnNarrator();

        @Override
        public CompletionStage<Void> save(ReturnState part) {
            return persist(at -> at.returning(part));
        }

        @Override
        String words(ReturnState part) {
            return ReturnNarrator.status(part);
        }

        @Override
        public void changed(ReturnState before, ReturnState now) {
            List<String> lines = narrator.lines(before, now, now());
            if (!lines.isEmpty()) {
                say(lines);
            }
            report(state.returning(now));
        }

        @Override
        public void ended(ReturnState last) {
            returned(last);
        }
    }
}
