package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import io.jenkins.plugins.nova.rehearsal.engine.VmThread;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.Step;

/** Runs the plugin's real steps on a VM thread, and saves those in flight as a controller saves its program. */
public final class StepHost {
    private final VmThread vm;
    private final Consumer<byte[]> disk;
    private final ProgramSaver program;

    /** Whether of each step all that was ever saved is kept: for tests. */
    private final boolean keepsAll;

    private final Executions executions = new Executions();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, LiveStep> live = new ConcurrentSkipListMap<>();

    /** Saves what the steps are called by. */
    public interface ProgramSaver {
        /** Saves it, on the VM thread; returns why it cannot be saved. */
        Optional<IOException> save();
    }

    StepHost(VmThread vm) {
        this(vm, bytes -> {});
    }

    /** @param disk told of every state of a step that is saved, on the VM thread */
    StepHost(VmThread vm, Consumer<byte[]> disk) {
        this(vm, disk, Optional::empty, true);
    }

    /**
     * Of each step it keeps what was saved last, as a controller does.
     *
     * @param program saves the program too, where a step asks for its state to be saved
     */
    public StepHost(VmThread vm, ProgramSaver program) {
        this(vm, bytes -> {}, program, false);
    }

    private StepHost(VmThread vm, Consumer<byte[]> disk, ProgramSaver program, boolean keepsAll) {
        this.vm = vm;
        this.disk = disk;
        this.program = program;
        this.keepsAll = keepsAll;
    }

    VmThread vm() {
        return vm;
    }

    boolean keepsAll() {
        return keepsAll;
    }

    Executions executions() {
        return executions;
    }

    /**
     * Starts a step, on the VM thread.
     *
     * @param end told once how it ended, from any thread
     */
    LiveStep launch(Step step, ContextSource source, Consumer<Outcome> end) {
        LiveStep started = fresh(source, end);
        started.start(step);
        return started;
    }

    /**
     * Goes on with a step that another process has saved, on the VM thread; the n-th of this one is that one's n-th.
     *
     * @param end told once how it ended, from any thread
     */
    LiveStep resume(byte[] saved, ContextSource source, Consumer<Outcome> end) {
        LiveStep resumed = fresh(source, end);
        resumed.resume(saved);
        return resumed;
    }

    private LiveStep fresh(ContextSource source, Consumer<Outcome> end) {
        RehearsalStepContext context = new RehearsalStepContext(ids.incrementAndGet(), this, source, end);
        executions.add(context);
        LiveStep step = new LiveStep(this, context);
        live.put(context.id(), step);
        StepsInFlight.get().add(step);
        return step;
    }

    void ended(RehearsalStepContext context) {
        vm.execute(() -> {
            executions.remove(context);
            StepsInFlight.get().remove(live.remove(context.id()));
        });
    }

    /**
     * Saves all steps in flight.
     *
     * @return done once they are bytes; failed, and the steps with it, if one cannot be saved
     */
    ListenableFuture<Void> save() {
        SettableFuture<Void> saved = SettableFuture.create();
        Runnable save = () -> {
            for (LiveStep step : Map.copyOf(live).values()) {
                try {
                    step.save();
                } catch (IOException failure) {
                    saved.setException(failure);
                    step.fail(failure);
                }
            }
            program.save().ifPresent(saved::setException);
            saved.set(null);
        };
        vm.execute(save);
        return saved;
    }

    /** Whether a step asks a cloud on a thread of its own, as those do that change nothing. From any thread. */
    public boolean reads() {
        return live.values().stream().anyMatch(LiveStep::reads);
    }

    /** The controller is killed, and all steps in flight with it; it comes up again and goes on with what each had saved last. On the VM thread. */
    public void crash() {
        Map<LiveStep, byte[]> saved = new LinkedHashMap<>();
        live.values().forEach(step -> saved.put(step, step.dies()));
        saved.forEach(LiveStep::resume);
    }

    /** Writes one execution and its block, to the disk too. */
    byte[] write(Object execution) throws IOException {
        byte[] bytes = executions.write(execution);
        disk.accept(bytes);
        return bytes;
    }
}
