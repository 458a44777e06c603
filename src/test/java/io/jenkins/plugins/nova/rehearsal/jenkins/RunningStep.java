package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.engine.VmThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step that a test runs. All waiting has a bound; past it an {@link AssertionError} shows the console. */
public final class RunningStep {
    private static final Duration BOUND = Duration.ofMinutes(2);

    private final VmThread vm;
    private final PassingTime time;
    private final CompletableFuture<LiveStep> live;
    private final CompletableFuture<Outcome> end;
    private final CapturedConsole console;

    private final FlowNode node;

    RunningStep(
            VmThread vm,
            PassingTime time,
            CompletableFuture<LiveStep> live,
            CompletableFuture<Outcome> end,
            CapturedConsole console,
            FlowNode node) {
        this.node = node;
        this.vm = vm;
        this.time = time;
        this.live = live;
        this.end = end;
        this.console = console;
    }

    /** What it has printed so far. */
    public String console() {
        return console.text();
    }

    /** Waits until it has printed something. */
    public void awaitConsole(String part, Duration bound) throws InterruptedException {
        time.pass(() -> console().contains(part), bound);
        if (!console.await(part, bound.toNanos())) {
            throw new AssertionError("no '" + part + "' within " + bound + " in:\n" + console());
        }
    }

    /** The step's place in the build's graph. */
    public FlowNode node() {
        return node;
    }

    /** Whether it has ended. */
    public boolean isEnded() {
        return end.isDone();
    }

    /** Waits for its end and gives what it returned. A failure is an {@link AssertionError} that has it as its cause. */
    public Object value(Duration bound) throws InterruptedException {
        Outcome outcome = outcome(bound);
        if (outcome.isFailure()) {
            throw new AssertionError("the step failed; its console:\n" + console(), outcome.getAbnormal());
        }
        return outcome.getNormal();
    }

    /** Waits for its end and gives what it threw. A value is an {@link AssertionError}. */
    public Throwable failure(Duration bound) throws InterruptedException {
        Outcome outcome = outcome(bound);
        if (outcome.isSuccess()) {
            throw new AssertionError("the step returned " + outcome.getNormal() + "; its console:\n" + console());
        }
        return outcome.getAbnormal();
    }

    private Outcome outcome(Duration bound) throws InterruptedException {
        time.pass(end::isDone, bound);
        return await(end, bound);
    }

    /** Stops it as a user who aborts the build does. */
    public void stop() throws InterruptedException {
        stop(new FlowInterruptedException(Result.ABORTED, new Aborted()));
    }

    /** Stops it for some cause. */
    public void stop(Throwable cause) throws InterruptedException {
        onVm(step -> step.stop(cause));
    }

    /** The controller goes down in an orderly way, saving the step, and comes up again. */
    public void restart() throws InterruptedException {
        onVm(LiveStep::restart);
    }

    /** The controller is killed at this moment and comes up again with what was saved last. */
    public void crash() throws InterruptedException {
        onVm(LiveStep::crash);
    }

    /**
     * The controller is killed at this moment and comes up again with another saved state, such as an earlier version's. It must
     * be of a step of the same number in its build.
     */
    public void crashTo(byte[] saved) throws InterruptedException {
        onVm(step -> step.comeBack(saved));
    }

    /** All states saved so far, oldest first: plain Java serialisation of the execution. */
    public List<byte[]> saves() throws InterruptedException {
        return await(live, BOUND).saves();
    }

    /** The execution as it is now; after a restart another object. */
    public StepExecution execution() throws InterruptedException {
        return fromVm(LiveStep::execution);
    }

    /** What the build's page says of the step. */
    public String status() throws InterruptedException {
        return execution().getStatus();
    }

    private void onVm(Consumer<LiveStep> task) throws InterruptedException {
        fromVm(step -> {
            task.accept(step);
            return true;
        });
    }

    private <T> T fromVm(Function<LiveStep, T> task) throws InterruptedException {
        LiveStep step = await(live, BOUND);
        return await(CompletableFuture.supplyAsync(() -> task.apply(step), vm::execute), BOUND);
    }

    private <T> T await(CompletableFuture<T> future, Duration bound) throws InterruptedException {
        try {
            return future.get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException broken) {
            throw new AssertionError("the rehearsal broke; console:\n" + console(), broken.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError("not within " + bound + "; console so far:\n" + console(), late);
        }
    }

    /** A user's abort. */
    private static final class Aborted extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        @Override
        public String getShortDescription() {
            return "Aborted by the test";
        }
    }
}
