package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.plan.PlanEssence;
import java.time.Duration;
import java.util.List;

/**
 * A roll as it is planned.
 *
 * @param turns the hosts in the order in which they begin; those that do not, last
 * @param blocked what keeps a host from being emptied unless somebody acts, by owner, project, host and name
 * @param shortages the servers without a seat
 * @param moving how many servers leave a host that is begun
 * @param bound with fewer moves these servers cannot leave their hosts
 * @param essence what of it matters to whoever approves it: hosts, terms, and what is done with each server; not the order, the
 *     seats and the times
 */
public record Roll(
        List<RollTurn> turns,
        List<RollBlock> blocked,
        List<RollShort> shortages,
        int moving,
        int bound,
        PlanEssence essence) {
    public Roll {
        turns = List.copyOf(turns);
        blocked = List.copyOf(blocked);
        shortages = List.copyOf(shortages);
    }

    /** 12 hexadecimal digits over what matters. */
    public String hash() {
        return essence.hash();
    }

    /** How many moves it makes in all. */
    public int moves() {
        return turns.stream().mapToInt(turn -> turn.moves().size()).sum();
    }

    /** When the last host is in service again; zero when none is begun. */
    public Duration duration() {
        return turns.stream()
                .filter(RollTurn::begun)
                .map(turn -> turn.times().ends())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
