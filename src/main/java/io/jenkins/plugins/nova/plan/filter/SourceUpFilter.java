package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.Optional;

/**
 * Live and cold migration need the source's compute service: without it cold answers 409, and a live migration off a host
 * that only seems up hangs in MIGRATING (nova-api facts, item 6).
 */
final class SourceUpFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        boolean moves = switch (context.route()) {
            case BY_STATE, LIVE, COLD -> true;
            case REBUILD, CONFIRM, REVERT -> false;
        };
        if (moves && context.isDown(server.host())) {
            return Optional.of(Verdict.blocked(
                    "the compute service of its host " + server.host() + " is down",
                    "Bring nova-compute up there, or, if the host is dead and fenced, rescue its servers with"
                            + " nodeEvacuate host: '" + server.host() + "', deadHost: deadHost(fenced: true)."));
        }
        return Optional.empty();
    }
}
