package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;
import java.util.Optional;

/** Nova refuses to move a server that a task holds (409); evacuate alone does not look at it (nova/compute/api.py). */
final class TaskFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        String task = server.taskState();
        if (task == null || context.route() == Route.REBUILD) {
            return Optional.empty();
        }
        if (task.equals("deleting") || task.equals("soft-deleting")) {
            return Optional.of(Verdict.busy("is being deleted (task " + task + ")"));
        }
        if (task.equals("migrating") || task.startsWith("resize_")) {
            return Optional.of(Verdict.busy("is being moved already, by somebody else (task " + task + ")"));
        }
        return Optional.of(Verdict.busy("Nova is busy with it (task " + task + ")"));
    }
}
