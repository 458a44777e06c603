package io.jenkins.plugins.nova.drain.width;

/** Moves that are held back by the same thing. Each kind has its own width: live and cold do not share one. */
public enum MoveKind {
    /** Live migrations: Nova holds a limit for each source host, max_concurrent_live_migrations. */
    LIVE("live"),
    /** Cold migrations that copy local disks over the hosts' link: each guest is down while it is copied. */
    COLD_COPY("cold with disks to copy"),
    /** Cold migrations with nothing to copy: volume-backed, or on shared storage. */
    COLD("cold"),
    /** Servers of a dead host, rebuilt elsewhere. */
    REBUILD("rebuilt"),
    /** Amphorae that Octavia replaces. */
    FAILOVER("failed over"),
    /** Confirms and reverts. */
    SETTLE("confirmed or reverted");

    private final String words;

    MoveKind(String words) {
        this.words = words;
    }

    /** As it reads after a number: {@code 4 live}. */
    public String words() {
        return words;
    }
}
