package io.jenkins.plugins.nova.step.shown;

import io.jenkins.plugins.nova.plan.roll.Roll;
import io.jenkins.plugins.nova.plan.roll.RollTurn;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.report.data.RollReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the plan of a roll to what the build's page holds beside what its hosts' steps tell. */
public final class RollReports {

    private RollReports() {}

    /**
     * A roll as it was planned.
     *
     * @param id names it; as of {@link RollReport#id()}
     * @param key as of {@link RollReport#key()}
     * @param canary whether the first host goes alone
     * @param before what earlier builds did, by host: these come last, and are not among the turns
     */
    public static RollReport of(
            String id,
            String key,
            String cloud,
            Roll roll,
            Budget budget,
            boolean canary,
            Map<String, RollReport.Before> before,
            Instant now) {
        List<RollReport.Host> hosts = new ArrayList<>();
        roll.turns().forEach(turn -> hosts.add(host(turn)));
        before.forEach((host, proof) -> hosts.add(new RollReport.Host(host, null, null, 0, -1, -1, -1, -1, proof)));
        return new RollReport(
                id,
                key,
                cloud,
                now,
                roll.hash(),
                new RollReport.Budget(budget.maxHostsInMaintenance(), budget.minFreeHosts(), budget.aggregate()),
                canary,
                roll.moving(),
                roll.moves(),
                roll.duration().toSeconds(),
                hosts);
    }

    private static RollReport.Host host(RollTurn turn) {
        RollTurn.Times times = turn.times();
        return new RollReport.Host(
                turn.host(),
                turn.state().toString(),
                turn.why(),
                turn.moves().size(),
                times == null ? -1 : times.begins().toSeconds(),
                times == null ? -1 : times.drained().toSeconds(),
                times == null ? -1 : times.worked().toSeconds(),
                times == null ? -1 : times.ends().toSeconds(),
                null);
    }
}
