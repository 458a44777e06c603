package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.Optional;

/**
 * A server whose cell does not answer, or of which Nova does not tell the state for another reason, is there, and nothing can
 * be decided about it: from 2.69 on Nova tells its id and the status UNKNOWN alone (api-guide, handling_down_cells). The
 * same where its host's compute service is one of those: neither up nor down. Both may pass.
 */
final class UnknownFilter implements ServerFilter {

    private static final String HINT =
            "See that the cell's database and message queue answer (nova-manage cell_v2 list_cells), then run the step"
                    + " again.";

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        if (!server.known()) {
            return Optional.of(wait("Nova cannot tell anything about it: its cell does not answer, or not wholly"
                    + " (status UNKNOWN)"));
        }
        boolean needed = server.host() != null && context.route() != Route.REBUILD;
        return needed && context.isUnknown(server.host())
                ? Optional.of(wait("Nova cannot tell whether the compute service of its host " + server.host()
                        + " is up: its cell does not answer (status UNKNOWN)"))
                : Optional.empty();
    }

    private static Verdict wait(String why) {
        return new Verdict(Action.BLOCKED, why, HINT, null, true);
    }
}
