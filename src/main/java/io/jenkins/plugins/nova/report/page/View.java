package io.jenkins.plugins.nova.report.page;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Where and when a page is shown.
 *
 * @param now the time of the showing; what goes on is drawn up to here
 * @param zone the time zone of all times on the page
 * @param live whether the build is still running: a drain without an end in a build that is over was interrupted
 * @param changes the address, relative to the page's, of what has changed, for a page that refreshes itself; {@code null} for a
 *     page that stays as it is
 * @param gate the address, relative to the page's, where the build's paused input is answered; {@code null} where there is none
 */
public record View(Instant now, ZoneId zone, boolean live, String changes, String gate) {

    /**
     * @throws NullPointerException without time or zone
     */
    public View {
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(zone, "zone");
    }

    /** A page that stays as it is, of a build that is over. */
    public static View still(Instant now, ZoneId zone) {
        return new View(now, zone, false, null, null);
    }
}
