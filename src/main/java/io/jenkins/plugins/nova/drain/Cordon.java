package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.ComputeService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes the host: disables scheduling to it with our claim as the reason, unless somebody else has it. Pure, but for what
 * {@link Holders} tells.
 */
final class Cordon {

    private Cordon() {}

    /** Why the host may not be touched, before anything is changed; empty when it may. A dry run changes nothing and may. */
    static Optional<String> refusal(DrainOrder order, ComputeService service, Holders holders) {
        Tenure tenure = tenure(order, service, holders);
        return tenure.kind == Tenure.Kind.HELD && !order.dryRun()
                ? Optional.of(tenure.refusal(order.host()))
                : Optional.empty();
    }

    /** Law 7: nothing is looked at before the scheduler is kept away. */
    static DrainState begin(DrainState state, ComputeService service, Holders holders, Instant now) {
        DrainOrder order = state.order();
        Tenure tenure = tenure(order, service, holders);
        DrainState.Edit edit = state.edit();
        if (order.dryRun()) {
            edit.phase = Phase.PLAN;
            return switch (tenure.kind) {
                case FREE ->
                    edit.note("dryRun: the host is not cordoned; what is planned now may differ from what the real run"
                                    + " finds.")
                            .done();
                case HELD ->
                    edit.note(Words.WOULD_REFUSE + tenure.refusal(order.host())).done();
                case OURS, FOUND, LEFTOVER -> edit.done();
            };
        }
        return switch (tenure.kind) {
            case HELD -> Ending.refuse(state, tenure.refusal(order.host()), now);
            case OURS, FOUND -> settled(state, service, tenure, holders, now);
            case LEFTOVER -> {
                edit.note(tenure.takenOver(order.host()));
                yield recorded(edit, order, service, now);
            }
            case FREE -> recorded(edit, order, service, now);
        };
    }

    private static DrainState recorded(DrainState.Edit edit, DrainOrder order, ComputeService service, Instant now) {
        edit.cordon = ServiceChange.recorded(service.id(), order.claim().reason(), now);
        edit.phase = Phase.CORDON;
        return edit.done();
    }

    private static DrainState settled(
            DrainState state, ComputeService service, Tenure tenure, Holders holders, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.cordon = ServiceChange.seen(
                service,
                tenure.kind == Tenure.Kind.OURS ? ServiceChange.State.OURS : ServiceChange.State.FOUND,
                state.cordon() == null ? 0 : state.cordon().attempts(),
                holders,
                now);
        edit.phase = Phase.PLAN;
        return edit.done();
    }

    /** Whether the cordon may be sent, by what the services read at this moment. */
    static boolean maySend(DrainState state, List<ComputeService> services, Holders holders) {
        return services.stream()
                .filter(service -> service.host().equals(state.order().host()))
                .map(service -> tenure(state.order(), service, holders).kind)
                .allMatch(kind -> kind != Tenure.Kind.HELD && kind != Tenure.Kind.FOUND);
    }

    /** The cordon was not sent, for the host is not free any more: the next look says whose it is. */
    static DrainState notSent(DrainState state, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.cordon = state.cordon().to(ServiceChange.State.SENT, now);
        return edit.done();
    }

    /** What has become of a cordon that was asked for, for the last word of a drain that asks for it no more. */
    static DrainState found(DrainState state, Look look, Holders holders, Instant now) {
        ComputeService service = state.phase() == Phase.CORDON
                ? look.service(state.order().host()).orElse(null)
                : null;
        Tenure tenure = service == null ? null : tenure(state.order(), service, holders);
        boolean settled = tenure != null && (tenure.kind == Tenure.Kind.OURS || tenure.kind == Tenure.Kind.FOUND);
        return settled ? settled(state, service, tenure, holders, now) : state;
    }

    /** After the cordon was sent: whose claim is read back? */
    static DrainState seen(DrainState state, Look look, Holders holders, Instant now) {
        DrainOrder order = state.order();
        ComputeService service = look.service(order.host()).orElse(null);
        Tenure tenure = service == null ? null : tenure(order, service, holders);
        if (tenure != null && tenure.kind == Tenure.Kind.HELD) {
            // not ours to speak of any more, not even as cordoned
            DrainState.Edit edit = state.edit();
            edit.cordon = null;
            return Ending.refuse(edit.done(), tenure.refusal(order.host()), now);
        }
        if (tenure != null && tenure.kind == Tenure.Kind.OURS) {
            DrainState cordoned = settled(state, service, tenure, holders, now);
            // another drain may have looked and cordoned another host in the same moment
            return RoomCheck.overBudget(state, look, holders)
                    .map(why -> BackingOut.begin(cordoned, why, look, holders, now))
                    .orElse(cordoned);
        }
        if (tenure != null && tenure.kind == Tenure.Kind.FOUND) {
            return settled(state, service, tenure, holders, now);
        }
        if (state.cordon().overdue(now)) {
            return Ending.refuse(
                    state,
                    "Scheduling to '" + order.host() + "' could not be disabled"
                            + state.cordon().because(),
                    now);
        }
        DrainState.Edit edit = state.edit();
        edit.cordon =
                state.cordon().to(ServiceChange.State.RECORDED, state.cordon().since());
        return edit.done();
    }

    private static Tenure tenure(DrainOrder order, ComputeService service, Holders holders) {
        return Tenure.of(service, order.claim(), order.takeOver(), holders);
    }
}
