package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Nova refuses to move or evacuate a server with a share attached: 409 (nova/compute/api.py, block_shares_not_supported;
 * shares came with 2.97).
 */
final class SharesFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        List<String> shares = context.estate().shares().getOrDefault(server.id(), List.of());
        if (shares.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Verdict.blocked(
                "has " + (shares.size() == 1 ? "a share" : shares.size() + " shares") + " attached ("
                        + String.join(", ", shares) + "), and Nova moves no such server",
                context.route() == Route.REBUILD
                        ? "To detach them needs its host too: repair the host, or let its owner build it anew."
                        : "Stop it and detach them (openstack server remove share " + server.id()
                                + " <share>), then attach" + " them again on its new host."));
    }
}
