package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.Optional;

/**
 * A server that may stay on the host and go down with it: its owner agreed. It comes first, for what is wrong with such a
 * server, or under way with it, keeps nothing from being done.
 */
public final class LeaveFilter implements ServerFilter {

    /** Why such a server is skipped; by it a drain knows those that do not keep their host from being empty. */
    public static final String REASON = "stays on the host and goes down with it (leave)";

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        return context.wish().leave().contains(server.id()) ? Optional.of(Verdict.skip(REASON)) : Optional.empty();
    }
}
