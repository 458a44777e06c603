package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ReturningServer;
import io.jenkins.plugins.nova.drain.text.ServerWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which of the servers that left come home; law 12: what their owners did with them since is left alone. Pure. */
final class Homecoming {

    private static final Set<String> MOVABLE = Set.of("active", "paused", "stopped");

    private Homecoming() {}

    static ReturnState of(ReturnState state, ReturnObservation observed) {
        List<String> home = new ArrayList<>();
        List<StayedAway> stayed = new ArrayList<>();
        for (ReturningServer left : state.manifest()) {
            Server server = observed.servers().get(left.id());
            String reason = server == null
                    ? ReasonMarkers.DELETED
                    : stays(left, server, state.order().host());
            if (reason == null) {
                home.add(left.id());
            } else {
                stayed.add(new StayedAway(
                        left.id(),
                        server == null ? left.label() : server.name(),
                        server == null ? null : server.host(),
                        reason));
            }
        }
        ReturnState.Edit edit = state.edit();
        edit.home = home;
        edit.stayed = stayed;
        return edit.done();
    }

    /** Why it stays where it is; null when it comes home. */
    private static String stays(ReturningServer left, Server server, String host) {
        if (!server.known()) {
            return "is " + ServerWords.whereabouts(server);
        }
        if (server.host() == null) {
            return "has no host any more (" + server.status() + ")";
        }
        if (server.host().equals(host)) {
            return "is on " + host + " already";
        }
        if ("resized".equals(server.vmState())) {
            return "waits in VERIFY_RESIZE on " + server.host() + ": confirmResize or revertResize it";
        }
        if (left.to() != null && !left.to().equals(server.host())) {
            return "was taken to " + left.to() + " and is on " + server.host() + " now: somebody else moved it";
        }
        if (!MOVABLE.contains(String.valueOf(server.vmState()))) {
            return "is " + server.status() + " on " + server.host() + ", and cannot be moved so";
        }
        return null;
    }
}
