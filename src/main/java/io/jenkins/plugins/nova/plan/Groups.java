package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Server groups, and the hosts that they leave to a server. */
public final class Groups {

    private Groups() {}

    /** Ids of the groups whose members must not, or had better not, be on one host, of which a server is a member. */
    public static List<String> antiAffinity(Estate estate, String serverId) {
        return estate.groupsOf(serverId).stream()
                .filter(Groups::apart)
                .map(ServerGroup::id)
                .toList();
    }

    /**
     * Ids of what keeps servers from being moved at the same time: their {@link #antiAffinity} groups, and the load balancer whose
     * amphorae they are, which would have none to work for it.
     */
    public static List<String> oneAtATime(Estate estate, String serverId) {
        return Stream.concat(
                        antiAffinity(estate, serverId).stream(),
                        estate.amphora(serverId).map(Amphora::loadBalancer).stream())
                .toList();
    }

    private static boolean apart(ServerGroup group) {
        return "anti-affinity".equals(group.policy()) || "soft-anti-affinity".equals(group.policy());
    }

    /** Whether it is known where every member is. */
    public static boolean placesKnown(Estate estate, ServerGroup group) {
        return estate.whereabouts().keySet().containsAll(group.members());
    }

    /** The hosts that have a member. */
    public static Set<String> hosts(Estate estate, ServerGroup group) {
        return group.members().stream()
                .map(member -> estate.whereabouts().getOrDefault(member, ""))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toSet());
    }

    /** How many members are on a host; of one that is on none the scheduler knows nothing. */
    public static long members(Estate estate, ServerGroup group) {
        return group.members().stream()
                .filter(member -> !estate.whereabouts().getOrDefault(member, "").isEmpty())
                .count();
    }

    /** The hosts that the scheduler may choose from, of which it may know more reasons against: the target, or all that are up and enabled but the server's own. */
    public static List<String> possibleHosts(Server server, PlanContext context) {
        return context.estate().services().stream()
                .filter(service -> service.up() && service.enabled())
                .map(ComputeService::host)
                .filter(host -> !host.equals(server.host()))
                .filter(host ->
                        context.targetHost() == null || context.targetHost().equals(host))
                .toList();
    }
}
