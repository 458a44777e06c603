package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;

/** Which way a server is to go, before anything speaks against it, and what remains when it cannot be moved live. */
public final class Ways {

    private Ways() {}

    /**
     * The way that route, state and owner ask for. {@link Action#BLOCKED} for a state in which Nova allows none: live from
     * active and paused, cold from active and stopped, evacuate from active, stopped and error (nova/compute/api.py,
     * check_instance_state of live_migrate, resize and evacuate).
     */
    public static Action wanted(Server server, PlanContext context) {
        String state = server.vmState() == null ? "unknown" : server.vmState();
        boolean active = state.equals("active");
        return switch (context.route()) {
            case LIVE -> active || state.equals("paused") ? Action.LIVE : Action.BLOCKED;
            case COLD -> active || state.equals("stopped") ? Action.COLD : Action.BLOCKED;
            case REBUILD ->
                active || state.equals("stopped") || state.equals("error") ? Action.REBUILD : Action.BLOCKED;
            case CONFIRM -> Action.CONFIRM;
            case REVERT -> Action.REVERT;
            case BY_STATE ->
                switch (state) {
                    case "active" -> OwnersWord.of(server).is(OwnersWord.Kind.COLD) ? Action.COLD : Action.LIVE;
                    case "paused" -> Action.LIVE;
                    case "stopped" -> Action.COLD;
                    default -> Action.BLOCKED;
                };
        };
    }

    /**
     * The verdict on a server that was to be moved live and cannot be. A cold migration would shut its guest down, so that
     * is done only where the pipeline has named it.
     *
     * @param why what Nova refuses, in words that follow the server's name
     */
    public static Verdict notLive(Server server, PlanContext context, String why) {
        if ("paused".equals(server.vmState())) {
            return Verdict.blocked(
                    why + "; and a paused server cannot be moved cold",
                    "Unpause it (openstack server unpause), or stop it: then it can be moved cold.");
        }
        if (context.route() == Route.LIVE) {
            return Verdict.blocked(why, "coldMigrate moves it, and shuts its guest down meanwhile.");
        }
        if (context.wish().approved(server)) {
            return Verdict.move(Action.COLD, why + ": moved cold, as approved; its guest is shut down meanwhile");
        }
        if (OwnersWord.of(server).is(OwnersWord.Kind.LIVE)) {
            return Verdict.blockedUnless(
                    Wish.APPROVE,
                    why + ", and its owner wants its guest never stopped (maintenance: live)",
                    "Agree with its owner on a time at which it may be shut down; then name it in approve to move it cold.");
        }
        return Verdict.blockedUnless(
                Wish.APPROVE,
                why,
                "A cold migration would move it, and shut its guest down meanwhile: name it in approve, or let its owner"
                        + " say maintenance: cold.");
    }
}
