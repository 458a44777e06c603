package io.jenkins.plugins.nova.telemetry;

import io.jenkins.plugins.nova.drain.HostOutcome;
import java.time.Instant;

/**
 * A host whose drain has ended.
 *
 * @param origin where
 * @param host its name
 * @param outcome what the drain came to
 * @param began when it began, by the controller's clock
 * @param ended when it ended, by the same clock
 */
public record EndedHost(Origin origin, String host, HostOutcome outcome, Instant began, Instant ended)
        implements DrainEvent {

    @Override
    public void tell(DrainListener listener) {
        listener.hostEnded(this);
    }
}
