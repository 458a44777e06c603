package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.observe.RollReader;
import io.jenkins.plugins.nova.drain.observe.SiteReader;
import io.jenkins.plugins.nova.drain.run.Machine;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.plan.Estate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The wait of a host for its turn as a Runner runs it. It changes nothing in the cloud. One instance runs one. */
final class TurnMachine implements Machine<TurnState> {

    private final RollBoard board;
    private final Function<ComputeService, CordonOwnership> ownership;
    private final BooleanSupplier quietingDown;
    private Duration pause = TurnTick.SOON;

    /**
     * @param board what is known of the other hosts
     * @param ownership tells from a host's compute service whose the host is
     * @param quietingDown whether the controller prepares for shutdown at this moment
     */
    TurnMachine(RollBoard board, Function<ComputeService, CordonOwnership> ownership, BooleanSupplier quietingDown) {
        this.board = board;
        this.ownership = ownership;
        this.quietingDown = quietingDown;
    }

    @Override
    public boolean over(TurnState state) {
        return state.over();
    }

    @Override
    public TurnState stopped(TurnState state, Stop stop) {
        if (state.stop() != null) {
            return state;
        }
        TurnState.Edit edit = state.edit();
        edit.stop = stop;
        return edit.done();
    }

    @Override
    public TurnState decide(TurnState state, Nova nova, Instant now) {
        TurnOrder order = state.order();
        TurnLook look = new TurnLook() {
            @Override
            public Estate site() {
                return SiteReader.of(nova, order.request().budget());
            }

            @Override
            public CordonOwnership ownership(ComputeService service) {
                return ownership.apply(service);
            }

            @Override
            public RollReader.Next plan(Collection<String> hosts, Map<String, String> outstanding) {
                return RollReader.next(nova, order.request(), hosts, order.host(), outstanding, now);
            }
        };
        return decide(state, look, now);
    }

    private TurnState decide(TurnState state, TurnLook look, Instant now) {
        Map<String, RollBoard.Standing> others = board.hosts(state.order().roll());
        TurnTick.Decided decided = new TurnTick(state, others, quietingDown.getAsBoolean(), look, now).decided();
        pause = decided.pause();
        return decided.state();
    }

    @Override
    public boolean sends(TurnState state) {
        return false;
    }

    @Override
    public TurnState send(TurnState saved, Nova nova, Clock clock) {
        throw new IllegalStateException("a host that waits for its turn has nothing to send");
    }

    /**
     * A host that needs nothing of the cloud at this tick goes on without it. Else it is tried as long as a drain under way tries
     * it, for nothing is changed meanwhile.
     */
    @Override
    public TurnState unread(TurnState state, NovaException error, Instant now) {
        TurnLook blind = new TurnLook() {
            @Override
            public Estate site() {
                throw error;
            }

            @Override
            public CordonOwnership ownership(ComputeService service) {
                return ownership.apply(service);
            }

            @Override
            public RollReader.Next plan(Collection<String> hosts, Map<String, String> outstanding) {
                throw error;
            }
        };
        try {
            return decide(state, blind, now);
        } catch (NovaException needed) {
            return troubled(state, needed.getMessage(), now);
        }
    }

    private TurnState troubled(TurnState state, String what, Instant now) {
        pause = TurnTick.LONG;
        TurnState.Edit edit = state.edit();
        edit.trouble = what;
        edit.troubleSince = state.troubleSince() == null ? now : state.troubleSince();
        if (state.stop() != null) {
            return aborted(edit, state, now);
        }
        if (Duration.between(edit.troubleSince, now).compareTo(Limits.TROUBLE) < 0) {
            return edit.done();
        }
        return edit.end(
                        TurnOutcome.REFUSED,
                        "the cloud could not be read for " + Quantity.time(Limits.TROUBLE) + ": " + what + " Host "
                                + state.order().host() + " was not begun.",
                        now)
                .done();
    }

    private static TurnState aborted(TurnState.Edit edit, TurnState state, Instant now) {
        return edit.end(TurnOutcome.ABORTED, TurnTick.aborted(state), now).done();
    }

    /** Nothing is to be told the cloud, so there is nothing to wait for. */
    @Override
    public TurnState unanswered(TurnState stopped, String why, Instant now) {
        return aborted(stopped.edit(), stopped, now);
    }

    @Override
    public TurnState abandoned(TurnState stopped, String why, Instant now) {
        return aborted(stopped.edit(), stopped, now);
    }

    @Override
    public TurnState unsaved(TurnState state, String why, Instant now) {
        return troubled(state, why, now);
    }

    @Override
    public boolean material(TurnState before, TurnState after) {
        return !before.waitsFor().equals(after.waitsFor())
                || before.outcome() != after.outcome()
                || !before.notes().equals(after.notes())
                || !Objects.equals(before.until(), after.until())
                || !Objects.equals(before.yields(), after.yields())
                || !Objects.equals(before.stop(), after.stop());
    }

    @Override
    public Duration pause(TurnState before, TurnState after, boolean material) {
        return pause;
    }
}
