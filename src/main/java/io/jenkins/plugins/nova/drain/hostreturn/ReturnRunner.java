package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.run.Runner;
import io.jenkins.plugins.nova.drain.run.RunnerPorts;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/** Runs the return of a host, to the body or from it. */
public final class ReturnRunner extends Runner<ReturnState> {

    /**
     * @param state a new one, or one that was saved ({@link #resume})
     * @param ports see there
     * @param holders who knows whether another holder of the host is still at work; of the cordon that this step has set
     *     itself, it says that nobody is
     * @param executor runs ticks; several may share it
     * @param clock what time it is
     */
    public ReturnRunner(
            ReturnState state,
            RunnerPorts<ReturnState> ports,
            Holders holders,
            ScheduledExecutorService executor,
            Clock clock) {
        super(state, new ReturnMachine(holders), ports, executor, clock);
    }

    /**
     * A saved state, as a new process must take it: what was about to be sent may have been sent, so it is looked at first
     * (law 2).
     *
     * @param saved by {@link RunnerPorts#save}
     * @param now the time
     */
    public static ReturnState resume(ReturnState saved, Instant now) {
        ReturnState.Edit edit = saved.edit();
        edit.forceUp = resumed(saved.forceUp(), now);
        edit.uncordon = resumed(saved.uncordon(), now);
        edit.mark = resumed(saved.mark(), now);
        edit.canary = saved.canary() == null ? null : saved.canary().resumed();
        edit.trouble = null;
        edit.troubleSince = null;
        return edit.done();
    }

    private static ServiceChange resumed(ServiceChange change, Instant now) {
        boolean recorded = change != null && change.state() == ServiceChange.State.RECORDED;
        return recorded ? change.to(ServiceChange.State.SENT, now) : change;
    }
}
