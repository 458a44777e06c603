package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Microversion;
import io.jenkins.plugins.nova.api.NewServer;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.openstack4j.http.Answer;
import java.util.Map;
import org.openstack4j.core.transport.HttpMethod;

/** What is asked of Nova that changes a server, or makes or removes one. Each is sent once. */
final class ServerChanges {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The first microversion that takes "none" for networks. */
    private static final int WITHOUT_NETWORK = 37;

    private final Service compute;
    private final Versions versions;

    ServerChanges(Service compute, Versions versions) {
        this.compute = compute;
        this.versions = versions;
    }

    Receipt liveMigrate(String serverId, String targetHost, BlockMigration blockMigration) {
        ObjectNode live = JSON.objectNode().put("host", targetHost);
        switch (blockMigration) {
            case AUTO -> live.put("block_migration", "auto");
            case TRUE -> live.put("block_migration", true);
            case FALSE -> live.put("block_migration", false);
        }
        return act("live migrate", serverId, Cap.LIVE_MIGRATE, "os-migrateLive", live);
    }

    Receipt liveMigrateUnscheduled(String serverId, String targetHost) {
        ObjectNode live = JSON.objectNode()
                .put("host", targetHost)
                .put("block_migration", "auto")
                .put("force", true);
        return act("live migrate", serverId, Cap.LIVE_MIGRATE_UNSCHEDULED, "os-migrateLive", live);
    }

    Receipt rebootHard(String serverId) {
        return act("reboot", serverId, Cap.REBOOT, "reboot", JSON.objectNode().put("type", "HARD"));
    }

    /** The answer's body is not read: it holds the guest's password. */
    Receipt create(NewServer wanted) {
        Microversion version = versions.chosen(Cap.CREATE);
        if (wanted.networkId() == null && !version.atLeast(WITHOUT_NETWORK)) {
            throw new NovaException.Missing("this cloud's Nova speaks microversions up to " + version
                    + "; 2.37 is needed to boot a server without a network: name a network");
        }
        ObjectNode server = JSON.objectNode()
                .put("name", wanted.name())
                .put("imageRef", wanted.imageId())
                .put("flavorRef", wanted.flavorId());
        if (wanted.networkId() == null) {
            server.put("networks", "none");
        } else {
            server.putArray("networks").addObject().put("uuid", wanted.networkId());
        }
        if (wanted.zone() != null) {
            server.put("availability_zone", wanted.zone());
        }
        ObjectNode metadata = server.putObject("metadata");
        wanted.metadata().forEach(metadata::put);
        return receipt(post("create server " + wanted.name(), "/servers", Cap.CREATE, "server", server));
    }

    Receipt delete(String serverId) {
        return receipt(new Service.Request(
                "delete server " + serverId,
                HttpMethod.DELETE,
                ServerDetails.path(serverId, ""),
                Map.of(),
                null,
                versions.header(Cap.DELETE)));
    }

    Receipt abort(String serverId, long migrationId) {
        return receipt(new Service.Request(
                "abort migration " + migrationId + " of server " + serverId,
                HttpMethod.DELETE,
                ServerDetails.path(serverId, "/migrations/" + migrationId),
                Map.of(),
                null,
                versions.header(Cap.SERVER_MIGRATIONS)));
    }

    Receipt forceComplete(String serverId, long migrationId) {
        return receipt(post(
                "force migration " + migrationId + " of server " + serverId + " to complete",
                ServerDetails.path(serverId, "/migrations/" + migrationId + "/action"),
                Cap.SERVER_MIGRATIONS,
                "force_complete",
                JSON.nullNode()));
    }

    Receipt migrate(String serverId, String targetHost) {
        Microversion version = versions.chosen(Cap.MIGRATE);
        if (targetHost != null && !version.atLeast(56)) {
            throw new NovaException.Missing("this cloud's Nova speaks microversions up to " + version
                    + "; 2.56 is needed to cold migrate to a host of one's choice");
        }
        return act(
                "cold migrate",
                serverId,
                Cap.MIGRATE,
                "migrate",
                targetHost == null ? JSON.nullNode() : JSON.objectNode().put("host", targetHost));
    }

    Receipt confirmResize(String serverId) {
        return act("confirm the resize of", serverId, Cap.RESIZE, "confirmResize", JSON.nullNode());
    }

    Receipt revertResize(String serverId) {
        return act("revert the resize of", serverId, Cap.RESIZE, "revertResize", JSON.nullNode());
    }

    Receipt evacuate(String serverId, String targetHost) {
        ObjectNode evacuate = JSON.objectNode();
        if (targetHost != null) {
            evacuate.put("host", targetHost);
        }
        return act("evacuate", serverId, Cap.EVACUATE, "evacuate", evacuate);
    }

    private Receipt act(String verb, String serverId, Cap cap, String action, JsonNode arguments) {
        return receipt(
                post(verb + " server " + serverId, ServerDetails.path(serverId, "/action"), cap, action, arguments));
    }

    private Service.Request post(String call, String path, Cap cap, String key, JsonNode value) {
        String body = JSON.objectNode().set(key, value).toString();
        return new Service.Request(call, HttpMethod.POST, path, Map.of(), body, versions.header(cap));
    }

    /** Sends a change. Any 2xx means that Nova took it, whatever became of the answer's body. */
    private Receipt receipt(Service.Request request) {
        Answer answer = compute.send(request);
        return new Receipt(answer.status(), answer.requestId());
    }
}
