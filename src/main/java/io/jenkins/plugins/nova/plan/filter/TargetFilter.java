package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.Optional;

/** A server that already is where it was to go needs nothing; Nova would answer 400. */
final class TargetFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        if (context.targetHost() != null && context.targetHost().equals(server.host())) {
            return Optional.of(Verdict.skip("is on " + server.host() + " already"));
        }
        return Optional.empty();
    }
}
