package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.plan.Rates;
import io.jenkins.plugins.nova.plan.Wish;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is asked of a roll.
 *
 * @param hosts the hosts that are to be emptied and worked on, each once
 * @param budget how many hosts of a site may be away; {@link Budget#NONE} for any number
 * @param canary whether the first host goes alone
 * @param wish how servers may be moved; its target is null, for seats are what the roll finds
 * @param block how long a host is worked on once it is empty: patched, rebooted
 * @param settling how long it takes from the end of that until the host is in service again
 * @param rates how fast copies are, for the forecast
 * @param first hosts of these that were begun before and did not end well: they go first, and where one is up and disabled, that is
 *     the roll's own doing and it comes back
 */
public record RollOrder(
        List<String> hosts,
        Budget budget,
        boolean canary,
        Wish wish,
        Duration block,
        Duration settling,
        Rates rates,
        List<String> first) {
    public RollOrder {
        SortedSet<String> each = new TreeSet<>(hosts);
        hosts = List.copyOf(each);
        first = List.copyOf(first);
    }

    /** Of a roll that begins. */
    public RollOrder(
            List<String> hosts,
            Budget budget,
            boolean canary,
            Wish wish,
            Duration block,
            Duration settling,
            Rates rates) {
        this(hosts, budget, canary, wish, block, settling, rates, List.of());
    }
}
