package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import java.io.NotSerializableException;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class StepRunnerTest {
    private static final Duration BOUND = Duration.ofSeconds(10);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Counts its lives, saves when told to, and ends when it is stopped. */
    private static final class Counter extends StepExecution {
        private static final long serialVersionUID = 1L;

        private int lives = 1;
        private Object luggage;

        Counter(StepContext context, Object luggage) {
            super(context);
            this.luggage = luggage;
        }

        @Override
        public boolean start() {
            return false;
        }

        @Override
        public void onResume() {
            lives++;
        }

        @Override
        public void stop(Throwable cause) {
            getContext().onSuccess(lives);
        }

        @Override
        public String getStatus() {
            return "life " + lives;
        }
    }

    private static Step counter(Object luggage) {
        return new Step() {
            @Override
            public StepExecution start(StepContext context) {
                return new Counter(context, luggage);
            }
        };
    }

    @Test
    public void restartKeepsTheStateOfTheMoment() throws Exception {
        try (StepRunner runner = new StepRunner(folder.getRoot())) {
            RunningStep step = runner.start(counter("text"));
            StepExecution first = step.execution();
            step.restart();
            step.restart();
            assertEquals("life 3", step.status());
            assertFalse(first == step.execution());
            step.stop();
            assertEquals(3, step.value(BOUND));
        }
    }

    @Test
    public void crashKeepsWhatWasSavedLast() throws Exception {
        try (StepRunner runner = new StepRunner(folder.getRoot())) {
            RunningStep step = runner.start(counter("text"));
            step.crash();
            step.crash();
            assertEquals("life 2", step.status());
            step.execution().getContext().saveState().get();
            step.crash();
            assertEquals("life 3", step.status());
        }
    }

    @Test
    public void deadExecutionCanNeitherSaveNorEndTheStep() throws Exception {
        try (StepRunner runner = new StepRunner(folder.getRoot())) {
            RunningStep step = runner.start(counter("text"));
            StepContext dead = step.execution().getContext();
            step.crash();
            dead.onSuccess("ghost");
            assertTrue(dead.saveState().isDone());
            assertFalse(dead.isReady());
            step.stop();
            assertEquals(2, step.value(BOUND));
        }
    }

    @Test
    public void executionThatCannotBeSavedFails() throws Exception {
        try (StepRunner runner = new StepRunner(folder.getRoot())) {
            Throwable failure = runner.start(counter(new Thread())).failure(BOUND);
            assertSame(NotSerializableException.class, failure.getClass());
            assertEquals("java.lang.Thread", failure.getMessage());
        }
    }

    private record Luggage(String what) implements java.io.Serializable {}

    @Test
    public void recordInAnExecutionFails() throws Exception {
        try (StepRunner runner = new StepRunner(folder.getRoot())) {
            Throwable failure = runner.start(counter(new Luggage("clothes"))).failure(BOUND);
            assertTrue(failure.getMessage(), failure.getMessage().contains("Luggage, a record"));
        }
    }
}
