package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of compute services while servers are moved off their hosts. What a drain says of them at its end must be so
 * then (law 13): others enable a host that is being emptied, force one up that is being rescued, and nova-compute dies.
 *
 * @param seen when the services were read last; null before
 * @param down hosts that servers are still to leave and whose service reads down, with when that was first seen
 * @param closedAgain whether somebody has enabled the host and this drain has disabled it once more
 * @param lost why the host is not this drain's to empty any more; null while it is
 * @param silentSince since when Nova could tell nothing of one or more servers, without a look at which it could tell of all;
 *     null when it can
 */
public record HostWatch(
        Instant seen, Map<String, Instant> down, boolean closedAgain, String lost, Instant silentSince) {

    /** How often the services are read while servers are moved. */
    static final Duration EVERY = Duration.ofSeconds(30);

    static final HostWatch NEW = new HostWatch(null, Map.of(), false, null, null);

    public HostWatch {
        down = down == null ? Map.of() : Map.copyOf(down);
    }

    HostWatch silent(Instant since) {
        return new HostWatch(seen, down, closedAgain, lost, since);
    }

    /** Whether the services are to be read at this tick. */
    static boolean due(DrainState state, Instant now) {
        Instant last = state.watch().seen();
        boolean unsettled = state.cordon() != null && !state.cordon().settled();
        boolean ending = state.stop() != null || (state.deadline() != null && now.isAfter(state.deadline()));
        return last == null
                || unsettled
                || ending
                || Duration.between(last, now).compareTo(EVERY) >= 0;
    }

    /** Whether a list of services tells something that is acted upon, or laid to somebody: then it is read a second time. */
    static boolean alarms(DrainState state, List<ComputeService> services) {
        Optional<ComputeService> service = service(services, state.order().host());
        boolean host = state.order().emptiesHost()
                && service.filter(one -> one.enabled()
                                || (state.rebuild() && one.up())
                                || !Objects.equals(one.disabledReason(), reason(state)))
                        .isPresent();
        return host
                || sources(state).stream()
                        .filter(source -> !state.watch().down().containsKey(source))
                        .anyMatch(source -> service(services, source)
                                .filter(one -> !one.up())
                                .isPresent());
    }

    private static String reason(DrainState state) {
        return state.cordon() == null ? null : state.cordon().reason();
    }

    /** Hosts that nova-compute must run on for what is still to be done. */
    private static Set<String> sources(DrainState state) {
        Set<String> hosts = new HashSet<>();
        for (ServerState server : state.servers()) {
            boolean moves = server.action() == Action.LIVE || server.action() == Action.COLD;
            if (moves && !server.is(ServerState.Stage.ENDED) && server.source() != null) {
                hosts.add(server.source());
            }
        }
        return hosts;
    }

    /** A service that is listed, and of which Nova can tell something. */
    private static Optional<ComputeService> service(List<ComputeService> services, String host) {
        return services.stream()
                .filter(service -> service.host().equals(host) && service.known())
                .findFirst();
    }

    /** The state after a look; unchanged when the services were not read. */
    static DrainState seen(DrainState state, Look look, Holders holders, Instant now) {
        if (look.services().isEmpty()) {
            return state;
        }
        DrainState.Edit edit = state.edit();
        Map<String, Instant> down = new HashMap<>();
        for (String source : sources(state)) {
            Optional<ComputeService> service = service(look.services(), source);
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
                        + ". Nothing more is begun there; if it stays so for " + Words.time(Limits.SOURCE_DOWN)
                        + ", what has not begun ends.");
            }
        }
        edit.watch = new HostWatch(
                now,
                down,
                state.watch().closedAgain(),
                state.watch().lost(),
                state.watch().silentSince());
        DrainState watched = edit.done();
        return state.order().emptiesHost()
                ? service(look.services(), state.order().host())
                        .map(service -> host(watched, service, holders, now))
                        .orElse(watched)
                : watched;
    }

    private static DrainState host(DrainState state, ComputeService service, Holders holders, Instant now) {
        if (state.rebuild() && service.up()) {
            return lost(
                    state,
                    "the compute service of " + service.host() + " reads up again (last report " + service.updated()
                            + ") while its servers are rebuilt elsewhere",
                    service);
        }
        if (service.enabled()) {
            return opened(state, service, now);
        }
        Tenure tenure = Tenure.of(service, state.order().claim(), state.order().takeOver(), holders);
        DrainState.Edit edit = state.edit();
        switch (tenure.kind) {
            case OURS -> edit.cordon = settled(state, service, ServiceChange.State.OURS, holders, now);
            case FOUND, LEFTOVER -> edit.cordon = settled(state, service, ServiceChange.State.FOUND, holders, now);
            case HELD -> {
                edit.cordon = null;
                return lost(edit.done(), "it is held by " + tenure.holder + " now", service);
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
                + (service.updated() == null ? "" : " (its record was changed at " + service.updated() + ")");
        ServiceChange cordon = state.cordon();
        boolean stops = state.stop() != null || (state.deadline() != null && now.isAfter(state.deadline()));
        if (stops || state.watch().lost() != null) {
            edit.cordon = null;
            edit.note(Words.sentence(what));
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
        edit.watch = new HostWatch(
                now, state.watch().down(), true, null, state.watch().silentSince());
        edit.cordon = ServiceChange.recorded(service.id(), state.order().claim().reason(), now);
        edit.note(Words.sentence(what) + " It is disabled again, once; find out who else works on this host.");
        return edit.done();
    }

    private static DrainState lost(DrainState state, String why, ComputeService service) {
        if (state.watch().lost() != null) {
            return state;
        }
        DrainState.Edit edit = state.edit();
        HostWatch watch = state.watch();
        edit.watch = new HostWatch(watch.seen(), watch.down(), watch.closedAgain(), why, watch.silentSince());
        return edit.note(Words.sentence(why) + " Nothing more is begun on " + service.host() + ".")
                .done();
    }

    /** Whether this look could tell anything of the host's service; it cannot while the host's cell does not answer. */
    static boolean told(DrainState state, Look look) {
        return service(look.services(), state.order().host()).isPresent();
    }

    /** Whether what is said of the host at the end has just been seen: its service was read, and is disabled. */
    static boolean stands(DrainState state, Look look) {
        return service(look.services(), state.order().host())
                .filter(service -> !service.enabled())
                .isPresent();
    }

    /** Since when nothing of this server could begin, for nova-compute on its host is down; null when it could. */
    Instant downSince(ServerState server) {
        return server.action() == Action.LIVE || server.action() == Action.COLD ? down.get(server.source()) : null;
    }
}
