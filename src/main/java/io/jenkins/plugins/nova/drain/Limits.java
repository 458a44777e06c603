package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;

/** How long things may take before the drain does something about it. */
final class Limits {

    /**
     * After this time without a trace (no instance action) a request whose answer was lost is taken to have done nothing.
     * Longer than the minute after which proxies and nova-api workers commonly give a request up.
     */
    static final Duration NO_TRACE = Duration.ofSeconds(90);

    /** How long Nova may show nothing of a request that it took, before its instance action is asked why. */
    static final Duration SETTLE = Duration.ofSeconds(20);

    /** How long contradictory records may last (migration ended, server still at its source) before they are reported. */
    static final Duration CONTRADICTION = Duration.ofMinutes(5);

    /** How long a server with a task of somebody else's is waited for. */
    static final Duration BUSY = Duration.ofMinutes(10);

    /** How long a live migration may stay queued in Nova. */
    static final Duration QUEUED = Duration.ofHours(6);

    /** How long an abort of ours may take to show. */
    static final Duration ABORTING = Duration.ofMinutes(5);

    /** How long an aborted build waits for what it aborted. */
    static final Duration STOPPING = Duration.ofMinutes(2);

    /** How long the cloud may be unreadable before the drain gives up. */
    static final Duration TROUBLE = Duration.ofMinutes(30);

    /** The same once the build was aborted. */
    static final Duration TROUBLE_STOPPING = Duration.ofSeconds(30);

    /** How long a host said to be fenced may read up: three times Nova's default service_down_time of 60 s. */
    static final Duration GOING_DOWN = Duration.ofMinutes(3);

    /** How long a change to a compute service may take to show. */
    static final Duration SERVICE_CHANGE = Duration.ofMinutes(2);

    /** How often a move is asked for in all. */
    static final int ATTEMPTS = 3;

    private Limits() {}

    /**
     * How long a move may take from when Nova has begun it: five minutes, and a minute for each GiB of memory (live) and
     * of disk on the host (cold, and live with a block migration). A GiB a minute is a sixth of what a 1 Gb/s link carries;
     * Nova's own limit is 800 s a GiB, 14 hours for 64 GiB.
     */
    static Duration of(ServerState server) {
        long memory = (server.ramMiB() + 1023) / 1024;
        long disk = server.local() ? server.diskGiB() : 0;
        long gib = server.action() == Action.LIVE ? memory + disk : disk;
        return Duration.ofMinutes(5 + gib);
    }
}
