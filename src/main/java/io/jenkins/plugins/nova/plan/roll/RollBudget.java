package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** The budget of each site that hosts of a roll are in, counted as {@link Budget} counts it, but fast enough for each step of a roll. */
final class RollBudget {

    private static final int MOST_NAMED = 10;

    private final Budget budget;
    private final List<String> hosts;
    private final BitSet[] sites;

    /**
     * @param budget whose aggregate, where it names one, has all these hosts
     * @param rolled those of the roll
     */
    RollBudget(Budget budget, Estate estate, Seating seating, List<String> rolled) {
        this.budget = budget;
        this.hosts = seating.hosts();
        this.sites = new BitSet[seating.hosts().size()];
        if (!budget.limits()) {
            return;
        }
        Map<String, BitSet> known = new HashMap<>();
        for (String host : rolled) {
            String zone = estate.service(host).map(ComputeService::zone).orElse("");
            sites[seating.number(host)] = known.computeIfAbsent(budget.aggregate() == null ? zone : "", unseen -> {
                BitSet site = new BitSet();
                budget.counted(host, estate).forEach(other -> site.set(seating.number(other)));
                return site;
            });
        }
    }

    /**
     * Why a host may not begin; empty when it may.
     *
     * @param away hosts that are disabled or down
     * @param empty whether no server is on a host, however far the moves under way are
     */
    Optional<String> refusal(int host, BitSet away, IntPredicate empty) {
        if (!budget.limits()) {
            return Optional.empty();
        }
        BitSet site = sites[host];
        if (budget.maxHostsInMaintenance() > 0) {
            BitSet gone = (BitSet) site.clone();
            gone.and(away);
            gone.set(host);
            if (gone.cardinality() > budget.maxHostsInMaintenance()) {
                gone.clear(host);
                return Optional.of("budget.maxAway " + budget.maxHostsInMaintenance()
                        + ": disabled or down already are " + names(gone));
            }
        }
        if (budget.minFreeHosts() == 0) {
            return Optional.empty();
        }
        BitSet there = (BitSet) site.clone();
        there.andNot(away);
        there.clear(host);
        BitSet free = new BitSet();
        there.stream().filter(empty).forEach(free::set);
        return free.cardinality() >= budget.minFreeHosts()
                ? Optional.empty()
                : Optional.of("budget.minFree " + budget.minFreeHosts() + ": of the other hosts that count "
                        + (free.isEmpty()
                                ? "none is"
                                : "only " + names(free) + (free.cardinality() == 1 ? " is" : " are"))
                        + " enabled, up and without a server");
    }

    private String names(BitSet some) {
        return some.stream().limit(MOST_NAMED).mapToObj(hosts::get).collect(Collectors.joining(", "))
                + (some.cardinality() > MOST_NAMED ? ", …" : "");
    }
}
