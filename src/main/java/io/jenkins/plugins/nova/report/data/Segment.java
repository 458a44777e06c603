package io.jenkins.plugins.nova.report.data;

import java.time.Instant;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A stretch of one server's time in a drain: what was going on, from when, until when. The timeline is drawn of these.
 *
 * @param kind what went on, in one word. {@code waiting}, {@code live}, {@code cold}, {@code rebuild}, {@code confirm},
 *     {@code revert} and {@code failed} have a colour of their own; any other word is drawn neutral and named all the same
 * @param start when it began
 * @param end when it was over; {@code null} while it goes on
 */
@ExportedBean
public record Segment(@Exported String kind, Instant start, Instant end) {

    /**
     * @throws NullPointerException without kind or start
     */
    public Segment {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(start, "start");
    }

    /**
     * For the remote API.
     *
     * @return the beginning in ISO 8601, UTC
     */
    @Exported(name = "start")
    public String startText() {
        return start.toString();
    }

    /**
     * For the remote API.
     *
     * @return the end in ISO 8601, UTC; {@code null} while it goes on
     */
    @Exported(name = "end")
    public String endText() {
        return end == null ? null : end.toString();
    }
}
