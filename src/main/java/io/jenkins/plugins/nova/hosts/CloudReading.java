package io.jenkins.plugins.nova.hosts;

import java.time.Instant;
import java.util.List;

/**
 * The hosts of a cloud as they were at one moment.
 *
 * @param at when the reading was over, by our clock
 * @param hosts by zone, and in it by name
 * @param waiting servers in VERIFY_RESIZE, the oldest first
 * @param doubts what could not be made sure of, a sentence each
 */
record CloudReading(Instant at, List<ReadHost> hosts, List<WaitingServer> waiting, List<String> doubts) {

    CloudReading {
        hosts = List.copyOf(hosts);
        waiting = List.copyOf(waiting);
        doubts = List.copyOf(doubts);
    }
}
