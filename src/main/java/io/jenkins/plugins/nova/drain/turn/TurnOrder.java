package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.drain.ApprovedPlan;
import io.jenkins.plugins.nova.drain.observe.RollRequest;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.roll.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a host of a roll has been told of the roll; does not change while it waits.
 *
 * @param roll names the roll, on all its hosts and in all builds that go on with it
 * @param host the host whose turn it is about
 * @param hosts all hosts of the roll, in the order in which they were planned to begin
 * @param done those that earlier builds of the roll have done, with the proof: the build and the time, in words
 * @param request what was asked of the roll, its {@code hosts} being those that are not done yet
 * @param canary the host that goes first and alone; null for none
 * @param burnIn how long nothing else begins after the canary host is done
 * @param stopAfter after so many failed hosts none begins any more; at least 1
 * @param window when hosts may be away; null for always
 * @param takes how long this host is likely to be away: drain, work, and until it is in service again
 * @param approved what was approved to be done with the servers that leave this host, by id
 * @param onDrift what is done when the plan made anew breaks that
 */
public record TurnOrder(
        String roll,
        String host,
        List<String> hosts,
        Map<String, String> done,
        RollRequest request,
        String canary,
        Duration burnIn,
        int stopAfter,
        Window window,
        Duration takes,
        Map<String, Action> approved,
        ApprovedPlan.OnDrift onDrift) {

    public TurnOrder {
        hosts = List.copyOf(hosts);
        done = Map.copyOf(done);
        approved = Map.copyOf(approved);
    }
}
