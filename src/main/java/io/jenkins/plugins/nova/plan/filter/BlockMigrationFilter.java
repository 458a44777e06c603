package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.LocalDisks;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Risk;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Ways;
import java.util.Optional;

/**
 * {@code blockMigration: true} for a server that has nothing on its host's disks: libvirt's driver counts that as shared
 * storage and refuses (nova/virt/libvirt/driver.py, check_can_live_migrate_source and _is_shared_block_storage). And
 * {@code false} for one that may have: whether its disks are on shared storage Nova does not show.
 */
final class BlockMigrationFilter implements ServerFilter, Risk {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        boolean libvirt = context.estate()
                .hypervisor(server.host())
                .map(Hypervisor::type)
                .filter("QEMU"::equals)
                .isPresent();
        boolean refused = libvirt
                && Ways.wanted(server, context) == Action.LIVE
                && context.wish().blockMigration() == BlockMigration.TRUE
                && !server.configDrive()
                && server.bootsFromVolume()
                && LocalDisks.gibibytes(server) == 0;
        return refused
                ? Optional.of(Verdict.blockedUnless(
                        "blockMigration",
                        "has nothing on its host's disks, and Nova refuses a block migration of that",
                        "Leave blockMigration at 'auto': Nova then copies disks where there are any."))
                : Optional.empty();
    }

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        return action == Action.LIVE
                        && context.wish().blockMigration() == BlockMigration.FALSE
                        && !context.sharedStorage()
                        && LocalDisks.gibibytes(server) > 0
                ? Optional.of("blockMigration: false fails unless its disks are on storage that both hosts share")
                : Optional.empty();
    }
}
