package org.jenkinsci.plugins.workflow.flow;

public enum FlowDurabilityHint {
    PERFORMANCE_OPTIMIZED,
    SURVIVABLE_NONATOMIC,
    MAX_SURVIVABILITY;

    public boolean isPersistWithEveryStep() {
        return this != PERFORMANCE_OPTIMIZED;
    }
}
