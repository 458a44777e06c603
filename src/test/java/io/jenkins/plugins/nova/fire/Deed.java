package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What somebody else does in the middle. */
enum Deed {
    ENABLE("another enables the host", false),
    EVACUATE("another tool evacuates a server", true),
    CONFIRM("another tool confirms a server", true),
    RESIZE("the owner resizes a server", true),
    DIE("the source's nova-compute goes down", false),
    SILENCE("the cell does not answer for a minute", false);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String words;
    private final boolean eachServer;

    Deed(String words, boolean eachServer) {
        this.words = words;
        this.eachServer = eachServer;
    }

    String words() {
        return words;
    }

    /** Whether it is done to each server, one at a time. */
    boolean eachServer() {
        return eachServer;
    }

    /** Whether it would be done now, and change something. */
    boolean possible(SimulatedCloud cloud, String server) {
        Optional<ServerState> seen =
                cloud.servers().stream().filter(one -> one.id().equals(server)).findFirst();
        if (seen.isEmpty()) {
            return false;
        }
        boolean idle = seen.get().taskState() == null;
        String state = seen.get().vmState();
        return switch (this) {
            case ENABLE -> !cloud.enabled(Scenario.HOST);
            case EVACUATE ->
                !cloud.up(seen.get().host())
                        && Set.of("active", "stopped", "error").contains(state);
            case CONFIRM -> idle && state.equals("resized");
            case RESIZE ->
                idle
                        && cloud.up(seen.get().host())
                        && Set.of("active", "stopped").contains(state);
            case DIE -> cloud.running(Scenario.HOST);
            case SILENCE -> true;
        };
    }

    /** Does it; false when Nova refused, or nothing was to be done. */
    boolean done(SimulatedCloud cloud, String server) {
        return switch (this) {
            case ENABLE -> {
                boolean closed = !cloud.enabled(Scenario.HOST);
                cloud.enable(Scenario.HOST);
                yield closed;
            }
            case EVACUATE -> cloud.act(Scenario.ROBOT, server, "{'evacuate':{}}") < 300;
            case CONFIRM -> cloud.act(Scenario.ROBOT, server, "{'confirmResize':null}") < 300;
            case RESIZE -> cloud.act("demo", server, "{'resize':{'flavorRef':'2'}}") < 300;
            case DIE -> {
                boolean lived = cloud.running(Scenario.HOST);
                if (lived) {
                    cloud.kill(Scenario.HOST);
                }
                yield lived;
            }
            case SILENCE -> {
                cloud.cellDown("cell1");
                cloud.after(MINUTE, () -> cloud.cellUp("cell1"));
                yield true;
            }
        };
    }
}
