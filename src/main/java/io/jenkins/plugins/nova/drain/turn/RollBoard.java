package io.jenkins.plugins.nova.drain.turn;

import java.time.Instant;
import java.util.Map;

/**
 * What is known in this build of the hosts of a roll. What counts for the budget is the cloud itself; this tells the order among
 * hosts of one build, who has failed, and which seats are still to be taken by servers of hosts that are being emptied.
 */
public interface RollBoard {

    /**
     * How the hosts of a roll stand.
     *
     * @param roll names the roll
     * @return by host; one for which no step of this build has begun is missing
     */
    Map<String, Standing> hosts(String roll);

    /**
     * How a host stands.
     *
     * @param state where it is
     * @param seats for a host that is being emptied: where servers that are still on it are to go, by id; else empty
     * @param since since when it is so; for a host that is done, when it was
     * @param yields for a host that waits: {@link TurnState#yields()}; else null
     */
    record Standing(State state, Map<String, String> seats, Instant since, Yield yields) {
        public Standing {
            seats = Map.copyOf(seats);
        }

        /** Of a host that keeps all others waiting while it waits. */
        public Standing(State state, Map<String, String> seats, Instant since) {
            this(state, seats, since, null);
        }

        /** Whether it is in this state. */
        public boolean is(State wanted) {
            return state == wanted;
        }
    }

    /** Where a host is. */
    enum State {
        /** Waits for its turn. */
        WAITING,
        /** Is emptied, worked on, or comes back. */
        UNDER_WAY,
        /** Was under way before the controller was restarted, and has not gone on yet. */
        NOT_RESUMED,
        /** Is back in service. */
        DONE,
        /** Its maintenance did not end well: it may still be cordoned. */
        FAILED,
        /** Was not begun, and will not be. */
        NOT_BEGUN
    }
}
