package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Places;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which waiting servers are started now. */
public final class StartSelection {

    private StartSelection() {}

    /**
     * Gives the next waiting servers their intents, in order, while there are places; two members of one anti-affinity group
     * never move at a time, since Nova's late check would fail the second (nova/compute/manager.py,
     * _validate_instance_group_policy). Nothing is begun on a host whose nova-compute is down. One whose guest is looked at takes its
     * place and is listened to first.
     */
    public static List<ServerState> start(List<ServerState> servers, DrainState state, Instant now) {
        Places places = new Places(state, servers, now);
        List<ServerState> next = new ArrayList<>(servers);
        Set<String> groups = new HashSet<>();
        for (ServerState server : servers) {
            if (server.underWay()) {
                groups.addAll(server.antiAffinity());
            }
        }
        for (int i = 0; i < next.size() && places.any(); i++) {
            ServerState server = next.get(i);
            if (startable(server, groups, now) && state.watch().downSince(server) == null && places.take(server)) {
                boolean begins = GuestGate.mayBegin(server, state.order(), now);
                next.set(i, begins ? started(server, state.order(), now) : GuestGate.listening(server, now));
                groups.addAll(server.antiAffinity());
            }
        }
        return next;
    }

    private static boolean startable(ServerState server, Set<String> groups, Instant now) {
        return server.is(ServerState.Stage.PENDING)
                && server.action() != Action.BLOCKED
                && !PendingVerdict.waitsForOctavia(server)
                && server.action() != Action.SKIP
                && (server.notBefore() == null || !now.isBefore(server.notBefore()))
                && Collections.disjoint(server.antiAffinity(), groups);
    }

    private static ServerState started(ServerState server, DrainOrder order, Instant now) {
        Verb verb = Verb.of(server.action());
        ServerState.Edit edit = server.edit();
        edit.stage = ServerState.Stage.UNDER_WAY;
        edit.move = Intent.record(verb, target(verb, server, order), null, now);
        edit.attempts = server.attempts() + 1;
        edit.guest = GuestGate.begun(server);
        edit.since = now;
        edit.started = server.started() == null ? now : server.started();
        return edit.span(verb.askedSpan(), now).done();
    }

    /** The host that is asked for; null for the scheduler's choice. */
    private static String target(Verb verb, ServerState server, DrainOrder order) {
        boolean chooses = verb == Verb.LIVE || verb == Verb.COLD || verb == Verb.EVACUATE;
        if (!chooses || order.targetHost() != null) {
            return chooses ? order.targetHost() : null;
        }
        String seat = server.seatRefused() == null ? order.seats().get(server.id()) : null;
        return seat == null || seat.equals(server.source()) ? null : seat;
    }
}
