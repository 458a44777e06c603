package io.jenkins.plugins.nova.plan.roll;

import java.time.Duration;
import java.util.List;

/**
 * One host of a roll, and when it is likely to be worked on. Times count from the beginning of the roll.
 *
 * @param host which
 * @param state what is to be expected of it
 * @param why in words, where the state is not {@link State#CLEAR}; else empty
 * @param after hosts of the roll that must be done before it begins, whatever the budget allows: seats of its servers are on them, or
 *     theirs were on it
 * @param takes how long it is likely to be away: drain, work, and until it is in service again
 * @param times when; null where it cannot be begun
 * @param moves the moves that empty it, in the order in which they are started; none where it cannot be begun
 */
public record RollTurn(
        String host, State state, String why, List<String> after, Duration takes, Times times, List<RollMove> moves) {

    /** What is to be expected of a host. */
    public enum State {
        /** It can be emptied. */
        CLEAR,
        /** It is disabled or down already, and taken to stay so: it counts as away, and takes no servers afterwards. */
        AWAY,
        /** Servers on it cannot be moved unless somebody acts; planned as if they had, with their room kept. */
        BLOCKED,
        /** Servers on it have no seat: it is not begun. */
        SHORT,
        /** No window is as long as it takes: it is not begun. */
        TOO_LONG,
        /** The budget never lets it begin. */
        OVER_BUDGET
    }

    /**
     * When the phases of a host begin and end.
     *
     * @param begins it is cordoned, and its servers begin to move
     * @param drained it is empty, and the work on it begins
     * @param worked the work has ended, and it is waited for
     * @param ends it is in service again
     */
    public record Times(Duration begins, Duration drained, Duration worked, Duration ends) {}

    public RollTurn {
        after = List.copyOf(after);
        moves = List.copyOf(moves);
    }

    /** Whether it is begun at all. */
    public boolean begun() {
        return times != null;
    }
}
