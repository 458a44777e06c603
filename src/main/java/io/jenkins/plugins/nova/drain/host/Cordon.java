package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.observe.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes the host: disables scheduling to it with our claim as the reason, unless somebody else has it. Pure, but for what
 * {@link Holders} tells.
 */
public final class Cordon {

    private Cordon() {}

    /** Why the host may not be touched, before anything is changed; empty when it may. A dry run changes nothing and may. */
    static Optional<String> refusal(DrainOrder order, ComputeService service, Holders holders) {
        CordonOwnership ownership = ownership(order, service, holders);
        return ownership.kind == CordonOwnership.Kind.HELD && !order.dryRun()
                ? Optional.of(ownership.refusal(order.host()))
                : Optional.empty();
    }

    /** Law 7: nothing is looked at before the scheduler is kept away. */
    static DrainState begin(DrainState state, ComputeService service, Holders holders, Instant now) {
        DrainOrder order = state.order();
        CordonOwnership ownership = ownership(order, service, holders);
        DrainState.Edit edit = state.edit();
        if (order.dryRun()) {
            edit.phase = Phase.PLAN;
            return switch (ownership.kind) {
                case FREE ->
                    edit.note(
                                    "Nothing is changed, so the host is not cordoned: what is planned now may differ from what the"
                                            + " real run finds.")
                            .done();
                case HELD ->
                    edit.note(ReasonMarkers.WOULD_REFUSE + ownership.refusal(order.host()))
                            .done();
                case OURS, FOUND, LEFTOVER -> edit.done();
            };
        }
        return switch (ownership.kind) {
            case HELD -> DrainEnding.refuse(state, ownership.refusal(order.host()), now);
            case OURS, FOUND -> settled(state, service, ownership, holders, now);
            case LEFTOVER -> {
                edit.note(ownership.takenOver(order.host()));
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
            DrainState state, ComputeService service, CordonOwnership ownership, Holders holders, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.cordon = ServiceChange.seen(
                service,
                ownership.kind == CordonOwnership.Kind.OURS ? ServiceChange.State.OURS : ServiceChange.State.FOUND,
                state.cordon() == null ? 0 : state.cordon().attempts(),
                holders,
                now);
        edit.phase = Phase.PLAN;
        return edit.done();
    }

    /** Whether the cordon may be sent, by what the services read at this moment. */
    public static boolean maySend(DrainState state, List<ComputeService> services, Holders holders) {
        return services.stream()
                .filter(service -> service.host().equals(state.order().host()))
                .map(service -> ownership(state.order(), service, holders).kind)
                .allMatch(kind -> kind != CordonOwnership.Kind.HELD && kind != CordonOwnership.Kind.FOUND);
    }

    /** The cordon was not sent, for the host is not free any more: the next look says whose it is. */
    public static DrainState notSent(DrainState state, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.cordon = state.cordon().to(ServiceChange.State.SENT, now);
        return edit.done();
    }

    /** What has become of a cordon that was asked for, for the last word of a drain that asks for it no more. */
    public static DrainState found(DrainState state, Observation observed, Holders holders, Instant now) {
        ComputeService service = state.phase() == Phase.CORDON
                ? observed.service(state.order().host()).orElse(null)
                : null;
        CordonOwnership ownership = service == null ? null : ownership(state.order(), service, holders);
        boolean settled = ownership != null
                && (ownership.kind == CordonOwnership.Kind.OURS || ownership.kind == CordonOwnership.Kind.FOUND);
        return settled ? settled(state, service, ownership, holders, now) : state;
    }

    /** After the cordon was sent: whose claim is read back? */
    public static DrainState seen(DrainState state, Observation observed, Holders holders, Instant now) {
        DrainOrder order = state.order();
        ComputeService service = observed.service(order.host()).orElse(null);
        CordonOwnership ownership = service == null ? null : ownership(order, service, holders);
        if (ownership != null && ownership.kind == CordonOwnership.Kind.HELD) {
            // not ours to speak of any more, not even as cordoned
            DrainState.Edit edit = state.edit();
            edit.cordon = null;
            return DrainEnding.refuse(edit.done(), ownership.refusal(order.host()), now);
        }
        if (ownership != null && ownership.kind == CordonOwnership.Kind.OURS) {
            DrainState cordoned = settled(state, service, ownership, holders, now);
            // another drain may have looked and cordoned another host in the same moment
            return new RoomCheck(state, observed, holders)
                    .overBudget()
                    .map(why -> BackingOut.begin(overBudget(cordoned), why, observed, holders, now))
                    .orElse(cordoned);
        }
        if (ownership != null && ownership.kind == CordonOwnership.Kind.FOUND) {
            return settled(state, service, ownership, holders, now);
        }
        if (state.cordon().overdue(now)) {
            return DrainEnding.refuse(
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

    private static DrainState overBudget(DrainState state) {
        DrainState.Edit edit = state.edit();
        edit.overBudget = true;
        return edit.done();
    }

    private static CordonOwnership ownership(DrainOrder order, ComputeService service, Holders holders) {
        return CordonOwnership.of(service, order.claim(), order.takeOver(), holders);
    }
}
