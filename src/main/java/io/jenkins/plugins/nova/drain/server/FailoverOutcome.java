package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.observe.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of an amphora that Octavia was asked to replace. Octavia takes one such request at a time for a load balancer, and only
 * while that is ACTIVE: it tests and sets PENDING_UPDATE under a lock (octavia/db/repositories.py, test_and_set_provisioning_status),
 * and answers 409 to a second one and 404 once the amphora is deleted. Pure.
 */
final class FailoverOutcome {

    private static final String ACTIVE = "ACTIVE";
    private static final String ERROR = "ERROR";

    private final Instant now;

    FailoverOutcome(Instant now) {
        this.now = now;
    }

    /** The server after this look. */
    ServerState judge(ServerState server, Observation observed) {
        String status = observed.estate().balancers().get(server.amphora().loadBalancer());
        boolean gone = observed.gone().contains(server.id());
        ServerState after = seen(server, observed, status, gone);
        boolean over = Duration.between(server.move().at(), now).compareTo(Limits.FAILOVER) > 0;
        return after.equals(server) && over ? overdue(server, status, gone) : after;
    }

    private ServerState seen(ServerState server, Observation observed, String status, boolean gone) {
        Amphora amphora = server.amphora();
        Intent intent = server.move();
        List<Amphora> listed = observed.estate().amphorae();
        Duration lasts = Duration.between(intent.at(), now);
        if (listed.isEmpty() || status == null) {
            return server;
        }
        if (status.equals(Amphora.DELETED)) {
            return gone ? server.end(Outcome.GONE, ReasonMarkers.DELETED, "", now) : server;
        }
        Optional<Amphora> still =
                listed.stream().filter(one -> one.id().equals(amphora.id())).findFirst();
        boolean untouched =
                status.equals(ACTIVE) && still.isPresent() && !still.get().busy() && !gone;
        if (intent.is(Intent.State.UNCLEAR)) {
            return unclear(server, intent, untouched);
        }
        if (status.equals(ERROR)) {
            return twice(
                    server,
                    intent,
                    server.end(
                            Outcome.FAILED,
                            "Octavia could not replace it: load balancer " + amphora.loadBalancer() + " reads ERROR"
                                    + (gone ? "; its server is deleted" : ""),
                            "Look at Octavia's worker log; openstack loadbalancer failover " + amphora.loadBalancer()
                                    + " makes its amphorae anew once the cause is gone.",
                            now));
        }
        if (untouched && lasts.compareTo(Limits.NO_TRACE) > 0) {
            return twice(
                    server,
                    intent,
                    server.end(
                            Outcome.FAILED,
                            "Octavia took its failover, and load balancer " + amphora.loadBalancer()
                                    + " is ACTIVE with the same amphora",
                            "Look at Octavia's worker log before it is asked again.",
                            now));
        }
        List<Amphora> others = listed.stream()
                .filter(one -> one.allocated() && one.loadBalancer().equals(amphora.loadBalancer()))
                .filter(one -> !one.id().equals(amphora.id()))
                .toList();
        boolean whole = others.size() >= (amphora.paired() ? 2 : 1);
        return status.equals(ACTIVE) && still.isEmpty() && gone && whole
                ? server.end(
                        Outcome.FAILED_OVER,
                        "load balancer " + amphora.loadBalancer() + " is ACTIVE without it, on "
                                + others.stream()
                                        .map(one -> "amphora " + one.id())
                                        .collect(Collectors.joining(" and ")),
                        "",
                        now)
                : server;
    }

    /** Law 2: anything that is not as before counts as a trace; nothing is asked again until all was as before at two looks. */
    private ServerState unclear(ServerState server, Intent intent, boolean untouched) {
        if (!untouched) {
            return UnclearRequest.with(server, intent, intent.taken(null, now));
        }
        if (Duration.between(intent.since(), now).compareTo(Limits.NO_TRACE) < 0) {
            return server;
        }
        return intent.looks() == 0
                ? UnclearRequest.with(server, intent, intent.looked())
                : new UnclearRequest(null, now)
                        .unsent(
                                server,
                                intent,
                                "Octavia shows no trace of the failover asked for at " + intent.at() + " ("
                                        + intent.doubt() + ")");
    }

    /** A bad end is believed of two looks only. */
    private static ServerState twice(ServerState server, Intent intent, ServerState end) {
        return intent.looks() == 0 ? UnclearRequest.with(server, intent, intent.looked()) : end;
    }

    private ServerState overdue(ServerState server, String status, boolean gone) {
        String balancer = server.amphora().loadBalancer();
        return server.end(
                gone || server.unclear() ? Outcome.UNKNOWN : Outcome.LEFT,
                "its failover was asked for at " + server.move().at()
                        + ", and is not seen to have ended: load balancer "
                        + balancer + (status == null ? " could not be read" : " reads " + status)
                        + (gone ? "; its server is deleted" : ""),
                "Look at openstack loadbalancer show " + balancer + " before anything else.",
                now);
    }
}
