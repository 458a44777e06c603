package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.ServiceWatch;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.text.Sentence;
import io.jenkins.plugins.nova.drain.text.Times;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a drain to what the compute services read while it goes on. What it says of them at its end must be so then (law 13):
 * others enable a host that is being emptied, force one up that is being rescued, and nova-compute dies. Pure, but for what
 * {@link Holders} tells.
 */
public final class HostGuard {

    private HostGuard() {}

    /** The state after a look; unchanged when the services were not read. */
    public static DrainState seen(DrainState state, Observation observed, Holders holders, Instant now) {
        if (observed.services().isEmpty()) {
            return state;
        }
        DrainState.Edit edit = state.edit();
        Map<String, Instant> down = new HashMap<>();
        for (String source : ServiceWatch.sources(state)) {
            Optional<ComputeService> service = ServiceWatch.service(observed.services(), source);
            Instant before = state.watch().down().get(source);
            boolean isDown = service.isPresent() ? !service.get().up() : before != null;
            if (isDown) {
                down.put(source, before == null ? now : before);
            }
            if (isDown && before == null) {
                edit.note("The compute service of " + source + " reads down"
                        + (service.get().updated() == null
                                ? ""
                                : ", its last report is of " + service.get().updated())
                        + ". Nothing more is begun there; if it stays so for " + Quantity.time(Limits.SOURCE_DOWN)
                        + ", what has not begun ends.");
            }
        }
        edit.watch = state.watch().seen(now, down);
        DrainState watched = edit.done();
        return state.order().emptiesHost()
                ? ServiceWatch.service(observed.services(), state.order().host())
                        .map(service -> host(watched, service, holders, now))
                        .orElse(watched)
                : watched;
    }

    private static DrainState host(DrainState state, ComputeService service, Holders holders, Instant now) {
        if (state.rebuild() && service.up()) {
            return lost(
                    state,
                    "the compute service of " + service.host() + " reads up again (last report "
                            + Times.at(service.updated()) + ") while its servers are rebuilt elsewhere",
                    service);
        }
        if (service.enabled()) {
            return opened(state, service, now);
        }
        CordonOwnership ownership =
                CordonOwnership.of(service, state.order().claim(), state.order().takeOver(), holders);
        DrainState.Edit edit = state.edit();
        switch (ownership.kind) {
            case OURS -> edit.cordon = settled(state, service, ServiceChange.State.OURS, holders, now);
            case FOUND, LEFTOVER -> edit.cordon = settled(state, service, ServiceChange.State.FOUND, holders, now);
            case HELD -> {
                edit.cordon = null;
                return lost(edit.done(), "it is held by " + ownership.holder + " now", service);
            }
            case FREE -> throw new IllegalStateException("a disabled service is not free");
        }
        return edit.done();
    }

    /** The same cordon while it reads the same, so that nothing has changed for those who are told of changes. */
    private static ServiceChange settled(
            DrainState state, ComputeService service, ServiceChange.State how, Holders holders, Instant now) {
        ServiceChange cordon = state.cordon();
        boolean same = cordon != null
                && cordon.state() == how
                && service.disabledReason() != null
                && service.disabledReason().equals(cordon.reason());
        return same ? cordon : ServiceChange.seen(service, how, cordon == null ? 0 : cordon.attempts(), holders, now);
    }

    /** Nova tells when a service was changed last, and not by whom. */
    private static DrainState opened(DrainState state, ComputeService service, Instant now) {
        DrainState.Edit edit = state.edit();
        String what = "scheduling to " + service.host() + " was enabled by somebody else"
                + (service.updated() == null ? "" : " (its record was changed at " + Times.at(service.updated()) + ")");
        ServiceChange cordon = state.cordon();
        boolean stops = state.stop() != null || (state.deadline() != null && now.isAfter(state.deadline()));
        if (stops || state.watch().lost() != null) {
            edit.cordon = null;
            edit.note(Sentence.of(what));
            return edit.done();
        }
        if (cordon != null && !cordon.settled() && !cordon.overdue(now)) {
            edit.cordon = cordon.to(ServiceChange.State.RECORDED, cordon.since());
            return edit.done();
        }
        if (state.watch().closedAgain()) {
            edit.cordon = null;
            return lost(
                    edit.done(),
                    what + ", after this build had disabled it once more"
                            + (cordon == null || cordon.settled() ? "" : cordon.because()),
                    service);
        }
        edit.watch = state.watch().closedAgain(now);
        edit.cordon = ServiceChange.recorded(service.id(), state.order().claim().reason(), now);
        edit.note(Sentence.of(what) + " It is disabled again, once; find out who else works on this host.");
        return edit.done();
    }

    private static DrainState lost(DrainState state, String why, ComputeService service) {
        if (state.watch().lost() != null) {
            return state;
        }
        DrainState.Edit edit = state.edit();
        edit.watch = state.watch().lost(why);
        return edit.note(Sentence.of(why) + " Nothing more is begun on " + service.host() + ".")
                .done();
    }

    /** Whether this look could tell anything of the host's service; it cannot while the host's cell does not answer. */
    static boolean told(DrainState state, Observation observed) {
        return ServiceWatch.service(observed.services(), state.order().host()).isPresent();
    }

    /** Whether what is said of the host at the end has just been seen: its service was read, and is disabled. */
    static boolean stands(DrainState state, Observation observed) {
        return ServiceWatch.service(observed.services(), state.order().host())
                .filter(service -> !service.enabled())
                .isPresent();
    }
}
