package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.observe.Permission;
import io.jenkins.plugins.nova.drain.observe.RecentList;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Evacuation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What is read of a server right before something is asked for it (law 13): it is still where the lists had it and idle,
 * nobody else evacuates it (Nova takes a second evacuation beside the first, bug 1978983), and what is to be confirmed is the
 * migration that was decided on and not a resize that its owner has begun since. Where the host's servers were not listed anew for
 * this tick, its state, lock and its owner's words are also still those by which it was judged. If not so, nothing is sent, and the next tick
 * judges it anew. It also takes the marks that later looks are compared with: the newest action and the newest migration.
 */
final class LookBeforeSending {

    private final Nova nova;
    private final Permission permission;
    private final Observation observed;
    private final RecentList recent;
    private final SideBySide requests;
    private final Instant now;
    private final AtomicBoolean outdated = new AtomicBoolean();

    /**
     * @param permission what the order permits
     * @param observed by what the tick has decided
     * @param recent the list of the host's servers that it had
     * @param requests makes them
     * @param now the time of the tick
     */
    LookBeforeSending(
            Nova nova,
            Permission permission,
            Observation observed,
            RecentList recent,
            SideBySide requests,
            Instant now) {
        this.nova = nova;
        this.permission = permission;
        this.observed = observed;
        this.recent = recent;
        this.requests = requests;
        this.now = now;
    }

    /** The state with a mark in each recorded intent, and without those that are not to be sent after all. */
    DrainState of(DrainState decided) {
        List<Supplier<ServerState>> looks = new ArrayList<>();
        for (ServerState server : decided.servers()) {
            Intent intent = server.toSend();
            if (intent != null) {
                looks.add(() -> of(server, intent));
            }
        }
        DrainState.Edit edit = decided.edit();
        requests.all(looks).forEach(edit::replace);
        if (outdated.get()) {
            recent.forget();
        }
        return edit.done();
    }

    private ServerState of(ServerState server, Intent intent) {
        try {
            List<InstanceAction> actions = actions(server.id());
            if (intent.verb() == Verb.ABORT || intent.verb() == Verb.FORCE_COMPLETE) {
                return marked(server, intent, actions, 0);
            }
            List<Migration> migrations = nova.migrations(MigrationQuery.of(server.id()));
            boolean asDecided = stands(server, intent, nova.server(server.id()), migrations);
            long newest = migrations.stream().mapToLong(Migration::id).max().orElse(0);
            return asDecided ? marked(server, intent, actions, newest) : taken(server, intent);
        } catch (NovaException.Refused e) {
            if (e.status() != 404 && e.status() < 500) {
                throw e;
            }
            return taken(server, intent);
        } catch (NovaException.Unintelligible e) {
            return taken(server, intent);
        }
    }

    /** A server has had one action at least, its creation: none is a list that is not whole, until it says so twice. */
    private List<InstanceAction> actions(String serverId) {
        List<InstanceAction> actions = nova.actions(serverId);
        return actions.isEmpty() ? nova.actions(serverId) : actions;
    }

    private boolean stands(ServerState server, Intent intent, Server seen, List<Migration> migrations) {
        return switch (intent.verb()) {
            case LIVE, COLD -> server.source().equals(seen.host()) && seen.taskState() == null && asJudged(seen);
            case FAILOVER -> server.source().equals(seen.host()) && seen.taskState() == null;
            case EVACUATE -> server.source().equals(seen.host()) && !evacuated(seen, migrations) && asJudged(seen);
            case CONFIRM, REVERT -> {
                Optional<Migration> finished = migrations.stream()
                        .filter(migration -> migration.status().equals("finished"))
                        .max(Comparator.comparingLong(Migration::id));
                yield "resized".equals(seen.vmState())
                        && seen.taskState() == null
                        && finished.map(Migration::id).equals(Optional.ofNullable(server.migration()));
            }
            case ABORT, FORCE_COMPLETE -> true;
        };
    }

    /** A list of this very tick is as good as this look. If an older one was not, the next tick reads a new one. */
    private boolean asJudged(Server seen) {
        boolean changed = recent.reused()
                && observed.server(seen.id())
                        .filter(judged -> !judged.metadata().equals(seen.metadata())
                                || !judged.tags().equals(seen.tags())
                                || judged.locked() != seen.locked()
                                || !Objects.equals(judged.vmState(), seen.vmState()))
                        .isPresent();
        if (changed) {
            outdated.set(true);
        }
        return !changed;
    }

    /** Also where its task tells of an evacuation that came after the migrations were listed. */
    private boolean evacuated(Server seen, List<Migration> migrations) {
        Estate estate = Estate.UNKNOWN.at(now.plus(nova.clockOffset()));
        boolean rebuilds = seen.taskState() != null && seen.taskState().startsWith("rebuild");
        return (rebuilds && !permission.approved().covers(seen.id()))
                || migrations.stream()
                        .anyMatch(migration -> Evacuation.atWork(
                                seen, migration, estate, permission.approved().covers(seen.id())));
    }

    private static ServerState marked(
            ServerState server, Intent intent, List<InstanceAction> actions, long newestMigration) {
        String newest = actions.isEmpty() ? null : actions.get(0).requestId();
        Intent marked = Intent.record(intent.verb(), intent.target(), newest, intent.at());
        ServerState.Edit edit = server.edit();
        if (intent == server.follow()) {
            edit.follow = marked;
        } else {
            edit.move = marked;
            edit.baseline = Math.max(server.baseline(), newestMigration);
        }
        return edit.done();
    }

    /** The server without the intent: a move waits again, what was to follow a move is decided anew. */
    private ServerState taken(ServerState server, Intent intent) {
        ServerState.Edit edit = server.edit();
        if (intent == server.follow()) {
            edit.follow = null;
            return edit.done();
        }
        edit.move = null;
        edit.stage = ServerState.Stage.PENDING;
        edit.attempts = server.attempts() - 1;
        edit.started = edit.attempts == 0 ? null : server.started();
        edit.notBefore = now.plus(Limits.AGAIN);
        return edit.span("waiting", now).done();
    }
}
