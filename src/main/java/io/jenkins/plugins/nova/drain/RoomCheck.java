package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.RoomForecast;
import io.jenkins.plugins.nova.plan.RoomReport;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether there is room enough elsewhere to empty a host. */
final class RoomCheck {

    private static final Set<Action> MOVES = EnumSet.of(Action.LIVE, Action.COLD, Action.REBUILD);

    private RoomCheck() {}

    /**
     * Why a host is not to be emptied before anything of it is changed: the budget, or that its servers have no place and
     * must have.
     */
    static Optional<String> refusal(DrainState state, Look look, Holders holders, Instant now) {
        return overBudget(state, look, holders).or(() -> noPlace(state, look, now));
    }

    /** A dead host is away already: rescuing its servers takes nothing more from the site. */
    static Optional<String> overBudget(DrainState state, Look look, Holders holders) {
        return state.rebuild() || !state.order().emptiesHost()
                ? Optional.empty()
                : state.order().room().budget().refusal(state.order().host(), estate(look), holders::told);
    }

    /** How the site stands beside the budget; nothing where none is asked for. */
    static List<String> budget(DrainState state, Look look) {
        return state.rebuild() || !state.order().emptiesHost()
                ? List.of()
                : state.order().room().budget().standing(state.order().host(), estate(look));
    }

    private static Estate estate(Look look) {
        return look.estate().services(look.services());
    }

    private static Optional<String> noPlace(DrainState state, Look look, Instant now) {
        if (!state.order().emptiesHost() || !state.order().room().requires()) {
            return Optional.empty();
        }
        return unplaced(forecast(new Planning(state, look, now).made(), look))
                .map(what -> "room: 'require' was asked for, and not each server has a place elsewhere:" + what);
    }

    /** Why a plan that was made behind the cordon is not carried out: what was free before may be taken since. */
    static Optional<String> refusalBehindCordon(DrainState planned) {
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

    /** A planned state with the forecast for the servers that are to be moved. */
    static DrainState forecast(DrainState planned, Look look) {
        DrainOrder order = planned.order();
        if (!order.emptiesHost() || !order.room().asks()) {
            return planned;
        }
        List<Server> moving = planned.servers().stream()
                .filter(server -> server.is(Stage.PENDING) && MOVES.contains(server.action()))
                .map(server -> look.onList(server.id()))
                .flatMap(Optional::stream)
                .toList();
        DrainState.Edit edit = planned.edit();
        edit.room = new RoomForecast(order.host(), order.targetHost(), estate(look), look.room()).of(moving);
        return edit.done();
    }
}
