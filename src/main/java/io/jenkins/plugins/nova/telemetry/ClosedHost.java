package io.jenkins.plugins.nova.telemetry;

import java.time.Instant;

/**
 * A host that a step has closed to the scheduler.
 *
 * @param origin where
 * @param host its name
 * @param at when that was seen, by the controller's clock
 */
public record ClosedHost(Origin origin, String host, Instant at) implements DrainEvent {

    @Override
    public void tell(DrainListener listener) {
        listener.hostClosed(this);
    }
}
