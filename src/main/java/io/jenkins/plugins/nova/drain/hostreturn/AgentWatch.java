package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.NetworkAgent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of Neutron's agents of a host are to report before it takes servers again. An agent is known by its type: its id may be another one
 * after a reinstallation.
 *
 * @param before the types that reported before the block; null when not known: then what is listed now is judged
 * @param since since when nothing but agents is waited for; null while there is something else
 * @param silent the types that did not report when the host was opened; empty before and for none
 * @param heard the heartbeats that were told first after the block, by type: an agent that died in the block reads alive for more than a
 *     minute, so each has to tell another one; null before, and in old states
 */
record AgentWatch(List<String> before, Instant since, List<String> silent, Map<String, String> heard) {

    /** Nothing is known yet. */
    static final AgentWatch BEGUN = new AgentWatch(null, null, List.of(), null);

    /** Without one of these Neutron binds no port on the host (mech_agent.py and ovn/mech_driver of neutron/plugins/ml2/drivers). */
    private static final Set<String> BINDING =
            Set.of("Open vSwitch agent", "Linux bridge agent", "OVN Controller agent");

    AgentWatch {
        before = before == null ? null : List.copyOf(before);
        silent = silent == null ? List.of() : List.copyOf(silent);
        heard = heard == null ? null : Map.copyOf(heard);
    }

    /** The same with what reports now; where nothing does, the host is down, and that says nothing of how it is to be. */
    AgentWatch noting(List<NetworkAgent> now) {
        List<String> alive = now.stream()
                .filter(NetworkAgent::alive)
                .map(AgentWatch::type)
                .distinct()
                .toList();
        return new AgentWatch(alive.isEmpty() ? null : alive, since, silent, heard);
    }

    /** The same after the first look that follows the block; from then on an older heartbeat says nothing. */
    AgentWatch hearing(List<NetworkAgent> now) {
        return heard != null
                ? this
                : new AgentWatch(
                        before,
                        since,
                        silent,
                        now.stream()
                                .filter(agent -> !agent.heartbeat().isEmpty())
                                .collect(Collectors.toMap(
                                        AgentWatch::type, NetworkAgent::heartbeat, (one, other) -> other)));
    }

    AgentWatch since(Instant begun) {
        return new AgentWatch(before, begun, silent, heard);
    }

    AgentWatch without(List<String> types) {
        return new AgentWatch(before, since, types, heard);
    }

    /**
     * The types without which no server of the host gets a port, and that do not report. Where it is not known what reported before, one
     * that does is enough: an old one may be listed for ever. So is one that did not report before: the block has put it in the place of
     * another.
     */
    List<String> binding(List<NetworkAgent> now) {
        List<String> silent = silent(now, BINDING::contains);
        boolean instead = now.stream()
                .filter(this::reports)
                .map(AgentWatch::type)
                .anyMatch(type -> BINDING.contains(type) && (before == null || !before.contains(type)));
        return instead ? List.of() : silent;
    }

    /** The other types that do not report; those that bind ports, too, where another of these does. */
    List<String> others(List<NetworkAgent> now) {
        List<String> binding = binding(now);
        return silent(now, type -> !binding.contains(type));
    }

    private List<String> silent(List<NetworkAgent> now, Predicate<String> wanted) {
        Stream<String> expected = before == null ? now.stream().map(AgentWatch::type) : before.stream();
        return expected.distinct()
                .filter(wanted)
                .filter(type -> now.stream()
                        .noneMatch(agent -> reports(agent) && type(agent).equals(type)))
                .toList();
    }

    private boolean reports(NetworkAgent agent) {
        return agent.alive() && (heard == null || !agent.heartbeat().equals(heard.get(type(agent))));
    }

    /** An ovn-controller may become a gateway, and be one no more. */
    static String type(NetworkAgent agent) {
        return agent.type().replace("Controller Gateway", "Controller");
    }
}
