package io.jenkins.plugins.nova.plan.risk;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Risk;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that is named as Octavia names its amphorae (octavia/controller/worker/v2/tasks/compute_tasks.py): a load balancer's
 * machine, which Octavia replaces itself when it does not answer. Told before it is shut down or rebuilt. The name is its owner's
 * choice and nothing else of an amphora can be seen in Nova: it is a remark and decides nothing.
 */
public final class AmphoraRisk implements Risk {

    private static final Pattern NAME =
            Pattern.compile("amphora-([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        return action == Action.COLD || action == Action.REBUILD ? remark(server) : Optional.empty();
    }

    /** What is to be known of a server that is named as an amphora; empty for others. */
    public static Optional<String> remark(Server server) {
        Matcher name = NAME.matcher(String.valueOf(server.name()));
        return name.matches()
                ? Optional.of(
                        "its name is that of an amphora of Octavia: if it is one, its load balancer gets a new one"
                                + " with openstack loadbalancer amphora failover " + name.group(1)
                                + ", and may have one already")
                : Optional.empty();
    }
}
