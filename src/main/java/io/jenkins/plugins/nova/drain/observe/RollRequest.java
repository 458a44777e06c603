package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.time.Duration;
import java.util.List;

/**
 * What a pipeline asks of a roll. Of hosts, aggregate and zone exactly one is given.
 *
 * @param hosts exact names; empty where they are not what is given
 * @param aggregate the name of an aggregate, all hosts of which are meant; null otherwise
 * @param zone the name of an availability zone, all hosts of which are meant; null otherwise
 * @param budget how many hosts of a site may be away
 * @param canary whether the first host goes alone
 * @param blockMigration how the local disks of live migrations are treated
 * @param approve ids and names of servers, or {@code *}, as nodeMaintenance has it
 * @param leave ids and names of servers that stay on their host
 * @param block how long a host is worked on
 */
public record RollRequest(
        List<String> hosts,
        String aggregate,
        String zone,
        Budget budget,
        boolean canary,
        BlockMigration blockMigration,
        List<String> approve,
        List<String> leave,
        Duration block) {
    public RollRequest {
        hosts = List.copyOf(hosts);
        approve = List.copyOf(approve);
        leave = List.copyOf(leave);
    }
}
