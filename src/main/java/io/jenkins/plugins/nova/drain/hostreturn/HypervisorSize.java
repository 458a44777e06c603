package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.Hypervisor;

/**
 * What a hypervisor said of its size before it was taken out of service.
 *
 * @param vcpus its CPUs; null when the cloud does not tell (os-hypervisors from 2.88 on)
 * @param memoryMiB its memory in MiB; null when the cloud does not tell
 */
public record HypervisorSize(Integer vcpus, Long memoryMiB) {

    static HypervisorSize of(Hypervisor hypervisor) {
        return new HypervisorSize(hypervisor.vcpus(), hypervisor.memoryMiB());
    }
}
