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
 * Devices passed through by an alias of the flavor. Nova refuses to move them live before 2025.1 (2.100), and from then on unless
 * the alias says live_migratable in nova.conf, which is not shown (nova/conductor/tasks/live_migrate.py,
 * _check_can_migrate_pci; 099859ecf0). Ports with devices are another matter and Neutron's.
 */
final class PciFilter implements ServerFilter, Risk {

    private static final int LIVE_SINCE = 100;
    private static final String SPEC = "pci_passthrough:alias";

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        Optional<String> alias = Specs.extra(server, SPEC);
        boolean old =
                context.estate().newest() != null && !context.estate().newest().atLeast(LIVE_SINCE);
        return alias.isPresent() && old && Ways.wanted(server, context) == Action.LIVE
                ? Optional.of(Ways.notLive(
                        server,
                        context,
                        "has PCI devices (" + alias.get() + "), and Nova moves them live only from 2025.1 on"))
                : Optional.empty();
    }

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        return Specs.extra(server, SPEC)
                .map(alias -> action == Action.LIVE
                        ? "has PCI devices (" + alias + "), which move live only if their alias is live_migratable"
                        : "needs PCI devices (" + alias + ") free on its next host, which only Nova's scheduler knows");
    }
}
