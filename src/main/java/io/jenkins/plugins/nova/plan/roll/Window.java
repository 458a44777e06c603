package io.jenkins.plugins.nova.plan.roll;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * When hosts may be worked on: each of these days from one time to another, which is on the next day where it is not later.
 *
 * @param from when it opens, by the clock of the zone
 * @param to when it closes; the same time as {@code from} for a whole day
 * @param days those on which it opens; never empty
 * @param zone whose clock and calendar count
 */
public record Window(LocalTime from, LocalTime to, Set<DayOfWeek> days, ZoneId zone) {

    public Window {
        days = Set.copyOf(days);
    }

    /**
     * When something may begin that is to end in the window in which it begins.
     *
     * @param now not before this
     * @param takes how long it takes
     * @return {@code now} itself where that is in the window and leaves time enough; else when a later window opens; empty where
     *     no window is as long
     */
    public Optional<Instant> opening(Instant now, Duration takes) {
        throw new UnsupportedOperationException("not yet");
    }
}
