package io.jenkins.plugins.nova.api;

import java.util.List;
import java.util.Map;

/** Makes {@link Server}s for tests: an ACTIVE one of 512 MiB with an image on compute1, changed part by part. */
public final class Servers {

    private final String id;
    private final String name;
    private String status = "ACTIVE";
    private String vmState = "active";
    private String task;
    private int power = 1;
    private String host = "compute1";
    private String image = "image";
    private Flavor flavor = new Flavor(null, "m1.tiny", 1, 512, 1, 0, 0, Map.of());
    private String fault;
    private String lockedReason;

    private Servers(String id, String name) {
        this.id = id;
        this.name = name;
    }

    /** A server whose id is {@code id-NAME}. */
    public static Servers named(String name) {
        return new Servers("id-" + name, name);
    }

    public Servers on(String newHost) {
        host = newHost;
        return this;
    }

    public Servers is(String newStatus, String newVmState) {
        status = newStatus;
        vmState = newVmState;
        return this;
    }

    public Servers task(String newTask) {
        task = newTask;
        return this;
    }

    public Servers power(int state) {
        power = state;
        return this;
    }

    public Servers fromVolume() {
        image = null;
        return this;
    }

    public Servers flavor(long ramMiB, long diskGiB, long ephemeralGiB, long swapMiB) {
        flavor = new Flavor(null, "m1.own", 1, ramMiB, diskGiB, ephemeralGiB, swapMiB, Map.of());
        return this;
    }

    public Servers fault(String text) {
        fault = text;
        return this;
    }

    public Servers locked(String why) {
        lockedReason = why;
        return this;
    }

    public Server make() {
        return new Server(
                id,
                name,
                "project",
                "user",
                status,
                vmState,
                task,
                power,
                host,
                host,
                "nova",
                null,
                flavor,
                image,
                List.of(),
                false,
                lockedReason != null,
                lockedReason,
                Map.of(),
                List.of(),
                List.of(),
                fault,
                "UP",
                null,
                null,
                0,
                Map.of());
    }
}
