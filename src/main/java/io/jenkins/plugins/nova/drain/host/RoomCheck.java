package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.server.ServerVerdicts;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.room.RoomForecast;
import io.jenkins.plugins.nova.plan.room.RoomReport;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether there is room enough elsewhere to empty a host: the site's budget, and places for its servers. Made once a tick, of the
 * state and the observation of that tick.
 */
public final class RoomCheck {

    private static final Set<Action> MOVES = EnumSet.of(Action.LIVE, Action.COLD, Action.REBUILD);

    private final DrainState state;
    private final Estate estate;
    private final Observation observed;
    private final Holders holders;

    /**
     * @param state before its plan, or with it
     * @param observed what the tick saw
     * @param holders how a reason may be told that names a build
     */
    public RoomCheck(DrainState state, Observation observed, Holders holders) {
        this.state = state;
        this.estate = observed.estate().services(observed.services());
        this.observed = observed;
        this.holders = holders;
    }

    /**
     * Why a host is not to be emptied before anything of it is changed: the budget, or that its servers have no place and
     * must have.
     */
    Optional<String> refusal(Instant now) {
        return overBudget().or(() -> noPlace(now));
    }

    /** A dead host is away already: rescuing its servers takes nothing more from the site. */
    Optional<String> overBudget() {
        return state.rebuild() || !state.order().emptiesHost()
                ? Optional.empty()
                : state.order().room().budget().refusal(state.order().host(), estate, holders::told);
    }

    /** How the site stands beside the budget; nothing where none is asked for. */
    List<String> standing() {
        return state.rebuild() || !state.order().emptiesHost()
                ? List.of()
                : state.order().room().budget().standing(state.order().host(), estate);
    }

    private Optional<String> noPlace(Instant now) {
        if (!state.order().emptiesHost() || !state.order().room().requires()) {
            return Optional.empty();
        }
        return unplaced(new RoomCheck(new ServerVerdicts(state, observed, now).made(), observed, holders).forecast())
                .map(what -> "room: 'require' was asked for, and not each server has a place elsewhere:" + what);
    }

    /** Why a plan that was made behind the cordon is not carried out: what was free before may be taken since. */
    public static Optional<String> refusalBehindCordon(DrainState planned) {
        boolean required = planned.order().emptiesHost()
                && planned.order().room().requires()
                && !planned.order().dryRun();
        return required
                ? unplaced(planned)
                        .map(what -> "room: 'require' was asked for; before the cordon each server had a place"
                                + " elsewhere, and now not each has:" + what + "\nNothing was moved.")
                : Optional.empty();
    }

    /** What is short, and the ways out; empty where each server of a planned state has a place. */
    private static Optional<String> unplaced(DrainState planned) {
        RoomReport report = planned.room();
        if (report.known() && report.fits()) {
            return Optional.empty();
        }
        return Optional.of("\n  " + String.join("\n  ", report.lines())
                + "\nMake room or name another targetHost; or say room: 'warn', and those for which there is a place are"
                + " moved.");
    }

    /** The planned state with the forecast for the servers that are to be moved. */
    public DrainState forecast() {
        DrainOrder order = state.order();
        if (!order.emptiesHost() || !order.room().asks()) {
            return state;
        }
        List<Server> moving = state.servers().stream()
                .filter(server -> server.is(Stage.PENDING) && MOVES.contains(server.action()))
                .map(server -> observed.onList(server.id()))
                .flatMap(Optional::stream)
                .toList();
        DrainState.Edit edit = state.edit();
        edit.room = new RoomForecast(order.host(), order.targetHost(), estate, observed.room()).of(moving);
        return edit.done();
    }
}
