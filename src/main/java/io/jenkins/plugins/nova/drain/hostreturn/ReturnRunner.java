package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.run.Runner;
import io.jenkins.plugins.nova.drain.run.RunnerPorts;
import java.time.Clock;
import java.time.Duration;
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
        super(state, new ReturnMachine(holders, ports::quietingDown), ports, executor, clock);
    }

    /**
     * How long a host is at least looked at by a new process before its time to become fit is over, which may have passed while
     * there was none: two reports of nova-compute (report_interval, 10 s by default) and the second look, with some to spare.
     */
    private static final Duration LOOKED_AT = Duration.ofMinutes(2);

    /**
     * A saved state, as a new process must take it: what was about to be sent may have been sent, so it is looked at first
     * (law 2), and a host that has become fit meanwhile gets the time to show it.
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
        edit.settings =
                saved.settings().stream().map(change -> change.resumed(now)).toList();
        edit.trouble = null;
        edit.troubleSince = null;
        if (saved.phase() == ReturnPhase.WAIT) {
            Duration limit = saved.order().readyTimeout();
            Instant least =
                    limit.compareTo(LOOKED_AT) < 0 ? now : now.minus(limit).plus(LOOKED_AT);
            edit.since = saved.since().isBefore(least) ? least : saved.since();
        }
        return edit.done();
    }

    private static ServiceChange resumed(ServiceChange change, Instant now) {
        boolean recorded = change != null && change.state() == ServiceChange.State.RECORDED;
        return recorded ? change.to(ServiceChange.State.SENT, now) : change;
    }
}
