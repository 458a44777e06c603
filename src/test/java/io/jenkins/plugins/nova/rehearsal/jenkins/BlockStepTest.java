package io.jenkins.plugins.nova.rehearsal.jenkins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.cloudbees.groovy.cps.Outcome;
import hudson.model.TaskListener;
import io.jenkins.plugins.nova.rehearsal.build.Answers;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.build.Operator;
import io.jenkins.plugins.nova.rehearsal.build.Parameters;
import io.jenkins.plugins.nova.rehearsal.build.Secrets;
import io.jenkins.plugins.nova.rehearsal.build.Variables;
import io.jenkins.plugins.nova.rehearsal.engine.Engine;
import io.jenkins.plugins.nova.rehearsal.engine.JenkinsfileCompiler;
import io.jenkins.plugins.nova.rehearsal.engine.Libraries;
import io.jenkins.plugins.nova.rehearsal.engine.Needs;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineScript;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.Scripts;
import io.jenkins.plugins.nova.rehearsal.engine.StepTable;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import io.jenkins.plugins.nova.rehearsal.engine.VmThread;
import io.jenkins.plugins.nova.rehearsal.steps.BasicSteps;
import io.jenkins.plugins.nova.rehearsal.steps.Failures;
import io.jenkins.plugins.nova.rehearsal.steps.Reach;
import io.jenkins.plugins.nova.rehearsal.steps.Stubs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.kohsuke.stapler.DataBoundConstructor;

/** Block steps of a plugin: their bodies, what these get, and how they end. */
public class BlockStepTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    /** {@code withRegion('x') { … }}: sets REGION, and says when its block has ended. */
    public static final class RegionStep extends Step {
        private final String region;

        @DataBoundConstructor
        public RegionStep(String region) {
            this.region = region;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new Execution(context, region);
        }

        private static final class Execution extends StepExecution {
            private static final long serialVersionUID = 1L;
            private final String region;

            Execution(StepContext context, String region) {
                super(context);
                this.region = region;
            }

            @Override
            public boolean start() throws Exception {
                EnvironmentExpander outer = getContext().get(EnvironmentExpander.class);
                getContext()
                        .newBodyInvoker()
                        .withContext(EnvironmentExpander.merge(
                                outer, EnvironmentExpander.constant(Map.of("REGION", region))))
                        .withCallback(new Tail())
                        .start();
                return false;
            }
        }

        private static final class Tail extends BodyExecutionCallback.TailCall {
            private static final long serialVersionUID = 1L;

            @Override
            protected void finished(StepContext context) throws Exception {
                context.get(TaskListener.class).getLogger().println("block ended");
            }
        }

        /** Not an extension: only this test has it. */
        static final class DescriptorImpl extends StepDescriptor {
            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of();
            }

            @Override
            public String getFunctionName() {
                return "withRegion";
            }

            @Override
            public boolean takesImplicitBlockArgument() {
                return true;
            }
        }
    }

    private Outcome run(String script) throws Exception {
        Build build = new Build(
                RehearsedRun.begin("test", folder.getRoot()),
                new Console(
                        new PrintStream(seen, true, StandardCharsets.UTF_8),
                        StandardCharsets.UTF_8,
                        false,
                        Clock.systemUTC()),
                Path.of(folder.getRoot().getPath()),
                new Parameters(Map.of()),
                new Secrets(name -> null, name -> null),
                new Operator(new Answers("", Map.of()), null, false, "tester"),
                new TreeMap<>());
        CompletableFuture<Throwable> broken = new CompletableFuture<>();
        try (VmThread vm = new VmThread(broken::complete)) {
            List<PipelineStep> steps = new ArrayList<>(new BasicSteps(build)
                    .all(new Reach(false, true, Stubs.of(List.of(), Map.of())), new Libraries(Map.of())));
            steps.add(new PluginStep(new RegionStep.DescriptorImpl(), new StepHost(vm), build));
            CompletableFuture<Engine> self = new CompletableFuture<>();
            Engine engine = new Engine(
                    vm,
                    new StepTable(steps),
                    new Variables(build, () -> self.join().surroundings(), model -> model, stubbed -> false, true),
                    (call, signature) -> {},
                    new Scripts(new Libraries(Map.of()), getClass().getClassLoader(), mine -> List.of()),
                    new Needs(),
                    true);
            self.complete(engine);
            broken.thenAccept(engine::broken);
            PipelineScript compiled = new JenkinsfileCompiler(List.of()).compile(script, JenkinsfileCompiler.NAME);
            compiled.attach(engine);
            return engine.start(compiled, Surroundings.outermost()).get(30, TimeUnit.SECONDS);
        }
    }

    private List<String> lines() {
        return seen.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    public void bodyGetsTheContextAndItsValueIsTheSteps() throws Exception {
        Outcome outcome =
                run("def v = withRegion('one') { withEnv(['A=a']) { withRegion('two') { echo \"${REGION} ${A}\" }\n"
                        + "return \"in ${env.REGION}\" } }\nreturn \"${v} out ${env.REGION}\".toString()");
        assertEquals("in one out null", outcome.getNormal());
        assertEquals(List.of("two a", "block ended", "block ended"), lines());
    }

    @Test
    public void failureOfTheBodyIsTheSteps() throws Exception {
        Outcome outcome = run("withRegion('one') { error 'boo' }");
        assertEquals("boo", outcome.getAbnormal().getMessage());
        assertEquals(List.of("block ended"), lines());
    }

    @Test
    public void timeoutReachesTheStepInTheBody() throws Exception {
        Outcome outcome = run("timeout(time: 50, unit: 'MILLISECONDS') { withRegion('one') { sleep 100 } }");
        assertEquals("Timeout has been exceeded", Failures.words(outcome.getAbnormal()));
        assertTrue(lines().contains("block ended"));
    }

    @Test
    public void blockStepNeedsItsBlock() throws Exception {
        assertEquals(
                "withRegion step must be called with a body",
                run("withRegion('one')").getAbnormal().getMessage());
    }
}
