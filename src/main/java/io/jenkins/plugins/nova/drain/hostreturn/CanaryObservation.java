package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.observe.ServerLookup;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one tick read of a canary: one request while it only waits, up to four at the beginning and end of a stage. Parts that
 * the stage does not need are empty.
 *
 * @param named servers that have its name, of the credential's own project; at the beginning some of every project
 * @param who whose token this is; null when no canary is looked at
 * @param server the canary; null when there is none by its id, or it has none yet
 * @param actions what was asked of it, newest first
 * @param action what the stage has asked of it, with events; null when not needed
 * @param migrations its migrations, newest first
 */
record CanaryObservation(
        Listed<Server> named,
        Identity who,
        Server server,
        Listed<InstanceAction> actions,
        InstanceAction action,
        List<Migration> migrations) {

    /** No canary is looked at. */
    static final CanaryObservation NONE =
            new CanaryObservation(Listed.of(List.of()), null, null, Listed.of(List.of()), null, List.of());

    /** How many others of its name are told. */
    static final int MOST_TOLD = 5;

    /**
     * Reads what the canary's stage needs.
     *
     * @param canary null for none
     * @throws NovaException when something could not be read
     */
    static CanaryObservation of(Canary canary, Nova nova) {
        if (canary == null) {
            return NONE;
        }
        return switch (canary.stage()) {
            case CLEAR -> named(nova, nova.serversNamed(canary.name(), MOST_TOLD + 1), null);
            case DELETE -> named(nova, nova.ownServersNamed(canary.name()), own(canary, nova));
            case BOOT ->
                canary.id() != null
                        ? byId(canary, nova)
                        : canary.ask() == null ? NONE : named(nova, nova.ownServersNamed(canary.name()), null);
            case ENTER, START, LEAVE, BACK -> byId(canary, nova);
            case OVER -> NONE;
        };
    }

    private static CanaryObservation named(Nova nova, Listed<Server> named, Server server) {
        return new CanaryObservation(named, nova.identity(), server, Listed.of(List.of()), null, List.of());
    }

    /** The canary that is to be deleted; null once it is, or waits for Nova's final deletion (reclaim_instance_interval). */
    private static Server own(Canary canary, Nova nova) {
        return canary.id() == null
                ? null
                : ServerLookup.find(nova, canary.id())
                        .filter(server -> !"soft-delete".equals(server.vmState()))
                        .orElse(null);
    }

    /** Those that are the canary beyond doubt, whatever they are called. */
    List<Server> mine(Canary canary) {
        return Stream.concat(
                        Stream.ofNullable(server),
                        named.stream()
                                .filter(one -> canary.is(one, who))
                                .filter(one -> server == null || !one.id().equals(server.id())))
                .toList();
    }

    private static CanaryObservation byId(Canary canary, Nova nova) {
        Server server = ServerLookup.find(nova, canary.id()).orElse(null);
        if (server == null || server.taskState() != null || canary.stage() == Canary.Stage.BOOT) {
            return new CanaryObservation(Listed.of(List.of()), null, server, Listed.of(List.of()), null, List.of());
        }
        boolean known = canary.asks(Canary.Ask.State.TAKEN) && canary.ask().requestId() != null;
        return new CanaryObservation(
                Listed.of(List.of()),
                null,
                server,
                known ? Listed.of(List.of()) : nova.actions(canary.id()),
                known ? nova.action(canary.id(), canary.ask().requestId()) : null,
                canary.stage() == Canary.Stage.START ? List.of() : nova.migrations(MigrationQuery.of(canary.id())));
    }

    /** Whether a row was set aside that may be what is looked for. */
    boolean uncertain() {
        return !named.setAside().isEmpty() || !actions.setAside().isEmpty();
    }

    /** Whether the canary is there, runs, and nothing is under way. */
    boolean idle() {
        return server != null && server.taskState() == null && "active".equals(server.vmState());
    }

    String newestAction() {
        return actions.isEmpty() ? null : actions.get(0).requestId();
    }

    long newestMigration() {
        return migrations.stream().mapToLong(Migration::id).max().orElse(0);
    }
}
