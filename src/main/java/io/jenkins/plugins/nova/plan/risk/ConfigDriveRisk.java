package io.jenkins.plugins.nova.plan.risk;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Risk;
import java.util.Optional;

/**
 * Up to 2024.2 nova-compute copies an ISO 9660 config drive to the target by ssh when the hosts share no storage, even for a
 * live migration (nova/virt/libvirt/driver.py, pre_live_migration, until 5827c01246; bug 1246201): without the keys that
 * cold migration needs it fails.
 */
public final class ConfigDriveRisk implements Risk {

    /** The newest microversion of a release that may still do so: 2.96 is 2024.1's and 2024.2's. */
    private static final int LAST = 96;

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        boolean copied = action == Action.LIVE
                && server.configDrive()
                && !context.sharedStorage()
                && context.wish().blockMigration() != BlockMigration.FALSE
                && context.estate().newest() != null
                && !context.estate().newest().atLeast(LAST + 1);
        return copied
                ? Optional.of(
                        "has a config drive, which Nova copies by ssh between the computes unless they share storage")
                : Optional.empty();
    }
}
