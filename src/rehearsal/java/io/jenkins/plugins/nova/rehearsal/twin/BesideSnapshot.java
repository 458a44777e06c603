package io.jenkins.plugins.nova.rehearsal.twin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.BesideReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What stands beside Nova, in a cloud's file; a service that is not in the catalogue leaves nothing there. */
final class BesideSnapshot {
    private static final String L3 = "L3 agent";
    private static final String DHCP = "DHCP agent";
    private static final String GATEWAY = "OVN Controller Gateway agent";
    private static final Set<String> ROLES = Set.of("BACKUP", "MASTER", "STANDALONE");

    private final BesideReader reader;
    private final Names names;
    private final Consumer<String> leftOut;
    private final ObjectNode file;

    /**
     * @param names how things are called
     * @param leftOut told of what cannot be taken
     * @param file gets the keys, and has the hosts already
     */
    BesideSnapshot(BesideReader reader, Names names, Consumer<String> leftOut, ObjectNode file) {
        this.reader = reader;
        this.names = names;
        this.leftOut = leftOut;
        this.file = file;
    }

    /**
     * Reads it.
     *
     * @param servers the keys of the file's servers by their ids
     */
    void read(Map<String, String> servers) {
        asked("Masakari", this::segments);
        asked("Cinder", this::volumeServices);
        asked("Neutron", this::network);
        asked("Octavia", () -> loadBalancers(servers));
    }

    /** A cloud is rehearsed all the same without what may not be asked, or is told in words that nobody understands. */
    private void asked(String service, Runnable question) {
        try {
            question.run();
        } catch (NovaException.Missing none) {
            return;
        } catch (NovaException odd) {
            leftOut.accept("what " + service + " has: " + why(odd));
        }
    }

    /** Words of the cloud's own may have names. */
    private String why(NovaException odd) {
        if (odd instanceof NovaException.Refused refused) {
            return "it answered " + refused.status();
        }
        if (odd instanceof NovaException.NotAuthenticated) {
            return "it answered 401, so an access rule may be missing";
        }
        return names.areHashed() ? "it could not be read" : odd.getMessage();
    }

    private void segments() {
        for (BesideReader.SegmentHost member : reader.segmentHosts()) {
            String host = names.of("host", member.host());
            if (!file.path("hosts").has(host)) {
                leftOut.accept("a host of a segment of Masakari's that has no compute service");
                continue;
            }
            ObjectNode segment = object(object(file, "segments"), names.of("segment", member.segment()));
            add(segment, "hosts", host);
            if (member.onMaintenance()) {
                add(segment, "onMaintenance", host);
            }
        }
    }

    private void volumeServices() {
        for (BesideReader.VolumeService service : reader.volumeServices()) {
            String[] parts = service.name().split("@", 2);
            String name = names.of("host", parts[0]) + (parts.length < 2 ? "" : "@" + names.of("backend", parts[1]));
            ObjectNode one = object(object(file, "volumeServices"), name);
            if (service.disabled()
                    && (service.reason() == null || service.reason().isEmpty())) {
                one.put("disabled", true);
            } else if (service.disabled()) {
                one.put("disabled", names.prose(service.reason()));
            }
        }
    }

    private void network() {
        List<BesideReader.NetworkAgent> agents = reader.networkAgents();
        for (BesideReader.NetworkAgent agent : agents) {
            ObjectNode one = object(object(object(file, "agents"), names.of("host", agent.host())), agent.type());
            if (agent.type().equals(L3)
                    && !agent.mode().isEmpty()
                    && !agent.mode().equals("legacy")) {
                one.put("mode", agent.mode());
            }
            if (!agent.up()) {
                one.put("up", false);
            }
            if (!agent.alive()) {
                one.put("alive", false);
            }
            if (agent.description() != null && !agent.description().isEmpty()) {
                one.put("description", names.prose(agent.description()));
            }
        }
        Served routers = new Served("routers", "router");
        Served networks = new Served("networks", "network");
        for (BesideReader.NetworkAgent agent : agents) {
            if (agent.type().equals(L3)) {
                reader.routers(agent).forEach(router -> routers.on(router, agent));
            } else if (agent.type().equals(GATEWAY)) {
                gateways(agent, routers);
            } else if (agent.type().equals(DHCP)) {
                reader.networks(agent).forEach(network -> networks.on(network, agent));
            }
        }
    }

    /** Before 2026.2 an OVN gateway's routers are not told, and it is refused to ask. */
    private void gateways(BesideReader.NetworkAgent agent, Served routers) {
        List<BesideReader.Served> found;
        try {
            found = reader.routers(agent);
        } catch (NovaException.Refused old) {
            leftOut.accept("OVN gateways, which Neutron does not tell before 2026.2");
            return;
        }
        for (BesideReader.Served router : found) {
            if (routers.keys.containsKey(router.id())) {
                continue;
            }
            ObjectNode gateways = object(object(object(file, "routers"), routers.key(router)), "gateways");
            reader.gateways(router.id()).forEach((host, priority) -> gateways.put(names.of("host", host), priority));
        }
    }

    /** Routers, or networks, as they are found on agent after agent. */
    private final class Served {
        private final String part;
        private final String kind;
        private final Map<String, String> keys = new HashMap<>();
        private final Set<String> taken = new HashSet<>();

        private Served(String part, String kind) {
            this.part = part;
            this.kind = kind;
        }

        /** Its name, unless another has it: tenants give the same name to many. */
        String key(BesideReader.Served one) {
            return keys.computeIfAbsent(
                    one.id(), id -> names.of(kind, one.name().isEmpty() || !taken.add(one.name()) ? id : one.name()));
        }

        void on(BesideReader.Served one, BesideReader.NetworkAgent agent) {
            if (one.distributed()) {
                leftOut.accept("distributed routers");
                return;
            }
            ObjectNode entry = object(object(file, part), key(one));
            if (agent.type().equals(L3) && !one.ha() && entry.has("hosts")) {
                leftOut.accept("the second agent of a router that was being moved");
                return;
            }
            add(entry, "hosts", names.of("host", agent.host()));
            if (one.ha()) {
                entry.put("ha", true);
            }
        }
    }

    private void loadBalancers(Map<String, String> servers) {
        for (Amphora amphora : reader.amphorae()) {
            String server = servers.get(amphora.serverId());
            boolean taken = server != null
                    && amphora.loadBalancer() != null
                    && amphora.role() != null
                    && ROLES.contains(amphora.role());
            ObjectNode balancer = taken
                    ? object(object(file, "loadBalancers"), names.of(Names.LOAD_BALANCER, amphora.loadBalancer()))
                    : null;
            if (balancer == null || balancer.has(amphora.role())) {
                leftOut.accept("an amphora that is being made or replaced");
            } else {
                balancer.put(amphora.role(), server);
            }
        }
    }

    private static ObjectNode object(ObjectNode of, String key) {
        return of.get(key) instanceof ObjectNode known ? known : of.putObject(key);
    }

    /** Behind those that come before it in the alphabet, so that two files compare well. */
    private static void add(ObjectNode of, String key, String text) {
        ArrayNode list = of.get(key) instanceof ArrayNode known ? known : of.putArray(key);
        int at = 0;
        while (at < list.size() && list.get(at).asText().compareTo(text) <= 0) {
            at++;
        }
        list.insert(at, text);
    }
}
