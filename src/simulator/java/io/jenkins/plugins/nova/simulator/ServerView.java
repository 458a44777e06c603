package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A server as JSON, by microversion and by who asks; field for field what mini-nova answers. */
final class ServerView {
    private static final Set<String> WITH_PROGRESS =
            Set.of("ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING");

    private final World world;

    ServerView(World world) {
        this.world = world;
    }

    ObjectNode brief(Call call, SimServer server) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", server.id).put("name", server.name);
        links(call, json, "servers/" + server.id);
        return json;
    }

    /**
     * What Nova shows of a server whose cell does not answer (2.69; nova/api/openstack/compute/views/servers.py,
     * _show_from_down_cell); {@code alone}: GET of one server, which tells of the request that made it.
     */
    ObjectNode ofDownCell(Call call, SimServer server, boolean alone) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", server.id).put("status", "UNKNOWN");
        boolean detail = alone || call.request().path().endsWith("/detail");
        if (detail) {
            json.put("tenant_id", server.owner.projectId()).put("created", Times.seconds(server.created));
        }
        links(call, json, "servers/" + server.id);
        if (alone) {
            image(call, json, server);
            flavor(call, json.putObject("flavor"), server.flavor);
            json.put("OS-EXT-AZ:availability_zone", server.pinnedZone == null ? "UNKNOWN" : server.pinnedZone);
            json.put("OS-EXT-STS:power_state", 0).put("user_id", server.owner.id());
            groups(call, json, server);
        }
        return json;
    }

    /** {@code alone}: GET of one server, which tells its groups (2.71). */
    ObjectNode full(Call call, SimServer server, boolean alone) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        String status = server.status();
        json.put("id", server.id).put("name", server.name).put("status", status);
        json.put("tenant_id", server.owner.projectId()).put("user_id", server.owner.id());
        json.set("metadata", strings(server.metadata));
        json.put("hostId", hostId(server.owner.projectId(), server.host));
        image(call, json, server);
        flavor(call, json.putObject("flavor"), server.flavor);
        json.put("created", Times.seconds(server.created)).put("updated", Times.seconds(server.updated));
        json.putObject("addresses");
        json.put("accessIPv4", "").put("accessIPv6", "");
        links(call, json, "servers/" + server.id);
        json.put("OS-DCF:diskConfig", "MANUAL");
        if (WITH_PROGRESS.contains(status)) {
            json.put("progress", progress(server));
        }
        if (status.equals("ERROR") && server.fault != null) {
            fault(call, json.putObject("fault"), server.fault);
        }
        SimHost host = server.host == null ? null : world.hosts.get(server.host);
        json.put("OS-EXT-AZ:availability_zone", host == null ? "" : host.zone);
        json.put("config_drive", server.configDrive ? "True" : "").putNull("key_name");
        json.put("OS-SRV-USG:launched_at", Times.micros(server.launched)).putNull("OS-SRV-USG:terminated_at");
        extended(call, json, server, host);
        json.put("OS-EXT-STS:task_state", server.taskState)
                .put("OS-EXT-STS:vm_state", server.vmState)
                .put("OS-EXT-STS:power_state", server.powerState);
        ArrayNode volumes = json.putArray("os-extended-volumes:volumes_attached");
        for (String volume : server.volumes) {
            ObjectNode attached = volumes.addObject().put("id", volume);
            if (call.atLeast(3)) {
                attached.put("delete_on_termination", false);
            }
        }
        recent(call, json, server, host, alone);
        return json;
    }

    private void recent(Call call, ObjectNode json, SimServer server, SimHost host, boolean alone) {
        if (call.atLeast(16) && call.user().admin()) {
            json.put("host_status", hostStatus(host));
        }
        if (call.atLeast(9)) {
            json.put("locked", server.locked);
        }
        if (call.atLeast(73)) {
            json.put("locked_reason", server.lockedReason);
        }
        if (call.atLeast(19)) {
            json.putNull("description");
        }
        if (call.atLeast(26)) {
            ArrayNode tags = json.putArray("tags");
            server.tags.forEach(tags::add);
        }
        if (call.atLeast(63)) {
            json.putNull("trusted_image_certificates");
        }
        if (alone) {
            groups(call, json, server);
        }
        if (call.atLeast(96)) {
            json.put("pinned_availability_zone", server.pinnedZone);
        }
        if (call.atLeast(100)) {
            json.putObject("scheduler_hints");
        }
    }

    private void groups(Call call, ObjectNode json, SimServer server) {
        if (call.atLeast(71)) {
            ArrayNode groups = json.putArray("server_groups");
            world.groups.stream().filter(g -> g.members.contains(server)).forEach(g -> groups.add(g.id));
        }
    }

    private void extended(Call call, ObjectNode json, SimServer server, SimHost host) {
        if (call.user().admin()) {
            json.put("OS-EXT-SRV-ATTR:host", server.host)
                    .put("OS-EXT-SRV-ATTR:instance_name", String.format(Locale.ROOT, "instance-%08x", server.number))
                    .put("OS-EXT-SRV-ATTR:hypervisor_hostname", host == null ? null : host.hostname);
            if (call.atLeast(3)) {
                json.put("OS-EXT-SRV-ATTR:reservation_id", String.format(Locale.ROOT, "r-%08d", server.number))
                        .put("OS-EXT-SRV-ATTR:launch_index", 0)
                        .put("OS-EXT-SRV-ATTR:kernel_id", "")
                        .put("OS-EXT-SRV-ATTR:ramdisk_id", "")
                        .put("OS-EXT-SRV-ATTR:root_device_name", server.bootsFromVolume() ? "/dev/vda" : "/dev/sda")
                        .putNull("OS-EXT-SRV-ATTR:user_data");
            }
        }
        if (call.atLeast(90) || call.atLeast(3) && call.user().admin()) {
            json.put("OS-EXT-SRV-ATTR:hostname", server.name.toLowerCase(Locale.ROOT));
        }
    }

    /** nova/compute/api.py, get_instance_host_status. */
    private String hostStatus(SimHost host) {
        if (host == null) {
            return "";
        }
        if (host.forcedDown) {
            return "DOWN";
        }
        if (!host.enabled) {
            return "MAINTENANCE";
        }
        return host.up(world.now()) ? "UP" : "UNKNOWN";
    }

    private int progress(SimServer server) {
        SimMigration migration = world.newest(server, "running");
        boolean copying = migration != null && server.host.equals(migration.source);
        return copying ? (int) (100 * fraction(migration)) : server.progress;
    }

    /** How much of a running live migration has been copied, from 0 to 1. */
    double fraction(SimMigration migration) {
        if (migration.copying != null) {
            return migration.copying.fraction();
        }
        Behaviour behaviour = migration.server.behaviour;
        double seconds = Duration.between(migration.running, world.now()).toMillis() / 1000.0;
        double copied = Math.min(1, seconds / Math.max(0.001, behaviour.liveSeconds()));
        return behaviour.converges() ? copied : Math.min(0.7, copied);
    }

    private static void fault(Call call, ObjectNode json, SimServer.Fault fault) {
        json.put("code", 500).put("created", Times.seconds(fault.created())).put("message", fault.message());
        if (call.user().admin()) {
            json.put("details", "Traceback (most recent call last):\n  (simulated)\n" + fault.message() + "\n");
        }
    }

    private static void image(Call call, ObjectNode json, SimServer server) {
        if (server.bootsFromVolume()) {
            json.put("image", "");
            return;
        }
        ObjectNode image = json.putObject("image").put("id", server.imageId);
        image.putArray("links")
                .addObject()
                .put("rel", "bookmark")
                .put("href", bookmark(call, "images/" + server.imageId));
        if (call.atLeast(98)) {
            image.set("properties", strings(server.imageProperties));
        }
    }

    private static void flavor(Call call, ObjectNode json, SimFlavor flavor) {
        if (!call.atLeast(47)) {
            json.put("id", flavor.id());
            json.putArray("links")
                    .addObject()
                    .put("rel", "bookmark")
                    .put("href", bookmark(call, "flavors/" + flavor.id()));
            return;
        }
        json.put("vcpus", flavor.vcpus()).put("ram", flavor.ramMiB()).put("disk", flavor.diskGiB());
        json.put("ephemeral", flavor.ephemeralGiB())
                .put("swap", flavor.swapMiB())
                .put("original_name", flavor.name());
        json.set("extra_specs", strings(flavor.extraSpecs()));
    }

    static ObjectNode strings(Map<String, String> map) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(map).forEach(json::put);
        return json;
    }

    static void links(Call call, ObjectNode json, String path) {
        ArrayNode links = json.putArray("links");
        links.addObject().put("rel", "self").put("href", call.request().base() + "/" + path);
        links.addObject().put("rel", "bookmark").put("href", bookmark(call, path));
    }

    private static String bookmark(Call call, String path) {
        String base = call.request().base();
        return base.substring(0, base.length() - "/v2.1".length()) + "/" + path;
    }

    /** sha224 of project and host, as Nova hides a host's name from its users; empty without a host. */
    static String hostId(String project, String host) {
        if (host == null) {
            return "";
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-224").digest((project + host).getBytes(StandardCharsets.UTF_8));
            return String.format("%056x", new BigInteger(1, hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-224", e);
        }
    }
}
