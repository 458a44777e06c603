package io.jenkins.plugins.nova.api;

/**
 * A hypervisor (os-hypervisors/detail). The figures are null from 2.88 on, where Placement knows them.
 *
 * @param id uuid; the Placement resource provider's too
 * @param hostname hypervisor_hostname, not always the service's host; empty when not told
 * @param host the compute service's host
 * @param type QEMU, ironic, fake, …
 * @param version hypervisor_version
 * @param up state
 * @param enabled status
 * @param hostIp its address; may be null
 * @param vcpus virtual CPUs, or null
 * @param vcpusUsed in use, or null
 * @param memoryMiB memory in MiB, or null
 * @param memoryUsedMiB in use, or null
 * @param runningVms servers, or null
 * @param cpuModel from cpu_info; null when not told
 */
public record Hypervisor(
        String id,
        String hostname,
        String host,
        String type,
        long version,
        boolean up,
        boolean enabled,
        String hostIp,
        Integer vcpus,
        Integer vcpusUsed,
        Long memoryMiB,
        Long memoryUsedMiB,
        Integer runningVms,
        String cpuModel) {}
