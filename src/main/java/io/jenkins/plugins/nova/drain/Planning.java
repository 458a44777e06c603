package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Plan;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.PlanEssence;
import io.jenkins.plugins.nova.plan.PlannedServer;
import io.jenkins.plugins.nova.plan.Planner;
import io.jenkins.plugins.nova.plan.Rates;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Wish;
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
final class Planning {

    private final Planner planner = new Planner();
    private final DrainState state;
    private final Look look;
    private final Instant now;

    Planning(DrainState state, Look look, Instant now) {
        this.state = state;
        this.look = look;
        this.now = now;
    }

    /** The state with its plan; still in phase PLAN. */
    DrainState made() {
        DrainOrder order = state.order();
        List<Server> seen = order.emptiesHost()
                ? look.onHost()
                : look.read().values().stream().toList();
        Plan plan = planner.plan(order.host(), seen, context(), order.concurrency(), Rates.ASSUMED);
        DrainState.Edit edit = state.edit();
        PlanEssence essence = plan.essence().has(Action.COLD)
                ? plan.essence().on("confirm", order.confirm().toString().toLowerCase(Locale.ROOT))
                : plan.essence();
        edit.planHash = essence.hash();
        edit.planTerms = essence.terms();
        edit.drift = Drift.of(edit.done()) ? Drift.lines(order, essence) : List.of();
        List<ServerState> servers = new ArrayList<>();
        plan.servers().forEach(planned -> servers.add(told(planned)));
        state.servers().stream()
                .filter(server -> look.gone().contains(server.id()))
                .map(server -> server.end(Outcome.GONE, Words.DELETED, "", now))
                .forEach(servers::add);
        if (order.emptiesHost()) {
            residue().forEach(servers::add);
        }
        edit.servers = servers;
        return edit.done();
    }

    /** A server that came to the host after the plan was made. */
    ServerState newcomer(Server server) {
        return fresh(new PlannedServer(server, verdict(server)));
    }

    /** The verdict on a server as it is now. */
    Verdict verdict(Server server) {
        return weighed(planner.judge(server, context()), look.evidence().get(server.id()));
    }

    /** A confirm gives up the old copy: bad evidence holds it back, and good evidence is told with it. */
    private Verdict weighed(Verdict verdict, Evidence evidence) {
        if (evidence == null || verdict.action() != Action.CONFIRM) {
            return verdict;
        }
        List<String> faults = evidence.faults();
        if (!faults.isEmpty() && state.order().evidence().demand() == EvidenceRule.Demand.REQUIRE) {
            return Verdict.blockedUnless(
                    "evidence",
                    String.join("; ", faults) + " (" + evidence.words() + ")",
                    "Look at it before its old copy is given up: revertResize brings that back, evidence: 'show' confirms"
                            + " all the same.");
        }
        return Verdict.move(Action.CONFIRM, evidence.words());
    }

    private PlanContext context() {
        DrainOrder order = state.order();
        Map<String, String> sources = new HashMap<>();
        finished().forEach((id, migration) -> sources.put(id, migration.sourceHost()));
        Wish wish = new Wish(
                state.rebuild() ? Route.REBUILD : order.route(),
                order.targetHost(),
                order.blockMigration(),
                order.sharedStorage(),
                Set.copyOf(order.allowDiskLoss()),
                Set.copyOf(order.approve()),
                staying());
        return new PlanContext(wish, look.estate().resizeSources(sources));
    }

    /** Ids of the servers that the order leaves on their host; a name that fits several by now fits none. */
    private Set<String> staying() {
        Set<String> ids = new HashSet<>();
        for (String name : state.order().leave()) {
            List<Server> meant = look.onHost().stream()
                    .filter(server -> Wish.names(Set.of(name), server))
                    .toList();
            if (meant.size() == 1) {
                ids.add(meant.get(0).id());
            }
        }
        return ids;
    }

    /** The migration that waits for confirm or revert, by server: the newest in status finished. */
    private Map<String, Migration> finished() {
        return look.migrations().stream()
                .filter(migration -> migration.status().equals("finished"))
                .collect(Collectors.toMap(
                        Migration::serverId,
                        migration -> migration,
                        (one, other) -> one.id() > other.id() ? one : other));
    }

    /** A server of the plan, with what the plan says of it. */
    private ServerState told(PlannedServer planned) {
        Server server = planned.server();
        ServerState judged = fresh(planned);
        ServerState found = Settled.already(judged, server, state.order().route(), look.migrations(), now);
        Verdict verdict = found.action() == judged.action() ? lasting(planned) : Verdict.skip(found.reason());
        ServerState.Edit edit = found.edit();
        edit.planned = PlannedAs.of(server, verdict);
        return edit.done();
    }

    /** What a drain will do, which waits for a task of Nova's to end. */
    private Verdict lasting(PlannedServer planned) {
        return planned.verdict().passing() && state.order().emptiesHost()
                ? later(planned.server(), planned.verdict())
                : weighed(
                        planned.verdict(), look.evidence().get(planned.server().id()));
    }

    private ServerState fresh(PlannedServer planned) {
        Server server = planned.server();
        Evidence evidence = look.evidence().get(server.id());
        Verdict verdict = state.order().dryRun() ? lasting(planned) : weighed(planned.verdict(), evidence);
        Migration waiting = Observer.settles(state.order()) ? finished().get(server.id()) : null;
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
                waiting != null ? waiting.sourceHost() : server.host(),
                verdict.action(),
                ServerState.Stage.PENDING,
                null,
                null,
                look.newestMigration(server.id()),
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
                List.of());
        return decided(fresh, verdict);
    }

    private Verdict later(Server server, Verdict busy) {
        boolean deleting = server.taskState() != null && server.taskState().endsWith("deleting");
        Verdict then = planner.judge(server.idle(), context());
        if (deleting || !then.acts()) {
            return deleting ? Verdict.skip(busy.reason()) : then;
        }
        return Verdict.move(then.action(), busy.reason() + ", which is waited for for " + Words.time(Limits.BUSY));
    }

    /** A waiting server under a new verdict: waits on, or ends. */
    ServerState decided(ServerState server, Verdict verdict) {
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
        return edit.done().end(verdict.action() == Action.SKIP ? Outcome.SKIPPED : Outcome.BLOCKED, verdict, now);
    }

    private Set<String> antiAffinity(String serverId) {
        Set<String> ids = new HashSet<>();
        for (ServerGroup group : look.estate().groups()) {
            if (group.policy() != null
                    && group.policy().contains("anti-affinity")
                    && group.members().contains(serverId)) {
                ids.add(group.id());
            }
        }
        return ids;
    }

    /** Servers that left this host before and still wait for confirm: their old disks are here. */
    private List<ServerState> residue() {
        return finished().values().stream()
                .filter(migration -> look.read().containsKey(migration.serverId()))
                .filter(migration ->
                        "resized".equals(look.read().get(migration.serverId()).vmState()))
                .sorted(Comparator.comparingLong(Migration::id))
                .map(migration -> {
                    Server server = look.read().get(migration.serverId());
                    String why = "left this host before and waits in VERIFY_RESIZE on " + server.host()
                            + "; its old disks are still on " + migration.sourceHost();
                    String whatToDo = "confirmResize or revertResize it before the host is switched off.";
                    ServerState.Edit edit =
                            told(new PlannedServer(server, Verdict.skip(""))).edit();
                    edit.planned = edit.planned.residue(why, whatToDo);
                    edit.source = migration.sourceHost();
                    edit.to = server.host();
                    edit.migration = migration.id();
                    edit.migrationStatus = migration.status();
                    return edit.done().end(Outcome.AWAITING_CONFIRM, why, whatToDo, now);
                })
                .toList();
    }
}
