package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.Optional;

/**
 * An amphora is replaced by Octavia, which makes a new one elsewhere, connects it and deletes the old one
 * (octavia/controller/worker/v2/flows/amphora_flows.py, get_failover_amphora_flow). It goes to where Nova's scheduler wants, so not
 * where a host is asked for.
 */
final class FailoverFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        boolean leaves = context.route() == Route.BY_STATE || context.route() == Route.REBUILD;
        if (!leaves || context.targetHost() != null) {
            return Optional.empty();
        }
        return context.estate()
                .amphora(server.id())
                .filter(amphora -> amphora.loadBalancer() != null)
                .map(FailoverFilter::verdict);
    }

    private static Verdict verdict(Amphora amphora) {
        return amphora.busy()
                ? Verdict.busy("is an amphora that Octavia is at work on (" + amphora.status() + ")")
                : Verdict.move(Action.FAILOVER);
    }
}
