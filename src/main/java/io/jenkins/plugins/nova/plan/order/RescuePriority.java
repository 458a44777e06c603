package io.jenkins.plugins.nova.plan.order;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.LocalDisks;
import io.jenkins.plugins.nova.plan.PlannedServer;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Which servers of a dead host are rebuilt first: those whose owners gave them a priority, in its order, then the small ones,
 * of which most are up again soonest.
 */
final class RescuePriority {

    /** Metadata in which an owner says it, a whole number, 1 for first; the second is the key of StarlingX's Nova. */
    private static final List<String> KEYS = List.of("recovery_priority", "sw:wrs:recovery_priority");

    private static final int NONE = Integer.MAX_VALUE;

    /** By priority, memory and disk. */
    static final Comparator<PlannedServer> FIRST = Comparator.comparingInt(
                    (PlannedServer planned) -> priority(planned.server()))
            .thenComparingLong(planned -> planned.server().flavor().ramMiB())
            .thenComparingLong(planned -> LocalDisks.gibibytes(planned.server()));

    private RescuePriority() {}

    /** What is no number from 1 on counts as none, which is last. */
    private static int priority(Server server) {
        return KEYS.stream()
                .map(server.metadata()::get)
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(text -> text.matches("[1-9][0-9]{0,5}"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(NONE);
    }
}
