package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.Server;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a roll cannot plan of Octavia's amphorae, in words. Both hosts of a pair may be away together: Octavia fails over one amphora of a
 * load balancer at a time, whoever asks (it is not ACTIVE meanwhile, so that the other is answered 409), and makes the new one before it
 * takes the old one away (get_failover_amphora_flow of octavia/controller/worker/v2/flows/amphora_flows.py); and a host is worked on
 * once it is empty.
 */
public final class RollAmphorae {

    private RollAmphorae() {}

    /**
     * A sentence each; none where no host of the roll has any.
     *
     * @param hosts those of the roll
     */
    public static List<String> notes(RollCloud cloud, Collection<String> hosts) {
        Set<String> rolled = new HashSet<>(hosts);
        Map<String, Set<String>> hostsOf = new HashMap<>();
        Set<String> its = new TreeSet<>();
        int all = 0;
        for (Server server : cloud.servers()) {
            Amphora amphora = cloud.estate().amphora(server.id()).orElse(null);
            boolean replaced = server.host() != null
                    && rolled.contains(server.host())
                    && amphora != null
                    && amphora.loadBalancer() != null;
            if (replaced) {
                all++;
                its.add(server.host());
                hostsOf.computeIfAbsent(amphora.loadBalancer(), unseen -> new HashSet<>())
                        .add(server.host());
            }
        }
        if (all == 0) {
            return List.of();
        }
        long spread = hostsOf.values().stream().filter(on -> on.size() > 1).count();
        String replaced = (all == 1 ? "1 amphora" : all + " amphorae") + " on " + its.size() + " of these hosts "
                + (all == 1 ? "is" : "are")
                + " replaced by Octavia instead of moved: no seat is planned for a new one, for Nova's scheduler chooses it. A new one on a"
                + " host that is emptied later is replaced once more.";
        return spread == 0
                ? List.of(replaced)
                : Stream.of(
                                replaced,
                                (spread == 1 ? "1 load balancer has" : spread + " load balancers have")
                                        + " amphorae on several of these hosts. Where two of those are emptied together Octavia replaces"
                                        + " one amphora after the other, so that one of them works all the time; the second drain waits for"
                                        + " that, ten minutes at most.")
                        .toList();
    }
}
