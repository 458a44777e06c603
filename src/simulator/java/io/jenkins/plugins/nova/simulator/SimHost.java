package io.jenkins.plugins.nova.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    /** hypervisor_hostname, which is also its resource provider's name. */
    String hostname;

    String hypervisorType = "QEMU";
    long hypervisorVersion = 8_002_000;
    /** The cell whose database its servers, services and migrations are in. */
    String cell = "cell1";

    String cpuModel = "Cascadelake-Server";
    int vcpus = 64;
    long memoryMiB = 262_144;
    long diskGiB = 2_000;
    /** Nova's default: what it keeps back for the host itself. */
    long reservedMiB = 512;
    /** Overcommit: Nova's default for CPUs, none for memory. */
    double cpuRatio = 16;

    double memoryRatio = 1;
    /** Overcommit of other classes, such as DISK_GB; 1 where none is named. */
    final Map<String, Double> ratios = new TreeMap<>();

    /** What of other classes is kept back; 0 where none is named. */
    final Map<String, Long> reserved = new TreeMap<>();

    /** What is held by consumers that are no server of the cloud: what somebody forgot to give back. */
    final Map<String, Long> held = new TreeMap<>();

    /** Whether it has an inventory of disk; not so where disks are in a pool that hosts share. */
    boolean countsDisk = true;
    /** Totals of other resource classes, such as PCPU. */
    final Map<String, Long> others = new TreeMap<>();

    final Set<String> traits = new TreeSet<>(Set.of("COMPUTE_NODE", "COMPUTE_VOLUME_MULTI_ATTACH"));
    /** nova.conf's max_concurrent_live_migrations; 0 for any number. */
    int liveMigrations = 1;
    /** Null when what is copied out of it does not share one. */
    Link link;

    boolean enabled = true;
    String disabledReason;
    boolean forcedDown;
    /** Null while its nova-compute runs, else when it died. */
    Instant died;

    SimHost(int number, String name) {
        this.number = number;
        this.name = name;
        this.hostname = name;
        this.serviceId = World.uuid("service " + name);
        this.hypervisorId = World.uuid("hypervisor " + name);
    }

    /** What there is of a resource class, which is also the most that one server may have (max_unit). */
    long total(String resourceClass) {
        return switch (resourceClass) {
            case "VCPU" -> vcpus;
            case "MEMORY_MB" -> memoryMiB;
            case "DISK_GB" -> diskGiB;
            default -> others.getOrDefault(resourceClass, 0L);
        };
    }

    /** How many times it is given away. */
    double ratio(String resourceClass) {
        return switch (resourceClass) {
            case "VCPU" -> cpuRatio;
            case "MEMORY_MB" -> memoryRatio;
            default -> ratios.getOrDefault(resourceClass, 1.0);
        };
    }

    /** What of it is kept back. */
    long reserved(String resourceClass) {
        return resourceClass.equals("MEMORY_MB") ? reservedMiB : reserved.getOrDefault(resourceClass, 0L);
    }

    /** The classes of its inventory. */
    Set<String> classes() {
        Set<String> classes = new TreeSet<>(others.keySet());
        classes.addAll(countsDisk ? Set.of("VCPU", "MEMORY_MB", "DISK_GB") : Set.of("VCPU", "MEMORY_MB"));
        return classes;
    }

    /** What Placement gives away of it: (total - reserved) * allocation ratio. */
    long capacity(String resourceClass) {
        return switch (resourceClass) {
            case "VCPU" -> (long) ((vcpus - reserved(resourceClass)) * cpuRatio);
            case "MEMORY_MB" -> (long) ((memoryMiB - reservedMiB) * memoryRatio);
            default -> (long) ((total(resourceClass) - reserved(resourceClass)) * ratio(resourceClass));
        };
    }

    boolean running() {
        return died == null;
    }

    /** As Nova reports it: not forced down, and heard of within {@link #SERVICE_DOWN_TIME}. */
    boolean up(Instant now) {
        return !forcedDown && (running() || Duration.between(died, now).compareTo(SERVICE_DOWN_TIME) <= 0);
    }
}
