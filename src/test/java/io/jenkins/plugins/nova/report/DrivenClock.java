package io.jenkins.plugins.nova.report;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that stands until a test sets it. */
final class DrivenClock extends Clock {

    Instant now;

    DrivenClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return Samples.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
