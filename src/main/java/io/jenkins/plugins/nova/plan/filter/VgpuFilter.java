package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Risk;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Specs;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Ways;
import java.util.Optional;

/**
 * A virtual GPU moves live from 2024.1 (2.96) on, with libvirt 8.6, QEMU 8.1, kernel 5.18 and the same type on the target
 * (nova/virt/libvirt/driver.py, _assert_source_can_live_migrate_mdevs; baa78326dd).
 */
final class VgpuFilter implements ServerFilter, Risk {

    private static final int LIVE_SINCE = 96;

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        boolean old =
                context.estate().newest() != null && !context.estate().newest().atLeast(LIVE_SINCE);
        return old && Specs.asksFor(server, "VGPU") && Ways.wanted(server, context) == Action.LIVE
                ? Optional.of(Ways.notLive(
                        server, context, "has a virtual GPU, and Nova moves that live only from 2024.1 on"))
                : Optional.empty();
    }

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        return Specs.asksFor(server, "VGPU")
                ? Optional.of(
                        action == Action.LIVE
                                ? "has a virtual GPU, which needs libvirt 8.6, QEMU 8.1 and a free one of its type on the"
                                        + " target to move live"
                                : "needs a free virtual GPU on its next host")
                : Optional.empty();
    }
}
