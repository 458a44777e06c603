package io.jenkins.plugins.nova.step.shown;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the block of nodeMaintenance sees of the drain before it, in its environment: texts, so that scripts see it, too. */
public final class BlockVariables {

    private BlockVariables() {}

    /**
     * {@code NOVA_HOST, NOVA_OUTCOME, NOVA_PLAN_HASH, NOVA_REASON, NOVA_MOVED, NOVA_LEFT, NOVA_AWAITING_CONFIRM}: the last three
     * ids of servers with blanks between them. What is not known is empty.
     */
    public static Map<String, String> of(DrainState drain) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("NOVA_HOST", drain.order().host());
        variables.put("NOVA_OUTCOME", drain.outcome().toString());
        variables.put("NOVA_PLAN_HASH", Objects.toString(drain.planHash(), ""));
        variables.put("NOVA_REASON", Objects.toString(drain.order().reason(), ""));
        variables.put("NOVA_MOVED", ids(drain, Outcome.MOVED, Outcome.REBUILT, Outcome.CONFIRMED));
        variables.put("NOVA_LEFT", ids(drain, Outcome.SKIPPED));
        variables.put("NOVA_AWAITING_CONFIRM", ids(drain, Outcome.AWAITING_CONFIRM));
        return variables;
    }

    private static String ids(DrainState drain, Outcome... outcomes) {
        return drain.servers().stream()
                .filter(server -> List.of(outcomes).contains(server.outcome()))
                .map(ServerState::id)
                .collect(Collectors.joining(" "));
    }
}
