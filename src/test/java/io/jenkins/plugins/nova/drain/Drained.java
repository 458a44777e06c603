package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Servers and states of a drain of compute1, for tests of what is decided about them, changed part by part. */
public final class Drained {

    /** The time of the tick, where a test needs no other. */
    public static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private Drained() {}

    /** A server whose id is {@code id-NAME}, waiting on compute1; of 512 MiB, without a disk there. */
    public static ServerState waiting(String name, Action action) {
        return sized(name, action, 512, 0, false);
    }

    /** The same of another size. */
    public static ServerState sized(String name, Action action, long ramMiB, long diskGiB, boolean local) {
        return sized(name, action, "ACTIVE", ramMiB, diskGiB, local);
    }

    /** The same in another status. */
    public static ServerState sized(
            String name, Action action, String status, long ramMiB, long diskGiB, boolean local) {
        return sized(name, action, status, ramMiB, diskGiB, local, Set.of());
    }

    /** One that waits, in an anti-affinity group. */
    public static ServerState inGroup(String name, Action action, String group) {
        return sized(name, action, "ACTIVE", 512, 0, false, Set.of(group));
    }

    private static ServerState sized(
            String name, Action action, String status, long ramMiB, long diskGiB, boolean local, Set<String> groups) {
        return new ServerState(
                "id-" + name,
                name,
                "project",
                status,
                ramMiB,
                diskGiB,
                local,
                groups,
                "compute1",
                action,
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
                NOW,
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

    /** Nova took its move at this time; no migration of it was seen yet. */
    public static ServerState taken(String name, Action action, Instant at) {
        return taken(waiting(name, action), at);
    }

    /** The same for any server. */
    public static ServerState taken(ServerState server, Instant at) {
        return with(server, edit -> {
            edit.stage = Stage.UNDER_WAY;
            edit.move = Intent.record(Verb.of(server.action()), null, null, at).taken("req-1", at);
            edit.attempts = 1;
            edit.since = at;
            edit.started = at;
        });
    }

    /** Nova is at its migration 7 since this time. */
    public static ServerState moving(String name, Action action, String status, Instant at) {
        return moving(waiting(name, action), status, at);
    }

    /** The same for any server. */
    public static ServerState moving(ServerState server, String status, Instant at) {
        return with(taken(server, at), edit -> {
            edit.migration = 7L;
            edit.migrationStatus = status;
            edit.running = at;
        });
    }

    /** It has ended so, at this time. */
    public static ServerState ended(String name, Action action, Outcome outcome, Instant at) {
        return waiting(name, action).end(outcome, "", "", at);
    }

    /** Its outcome, or its stage where it has none, and the reason: what most tests compare. */
    public static String told(ServerState server) {
        return (server.outcome() == null ? server.stage() : server.outcome())
                + (server.reason().isEmpty() ? "" : ": " + server.reason());
    }

    /** The server, changed. */
    public static ServerState with(ServerState server, Consumer<ServerState.Edit> change) {
        ServerState.Edit edit = server.edit();
        change.accept(edit);
        return edit.done();
    }

    /** The state, changed. */
    public static DrainState with(DrainState state, Consumer<DrainState.Edit> change) {
        DrainState.Edit edit = state.edit();
        change.accept(edit);
        return edit.done();
    }

    /** A drain of these servers that moves them since an hour. */
    public static DrainState drain(Orders orders, ServerState... servers) {
        return drain(orders, Phase.MOVE, servers);
    }

    /** The same in another phase. */
    public static DrainState drain(Orders orders, Phase phase, ServerState... servers) {
        return with(DrainState.begin(orders.make(), NOW.minusSeconds(3600)), edit -> {
            edit.phase = phase;
            edit.userId = Look.OPS.userId();
            edit.servers = List.of(servers);
        });
    }
}
