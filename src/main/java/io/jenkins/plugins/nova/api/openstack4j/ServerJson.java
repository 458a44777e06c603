package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerPort;
import java.util.Map;

/** Servers and flavors, read from Nova's JSON (nova/api/openstack/compute/views/servers.py and flavors.py). */
final class ServerJson {

    private ServerJson() {}

    static Server server(Fields json) {
        // "" for a server that boots from a volume
        Fields image = json.has("image") && json.node().get("image").isObject() ? json.object("image") : null;
        return new Server(
                json.text("id"),
                json.text("name"),
                json.text("tenant_id"),
                json.textOrNull("user_id"),
                json.text("status"),
                json.text("OS-EXT-STS:vm_state"),
                json.textOrNull("OS-EXT-STS:task_state"),
                json.has("OS-EXT-STS:power_state") ? json.count("OS-EXT-STS:power_state") : 0,
                json.textOrNull("OS-EXT-SRV-ATTR:host"),
                json.textOrNull("OS-EXT-SRV-ATTR:hypervisor_hostname"),
                blankToNull(json.textOrNull("OS-EXT-AZ:availability_zone")),
                blankToNull(json.textOrNull("pinned_availability_zone")),
                embedded(json.object("flavor")),
                image == null ? null : image.textOrNull("id"),
                json.objectsIfAny("os-extended-volumes:volumes_attached").stream()
                        .map(volume -> volume.text("id"))
                        .toList(),
                "True".equalsIgnoreCase(json.textOrEmpty("config_drive")),
                json.flag("locked"),
                json.textOrNull("locked_reason"),
                json.texts("metadata"),
                json.words("tags"),
                json.words("server_groups"),
                json.has("fault") ? json.object("fault").textOrNull("message") : null,
                blankToNull(json.textOrNull("host_status")),
                json.timeOrNull("created"),
                json.timeOrNull("updated"),
                json.has("progress") ? json.count("progress") : 0,
                image == null ? Map.of() : image.texts("properties"));
    }

    /** A flavor as a server carries it (2.47). */
    private static Flavor embedded(Fields json) {
        return new Flavor(
                null,
                json.text("original_name"),
                json.count("vcpus"),
                json.number("ram"),
                json.number("disk"),
                json.number("ephemeral"),
                orZero(json.numberOrNull("swap")),
                json.texts("extra_specs"));
    }

    /**
     * A flavor read by itself.
     *
     * @param extraSpecs the object that holds its {@code extra_specs}: itself from 2.61
     */
    static Flavor flavor(Fields json, Fields extraSpecs) {
        return new Flavor(
                json.text("id"),
                json.text("name"),
                json.count("vcpus"),
                json.number("ram"),
                json.number("disk"),
                orZero(json.numberOrNull("OS-FLV-EXT-DATA:ephemeral")),
                orZero(json.numberOrNull("swap")),
                extraSpecs.texts("extra_specs"));
    }

    /** A port (nova/api/openstack/compute/attach_interfaces.py); its addresses are null where Neutron tells none. */
    static ServerPort port(Fields json) {
        return new ServerPort(
                json.text("port_id"),
                json.textOrNull("mac_addr"),
                json.text("port_state"),
                json.objectsIfAny("fixed_ips").stream()
                        .map(address -> address.text("ip_address"))
                        .toList());
    }

    private static long orZero(Long value) {
        return value == null ? 0 : value;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
