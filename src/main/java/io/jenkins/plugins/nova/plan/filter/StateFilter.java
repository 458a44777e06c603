package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Ways;
import java.util.Locale;
import java.util.Optional;

/** States from which Nova allows no move of the kind that is asked for, see {@link Ways#wanted}. */
final class StateFilter implements ServerFilter {

    private static final String EVACUATION = "evacuation";

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        if (Ways.wanted(server, context) != Action.BLOCKED) {
            return Optional.empty();
        }
        return Optional.of(
                switch (context.route()) {
                    case LIVE -> refuse(server, "live migration", "ACTIVE or PAUSED");
                    case COLD -> refuse(server, "cold migration", "ACTIVE or SHUTOFF");
                    case REBUILD -> refuse(server, EVACUATION, "ACTIVE, SHUTOFF or ERROR");
                    default -> refuse(server, "any migration", "ACTIVE, PAUSED or SHUTOFF");
                });
    }

    private static Verdict refuse(Server server, String what, String needed) {
        String state = server.vmState() == null ? "unknown" : server.vmState();
        String shown = state.equalsIgnoreCase(server.status())
                ? state.toUpperCase(Locale.ROOT)
                : server.status() + " (" + state + ")";
        String reason = "is " + shown + ", and Nova allows " + what + " only from " + needed;
        return what.equals(EVACUATION)
                ? Verdict.blocked(reason, ofDeadHost(state))
                : new Verdict(Action.BLOCKED, reason, hint(state, server), null, state.equals("building"));
    }

    private static String hint(String state, Server server) {
        return switch (state) {
            case "suspended" -> "Resume it (openstack server resume) or shelve it, then run the step again.";
            case "paused" -> "Unpause it (openstack server unpause); a live migration could move it as it is.";
            case "rescued" -> "Unrescue it (openstack server unrescue) first.";
            case "resized" -> "It waits for an answer: confirmResize or revertResize it first.";
            case "stopped" -> "It is shut off: move it with coldMigrate.";
            case "error" -> "Find out why (openstack server show), then openstack server set --state active it.";
            case "shelved" -> "Shelve-offload it (openstack server shelve --offload): it then has no host.";
            case "shelved_offloaded" -> "It is on no host; unshelve it, and it is scheduled anew.";
            case "soft-delete" -> "Restore it, or delete it for good (openstack server delete --force).";
            case "building" -> "Wait until it is built.";
            default -> "See its state with openstack server show " + server.id() + ".";
        };
    }

    /** Nothing can be done to a server whose host is dead, but to make Nova call it an error. */
    private static String ofDeadHost(String state) {
        return switch (state) {
            case "resized" ->
                "It has disks on two hosts; let the cloud's administrator decide between confirmResize and revertResize,"
                        + " which both need them up.";
            case "soft-delete" ->
                "Its owner has deleted it: delete it for good (openstack server delete --force), or let Nova do so.";
            case "building" -> "It will not be built any more: delete it, and let its owner build it anew.";
            default ->
                "openstack server set --state error makes it one that Nova evacuates; what its memory held is gone.";
        };
    }
}
