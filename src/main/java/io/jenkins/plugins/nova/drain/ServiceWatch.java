package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of compute services while servers are moved off their hosts, and when they are to be read again.
 *
 * @param seen when the services were read last; null before
 * @param down hosts that servers are still to leave and whose service reads down, with when that was first seen
 * @param closedAgain whether somebody has enabled the host and this drain has disabled it once more
 * @param lost why the host is not this drain's to empty any more; null while it is
 * @param silentSince since when Nova could tell nothing of one or more servers, without a look at which it could tell of all;
 *     null when it can
 */
public record ServiceWatch(
        Instant seen, Map<String, Instant> down, boolean closedAgain, String lost, Instant silentSince) {

    /** How often the services are read while servers are moved. */
    static final Duration EVERY = Duration.ofSeconds(30);

    static final ServiceWatch NEW = new ServiceWatch(null, Map.of(), false, null, null);

    public ServiceWatch {
        down = down == null ? Map.of() : Map.copyOf(down);
    }

    /** The same; null when Nova can tell of all servers. */
    public ServiceWatch silent(Instant since) {
        return new ServiceWatch(seen, down, closedAgain, lost, since);
    }

    /** The same for a host that is not this drain's to empty any more, for this reason. */
    public ServiceWatch lost(String why) {
        return new ServiceWatch(seen, down, closedAgain, why, silentSince);
    }

    /** After the services were read: which source hosts read down, and since when. */
    public ServiceWatch seen(Instant now, Map<String, Instant> sourcesDown) {
        return new ServiceWatch(now, sourcesDown, closedAgain, lost, silentSince);
    }

    /** After somebody has enabled the host and this drain is about to disable it once more. */
    public ServiceWatch closedAgain(Instant now) {
        return new ServiceWatch(now, down, true, null, silentSince);
    }

    /** Whether the services are to be read at this tick. */
    public static boolean due(DrainState state, Instant now) {
        Instant last = state.watch().seen();
        boolean unsettled = state.cordon() != null && !state.cordon().settled();
        boolean ending = state.stop() != null || (state.deadline() != null && now.isAfter(state.deadline()));
        return last == null
                || unsettled
                || ending
                || Duration.between(last, now).compareTo(EVERY) >= 0;
    }

    /** Whether a list of services tells something that is acted upon, or laid to somebody: then it is read a second time. */
    public static boolean alarms(DrainState state, List<ComputeService> services) {
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
    public static Set<String> sources(DrainState state) {
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
    public static Optional<ComputeService> service(List<ComputeService> services, String host) {
        return services.stream()
                .filter(service -> service.host().equals(host) && service.known())
                .findFirst();
    }

    /** Since when nothing of this server could begin, for nova-compute on its host is down; null when it could. */
    public Instant downSince(ServerState server) {
        return server.action() == Action.LIVE || server.action() == Action.COLD ? down.get(server.source()) : null;
    }
}
