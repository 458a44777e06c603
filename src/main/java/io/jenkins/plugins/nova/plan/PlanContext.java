package io.jenkins.plugins.nova.plan;

/**
 * What filters may know besides the server.
 *
 * @param wish what was asked
 * @param estate what is known of the cloud
 */
public record PlanContext(Wish wish, Estate estate) {

    /** How servers are to leave. */
    public Route route() {
        return wish.route();
    }

    /** Where they are to go; null for the scheduler's choice. */
    public String targetHost() {
        return wish.targetHost();
    }

    /** Whether the pipeline says that the hosts' instance disks are on shared storage. */
    public boolean sharedStorage() {
        return wish.sharedStorage();
    }

    /** Whether a host's compute service is known to be down. */
    public boolean isDown(String host) {
        return estate.service(host)
                .filter(service -> service.known() && !service.up())
                .isPresent();
    }

    /** Whether Nova shows a host's compute service and cannot tell whether it is up. */
    public boolean isUnknown(String host) {
        return estate.service(host).filter(service -> !service.known()).isPresent();
    }
}
