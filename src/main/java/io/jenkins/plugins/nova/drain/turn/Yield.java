package io.jenkins.plugins.nova.drain.turn;

import java.time.Instant;
import java.util.Set;

/**
 * A host that waits for its turn, and does not keep others waiting behind it meanwhile.
 *
 * @param why what keeps it
 * @param since since when
 * @param to the hosts that need not wait for it; null for all
 */
public record Yield(Why why, Instant since, Set<String> to) {

    public Yield {
        to = to == null ? null : Set.copyOf(to);
    }

    /** What keeps a host that others need not wait for. */
    public enum Why {
        /** No window that is open leaves it time enough; one that takes less time may still begin. */
        WINDOW,
        /** The budget of its site is full: hosts of other sites need not wait. */
        BUDGET,
        /** Somebody must act before it can be emptied or worked on. */
        BLOCKED,
        /** Its servers have no seats, or only such from which they must move once more; hosts that are done give some. */
        SEATS
    }

    /** Whether another host need not wait for this one. */
    public boolean lets(String host) {
        return to == null || to.contains(host);
    }

    /** The same since then, where it is kept by the same already. */
    Yield after(Yield before) {
        return before != null && before.why == why ? new Yield(why, before.since, to) : this;
    }
}
