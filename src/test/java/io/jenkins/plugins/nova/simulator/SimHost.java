package io.jenkins.plugins.nova.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** A compute host: its service, its hypervisor and its resource provider. */
final class SimHost {
    /** Nova's service_down_time. */
    static final Duration SERVICE_DOWN_TIME = Duration.ofSeconds(60);

    final int number;
    final String name;
    final String serviceId;
    final String hypervisorId;
    String zone = "nova";
    String cpuModel = "Cascadelake-Server";
    int vcpus = 64;
    long memoryMiB = 262_144;
    long diskGiB = 2_000;
    final Set<String> traits = new TreeSet<>(Set.of("COMPUTE_NODE", "COMPUTE_VOLUME_MULTI_ATTACH"));
    boolean enabled = true;
    String disabledReason;
    boolean forcedDown;
    /** Null while its nova-compute runs, else when it died. */
    Instant died;

    SimHost(int number, String name) {
        this.number = number;
        this.name = name;
        this.serviceId = World.uuid("service " + name);
        this.hypervisorId = World.uuid("hypervisor " + name);
    }

    boolean running() {
        return died == null;
    }

    /** As Nova reports it: not forced down, and heard of within {@link #SERVICE_DOWN_TIME}. */
    boolean up(Instant now) {
        return !forcedDown && (running() || Duration.between(died, now).compareTo(SERVICE_DOWN_TIME) <= 0);
    }
}
