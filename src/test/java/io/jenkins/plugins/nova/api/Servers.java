package io.jenkins.plugins.nova.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes {@link Server}s for tests: an ACTIVE one of 512 MiB with an image on compute1, changed part by part. */
public final class Servers {

    private final String id;
    private final String name;
    private String status = "ACTIVE";
    private String vmState = "active";
    private Instant updated;
    private String task;
    private int power = 1;
    private String host = "compute1";
    private String image = "image";
    private Flavor flavor = new Flavor(null, "m1.tiny", 1, 512, 1, 0, 0, Map.of());
    private String fault;
    private String lockedReason;
    private String zone = "nova";
    private String pinnedZone;
    private boolean configDrive;
    private final Map<String, String> extraSpecs = new HashMap<>();
    private final Map<String, String> imageProperties = new HashMap<>();
    private final Map<String, String> metadata = new HashMap<>();
    private final List<String> tags = new ArrayList<>();

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

    public Servers flavor(Flavor whole) {
        flavor = whole;
        extraSpecs.putAll(whole.extraSpecs());
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

    /** An extra spec of its flavor. */
    public Servers extraSpec(String key, String value) {
        extraSpecs.put(key, value);
        return this;
    }

    public Servers imageProperty(String key, String value) {
        imageProperties.put(key, value);
        return this;
    }

    public Servers metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    public Servers tag(String tag) {
        tags.add(tag);
        return this;
    }

    public Servers configDrive() {
        configDrive = true;
        return this;
    }

    /** The zone it is in. */
    public Servers in(String itsZone) {
        zone = itsZone;
        return this;
    }

    /** The zone it is in and pinned to. */
    public Servers pinnedTo(String itsZone) {
        pinnedZone = itsZone;
        return in(itsZone);
    }

    /** When Nova last changed its record. */
    public Servers changed(Instant when) {
        updated = when;
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
                zone,
                pinnedZone,
                new Flavor(
                        null,
                        flavor.name(),
                        flavor.vcpus(),
                        flavor.ramMiB(),
                        flavor.diskGiB(),
                        flavor.ephemeralGiB(),
                        flavor.swapMiB(),
                        extraSpecs),
                image,
                List.of(),
                configDrive,
                lockedReason != null,
                lockedReason,
                metadata,
                tags,
                List.of(),
                fault,
                "UP",
                null,
                updated,
                0,
                imageProperties);
    }
}
