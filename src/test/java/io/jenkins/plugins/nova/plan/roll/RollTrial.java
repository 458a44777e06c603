package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.plan.filter.Filters;
import io.jenkins.plugins.nova.plan.roll.RollClouds.Drawn;
import io.jenkins.plugins.nova.plan.roll.RollWorld.Scheduler;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came of one roll, planned and then replayed in a {@link RollWorld}.
 *
 * @param roll the first plan
 * @param moves what was moved in all
 * @param stuck moves for which the scheduler found no host
 * @param violations of budget, zone, group or room by what was planned; in words
 */
public record RollTrial(Roll roll, int moves, int stuck, List<String> violations) {

    /** With all filters. */
    public static RollPlanner planner() {
        return new RollPlanner(Filters.planner());
    }

    /**
     * Plans and replays.
     *
     * @param refused per cent of the moves that Nova does not take to their seats
     */
    public static RollTrial of(Drawn drawn, long seed, Scheduler scheduler, int refused) {
        RollWorld world = new RollWorld(drawn.cloud(), seed);
        Roll roll = planner().plan(drawn.cloud().cloud(), drawn.order());
        world.replay(drawn.order(), roll, scheduler, refused, rest -> planner().plan(world.now(), rest));
        return new RollTrial(roll, world.moves(), world.stuck(), world.violations());
    }

    /** The same roll without a plan: host by host by name; {@code closed} has all hosts closed but those that are done. */
    public static RollTrial withoutPlan(Drawn drawn, long seed, Scheduler scheduler, boolean closed) {
        RollWorld world = new RollWorld(drawn.cloud(), seed);
        Roll roll = planner().plan(drawn.cloud().cloud(), drawn.order());
        Set<String> movable = drawn.cloud().servers().stream()
                .map(server -> server.id())
                .filter(id -> roll.blocked().stream()
                        .noneMatch(one -> one.server().id().equals(id)))
                .collect(Collectors.toSet());
        world.withoutPlan(drawn.order(), movable, scheduler, closed);
        return new RollTrial(roll, world.moves(), world.stuck(), world.violations());
    }
}
