package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.NewServer;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import java.time.Instant;

/** Sends one recorded request, once, and tells what came of it. */
public final class RequestSender {

    private static final int CONFLICT = 409;

    private final Nova nova;
    private final BlockMigration blockMigration;
    private final Instant silentUntil;

    /**
     * @param nova the cloud
     * @param blockMigration for live migrations
     */
    public RequestSender(Nova nova, BlockMigration blockMigration) {
        this(nova, blockMigration, null);
    }

    /** @param silentUntil when a silence that is set is to end by itself; null where none is set */
    RequestSender(Nova nova, BlockMigration blockMigration, Instant silentUntil) {
        this.nova = nova;
        this.blockMigration = blockMigration;
        this.silentUntil = silentUntil;
    }

    RequestResult send(ServerState server, Intent intent) {
        return ask(() -> receipt(server, intent));
    }

    /** Disables scheduling to a host, with the reason of the change. */
    public RequestResult cordon(ServiceChange change) {
        return ask(() -> {
            nova.disableService(change.serviceId(), change.reason());
            return new Receipt(200, null);
        });
    }

    /** Enables scheduling to a host. */
    public RequestResult uncordon(ServiceChange change) {
        return ask(() -> {
            nova.enableService(change.serviceId());
            return new Receipt(200, null);
        });
    }

    RequestResult forceDown(ServiceChange change) {
        return ask(() -> {
            nova.forceDown(change.serviceId(), true);
            return new Receipt(200, null);
        });
    }

    /** Takes forced_down back. */
    public RequestResult forceUp(ServiceChange change) {
        return ask(() -> {
            nova.forceDown(change.serviceId(), false);
            return new Receipt(200, null);
        });
    }

    /** Boots a canary. */
    public RequestResult boot(NewServer wanted) {
        return ask(() -> nova.createServer(wanted));
    }

    /** Moves a canary live to a host. */
    public RequestResult enter(String serverId, String host) {
        return ask(() -> nova.liveMigrateUnscheduled(serverId, host));
    }

    /** Reboots a canary hard. */
    public RequestResult restart(String serverId) {
        return ask(() -> nova.rebootHard(serverId));
    }

    /** Moves a canary live to where the scheduler chooses. */
    public RequestResult leave(String serverId) {
        return ask(() -> nova.liveMigrate(serverId, null, BlockMigration.AUTO));
    }

    /** Deletes a canary. */
    public RequestResult delete(String serverId) {
        return ask(() -> nova.deleteServer(serverId));
    }

    /** Sets a setting beside Nova, or puts it back; the change after that. */
    public SettingChange change(SettingChange change) {
        try {
            HostSetting wanted = change.wanted();
            return change.taken(nova.changeHostSetting(
                    change.kind().ends() && change.sets() ? wanted.until(silentUntil) : wanted, change.ineffective()));
        } catch (NovaException.Refused refused) {
            boolean definite = !refused.outcomeUnknown() && !refused.throttled();
            SettingChange.Trouble.Kind kind = !definite
                    ? SettingChange.Trouble.Kind.UNCLEAR
                    : refused.status() == CONFLICT
                            ? SettingChange.Trouble.Kind.BUSY
                            : SettingChange.Trouble.Kind.REFUSED;
            return change.asked(new SettingChange.Trouble(kind, refused.getMessage()));
        } catch (NovaException.NotAuthenticated e) {
            return change.asked(new SettingChange.Trouble(SettingChange.Trouble.Kind.REFUSED, e.getMessage()));
        } catch (NovaException e) {
            return change.asked(new SettingChange.Trouble(SettingChange.Trouble.Kind.UNCLEAR, e.getMessage()));
        }
    }

    private Receipt receipt(ServerState server, Intent intent) {
        return switch (intent.verb()) {
            case LIVE -> nova.liveMigrate(server.id(), intent.target(), blockMigration);
            case COLD -> nova.migrate(server.id(), intent.target());
            case EVACUATE -> nova.evacuate(server.id(), intent.target());
            case FAILOVER -> nova.failOver(server.amphora().id());
            case CONFIRM -> nova.confirmResize(server.id());
            case REVERT -> nova.revertResize(server.id());
            case ABORT -> nova.abortMigration(server.id(), server.migration());
            case FORCE_COMPLETE -> nova.forceComplete(server.id(), server.migration());
        };
    }

    private interface Request {
        Receipt send();
    }

    private static RequestResult ask(Request request) {
        try {
            return new RequestResult.Taken(request.send().requestId());
        } catch (NovaException e) {
            if (e.outcomeUnknown()) {
                return new RequestResult.Unknown(e.getMessage());
            }
            return e instanceof NovaException.Refused refused
                    ? new RequestResult.Refused(refused)
                    : new RequestResult.NotSent(e.getMessage());
        }
    }
}
