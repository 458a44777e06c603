package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.NewServer;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Receipt;

/** Sends one recorded request, once, and tells what came of it. */
final class Sender {

    private final Nova nova;
    private final BlockMigration blockMigration;

    Sender(Nova nova, BlockMigration blockMigration) {
        this.nova = nova;
        this.blockMigration = blockMigration;
    }

    Answer send(ServerState server, Intent intent) {
        return ask(() -> receipt(server, intent));
    }

    Answer cordon(ServiceChange change) {
        return ask(() -> {
            nova.disableService(change.serviceId(), change.reason());
            return new Receipt(200, null);
        });
    }

    Answer uncordon(ServiceChange change) {
        return ask(() -> {
            nova.enableService(change.serviceId());
            return new Receipt(200, null);
        });
    }

    Answer forceDown(ServiceChange change) {
        return ask(() -> {
            nova.forceDown(change.serviceId(), true);
            return new Receipt(200, null);
        });
    }

    Answer forceUp(ServiceChange change) {
        return ask(() -> {
            nova.forceDown(change.serviceId(), false);
            return new Receipt(200, null);
        });
    }

    Answer boot(NewServer wanted) {
        return ask(() -> nova.createServer(wanted));
    }

    Answer enter(String serverId, String host) {
        return ask(() -> nova.liveMigrateUnscheduled(serverId, host));
    }

    Answer restart(String serverId) {
        return ask(() -> nova.rebootHard(serverId));
    }

    Answer leave(String serverId) {
        return ask(() -> nova.liveMigrate(serverId, null, BlockMigration.AUTO));
    }

    Answer delete(String serverId) {
        return ask(() -> nova.deleteServer(serverId));
    }

    private Receipt receipt(ServerState server, Intent intent) {
        return switch (intent.verb()) {
            case LIVE -> nova.liveMigrate(server.id(), intent.target(), blockMigration);
            case COLD -> nova.migrate(server.id(), intent.target());
            case EVACUATE -> nova.evacuate(server.id(), intent.target());
            case CONFIRM -> nova.confirmResize(server.id());
            case REVERT -> nova.revertResize(server.id());
            case ABORT -> nova.abortMigration(server.id(), server.migration());
            case FORCE_COMPLETE -> nova.forceComplete(server.id(), server.migration());
        };
    }

    private interface Request {
        Receipt send();
    }

    private static Answer ask(Request request) {
        try {
            return new Answer.Taken(request.send().requestId());
        } catch (NovaException e) {
            if (e.outcomeUnknown()) {
                return new Answer.Unknown(e.getMessage());
            }
            return e instanceof NovaException.Refused refused
                    ? new Answer.Refused(refused)
                    : new Answer.NotSent(e.getMessage());
        }
    }
}
