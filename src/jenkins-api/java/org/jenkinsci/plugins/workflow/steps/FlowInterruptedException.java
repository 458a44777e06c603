package org.jenkinsci.plugins.workflow.steps;

import hudson.model.Result;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.CauseOfInterruption;

public final class FlowInterruptedException extends InterruptedException {
    private static final long serialVersionUID = 1;
    private final Result result;
    private final boolean actualInterruption;
    private final ArrayList<CauseOfInterruption> causes;

    public FlowInterruptedException(Result a0, CauseOfInterruption... a1) {
        this(a0, true, a1);
    }

    public FlowInterruptedException(Result a0, boolean a1, CauseOfInterruption... a2) {
        this.result = a0;
        this.actualInterruption = a1;
        this.causes = new ArrayList<>(List.of(a2));
    }

    public Result getResult() {
        return result;
    }

    public List<CauseOfInterruption> getCauses() {
        return causes;
    }

    public boolean isActualInterruption() {
        return actualInterruption;
    }
}
