package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.text.Times;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The phases before the plan: preconditions, a dead host's fencing, the cordon. Pure. */
public final class Preparation {

    private Preparation() {}

    /** The preconditions; then the cordon, or for a dead host its fencing, or for chosen servers the plan. */
    public static DrainState checked(DrainState state, Observation observed, Holders holders, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.cloud = SameCloud.name(observed.identity());
        edit.user = observed.identity().userName();
        edit.userId = observed.identity().userId();
        edit.rebuild = state.order().emptiesHost() && state.order().fenced();
        Optional<String> evacuated = HostSettings.evacuated(observed);
        Optional<String> refusal = new Preconditions(state.order(), observed, holders).refusal();
        if (refusal.isPresent()) {
            String why = refusal.get() + evacuated.map(words -> " " + words).orElse("");
            return DrainEnding.refuse(edit.done(), why, now);
        }
        Optional<String> beside = HostSettings.refusal(state, observed);
        if (beside.isPresent()) {
            return DrainEnding.refuse(edit.done(), beside.get(), now);
        }
        if (evacuated.isPresent() && !state.order().dryRun()) {
            return HostSettings.awaitEvacuation(edit.done(), evacuated.get(), now);
        }
        evacuated.ifPresent(words -> edit.note(HostSettings.waitedFor(words)));
        HostSettings.found(edit, state, observed, holders, now);
        RoomCheck room = new RoomCheck(edit.done(), observed, holders);
        Optional<String> tight = room.refusal(now);
        if (tight.isPresent() && !state.order().dryRun()) {
            edit.overBudget = room.overBudget().isPresent();
            return DrainEnding.refuse(edit.done(), tight.get(), now);
        }
        edit.budget = room.standing();
        tight.ifPresent(why -> edit.note(ReasonMarkers.WOULD_REFUSE + why));
        if (!state.order().emptiesHost()) {
            List<ServerState> servers = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            observed.references().forEach((reference, found) -> {
                if (found.isEmpty()) {
                    servers.add(named(reference, "", "", "DELETED", null, now)
                            .end(Outcome.GONE, ReasonMarkers.DELETED, "", now));
                } else if (seen.add(found.get(0).id())) {
                    Server server = found.get(0);
                    servers.add(
                            named(server.id(), server.name(), server.projectId(), server.status(), server.host(), now));
                }
            });
            edit.servers = servers;
            edit.phase = Phase.PLAN;
            return edit.done();
        }
        ComputeService service = observed.service(state.order().host()).orElseThrow();
        Optional<String> held = Cordon.refusal(state.order(), service, holders);
        if (held.isPresent()) {
            return DrainEnding.refuse(edit.done(), held.get(), now);
        }
        if (state.order().fenced() && !service.forcedDown()) {
            edit.lastReport = service.updated();
            edit.phase = service.up() ? Phase.WAIT_DOWN : Phase.FORCE_DOWN;
            return edit.phase == Phase.FORCE_DOWN ? forceDown(edit.done(), service, now) : edit.done();
        }
        return Cordon.begin(edit.done(), service, holders, now);
    }

    /** A server that is known by id and name only; PLAN fills in the rest. */
    private static ServerState named(String id, String name, String project, String status, String host, Instant now) {
        return new ServerState(
                id,
                name,
                project,
                status,
                0,
                0,
                false,
                Set.of(),
                host,
                Action.SKIP,
                Stage.PENDING,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                "",
                "",
                null,
                0,
                null,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null);
    }

    /** Law 9: a host that reports again is not fenced, whatever the pipeline says. */
    public static DrainState waitDown(DrainState state, Observation observed, Instant now) {
        ComputeService service = observed.service(state.order().host()).orElse(null);
        if (service == null) {
            return DrainEnding.refuse(
                    state, "The compute service of '" + state.order().host() + "' is gone.", now);
        }
        if (!service.up()) {
            return forceDown(state, service, now);
        }
        boolean reports = service.updated() != null
                && state.lastReport() != null
                && service.updated().isAfter(state.lastReport());
        if (reports) {
            return DrainEnding.refuse(
                    state,
                    "deadHost.fenced was said of '" + state.order().host()
                            + "', but its compute service reported to Nova at "
                            + Times.at(service.updated())
                            + ": the host is alive. Fence it first; to empty a live host leave fenced"
                            + " out.",
                    now);
        }
        if (Duration.between(state.began(), now).compareTo(Limits.GOING_DOWN) > 0) {
            return DrainEnding.refuse(
                    state,
                    "deadHost.fenced was said of '" + state.order().host()
                            + "', but Nova still shows its compute service up"
                            + " after " + Quantity.time(Limits.GOING_DOWN)
                            + ". Look at service_down_time, or force it down"
                            + " yourself once you are sure (openstack compute service set --down).",
                    now);
        }
        return state;
    }

    /** A dry run has waited for what would have refused the real one, and goes no further. */
    private static DrainState forceDown(DrainState state, ComputeService service, Instant now) {
        DrainState.Edit edit = state.edit();
        if (state.order().dryRun()) {
            edit.phase = Phase.PLAN;
            return edit.note("Nothing is changed, so the host is not forced down, as the real run would do.")
                    .done();
        }
        edit.phase = Phase.FORCE_DOWN;
        edit.forceDown = ServiceChange.recorded(service.id(), null, now);
        return edit.done();
    }

    /** After a dead host's service was asked to be forced down. */
    public static DrainState forcedDown(DrainState state, Observation observed, Holders holders, Instant now) {
        ComputeService service = observed.service(state.order().host()).orElse(null);
        DrainState.Edit edit = state.edit();
        if (service != null && service.forcedDown() && !service.up()) {
            edit.forceDown = state.forceDown().to(ServiceChange.State.OURS, now);
            return Cordon.begin(edit.done(), service, holders, now);
        }
        if (state.forceDown().overdue(now)) {
            return DrainEnding.refuse(
                    state,
                    "The compute service of '" + state.order().host() + "' could not be forced down"
                            + state.forceDown().because(),
                    now);
        }
        edit.forceDown = state.forceDown()
                .to(ServiceChange.State.RECORDED, state.forceDown().since());
        return edit.done();
    }
}
