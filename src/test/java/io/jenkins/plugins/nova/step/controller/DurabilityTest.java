package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.Test;

/** A build that a killed controller would lose is told so before anything moves. */
public class DurabilityTest {

    @Test
    public void onlyABuildThatIsNotSavedIsRemarkedOn() throws Exception {
        String remark = Durability.remark(new InBuild(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        assertTrue(remark, remark.contains("PERFORMANCE_OPTIMIZED"));
        assertTrue(remark, remark.contains("durabilityHint('MAX_SURVIVABILITY')"));
        assertNull(Durability.remark(new InBuild(FlowDurabilityHint.SURVIVABLE_NONATOMIC)));
        assertNull(Durability.remark(new InBuild(FlowDurabilityHint.MAX_SURVIVABILITY)));
        assertNull("unknown", Durability.remark(new InBuild(null)));
    }

    /** Knows of the build's execution alone. */
    private static final class InBuild extends StepContext {
        private static final long serialVersionUID = 1L;

        private final FlowDurabilityHint hint;

        InBuild(FlowDurabilityHint hint) {
            this.hint = hint;
        }

        @Override
        public <T> T get(Class<T> type) {
            FlowExecution execution = new FlowExecution() {
                @Override
                public FlowDurabilityHint getDurabilityHint() {
                    return hint;
                }
            };
            return hint != null && type == FlowExecution.class ? type.cast(execution) : null;
        }

        @Override
        public void onSuccess(Object result) {
            throw new AssertionError();
        }

        @Override
        public void onFailure(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public ListenableFuture<Void> saveState() {
            throw new AssertionError();
        }

        @Override
        public void setResult(Result result) {
            throw new AssertionError();
        }

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new AssertionError();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
