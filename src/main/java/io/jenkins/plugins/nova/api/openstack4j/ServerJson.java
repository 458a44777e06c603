package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerPort;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Servers and flavors, read from Nova's JSON (nova/api/openstack/compute/views/servers.py and flavors.py). */
final class ServerJson {

    private ServerJson() {}

    /**
     * A server, or the little that Nova tells of one whose cell does not answer (id and status UNKNOWN, from 2.69 on;
     * nova/api/openstack/compute/views/servers.py, basic and show of an instance that is partial). One of whose state,
     * task or flavor nothing is told counts as such a one, too: nothing could be decided about it. What else is not told is
     * read as nothing, but for what it boots from: then its root disk counts as a local one, which is never given up unasked.
     *
     * @param odd takes why it is unknown
     * @throws NovaException.Unintelligible when it has no id
     */
    static Server server(Fields json, Consumer<String> odd) {
        return server(json, json.exact("id"), odd);
    }

    /** The same of a server that was asked for by its id. */
    static Server server(Fields json, String id, Consumer<String> odd) {
        Fields image = json.objectOrNull("image");
        Fields flavor = json.objectOrNull("flavor");
        String vmState = blankToNull(json.textOrNull("OS-EXT-STS:vm_state"));
        String wrong = unknown(json, vmState, flavor);
        if (wrong != null) {
            odd.accept(wrong);
        }
        Fields fault = json.objectOrNull("fault");
        Server server = new Server(
                id,
                json.textOrEmpty("name"),
                json.textOrEmpty("tenant_id"),
                json.textOrNull("user_id"),
                status(json, vmState),
                vmState,
                blankToNull(json.textOrNull("OS-EXT-STS:task_state")),
                json.countOrZero("OS-EXT-STS:power_state"),
                blankToNull(json.textOrNull("OS-EXT-SRV-ATTR:host")),
                json.textOrNull("OS-EXT-SRV-ATTR:hypervisor_hostname"),
                blankToNull(json.textOrNull("OS-EXT-AZ:availability_zone")),
                blankToNull(json.textOrNull("pinned_availability_zone")),
                flavor == null ? Flavor.UNTOLD : embedded(flavor),
                image == null ? bootsFrom(json.node().path("image")) : image.textOrEmpty("id"),
                json.objectsIfAny("os-extended-volumes:volumes_attached").stream()
                        .map(attached -> attached.textOrEmpty("id"))
                        .filter(volume -> !volume.isEmpty())
                        .toList(),
                "True".equalsIgnoreCase(json.textOrEmpty("config_drive")),
                json.flag("locked"),
                json.proseOrNull("locked_reason"),
                json.texts("metadata"),
                json.words("tags"),
                json.words("server_groups"),
                fault == null ? null : fault.proseOrNull("message"),
                blankToNull(json.textOrNull("host_status")),
                json.timeOrNull("created"),
                json.timeOrNull("updated"),
                json.countOrZero("progress"),
                image == null ? Map.of() : image.texts("properties"));
        return wrong == null ? server : server.unknown();
    }

    /** Why nothing can be decided about a server; null when it can. */
    private static String unknown(Fields json, String vmState, Fields flavor) {
        if (vmState == null) {
            return Server.UNKNOWN.equals(json.textOrEmpty("status"))
                    ? "its cell does not answer (status UNKNOWN)"
                    : "its 'OS-EXT-STS:vm_state' is not a text";
        }
        JsonNode task = json.node().get("OS-EXT-STS:task_state");
        if (task == null || !task.isNull() && !task.isTextual()) {
            return "its 'OS-EXT-STS:task_state' is neither a text nor null";
        }
        String host = json.raw("OS-EXT-SRV-ATTR:host");
        if (host != null && !ForeignText.harmless(host)) {
            return "its 'OS-EXT-SRV-ATTR:host' holds characters that cannot be shown";
        }
        return flavor == null ? "its 'flavor' is not an object" : null;
    }

    /** A status that is not told is made of the state. */
    private static String status(Fields json, String vmState) {
        String status = json.textOrEmpty("status");
        return !status.isEmpty() || vmState == null ? status : vmState.toUpperCase(Locale.ROOT);
    }

    /** Nova writes an empty text for a server that boots from a volume; empty here when it is not told. */
    private static String bootsFrom(JsonNode image) {
        return image.isTextual() && image.asText().isEmpty() ? null : "";
    }

    /** A flavor as a server carries it (2.47). */
    private static Flavor embedded(Fields json) {
        return new Flavor(
                null,
                json.textOrEmpty("original_name"),
                json.countOrZero("vcpus"),
                json.numberOrZero("ram"),
                json.numberOrZero("disk"),
                json.numberOrZero("ephemeral"),
                json.numberOrZero("swap"),
                json.texts("extra_specs"));
    }

    /**
     * A flavor read by itself.
     *
     * @param extraSpecs the object that holds its {@code extra_specs}: itself from 2.61
     */
    static Flavor flavor(Fields json, Fields extraSpecs) {
        return new Flavor(
                json.exact("id"),
                json.textOrEmpty("name"),
                json.countOrZero("vcpus"),
                json.numberOrZero("ram"),
                json.numberOrZero("disk"),
                json.numberOrZero("OS-FLV-EXT-DATA:ephemeral"),
                json.numberOrZero("swap"),
                extraSpecs.texts("extra_specs"));
    }

    /** A port (nova/api/openstack/compute/attach_interfaces.py); its addresses are null where Neutron tells none. */
    static ServerPort port(Fields json) {
        String state = blankToNull(json.textOrNull("port_state"));
        return new ServerPort(
                json.exact("port_id"),
                json.textOrNull("mac_addr"),
                state == null ? "UNKNOWN" : state,
                json.objectsIfAny("fixed_ips").stream()
                        .map(address -> address.textOrEmpty("ip_address"))
                        .filter(address -> !address.isEmpty())
                        .toList());
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
