package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.LocalDisks;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.risk.AmphoraRisk;
import java.util.Optional;

/**
 * Evacuating a server whose root disk comes from an image makes that disk anew from the image, unless the hosts share
 * their storage (law 9; nova doc/source/admin/evacuate.rst).
 */
final class DiskLossFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        if (context.route() != Route.REBUILD || context.sharedStorage()) {
            return Optional.empty();
        }
        if (server.bootsFromVolume() && LocalDisks.gibibytes(server) == 0) {
            return Optional.empty();
        }
        if (context.wish().mayLose(server)) {
            return Optional.empty();
        }
        String what = server.bootsFromVolume()
                ? "it has local ephemeral or swap disks, and rebuilding it would lose what is on them"
                : "its root disk is on the dead host, and rebuilding it would start again from its image";
        return Optional.of(Verdict.blockedUnless(
                "deadHost.allowDiskLoss",
                what
                        + AmphoraRisk.remark(server, context)
                                .map(remark -> "; " + remark)
                                .orElse(""),
                "Say deadHost(sharedStorage: true) if the hosts share their instance storage, or name it in"
                        + " deadHost(allowDiskLoss: …) if its"
                        + " data may be lost; else repair the host."));
    }
}
