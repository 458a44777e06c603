package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.PlanEssence;
import io.jenkins.plugins.nova.plan.PlanLine;
import io.jenkins.plugins.nova.plan.PlannedServer;
import io.jenkins.plugins.nova.plan.order.Planner;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Makes the plan of a roll. The order is found by playing the roll through ({@link RollRun}) with the hosts sorted in one way
 * after the other, until no server moves more often than it must; the best is taken.
 */
public final class RollPlanner {

    /** Seconds that a host takes besides its moves, so that a host with one small server does not weigh nothing. */
    private static final double AROUND = 10;

    /** So many more orders are tried, drawn, where hosts are left over; of a large roll fewer, for the time it takes. */
    private static final int MOST_SHUFFLED = 12;

    private static final int MOST_SERVERS_SHUFFLED = 20_000;

    private final Planner planner;

    /** @param planner what is asked about each server */
    public RollPlanner(Planner planner) {
        this.planner = planner;
    }

    /**
     * The plan.
     *
     * @param order whose hosts are all among the services, and in the budget's aggregate where it names one
     */
    public Roll plan(RollCloud cloud, RollOrder order) {
        Estate estate = cloud.estate();
        JudgedHosts judged = JudgedHosts.of(planner, cloud, order, order.hosts());
        Map<String, HostPlan> plans = judged.plans();
        Map<String, PlannedServer> movable = judged.movable();
        Seating seating = new Seating(cloud);
        int bound = movable.size() + again(seating, order, plans);
        RollRun.Played best = best(seating, estate, order, judged, bound);
        int moving = (int) best.turns().stream()
                .flatMap(turn -> turn.moves().stream())
                .map(move -> move.server().id())
                .distinct()
                .count();
        return new Roll(
                best.turns(),
                judged.blocked(),
                best.shortages(),
                moving,
                best.begun() == plans.size() ? bound : moving,
                essence(order, judged.lines()));
    }

    private static RollRun.Played best(Seating seating, Estate estate, RollOrder order, JudgedHosts judged, int bound) {
        Map<String, HostPlan> plans = judged.plans();
        Map<String, PlannedServer> movable = judged.movable();
        RollRun.Played best = null;
        for (Sequence how : Sequence.values()) {
            List<Integer> sequence = sequence(seating, order, plans, movable, how);
            best = better(best, play(seating.copy(), estate, order, judged, sequence));
            if (best.begun() == plans.size() && best.moves() <= bound) {
                return best;
            }
        }
        long tries = movable.isEmpty() ? 0 : Math.min(MOST_SHUFFLED, MOST_SERVERS_SHUFFLED / movable.size());
        for (int i = 0; i < tries && best.begun() < plans.size(); i++) {
            List<Integer> sequence = sequence(seating, order, plans, movable, Sequence.FEWEST_SERVERS);
            // the same each time, for the plan is to be the same
            Collections.shuffle(sequence, new Random(i));
            sequence.sort(Comparator.<Integer>comparingInt(
                            host -> plans.get(seating.hosts().get(host)).tier())
                    .thenComparing(
                            host -> !order.first().contains(seating.hosts().get(host))));
            best = better(best, play(seating.copy(), estate, order, judged, sequence));
        }
        return best;
    }

    private static RollRun.Played better(RollRun.Played one, RollRun.Played other) {
        return one == null || BETTER.compare(other, one) < 0 ? other : one;
    }

    private static final Comparator<RollRun.Played> BETTER = Comparator.comparingLong(
                    (RollRun.Played played) -> -played.begun())
            .thenComparingInt(RollRun.Played::moves)
            .thenComparing(RollRun.Played::ends);

    /**
     * How many servers must move twice: where no host takes servers that is not of the roll, and none of the roll is empty, all
     * servers of the first host go to hosts that are still to be emptied.
     */
    private static int again(Seating seating, RollOrder order, Map<String, HostPlan> plans) {
        boolean elsewhere = seating.usable().stream()
                .anyMatch(host -> !plans.containsKey(seating.hosts().get(host)));
        return elsewhere
                ? 0
                : order.hosts().stream()
                        .mapToInt(host -> plans.get(host).moving())
                        .min()
                        .orElse(0);
    }

    /** The ways in which hosts are sorted. */
    private enum Sequence {
        /** Those that free the most room for the least moving. */
        MOST_ROOM_FOR_LEAST_MOVING,
        /** Those with the servers that are hardest to seat, while there is room for them. */
        HARDEST_FIRST,
        /** Those with the fewest servers. */
        FEWEST_SERVERS
    }

    private static List<Integer> sequence(
            Seating seating,
            RollOrder order,
            Map<String, HostPlan> plans,
            Map<String, PlannedServer> movable,
            Sequence how) {
        Map<Integer, HostPlan> byNumber = byNumber(seating, plans);
        ToDoubleFunction<Integer> last = switch (how) {
            case MOST_ROOM_FOR_LEAST_MOVING -> host -> -seating.size(host) / cost(byNumber.get(host));
            case HARDEST_FIRST -> host -> hardest(seating, movable, host);
            case FEWEST_SERVERS -> host -> byNumber.get(host).moving();
        };
        List<Integer> sequence = new ArrayList<>(byNumber.keySet());
        sequence.sort(Comparator.<Integer>comparingInt(
                        host -> byNumber.get(host).tier())
                .thenComparing(host -> !order.first().contains(seating.hosts().get(host)))
                .thenComparing(host -> byNumber.get(host).moving() > 0)
                .thenComparingDouble(last)
                .thenComparing(Comparator.naturalOrder()));
        return sequence;
    }

    private static Map<Integer, HostPlan> byNumber(Seating seating, Map<String, HostPlan> plans) {
        Map<Integer, HostPlan> byNumber = new HashMap<>();
        plans.forEach((host, plan) -> byNumber.put(seating.number(host), plan));
        return byNumber;
    }

    private static RollRun.Played play(
            Seating seating, Estate estate, RollOrder order, JudgedHosts judged, List<Integer> sequence) {
        RollBudget budget = new RollBudget(order.budget(), estate, seating, order.hosts());
        return new RollRun(seating, budget, estate, order, byNumber(seating, judged.plans()), judged, sequence).play();
    }

    private static double cost(HostPlan plan) {
        return AROUND + plan.drain().toSeconds();
    }

    /** Smaller for a host with a server that may be on fewer hosts; of those that may be on as many, with a larger one. */
    private static double hardest(Seating seating, Map<String, PlannedServer> movable, int host) {
        return seating.guests(host).stream()
                .filter(server -> movable.containsKey(seating.server(server).id()))
                .mapToDouble(server -> seating.choice(server) - seating.weight(server))
                .min()
                .orElse(0);
    }

    /** What matters to whoever approves it. */
    private static PlanEssence essence(RollOrder order, List<PlanLine> lines) {
        Map<String, String> terms = new HashMap<>();
        terms.put("hosts", String.join(",", order.hosts()));
        terms.put("canary", String.valueOf(order.canary()));
        Budget budget = order.budget();
        if (budget.maxHostsInMaintenance() > 0) {
            terms.put("budget.maxAway", String.valueOf(budget.maxHostsInMaintenance()));
        }
        if (budget.minFreeHosts() > 0) {
            terms.put("budget.minFree", String.valueOf(budget.minFreeHosts()));
        }
        if (budget.limits() && budget.aggregate() != null) {
            terms.put("budget.aggregate", budget.aggregate());
        }
        PlanEssence essence = new PlanEssence(terms, lines);
        return essence.has(Action.LIVE)
                ? essence.on(
                        "blockMigration",
                        order.wish().blockMigration().toString().toLowerCase(Locale.ROOT))
                : essence;
    }
}
