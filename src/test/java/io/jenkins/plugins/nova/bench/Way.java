package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.simulator.ServerBuilder;
import io.jenkins.plugins.nova.simulator.ServerState;

/** How a server is moved, and with what. */
enum Way {
    /** A guest that runs, live. */
    LIVE("{'os-migrateLive':{'host':null,'block_migration':'auto'}}", "active"),
    /** A guest that runs and whose owner wants it moved cold; its disks are volumes. */
    COLD("{'migrate':null}", "resized"),
    /** The same with a local disk, which is copied. */
    DISK("{'migrate':null}", "resized"),
    /** A guest of a dead host, rebuilt. */
    REBUILD("{'evacuate':{}}", "active");

    private final String request;
    private final String vmState;

    Way(String request, String vmState) {
        this.request = request;
        this.vmState = vmState;
    }

    /** What a plain client asks of Nova; apostrophes stand for quotation marks. */
    String request() {
        return request;
    }

    /** Describes such a server. */
    void describe(ServerBuilder server) {
        if (this != DISK) {
            server.volumeBacked();
        }
        if (this == COLD || this == DISK) {
            server.metadata("maintenance", "cold");
        }
    }

    /** Whether it has arrived: elsewhere, nothing under way, and for a cold move waiting for its confirm. */
    boolean arrived(ServerState server, String source) {
        return !source.equals(server.host())
                && server.taskState() == null
                && server.vmState().equals(vmState);
    }
}
