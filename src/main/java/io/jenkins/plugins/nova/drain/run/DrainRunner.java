package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.drain.BackOut;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.claim.Holders;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/** Runs a drain. */
public final class DrainRunner extends Runner<DrainState> {

    /**
     * @param state a new one ({@link DrainState#begin}), or one that was saved ({@link #resume})
     * @param ports see there
     * @param holders who knows whether another holder of the host is still at work
     * @param executor runs ticks, and helps with their requests; several drains may share it
     * @param clock what time it is
     */
    public DrainRunner(
            DrainState state,
            RunnerPorts<DrainState> ports,
            Holders holders,
            ScheduledExecutorService executor,
            Clock clock) {
        super(
                state,
                new DrainMachine(
                        holders,
                        new SideBySide(executor),
                        ports::quietingDown,
                        ports.guests(state.order().guests())),
                ports,
                executor,
                clock);
    }

    /**
     * A saved state, as a new process must take it: what was about to be sent may have been sent (law 2).
     *
     * @param saved by {@link RunnerPorts#save}
     * @param now the time
     */
    public static DrainState resume(DrainState saved, Instant now) {
        DrainState.Edit edit = saved.edit();
        edit.cordon = saved.cordon() == null ? null : saved.cordon().resumed(now);
        edit.forceDown = saved.forceDown() == null ? null : saved.forceDown().resumed(now);
        edit.backOut = saved.backOut() == null
                ? null
                : new BackOut(saved.backOut().why(), saved.backOut().change().resumed(now));
        edit.settings =
                saved.settings().stream().map(change -> change.resumed(now)).toList();
        edit.trouble = null;
        edit.troubleSince = null;
        edit.each(server -> {
            ServerState.Edit changed = server.edit();
            if (server.move() != null && server.move().is(Intent.State.RECORDED)) {
                changed.move = server.move().unclear("the controller stopped while it was being sent", now);
            }
            if (server.follow() != null && server.follow().is(Intent.State.RECORDED)) {
                changed.follow = server.follow().unclear("the controller stopped while it was being sent", now);
            }
            // what was heard of one whose server is done with is the result's, and is heard no more
            changed.guest = server.guest() == null || server.is(Stage.ENDED)
                    ? server.guest()
                    : server.guest().resumed();
            return changed.done();
        });
        return edit.done();
    }
}
