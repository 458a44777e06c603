package io.jenkins.plugins.nova.plan.risk;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Risk;
import java.util.Optional;

/** Nova does not hold an admin back (nova/compute/api.py, check_instance_lock); whoever approves the plan should know. */
public final class LockRisk implements Risk {

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        if (!server.locked()) {
            return Optional.empty();
        }
        String why = server.lockedReason() == null ? "" : " (" + server.lockedReason() + ")";
        return Optional.of("locked by its owner" + why + "; an admin's credential moves it all the same");
    }
}
