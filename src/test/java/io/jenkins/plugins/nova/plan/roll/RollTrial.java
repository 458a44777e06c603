package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.Server;
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
 * @param moved how many servers were moved
 * @param hosts how many hosts of the roll were emptied, of the servers that can be moved
 * @param violations of budget, zone, group or room by what was planned; in words
 */
public record RollTrial(Roll roll, int moves, int moved, int hosts, List<String> violations) {

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
        return of(roll, world);
    }

    private static RollTrial of(Roll roll, RollWorld world) {
        return new RollTrial(
                roll, world.moves(), world.moved().size(), world.emptied().size(), world.violations());
    }

    private static Set<String> movable(Drawn drawn, Roll roll) {
        Set<String> blocked =
                roll.blocked().stream().map(one -> one.server().id()).collect(Collectors.toSet());
        return drawn.cloud().servers().stream()
                .filter(server -> drawn.order().hosts().contains(server.host()))
                .map(Server::id)
                .filter(id -> !blocked.contains(id))
                .collect(Collectors.toSet());
    }

    /** The same roll without a plan: host by host by name; {@code closed} has all hosts closed but those that are done. */
    public static RollTrial withoutPlan(Drawn drawn, long seed, Scheduler scheduler, boolean closed) {
        RollWorld world = new RollWorld(drawn.cloud(), seed);
        Roll roll = planner().plan(drawn.cloud().cloud(), drawn.order());
        world.withoutPlan(drawn.order(), movable(drawn, roll), scheduler, closed);
        return of(roll, world);
    }
}
