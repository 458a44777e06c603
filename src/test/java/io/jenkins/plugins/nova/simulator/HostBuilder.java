package io.jenkins.plugins.nova.simulator;

import java.time.Instant;
import java.util.List;

/** Describes a compute host: by default enabled, up, in zone nova, 64 CPUs, 256 GiB of memory, 2 TB of disk. */
public final class HostBuilder {
    private final SimHost host;

    HostBuilder(SimHost host) {
        this.host = host;
    }

    /** Its availability zone. */
    public HostBuilder zone(String zone) {
        host.zone = zone;
        return this;
    }

    /** Its size. CPUs are overcommitted 16 times, memory and disk not at all. */
    public HostBuilder capacity(int vcpus, long memoryMiB, long diskGiB) {
        host.vcpus = vcpus;
        host.memoryMiB = memoryMiB;
        host.diskGiB = diskGiB;
        return this;
    }

    /** Its service is disabled; the reason may be null. */
    public HostBuilder disabled(String reason) {
        host.enabled = false;
        host.disabledReason = reason;
        return this;
    }

    /** Its nova-compute has been dead for long: the service reads down. */
    public HostBuilder down() {
        host.died = Instant.EPOCH;
        return this;
    }

    /** Somebody forced its service down. */
    public HostBuilder forcedDown() {
        host.forcedDown = true;
        return this;
    }

    /** The model in cpu_info. */
    public HostBuilder cpuModel(String model) {
        host.cpuModel = model;
        return this;
    }

    /** Placement traits besides those every compute has. */
    public HostBuilder traits(String... traits) {
        host.traits.addAll(List.of(traits));
        return this;
    }
}
