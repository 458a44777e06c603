package io.jenkins.plugins.nova.api;

/**
 * A load balancer's machine, as Octavia tells it; to Nova it is a server like any other.
 *
 * @param id Octavia's
 * @param serverId the server that it is to Nova
 * @param loadBalancer the id of its load balancer; null while it has none
 * @param role MASTER, BACKUP or STANDALONE; null while it has none
 * @param status ALLOCATED when it works for its load balancer (octavia/common/constants.py); empty when not told
 */
public record Amphora(String id, String serverId, String loadBalancer, String role, String status) {

    /** The status of a load balancer that there is no more, which Octavia answers 404. */
    public static final String DELETED = "DELETED";

    /** Whether it is one of two of its load balancer's. */
    public boolean paired() {
        return "MASTER".equals(role) || "BACKUP".equals(role);
    }

    /** Whether Octavia is making, changing or deleting it. */
    public boolean busy() {
        return status.startsWith("PENDING") || status.equals("BOOTING");
    }

    /** As it will be once what Octavia is doing to it has ended well. */
    public Amphora idle() {
        return busy() && loadBalancer != null ? new Amphora(id, serverId, loadBalancer, role, "ALLOCATED") : this;
    }

    /** Whether it works for a load balancer, as far as Octavia has noticed. */
    public boolean allocated() {
        return loadBalancer != null && status.equals("ALLOCATED");
    }
}
