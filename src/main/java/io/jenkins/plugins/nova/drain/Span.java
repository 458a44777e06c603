package io.jenkins.plugins.nova.drain;

import java.time.Instant;

/**
 * A stretch of a server's time for the timeline.
 *
 * @param kind waiting, queued, live, cold, rebuild, verify, confirm, revert, abort
 * @param start when it began
 * @param end null while it goes on
 */
public record Span(String kind, Instant start, Instant end) {}
