package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Groups;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Ways;
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
        return new Verdict(
                Action.BLOCKED,
                "is in the server group '" + group.name()
                        + "' with the policy affinity: Nova allows only hosts that have" + " a member of it, and "
                        + where + (context.targetHost() == null ? " one" : " none"),
                wayOut(group, server, context),
                context.targetHost() == null ? null : "targetHost",
                false);
    }

    /**
     * The scheduler is not the only one to look: where a server arrives nova-compute looks again, and counts the other members
     * only (nova/compute/manager.py, _validate_instance_group_policy, called from check_can_live_migrate_destination,
     * pre_live_migration, _prep_resize and _do_rebuild_instance_with_claim). So the only member of a group may go past the scheduler, one of several
     * may not. Tried on Zed: that answers 500 and leaves the server in ERROR. Of a group whose members are all shelved the first that is unshelved may go anywhere, and the others follow: seen there too.
     */
    private static String wayOut(ServerGroup group, Server server, PlanContext context) {
        boolean dead = context.route() == Route.REBUILD;
        boolean alone = Groups.members(context.estate(), group) == 1;
        if (alone && (dead || Ways.wanted(server, context) == Action.LIVE)) {
            return "It is the only member on any host: an admin can go past the scheduler with nova"
                    + " --os-compute-api-version 2.29 "
                    + (dead ? "evacuate --force " : "live-migration ") + server.id() + " <host>.";
        }
        return dead
                ? "Nova evacuates no such group: repair the host, or have nova-compute on the others run with"
                        + " [workarounds]disable_group_policy_check_upcall and use nova --os-compute-api-version 2.29"
                        + " evacuate --force " + server.id() + " <host>."
                : "Nova cannot move such a group as one. Its owner may shelve all its members (openstack server shelve), which"
                        + " stops their guests, and unshelve them: the first may go to any host, the others follow.";
    }
}
