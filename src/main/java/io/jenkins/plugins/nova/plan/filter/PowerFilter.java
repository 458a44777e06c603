package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Ways;
import java.util.Optional;

/**
 * A server that Nova calls active while it has noted its guest as shut down (4) or crashed (6): Nova accepts a live
 * migration and its conductor then refuses it by that note (nova/conductor/tasks/live_migrate.py,
 * _check_instance_is_active). Every ten minutes Nova puts state and note in order ([DEFAULT]sync_power_state_interval), so
 * that is waited for; a cold migration might stop a guest that runs after all.
 */
final class PowerFilter implements ServerFilter {

    private static final int SHUT_DOWN = 4;
    private static final int CRASHED = 6;

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        boolean off = server.powerState() == SHUT_DOWN || server.powerState() == CRASHED;
        if (!off || Ways.wanted(server, context) != Action.LIVE) {
            return Optional.empty();
        }
        return Optional.of(new Verdict(
                Action.BLOCKED,
                "is " + server.status() + ", but Nova has noted its guest as "
                        + (server.powerState() == CRASHED ? "crashed" : "shut down")
                        + " and moves only running guests live",
                "Start it or stop it (openstack server start, stop), as its owner wants it.",
                null,
                true));
    }
}
