package io.jenkins.plugins.nova.plan;

import java.time.Duration;

/**
 * When a move is likely to begin and end, counted from when the first one begins. A forecast, no promise: what a guest
 * writes while it is copied cannot be known before.
 *
 * @param start not before its place is free
 * @param end at least {@code start}
 */
public record Expected(Duration start, Duration end) {

    /** How long the move is likely to take. */
    public Duration takes() {
        return end.minus(start);
    }
}
