package io.jenkins.plugins.nova.simulator;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Describes a compute host: by default enabled, up, in zone nova, 64 CPUs, 256 GiB of memory, 2 TB of disk. */
public final class HostBuilder {
    private final SimHost host;
    private final VirtualTime time;

    HostBuilder(SimHost host, VirtualTime time) {
        this.host = host;
        this.time = time;
    }

    /** Its availability zone. */
    public HostBuilder zone(String zone) {
        host.zone = zone;
        return this;
    }

    /** The cell it is in; cell1 by default. Servers are not moved from one cell to another. */
    public HostBuilder cell(String cell) {
        host.cell = cell;
        return this;
    }

    /** Its size. CPUs are overcommitted 16 times, memory and disk not at all, unless told otherwise. */
    public HostBuilder capacity(int vcpus, long memoryMiB, long diskGiB) {
        host.vcpus = vcpus;
        host.memoryMiB = memoryMiB;
        host.diskGiB = diskGiB;
        return this;
    }

    /** How many times CPUs and memory are given away; 16 and 1 by default. */
    public HostBuilder overcommit(double cpus, double memory) {
        host.cpuRatio = cpus;
        host.memoryRatio = memory;
        return this;
    }

    /** What of its memory is kept back for the host itself; 512 MiB by default. */
    public HostBuilder reserved(long memoryMiB) {
        host.reservedMiB = memoryMiB;
        return this;
    }

    /** Another resource class of its inventory, such as PCPU or CUSTOM_FPGA. */
    public HostBuilder resource(String resourceClass, long total) {
        host.others.put(resourceClass, total);
        return this;
    }

    /**
     * How many live migrations out of it run at once; the others are queued. 1 as in Nova's default, 0 for any number
     * (nova.conf, max_concurrent_live_migrations).
     */
    public HostBuilder liveMigrations(int atOnce) {
        host.liveMigrations = atOnce;
        return this;
    }

    /**
     * What its link carries, in MiB a second. What is copied out of the host then shares it equally at each moment: guests that
     * are moved live are copied in passes, and cold moves have local disks to copy. {@link Behaviour#copiesAt} bounds a
     * guest's share. Without a link no copy slows another.
     */
    public HostBuilder link(double mibPerSecond) {
        host.link = new Link(time, mibPerSecond);
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

    /** Its hypervisor_hostname, which is its resource provider's name too; its own name by default. */
    public HostBuilder hostname(String hostname) {
        host.hostname = hostname;
        return this;
    }

    /** Nova's name for the kind of its hypervisor and the version as a number; QEMU and 8002000 by default. */
    public HostBuilder hypervisor(String type, long version) {
        host.hypervisorType = type;
        host.hypervisorVersion = version;
        return this;
    }

    /** A class of its inventory, VCPU and MEMORY_MB among them: what there is, how many times it is given away, what is kept back. */
    HostBuilder inventory(String resourceClass, long total, double ratio, long reserved) {
        switch (resourceClass) {
            case "VCPU" -> {
                host.vcpus = Math.toIntExact(total);
                host.cpuRatio = ratio;
                host.reserved.put(resourceClass, reserved);
            }
            case "MEMORY_MB" -> {
                host.memoryMiB = total;
                host.memoryRatio = ratio;
                host.reservedMiB = reserved;
            }
            case "DISK_GB" -> {
                host.diskGiB = total;
                host.ratios.put(resourceClass, ratio);
                host.reserved.put(resourceClass, reserved);
            }
            default -> {
                host.others.put(resourceClass, total);
                host.ratios.put(resourceClass, ratio);
                host.reserved.put(resourceClass, reserved);
            }
        }
        return this;
    }

    /** Its disks are in a pool that hosts share: it has no inventory of them. */
    HostBuilder withoutDisk() {
        host.countsDisk = false;
        return this;
    }

    /** So much of a resource class is held by consumers that are no server. */
    HostBuilder held(String resourceClass, long amount) {
        host.held.put(resourceClass, amount);
        return this;
    }

    /** These Placement traits and no others. */
    HostBuilder onlyTraits(Collection<String> traits) {
        host.traits.clear();
        host.traits.addAll(traits);
        return this;
    }

    /** Placement traits besides those every compute has. */
    public HostBuilder traits(String... traits) {
        host.traits.addAll(List.of(traits));
        return this;
    }
}
