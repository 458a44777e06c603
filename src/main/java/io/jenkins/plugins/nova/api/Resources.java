package io.jenkins.plugins.nova.api;

/**
 * What a server asks of Placement.
 *
 * @param vcpus VCPU
 * @param memoryMiB MEMORY_MB
 * @param diskGiB DISK_GB, 0 for none
 */
public record Resources(int vcpus, long memoryMiB, long diskGiB) {}
