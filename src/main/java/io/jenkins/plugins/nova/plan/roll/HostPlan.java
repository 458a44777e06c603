package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlannedServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One host of a roll as it is before the roll. */
final class HostPlan {

    private final RollTurn.State state;
    private final String why;
    private final boolean comesBack;
    private final Map<String, Integer> places = new HashMap<>();
    private final Duration drain;

    /**
     * @param state CLEAR, AWAY or BLOCKED
     * @param why in words for a state that is not CLEAR
     * @param comesBack whether it is in service after its turn
     * @param planned its servers in the order in which they start, with their times
     */
    HostPlan(RollTurn.State state, String why, boolean comesBack, List<PlannedServer> planned) {
        this.state = state;
        this.why = why;
        this.comesBack = comesBack;
        Duration last = Duration.ZERO;
        for (PlannedServer one : planned) {
            if (one.verdict().acts()) {
                if (one.verdict().action() != Action.FAILOVER) {
                    places.put(one.server().id(), places.size());
                }
                Duration end = one.expected().end();
                last = last.compareTo(end) < 0 ? end : last;
            }
        }
        drain = last;
    }

    RollTurn.State state() {
        return state;
    }

    String why() {
        return why;
    }

    boolean comesBack() {
        return comesBack;
    }

    /** Hosts of a lower tier go first, however much room others free: what is not sure to be emptied comes last. */
    int tier() {
        return switch (state) {
            case CLEAR, SHORT, TOO_LONG, OVER_BUDGET -> 0;
            case AWAY -> 1;
            case BLOCKED -> 2;
        };
    }

    /** How many of its own servers move; amphorae are replaced by Octavia and do not. */
    int moving() {
        return places.size();
    }

    /** How long its own servers take to leave, the amphorae among them. */
    Duration drain() {
        return drain;
    }

    /** Whether a server is one of its own that move. */
    boolean starts(String id) {
        return places.containsKey(id);
    }

    /** These in the order in which they start: its own as planned, then the others by id. */
    List<Integer> inOrder(List<Integer> leaving, Seating seating) {
        return leaving.stream()
                .sorted(Comparator.<Integer>comparingInt(server ->
                                places.getOrDefault(seating.server(server).id(), Integer.MAX_VALUE))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
