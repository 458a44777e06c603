package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.simulator.MigrationState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Brings a cloud to where a saved state says that it was, by the requests that the state says were sent. */
final class Replay {

    private static final Duration STEP = Duration.ofMillis(250);
    private static final int MOST_STEPS = 4_000;

    private final SimulatedCloud cloud;
    private final Nova nova;

    Replay(SimulatedCloud cloud, Nova nova) {
        this.cloud = cloud;
        this.nova = nova;
    }

    void of(DrainState saved) {
        if (saved.forceDown() != null) {
            cloud.advance(
                    Duration.between(cloud.clock().instant(), saved.forceDown().since()));
        }
        if (sent(saved.forceDown())) {
            nova.forceDown(saved.forceDown().serviceId(), true);
        }
        if (sent(saved.cordon())) {
            nova.disableService(saved.cordon().serviceId(), saved.cordon().reason());
        }
        List<ServerState> asked = saved.servers().stream()
                .filter(server -> sent(server.move()))
                .sorted(Comparator.comparing(ServerState::started))
                .toList();
        for (ServerState server : asked) {
            send(server, server.move().verb());
            if (server.is(ServerState.Stage.ENDED)) {
                settle(server);
            }
        }
        asked.stream().filter(ServerState::underWay).forEach(this::settle);
    }

    /** Until the server's migration reads as the state has it, with the requests that follow the move. */
    private void settle(ServerState server) {
        if (sent(server.follow())) {
            await(server, "finished");
            send(server, server.follow().verb());
        }
        if (server.migrationStatus() != null) {
            await(server, server.migrationStatus());
        }
    }

    private void await(ServerState server, String status) {
        for (int steps = 0; !status.equals(status(server)); steps++) {
            if (steps == MOST_STEPS) {
                throw new AssertionError(
                        server.name() + ": its migration reads " + status(server) + ", never " + status);
            }
            cloud.advance(STEP);
        }
    }

    private String status(ServerState server) {
        return cloud.migrations().stream()
                .filter(migration -> migration.id() == server.migration())
                .map(MigrationState::status)
                .findFirst()
                .orElse(null); // the conductor writes it down a moment later
    }

    private void send(ServerState server, Verb verb) {
        switch (verb) {
            case LIVE -> nova.liveMigrate(server.id(), null, BlockMigration.AUTO);
            case COLD -> nova.migrate(server.id(), null);
            case EVACUATE -> nova.evacuate(server.id(), null);
            case CONFIRM -> nova.confirmResize(server.id());
            default -> throw new IllegalArgumentException("no sample has " + verb + " sent");
        }
    }

    private static boolean sent(ServiceChange change) {
        return change != null && change.state() != ServiceChange.State.RECORDED;
    }

    private static boolean sent(Intent intent) {
        return intent != null && !intent.is(Intent.State.RECORDED);
    }
}
