package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads of a whole cloud what stands beside Nova, with GET alone. Each question is of one service, and throws
 * {@link NovaException.Missing} where that is not in the catalogue, {@link NovaException.Refused} where it may not be asked.
 */
public final class BesideReader {
    private final Service masakari;
    private final Service cinder;
    private final Service neutron;
    private final LoadBalancing octavia;

    BesideReader(Session session) {
        masakari = new Service(session, HostSetting.Kind.INSTANCE_HA.types(), InstanceHa::calls);
        cinder = new Service(
                session, HostSetting.Kind.VOLUME_SERVICE.types(), url -> VolumeServices.calls(url, session.project()));
        neutron = new Service(session, HostSetting.Kind.NETWORK_AGENT.types(), NetworkAgents::calls);
        octavia = new LoadBalancing(session);
    }

    /**
     * A host of a failover segment.
     *
     * @param segment its segment's name
     * @param host its name
     * @param onMaintenance whether Masakari has it on maintenance
     */
    public record SegmentHost(String segment, String host, boolean onMaintenance) {}

    /** Masakari's hosts, one request a segment. */
    public List<SegmentHost> segmentHosts() {
        return rows(masakari, "list Masakari's segments", "/segments", Map.of(), "segments").stream()
                .flatMap(segment -> rows(
                                masakari,
                                "list the hosts of Masakari's segment " + segment.textOrEmpty("name"),
                                "/segments/" + Service.segment(segment.exact("uuid")) + "/hosts",
                                Map.of(),
                                "hosts")
                        .stream()
                        .map(host ->
                                new SegmentHost(segment.text("name"), host.exact("name"), host.flag("on_maintenance"))))
                .toList();
    }

    /**
     * A cinder-volume service.
     *
     * @param name {@code HOST@backend}, or a name alone
     * @param disabled whether it is
     * @param reason why; null for none
     */
    public record VolumeService(String name, boolean disabled, String reason) {}

    /** Cinder's volume services. */
    public List<VolumeService> volumeServices() {
        return rows(
                        cinder,
                        "list Cinder's volume services",
                        "/os-services",
                        Map.of("binary", "cinder-volume"),
                        "services")
                .stream()
                .map(row -> new VolumeService(
                        row.exact("host"), "disabled".equals(row.text("status")), row.proseOrNull("disabled_reason")))
                .toList();
    }

    /**
     * An agent of Neutron's.
     *
     * @param id its id
     * @param type such as {@code L3 agent}
     * @param host where it runs
     * @param up whether it is administratively up
     * @param alive whether it reports
     * @param mode how an L3 agent routes; empty where that is not told
     * @param description what somebody wrote of it; null for nothing
     */
    public record NetworkAgent(
            String id, String type, String host, boolean up, boolean alive, String mode, String description) {}

    /** Neutron's agents, of all types. */
    public List<NetworkAgent> networkAgents() {
        return rows(neutron, "list Neutron's agents", "/agents", Map.of(), "agents").stream()
                .map(row -> {
                    Fields told = row.objectOrNull("configurations");
                    return new NetworkAgent(
                            row.exact("id"),
                            row.exact("agent_type"),
                            row.exact("host"),
                            row.flag("admin_state_up"),
                            row.flag("alive"),
                            told == null ? "" : told.textOrEmpty("agent_mode"),
                            row.proseOrNull("description"));
                })
                .toList();
    }

    /**
     * A router or a network.
     *
     * @param id its id
     * @param name its name; empty for none
     * @param ha of a router, whether it is HA
     * @param distributed of a router, whether it is distributed
     */
    public record Served(String id, String name, boolean ha, boolean distributed) {}

    /** The routers of an L3 agent, or of an OVN gateway from 2026.2 on. */
    public List<Served> routers(NetworkAgent agent) {
        return served(agent, "l3-routers", "routers");
    }

    /** The networks of a DHCP agent. */
    public List<Served> networks(NetworkAgent agent) {
        return served(agent, "dhcp-networks", "networks");
    }

    /**
     * The priorities of an OVN router's gateway chassis, by their hosts, as told from 2026.2 on.
     *
     * @param router its id
     */
    public Map<String, Integer> gateways(String router) {
        Map<String, Integer> priorities = new TreeMap<>();
        rows(
                        neutron,
                        "list the agents of Neutron's router " + router,
                        "/routers/" + Service.segment(router) + "/l3-agents",
                        Map.of(),
                        "agents")
                .forEach(row -> priorities.put(row.exact("host"), Math.toIntExact(row.number("ha_chassis_priority"))));
        return priorities;
    }

    /** Octavia's amphorae that have a server. */
    public List<Amphora> amphorae() {
        return octavia.amphorae();
    }

    private List<Served> served(NetworkAgent agent, String path, String items) {
        return rows(
                        neutron,
                        "list the " + items + " of Neutron's " + agent.type() + " of " + agent.host(),
                        "/agents/" + Service.segment(agent.id()) + "/" + path,
                        Map.of(),
                        items)
                .stream()
                .map(row ->
                        new Served(row.exact("id"), row.textOrEmpty("name"), row.flag("ha"), row.flag("distributed")))
                .toList();
    }

    private static List<Fields> rows(
            Service service, String call, String path, Map<String, String> query, String items) {
        return service.read(Service.Request.get(call, path, query, null)).items(items).stream()
                .map(Fields::row)
                .toList();
    }
}
