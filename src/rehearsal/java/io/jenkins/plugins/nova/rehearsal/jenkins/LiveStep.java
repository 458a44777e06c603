package io.jenkins.plugins.nova.rehearsal.jenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One step of the plugin in flight. VM thread only, but for what says otherwise. */
final class LiveStep {
    private final StepHost host;
    private final List<byte[]> saves = new ArrayList<>();
    private volatile RehearsalStepContext context;
    private volatile StepExecution execution;

    LiveStep(StepHost host, RehearsalStepContext context) {
        this.host = host;
        this.context = context;
    }

    void start(Step step) {
        try {
            execution = step.start(context);
            boolean synchronous = execution.start();
            if (synchronous && !context.isEnded()) {
                context.onFailure(new AssertionError("Step " + step.getClass().getSimpleName()
                        + " says that it has ended, but gave neither a value nor a failure"));
            } else if (!synchronous && !context.isEnded()) {
                save();
            }
        } catch (Exception failure) {
            context.onFailure(failure);
        }
    }

    /** Saves it; the controller does so after each start that goes on in the background, and when asked to. */
    void save() throws IOException {
        if (execution != null && !context.isEnded()) {
            // in one, as the program's file has them: a block's callback may refer to its step
            byte[] bytes = host.write(new Object[] {execution, host.executions().body(context.id())});
            synchronized (saves) {
                if (!host.keepsAll()) {
                    saves.clear();
                }
                saves.add(bytes);
            }
        }
    }

    void fail(Throwable failure) {
        context.onFailure(failure);
    }

    /** Asks it to stop, as aborting the build does. */
    void stop(Throwable cause) {
        try {
            execution.stop(cause);
        } catch (Exception failure) {
            context.onFailure(failure);
        }
    }

    /** Whether it is at work on a thread of its own; one that has its block under way is not. From any thread. */
    boolean reads() {
        return execution instanceof GeneralNonBlockingStepExecution
                && host.executions().body(context.id()) == null;
    }

    /** The execution as it is now; after a restart another object. */
    StepExecution execution() {
        return execution;
    }

    /** Does something on the VM thread. From any thread. */
    void onVm(Runnable something) {
        host.vm().execute(something);
    }

    /** All states that are kept, oldest first. From any thread. */
    List<byte[]> saves() {
        synchronized (saves) {
            return List.copyOf(saves);
        }
    }

    /** The controller goes down in an orderly way, saving the step, and comes up again. */
    void restart() {
        try {
            save();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        crash();
    }

    /** The controller is killed and comes up again with what was saved last. */
    void crash() {
        comeBack(savedLast());
    }

    /** The controller is gone: what runs of the step can neither save nor tell anything any more. What it had saved last. */
    byte[] dies() {
        RehearsalStepContext next = context.afterRestart();
        host.executions().add(next);
        context = next;
        return savedLast();
    }

    private byte[] savedLast() {
        List<byte[]> saved = saves();
        if (saved.isEmpty()) {
            throw new IllegalStateException("nothing of the step was saved");
        }
        return saved.get(saved.size() - 1);
    }

    /** The controller comes up again with these bytes as what was saved last, such as by an earlier version. */
    void comeBack(byte[] saved) {
        RehearsalStepContext next = context.afterRestart();
        host.executions().add(next);
        context = next;
        resume(saved);
    }

    /** Goes on with what was saved, perhaps by another process. */
    void resume(byte[] bytes) {
        try {
            Object read = host.executions().read(bytes);
            // samples of 606497f, which had no steps with blocks, hold the execution alone
            Object[] program = read instanceof Object[] both ? both : new Object[] {read, null};
            execution = (StepExecution) program[0];
            if (program[1] == null) {
                host.executions().forgetBody(context.id());
            }
        } catch (IOException | ClassNotFoundException failure) {
            throw new IllegalStateException("the saved step cannot be read", failure);
        }
        execution.onResume();
    }
}
