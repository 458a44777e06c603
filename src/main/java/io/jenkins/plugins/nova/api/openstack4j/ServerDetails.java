package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Microversion;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.api.ServerPort;
import java.util.Map;
import org.openstack4j.core.transport.HttpMethod;

/** What Nova tells of one server below its own address: migrations, actions, ports, console. */
final class ServerDetails {

    private final Service compute;
    private final Versions versions;

    ServerDetails(Service compute, Versions versions) {
        this.compute = compute;
        this.versions = versions;
    }

    Listed<ServerMigration> migrations(String serverId) {
        return Rows.read(
                OddRow.Kind.SERVER_MIGRATION,
                compute.read(get("list the running migrations of", serverId, "/migrations", Cap.SERVER_MIGRATIONS))
                        .items("migrations"),
                MoveJson::running);
    }

    Listed<InstanceAction> actions(String serverId) {
        return Rows.read(
                OddRow.Kind.INSTANCE_ACTION,
                compute.readAll(
                        get("list what was asked of", serverId, "/os-instance-actions", Cap.ACTIONS),
                        "instanceActions",
                        "links",
                        "request_id"),
                MoveJson::action);
    }

    InstanceAction action(String serverId, String requestId) {
        String path = "/os-instance-actions/" + Service.segment(requestId);
        return MoveJson.asked(
                compute.read(get("read request " + requestId + " of", serverId, path, Cap.ACTIONS))
                        .object("instanceAction"),
                requestId);
    }

    Listed<String> shares(String serverId) {
        Microversion version = versions.chosen(Cap.SHARES);
        if (!version.atLeast(97)) {
            throw new NovaException.Missing(
                    "this cloud's Nova speaks microversions up to " + version + "; shares came with 2.97");
        }
        return Rows.read(
                OddRow.Kind.SHARE,
                compute.read(get("list the shares of", serverId, "/shares", Cap.SHARES))
                        .items("shares"),
                (share, odd) -> {
                    String id = share.exactIfAny("share_id");
                    if (id == null) {
                        odd.accept("its 'share_id' is not a text");
                    }
                    return id == null ? "one of unknown id" : id;
                });
    }

    Listed<ServerPort> ports(String serverId) {
        return Rows.read(
                OddRow.Kind.PORT,
                compute.read(get("list the ports of", serverId, "/os-interface", Cap.INTERFACES))
                        .items("interfaceAttachments"),
                ServerJson::port);
    }

    /**
     * nova-compute looks at the guest first and answers 409 where it does not run (get_instance_diagnostics in
     * nova/compute/manager.py); the state in the message is the noted one, and tells nothing. Another 409 says that the
     * server has no host.
     */
    boolean guestRuns(String serverId) {
        try {
            compute.read(get("look at the guest of", serverId, "/diagnostics", Cap.DIAGNOSTICS));
            return true;
        } catch (NovaException.Refused e) {
            if (e.status() == 409 && e.novaMessage().contains("get_diagnostics")) {
                return false;
            }
            throw e;
        }
    }

    /** A POST that changes nothing. */
    String console(String serverId, int lines) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .set(
                        "os-getConsoleOutput",
                        JsonNodeFactory.instance.objectNode().put("length", lines))
                .toString();
        String output = compute.read(new Service.Request(
                        "read the console of server " + serverId,
                        HttpMethod.POST,
                        path(serverId, "/action"),
                        Map.of(),
                        body,
                        versions.header(Cap.CONSOLE)))
                .raw("output");
        return output == null ? "" : ForeignText.console(output);
    }

    /** The address of a server and what is below it. */
    static String path(String serverId, String below) {
        return "/servers/" + Service.segment(serverId) + below;
    }

    private Service.Request get(String what, String serverId, String below, Cap cap) {
        return Service.Request.get(what + " server " + serverId, path(serverId, below), Map.of(), versions.header(cap));
    }
}
