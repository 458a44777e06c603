package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;

/** How long things may take before the drain does something about it. */
public final class Limits {

    /**
     * After this time without a trace (no instance action) a request whose answer was lost is taken to have done nothing.
     * Longer than the minute after which proxies and nova-api workers commonly give a request up.
     */
    public static final Duration NO_TRACE = Duration.ofSeconds(90);

    /** How long Nova may show nothing of a request that it took, before its instance action is asked why. */
    public static final Duration SETTLE = Duration.ofSeconds(20);

    /** How long contradictory records may last (migration ended, server still at its source) before they are reported. */
    public static final Duration CONTRADICTION = Duration.ofMinutes(5);

    /** How long a server with a task of somebody else's is waited for. */
    public static final Duration BUSY = Duration.ofMinutes(10);

    /** How long a live migration may stay queued in Nova. */
    public static final Duration QUEUED = Duration.ofHours(6);

    /**
     * How long Nova may prepare a live migration on its target. It gives up itself after long_rpc_timeout, half an hour
     * (nova/compute/rpcapi.py, pre_live_migration).
     */
    public static final Duration PREPARING = Duration.ofMinutes(35);

    /**
     * How long nova-compute of a server's host may be down before what needs it there, and has not begun, ends. Long enough for
     * a restart of it, and on top of the minute after which Nova sees it down (service_down_time).
     */
    public static final Duration SOURCE_DOWN = Duration.ofMinutes(3);

    /** The same for what has begun: a guest may be copied on while nova-compute is away, and nobody can tell how far it is. */
    public static final Duration SOURCE_DOWN_BEGUN = Duration.ofMinutes(10);

    /** How long a host with no server that can be seen is looked at again before it is said that this could not be proven. */
    static final Duration PROOF = Duration.ofMinutes(5);

    /** After which a server that was not as decided when something was to be asked for it is judged again. */
    public static final Duration AGAIN = Duration.ofSeconds(1);

    /** How long an abort of ours may take to show, and what was refused may go on. */
    public static final Duration ABORTING = Duration.ofMinutes(5);

    /** How long an aborted build waits for what it aborted. */
    public static final Duration STOPPING = Duration.ofMinutes(2);

    /** How long the cloud may be unreadable before the drain gives up. */
    public static final Duration TROUBLE = Duration.ofMinutes(30);

    /** The same once the build was aborted. */
    public static final Duration TROUBLE_STOPPING = Duration.ofSeconds(30);

    /** How long a host said to be fenced may read up: three times Nova's default service_down_time of 60 s. */
    public static final Duration GOING_DOWN = Duration.ofMinutes(3);

    /** How long Neutron's agents of a host that is fit otherwise are waited for, where no server fails without them. */
    public static final Duration AGENTS = Duration.ofMinutes(3);

    /** How long a change to a compute service may take to show. */
    public static final Duration SERVICE_CHANGE = Duration.ofMinutes(2);

    /**
     * How long a failover may take from when it was asked for. Octavia gives a new amphora 25 minutes to answer
     * (connection_max_retries times connection_retry_interval, octavia/common/config.py).
     */
    public static final Duration FAILOVER = Duration.ofMinutes(45);

    /** How often a move is asked for in all. */
    public static final int ATTEMPTS = 3;

    /**
     * What a move needs besides copying: the target's preparation of ports and volumes, and the last pauses. The floor, too.
     */
    public static final Duration FLOOR = Duration.ofMinutes(5);

    /**
     * How often a guest's memory and disks may be sent over. A guest that dirties memory at two thirds of the rate at which
     * it is copied needs three times its memory: 1 + 2/3 + 4/9 + ...
     */
    static final int PASSES = 3;

    /**
     * Nova's own limit on a live migration, live_migration_completion_timeout, is 800 s for each GiB of memory and copied
     * disk, of which it counts two at least (nova/conf/libvirt.py; nova/virt/libvirt/driver.py, _live_migration_data_gb).
     */
    private static final Duration NOVAS_PER_GIB = Duration.ofSeconds(800);

    private static final long GIB = 1L << 30;

    private Limits() {}

    /**
     * How long a live migration may run once it copies: {@link #FLOOR} and the time in which its bytes can be sent
     * {@link #PASSES} times; not longer than Nova itself lets it run by default.
     *
     * @param bytes memory, and what of its disks is copied
     * @param rate bytes per second, more than 0
     */
    public static Duration ofCopying(long bytes, long rate) {
        Duration wanted = FLOOR.plusSeconds((long) ((double) PASSES * bytes / Math.max(1, rate)));
        Duration ceiling = NOVAS_PER_GIB.multipliedBy(Math.max(2, gib(bytes)));
        return wanted.compareTo(ceiling) < 0 ? wanted : ceiling;
    }

    /**
     * How long a move without figures of its own may take from when Nova has begun it: {@link #FLOOR} and a minute for each
     * GiB of memory (live) and of disk on the host (cold, and live with a block migration).
     */
    public static Duration of(ServerState server) {
        long disk = server.local() ? server.diskGiB() * GIB : 0;
        return FLOOR.plusMinutes(gib(server.action() == Action.LIVE ? server.ramMiB() * (1L << 20) + disk : disk));
    }

    private static long gib(long bytes) {
        return (bytes + GIB - 1) / GIB;
    }
}
