package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.nova.rehearsal.engine.VmThread;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;

/** Runs single steps on a VM thread, each with a console of its own. */
public final class StepLab implements AutoCloseable {
    private final RehearsedRun run;
    private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
    private final VmThread vm = new VmThread(broken::complete);
    private final StepHost host;
    private PassingTime time = PassingTime.REAL;

    /**
     * @param run the build they belong to
     * @param disk told of every state of a step that is saved
     */
    public StepLab(RehearsedRun run, Consumer<byte[]> disk) {
        this.run = run;
        this.host = new StepHost(vm, disk);
    }

    /** Has time pass in this way while tests wait for the steps started from now on; it is closed with this. */
    public void in(PassingTime other) {
        time = other;
        time.forSteps(vm::isIdle);
    }

    /** How time passes, which from now on is another's to close. */
    public PassingTime handOver() {
        PassingTime mine = time;
        time = PassingTime.REAL;
        return mine;
    }

    /** The build. */
    public RehearsedRun run() {
        return run;
    }

    /** Starts a step without a block. */
    public RunningStep start(Step step) {
        return start(step, null);
    }

    /** Starts a step with a block, which is the test's to end; null for none. */
    public RunningStep start(Step step, HandBlock block) {
        return run(block, (context, end) -> host.launch(step, context, end));
    }

    /** Goes on with a step that another process has saved. */
    public RunningStep resume(byte[] saved) {
        return run(null, (context, end) -> host.resume(saved, context, end));
    }

    private RunningStep run(HandBlock block, BiFunction<ContextSource, Consumer<Outcome>, LiveStep> how) {
        CompletableFuture<LiveStep> live = new CompletableFuture<>();
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        CapturedConsole console = new CapturedConsole();
        broken.thenAccept(end::completeExceptionally);
        if (block != null) {
            block.in(time);
        }
        Alone alone = new Alone(console, block);
        vm.execute(() -> live.complete(how.apply(alone, end::complete)));
        return new RunningStep(vm, time, live, end, console, alone.node);
    }

    @Override
    public void close() {
        time.close();
        vm.close();
    }

    /** A step that stands in nothing but a build. */
    private final class Alone implements ContextSource {
        private final PrintStream console;
        private final RehearsedNode node = new RehearsedNode();
        private final FilePath workspace = new FilePath(new File(run.getRootDir(), "workspace"));
        private final HandBlock block;

        Alone(CapturedConsole console, HandBlock block) {
            this.block = block;
            this.console = new PrintStream(console, true, StandardCharsets.UTF_8);
        }

        @Override
        public <T> T get(Class<T> type, List<Object> nearer) {
            TaskListener listener = () -> console;
            return Stream.of(run, listener, new EnvVars(), node, workspace)
                    .filter(type::isInstance)
                    .map(type::cast)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public boolean hasBody() {
            return block != null;
        }

        @Override
        public BodyHandle invokeBody(List<Object> contexts, Consumer<Outcome> end) {
            return block.begins(vm, end);
        }

        @Override
        public void setResult(Result result) {
            run.setResult(result);
        }
    }
}
