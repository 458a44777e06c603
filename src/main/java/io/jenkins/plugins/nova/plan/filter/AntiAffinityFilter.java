package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Groups;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * A group with the policy {@code anti-affinity} allows so many members on a host, one unless its rules say more
 * (nova/scheduler/filters/affinity_filter.py, max_server_per_host). Where every host that could take a server has as many
 * already, there is no valid host.
 */
final class AntiAffinityFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        List<String> possible = Groups.possibleHosts(server, context);
        if (possible.isEmpty()) {
            return Optional.empty();
        }
        return context.estate().groupsOf(server.id()).stream()
                .filter(group -> "anti-affinity".equals(group.policy()))
                // fewer members than hosts: one has none, which spares looking at each
                .filter(group -> group.members().size() >= possible.size())
                .filter(group -> Groups.placesKnown(context.estate(), group))
                .filter(group -> possible.stream().allMatch(host -> full(host, group, context.estate())))
                .findFirst()
                .map(group -> refuse(group, context));
    }

    private static boolean full(String host, ServerGroup group, Estate estate) {
        return group.members().stream()
                        .filter(member -> host.equals(estate.whereabouts().get(member)))
                        .count()
                >= group.maxServersPerHost();
    }

    private static Verdict refuse(ServerGroup group, PlanContext context) {
        String members = group.maxServersPerHost() == 1 ? "a member" : group.maxServersPerHost() + " members";
        return new Verdict(
                Action.BLOCKED,
                "is in the server group '" + group.name() + "' with the policy anti-affinity, and "
                        + (context.targetHost() == null
                                ? "every other host that is up and enabled has "
                                : context.targetHost() + " has ")
                        + members + " of it",
                (context.targetHost() == null ? "" : "Name another targetHost or leave it out, or ")
                        + (context.targetHost() == null ? "Bring" : "bring")
                        + " a host into service that has none, or let its owner take a member away.",
                context.targetHost() == null ? null : "targetHost",
                false);
    }
}
