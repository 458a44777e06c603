package io.jenkins.plugins.nova.simulator;

/**
 * A port of a server in Neutron.
 *
 * @param state its status while the guest runs; DOWN otherwise, as the hypervisor unplugs it
 */
record SimPort(String id, String network, String mac, String address, String state) {

    String state(SimServer server) {
        return server.guestRuns() ? state : "DOWN";
    }
}
