package io.jenkins.plugins.nova.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.Server;
import java.util.ArrayList;
import java.util.List;

/** What a test has made on a cloud: servers, groups and aggregates. Remembers it, to remove it again. */
final class Scene {
    private static final String MARK = "nova-maintenance-contract";

    private final Backstage boss;
    private final List<String> servers = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private final List<String> aggregates = new ArrayList<>();

    Scene(Backstage boss) {
        this.boss = boss;
    }

    /** Asks for a server without waiting for it. */
    String boot(Boot wanted, String flavor, String image) {
        ObjectNode body = Backstage.object();
        ObjectNode server = body.putObject("server");
        server.put("name", wanted.name()).put("flavorRef", flavor).put("imageRef", image);
        ObjectNode metadata =
                server.put("networks", "none").putObject("metadata").put(MARK, "yes");
        if (wanted.maintenance() != null) {
            metadata.put("maintenance", wanted.maintenance());
        }
        if (wanted.host() != null) {
            server.put("host", wanted.host());
        }
        if (wanted.group() != null) {
            body.putObject("os:scheduler_hints").put("group", wanted.group());
        }
        String id =
                boss.nova("POST", "/servers", body).path("server").path("id").asText();
        servers.add(id);
        return id;
    }

    /** Asks for the change from ACTIVE to a state. */
    void enter(String id, Boot.State state) {
        ObjectNode body = Backstage.object();
        switch (state) {
            case ACTIVE -> {
                return;
            }
            case SHUTOFF -> body.putNull("os-stop");
            case PAUSED -> body.putNull("pause");
            case SUSPENDED -> body.putNull("suspend");
            case RESCUE -> body.putObject("rescue");
            case ERROR -> body.putObject("os-resetState").put("state", "error");
        }
        boss.nova("POST", "/servers/" + id + "/action", body);
    }

    /** Asks for another flavor of a server, as its owner. */
    void resize(String id, String flavor) {
        ObjectNode body = Backstage.object();
        body.putObject("resize").put("flavorRef", flavor);
        boss.nova("POST", "/servers/" + id + "/action", body);
    }

    /** Locks a server as its owner. */
    void lock(String id, String reason) {
        ObjectNode body = Backstage.object();
        body.putObject("lock").put("locked_reason", reason);
        boss.nova("POST", "/servers/" + id + "/action", body);
    }

    /** Deletes a server as its owner would, without waiting for its end. */
    void delete(String id) {
        boss.nova("DELETE", "/servers/" + id, null);
    }

    /** Makes a server group and returns its id. */
    String group(String name, String policy) {
        ObjectNode body = Backstage.object();
        body.putObject("server_group").put("name", name).put("policy", policy);
        String id = boss.nova("POST", "/os-server-groups", body)
                .path("server_group")
                .path("id")
                .asText();
        groups.add(id);
        return id;
    }

    /** Makes an aggregate of one host with one entry of metadata, and returns its id. */
    long aggregate(String name, String host, String key, String value) {
        ObjectNode body = Backstage.object();
        body.putObject("aggregate").put("name", name);
        String id = boss.nova("POST", "/os-aggregates", body)
                .path("aggregate")
                .path("id")
                .asText();
        aggregates.add(id);
        ObjectNode add = Backstage.object();
        add.putObject("add_host").put("host", host);
        boss.nova("POST", "/os-aggregates/" + id + "/action", add);
        ObjectNode metadata = Backstage.object();
        metadata.putObject("set_metadata").putObject("metadata").put(key, value);
        boss.nova("POST", "/os-aggregates/" + id + "/action", metadata);
        return Long.parseLong(id);
    }

    /** Removes those of these servers that a test has left which was killed. */
    void sweep(List<Server> found) {
        found.stream()
                .filter(server -> server.metadata().containsKey(MARK))
                .forEach(server -> boss.tryNova("DELETE", "/servers/" + server.id(), null));
    }

    /** Asks for the deletion of all servers. */
    void deleteServers() {
        servers.forEach(id -> boss.tryNova("DELETE", "/servers/" + id, null));
    }

    /** The servers that are not gone yet. */
    List<String> serversLeft() {
        servers.removeIf(id -> boss.tryNova("GET", "/servers/" + id, null) == 404);
        return List.copyOf(servers);
    }

    /** Removes groups and aggregates. */
    void strike() {
        groups.forEach(id -> boss.nova("DELETE", "/os-server-groups/" + id, null));
        aggregates.forEach(this::remove);
    }

    private void remove(String aggregate) {
        boss.nova("GET", "/os-aggregates/" + aggregate, null)
                .path("aggregate")
                .path("hosts")
                .forEach(host -> {
                    ObjectNode body = Backstage.object();
                    body.putObject("remove_host").put("host", host.asText());
                    boss.nova("POST", "/os-aggregates/" + aggregate + "/action", body);
                });
        boss.nova("DELETE", "/os-aggregates/" + aggregate, null);
    }
}
