package io.jenkins.plugins.nova.plan.risk;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Risk;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A load balancer's machine. Octavia tells which servers are such; where it was not asked, or does not list it, a server that is
 * named as Octavia names its amphorae (octavia/controller/worker/v2/tasks/compute_tasks.py) is told before it is shut down or
 * rebuilt. The name is its owner's choice: it is a remark and decides nothing. Octavia replaces an amphora that sends no heartbeat for
 * a minute (octavia/controller/healthmanager/health_manager.py; heartbeat_timeout), and so may begin to while it is moved cold.
 */
public final class AmphoraRisk implements Risk {

    private static final Pattern NAME =
            Pattern.compile("amphora-([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{32,36}");

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        boolean down = action == Action.COLD || action == Action.REBUILD;
        if (down) {
            return remark(server, context);
        }
        if (action == Action.FAILOVER) {
            return context.estate()
                    .amphora(server.id())
                    .map(amphora -> called(amphora)
                            + (context.estate().alone(amphora)
                                    ? ", which is out while Octavia replaces it, for no other amphora works for it"
                                    : ""));
        }
        return action == Action.LIVE
                ? context.estate().amphora(server.id()).map(AmphoraRisk::called)
                : Optional.empty();
    }

    /** What is to be known of an amphora, or of a server that is named as one, before it is down; empty for others. */
    public static Optional<String> remark(Server server, PlanContext context) {
        Optional<Amphora> told = context.estate().amphora(server.id());
        if (told.isPresent()) {
            return Optional.of(down(told.get(), context));
        }
        Matcher name = NAME.matcher(String.valueOf(server.name()));
        return name.matches()
                ? Optional.of(
                        "its name is that of an amphora of Octavia: if it is one, its load balancer gets a new one with "
                                + failover(name.group(1)) + ", and may have one already")
                : Optional.empty();
    }

    private static String down(Amphora amphora, PlanContext context) {
        boolean alone = amphora.loadBalancer() != null && context.estate().alone(amphora);
        String other = ID.matcher(amphora.id()).matches()
                ? "; Octavia makes a new one elsewhere with " + failover(amphora.id())
                        + " once the host is disabled, and may do so by itself while this one is down"
                : "";
        return called(amphora) + (alone ? ", which is out meanwhile, for no other amphora works for it" : "") + other;
    }

    /** Whose it is, in words that follow the server's name. */
    private static String called(Amphora amphora) {
        String role = amphora.role() == null ? "" : " (" + amphora.role().toLowerCase(Locale.ROOT) + ")";
        String status = amphora.allocated() || amphora.status().isEmpty() ? "" : " in status " + amphora.status();
        return amphora.loadBalancer() == null
                ? "it is an amphora of Octavia's without a load balancer" + status
                : "it is an amphora" + role + status + " of load balancer " + amphora.loadBalancer();
    }

    private static String failover(String amphora) {
        return "openstack loadbalancer amphora failover " + amphora;
    }
}
