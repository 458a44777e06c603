package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import io.jenkins.plugins.nova.drain.DrainOrder;

/** What steps order when a pipeline gives them nothing but what they cannot do without, for those who measure that. */
public final class OrderOf {

    private OrderOf() {}

    /**
     * The order of {@code nodeEvacuate host: '…'}.
     *
     * @param host to be emptied
     * @param dead whether the host is said to be down and fenced
     */
    public static DrainOrder evacuation(String host, boolean dead) {
        NodeEvacuateStep step = new NodeEvacuateStep(host);
        if (dead) {
            DeadHost said = new DeadHost();
            said.setFenced(true);
            step.setDeadHost(said);
        }
        try {
            return step.order("bench#1");
        } catch (AbortException e) {
            throw new IllegalArgumentException("host '" + host + "'", e);
        }
    }
}
