package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.PlannedAs;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.evidence.Evidence;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule;
import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.drain.guest.GuestWatch;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.observe.Permission;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Plan;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.PlanEssence;
import io.jenkins.plugins.nova.plan.PlannedServer;
import io.jenkins.plugins.nova.plan.Rates;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Wish;
import io.jenkins.plugins.nova.plan.filter.Filters;
import io.jenkins.plugins.nova.plan.order.Planner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** From what a tick saw to the servers of a drain, with their verdicts. */
public final class ServerVerdicts {

    private final Planner planner = Filters.planner();
    private final DrainState state;
    private final Observation observed;
    private final Instant now;
    private Permission permission;
    private PlanContext context;
    private Map<String, Migration> finished;

    /**
     * @param state the drain before the tick
     * @param observed what the tick saw
     * @param now the time of the tick
     */
    public ServerVerdicts(DrainState state, Observation observed, Instant now) {
        this.state = state;
        this.observed = observed;
        this.now = now;
    }

    /** The state with its plan; still in phase PLAN. */
    public DrainState made() {
        DrainOrder order = state.order();
        List<Server> seen = order.emptiesHost()
                ? observed.onHost()
                : observed.read().values().stream().toList();
        Plan plan = planner.plan(order.host(), seen, context(), order.concurrency(), Rates.ASSUMED);
        DrainState.Edit edit = state.edit();
        permission().remarks().forEach(edit::note);
        PlanEssence essence = plan.essence().has(Action.COLD)
                ? plan.essence().on("confirm", order.confirm().toString().toLowerCase(Locale.ROOT))
                : plan.essence();
        edit.limitedBy = plan.limitedBy();
        edit.planHash = essence.hash();
        edit.planTerms = essence.terms();
        edit.drift = edit.done().drifted() ? order.approved().changes(essence) : List.of();
        List<ServerState> servers = new ArrayList<>();
        plan.servers().forEach(planned -> servers.add(told(planned)));
        state.servers().stream()
                .filter(server -> observed.gone().contains(server.id()))
                .map(server -> server.end(Outcome.GONE, ReasonMarkers.DELETED, "", now))
                .forEach(servers::add);
        if (order.emptiesHost()) {
            residue().forEach(servers::add);
        }
        edit.servers = servers;
        return edit.done();
    }

    /** A server that came to the host after the plan was made. */
    public ServerState newcomer(Server server) {
        return fresh(new PlannedServer(server, verdict(server)));
    }

    /** The verdict on a server as it is now. */
    public Verdict verdict(Server server) {
        return weighed(server, planner.judge(server, context()));
    }

    /** A confirm gives up the old copy: bad evidence holds it back, and good evidence is told with it. */
    private Verdict weighed(Server server, Verdict verdict) {
        Migration waits = finished().get(server.id());
        boolean settles = verdict.action() == Action.CONFIRM || verdict.action() == Action.REVERT;
        UnsettledMove residue = new UnsettledMove(state, permission());
        if (settles && waits != null && residue.ownersToSettle(server, waits)) {
            return Verdict.blockedUnless(Wish.APPROVE, residue.reason(server, waits), residue.hint(server, waits));
        }
        Evidence evidence = observed.evidence().get(server.id());
        if (evidence == null || verdict.action() != Action.CONFIRM) {
            return verdict;
        }
        GuestWatch guest = state.server(server.id()).map(ServerState::guest).orElse(null);
        List<String> faults = new ArrayList<>(evidence.faults());
        if (guest != null && guest.unheardBeforeConfirm(now)) {
            faults.add(guest.unanswered());
        }
        if (!faults.isEmpty() && state.order().evidence().demand() == EvidenceRule.Demand.REQUIRE) {
            return Verdict.blockedUnless(
                    "evidence",
                    String.join("; ", faults) + " (" + evidence.words() + ")",
                    "Look at it before its old copy is given up: revertResize brings that back, evidence: 'show' confirms"
                            + " all the same.");
        }
        return Verdict.move(Action.CONFIRM, evidence.words());
    }

    /** What the order permits, of the servers of the plan. */
    public Permission permission() {
        if (permission == null) {
            permission = state.phase() == Phase.MOVE ? Permission.of(state) : Permission.of(state.order(), observed);
        }
        return permission;
    }

    /** The same for all servers of a look. */
    private PlanContext context() {
        if (context == null) {
            context = newContext();
        }
        return context;
    }

    private PlanContext newContext() {
        DrainOrder order = state.order();
        Map<String, String> sources = new HashMap<>();
        finished().forEach((id, migration) -> {
            if (migration.sourceHost() != null) {
                sources.put(id, migration.sourceHost());
            }
        });
        Wish wish = new Wish(
                state.rebuild() ? Route.REBUILD : order.route(),
                order.targetHost(),
                order.blockMigration(),
                order.sharedStorage(),
                permission().diskLoss().ids(),
                permission().approved().ids(),
                permission().leave().ids());
        return new PlanContext(wish, observed.estate().resizeSources(sources).migrations(observed.migrations()));
    }

    /** The migration that waits for confirm or revert, by server: the newest in status finished. */
    private Map<String, Migration> finished() {
        if (finished == null) {
            finished = observed.migrations().stream()
                    .filter(migration -> migration.status().equals("finished"))
                    .collect(Collectors.toMap(
                            Migration::serverId,
                            migration -> migration,
                            (one, other) -> one.id() > other.id() ? one : other));
        }
        return finished;
    }

    /** A server of the plan, with what the plan says of it. */
    private ServerState told(PlannedServer planned) {
        Server server = planned.server();
        ServerState judged = fresh(planned);
        ServerState found =
                SettledBefore.already(judged, server, state.order().route(), observed.migrationsOf(server.id()), now);
        Verdict verdict = found.action() == judged.action() ? lasting(planned) : Verdict.skip(found.reason());
        ServerState.Edit edit = found.edit();
        edit.planned = PlannedAs.of(server, verdict);
        return edit.done();
    }

    /** What a drain will do, which waits for a task of Nova's to end. */
    private Verdict lasting(PlannedServer planned) {
        return planned.verdict().passing() && state.order().emptiesHost()
                ? later(planned.server(), planned.verdict())
                : weighed(planned.server(), planned.verdict());
    }

    private ServerState fresh(PlannedServer planned) {
        Server server = planned.server();
        Evidence evidence = observed.evidence().get(server.id());
        Verdict verdict = state.order().dryRun() ? lasting(planned) : weighed(server, planned.verdict());
        Migration waiting = state.order().settles() ? finished().get(server.id()) : null;
        boolean local = !server.bootsFromVolume();
        ServerState fresh = new ServerState(
                server.id(),
                server.name(),
                server.projectId(),
                server.status(),
                server.flavor().ramMiB(),
                (local ? server.flavor().diskGiB() : 0) + server.flavor().ephemeralGiB(),
                local || server.flavor().ephemeralGiB() > 0,
                antiAffinity(server.id()),
                waiting != null ? waiting.sourceHost() : source(server),
                verdict.action(),
                ServerState.Stage.PENDING,
                null,
                null,
                observed.newestMigration(server.id()),
                waiting != null ? waiting.id() : null,
                waiting != null ? waiting.status() : null,
                waiting != null ? server.host() : null,
                null,
                verdict.reason(),
                verdict.hint(),
                verdict.override(),
                0,
                null,
                now,
                null,
                null,
                null,
                planned.expected(),
                null,
                null,
                evidence,
                List.of(),
                null,
                watched(server.id()),
                observed.estate().amphora(server.id()).orElse(null));
        return decided(fresh, verdict);
    }

    private GuestWatch watched(String serverId) {
        GuestAddress address = permission().guests().addresses().get(serverId);
        return address == null ? null : GuestWatch.at(address);
    }

    /** Where it is; one of which that is not told counts as on the host in whose list it is. */
    private String source(Server server) {
        return server.known() || !state.order().emptiesHost()
                ? server.host()
                : state.order().host();
    }

    private Verdict later(Server server, Verdict busy) {
        boolean deleting = server.taskState() != null && server.taskState().endsWith("deleting");
        Verdict then = planner.judge(server.idle(), context());
        if (deleting || !then.acts()) {
            return deleting ? Verdict.skip(busy.reason()) : then;
        }
        return Verdict.move(then.action(), busy.reason() + ", which is waited for for " + Quantity.time(Limits.BUSY));
    }

    /** A server to be confirmed or reverted with the migration that waits for it, which may not have been told at the plan. */
    public ServerState waiting(ServerState server, Server seen) {
        Migration waits = finished().get(server.id());
        if (server.migration() != null || waits == null || !state.order().settles()) {
            return server;
        }
        ServerState.Edit edit = server.edit();
        edit.source = waits.sourceHost();
        edit.migration = waits.id();
        edit.migrationStatus = waits.status();
        edit.to = seen.host();
        return edit.done();
    }

    /** A waiting server under a new verdict: waits on, or ends. */
    public ServerState decided(ServerState server, Verdict verdict) {
        ServerState.Edit edit = server.edit();
        edit.action = verdict.action();
        edit.reason = verdict.reason();
        edit.hint = verdict.hint();
        edit.override = verdict.override();
        if (verdict.acts() || (verdict.passing() && !state.order().dryRun())) {
            return state.order().dryRun()
                    ? edit.done()
                    : edit.span("waiting", now).done();
        }
        boolean owners =
                state.order().settles() && state.order().servers().isEmpty() && Wish.APPROVE.equals(verdict.override());
        Outcome outcome =
                verdict.action() == Action.SKIP ? Outcome.SKIPPED : owners ? Outcome.AWAITING_OWNER : Outcome.BLOCKED;
        return edit.done().end(outcome, verdict, now);
    }

    private Set<String> antiAffinity(String serverId) {
        Set<String> ids = new HashSet<>();
        for (ServerGroup group : observed.estate().groupsOf(serverId)) {
            if (group.policy() != null && group.policy().contains("anti-affinity")) {
                ids.add(group.id());
            }
        }
        observed.estate().amphora(serverId).map(Amphora::loadBalancer).ifPresent(ids::add);
        return ids;
    }

    /** A server that somebody else moved cold off the host by this migration, and that waits in VERIFY_RESIZE. */
    public ServerState residueOf(ServerState server, Server seen, Migration migration) {
        return new UnsettledMove(state, permission()).ended(server, seen, migration, now);
    }

    /** Servers that left this host before and still wait for confirm, as far as they were read: their old disks are here. */
    public List<ServerState> residue() {
        UnsettledMove residue = new UnsettledMove(state, permission());
        return finished().values().stream()
                .filter(migration -> state.order().host().equals(migration.sourceHost()))
                .filter(migration -> observed.read().containsKey(migration.serverId()))
                .filter(migration -> {
                    Server server = observed.read().get(migration.serverId());
                    return "resized".equals(server.vmState()) || !server.known();
                })
                .sorted(Comparator.comparingLong(Migration::id))
                .map(migration -> {
                    Server server = observed.read().get(migration.serverId());
                    ServerState.Edit edit =
                            told(new PlannedServer(server, Verdict.skip(""))).edit();
                    edit.planned =
                            edit.planned.residue(residue.reason(server, migration), residue.hint(server, migration));
                    return residue.ended(edit.done(), server, migration, now);
                })
                .toList();
    }
}
