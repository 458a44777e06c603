package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Specs;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.Optional;

/**
 * Nova refuses to move a server with a Cyborg device profile live or cold (nova/compute/api.py, block_accelerators); to
 * evacuate it is allowed once all computes are new enough, which Nova finds out itself.
 */
final class AcceleratorFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        return context.route() == Route.REBUILD
                ? Optional.empty()
                : Specs.extra(server, "accel:device_profile")
                        .map(profile -> Verdict.blocked(
                                "has accelerators (device profile " + profile + "), and Nova moves no such server",
                                "Shelve it (openstack server shelve) and unshelve it elsewhere, or delete it."));
    }
}
