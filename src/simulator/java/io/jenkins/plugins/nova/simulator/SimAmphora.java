package io.jenkins.plugins.nova.simulator;

/** An amphora of Octavia's. */
final class SimAmphora {

    final String id;
    /** The server that it is; null while Octavia has none for it. */
    String serverId;

    final String loadBalancer;
    /** Null until it works for its load balancer. */
    String role;

    String status;

    /**
     * @param id its own
     * @param serverId the server that it is; null for none yet
     * @param loadBalancer its load balancer's name
     * @param role MASTER, BACKUP or STANDALONE; null for none yet
     * @param status ALLOCATED, BOOTING, PENDING_DELETE or ERROR
     */
    SimAmphora(String id, String serverId, String loadBalancer, String role, String status) {
        this.id = id;
        this.serverId = serverId;
        this.loadBalancer = loadBalancer;
        this.role = role;
        this.status = status;
    }
}
