package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group with the policy {@code affinity} lets its members go only to hosts that have one already, and counts the one that is
 * moved (nova/scheduler/filters/affinity_filter.py; InstanceGroup.get_hosts excludes nobody). A group that is on one host
 * can therefore not leave it, not even a group of one: seen on Zed, "No valid host was found." Nova moves one server at a time and
 * knows no move of a group.
 */
final class AffinityFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        return context.estate().groupsOf(server.id()).stream()
                .filter(group -> "affinity".equals(group.policy()))
                .filter(group -> Groups.placesKnown(context.estate(), group))
                .filter(group -> candidates(group, server, context).isEmpty())
                .findFirst()
                .map(group -> refuse(group, server, context));
    }

    private static Set<String> candidates(ServerGroup group, Server server, PlanContext context) {
        List<String> possible = Groups.possibleHosts(server, context);
        return Groups.hosts(context.estate(), group).stream()
                .filter(possible::contains)
                .collect(Collectors.toSet());
    }

    private static Verdict refuse(ServerGroup group, Server server, PlanContext context) {
        String where = context.targetHost() == null
                ? "no other host that is up and enabled has"
                : context.targetHost() + " has";
        return Verdict.blocked(
                "is in the server group '" + group.name()
                        + "' with the policy affinity: Nova allows only hosts that have" + " a member of it, and "
                        + where + (context.targetHost() == null ? " one" : " none"),
                "Nova cannot move such a group as one. Its owner may make it anew with soft-affinity; an admin can go past"
                        + " the scheduler and its checks, member by member: nova --os-compute-api-version 2.29"
                        + " live-migration " + server.id() + " <host>.");
    }
}
