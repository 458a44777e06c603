package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Specs;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Ways;
import java.util.Optional;

/** AMD SEV: Nova refuses to move it live, in every release (nova/compute/api.py, reject_sev_instances). */
final class MemoryEncryptionFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        return Ways.wanted(server, context) == Action.LIVE && Specs.yes(server, "hw:mem_encryption")
                ? Optional.of(Ways.notLive(
                        server, context, "has its memory encrypted (SEV), and Nova moves no such server live"))
                : Optional.empty();
    }
}
