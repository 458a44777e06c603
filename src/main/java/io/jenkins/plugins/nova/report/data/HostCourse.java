package io.jenkins.plugins.nova.report.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * How the maintenance of a host goes.
 *
 * @param phases in the order of time: {@link #WAITING}, {@link #DRAINING}, {@link #BLOCK}, {@link #SETTLING}; the last has no end
 *     while it goes on. {@code null} is taken as none
 * @param waitsFor what the host waits for, in words that may follow "waits for"; {@code null} or empty while it does not wait
 * @param until when that is likely to be over; {@code null} where it is not known
 */
@ExportedBean
public record HostCourse(
        @Exported(inline = true) List<Segment> phases,
        @Exported String waitsFor,
        Instant until) {

    /** The phase in which a host waits for its turn, and nothing of it is changed. */
    public static final String WAITING = "waiting";

    /** The phase in which a host is cordoned, and emptied. */
    public static final String DRAINING = "draining";

    /** The phase in which a host is empty, and the block is at work. */
    public static final String BLOCK = "block";

    /** The phase in which a host comes back into service, or the reason why it does not is written to its cordon. */
    public static final String SETTLING = "settling";

    public HostCourse {
        phases = phases == null ? List.of() : List.copyOf(phases);
    }

    /**
     * The same with what an earlier report of the same step knew better: since when a phase has gone on. What a step saves tells of
     * the beginning of its present phase, and not of all.
     */
    HostCourse after(HostCourse earlier) {
        List<Segment> better = new ArrayList<>(phases);
        for (int i = 1; i < better.size(); i++) {
            Segment phase = better.get(i);
            Segment last = better.get(i - 1);
            Instant known = earlier.phases.stream()
                    .filter(other -> other.kind().equals(phase.kind()))
                    .map(Segment::start)
                    .filter(start -> start.isBefore(phase.start()) && !start.isBefore(last.start()))
                    .findFirst()
                    .orElse(phase.start());
            better.set(i - 1, new Segment(last.kind(), last.start(), known));
            better.set(i, new Segment(phase.kind(), known, phase.end()));
        }
        return new HostCourse(better, waitsFor, until);
    }

    /**
     * For the remote API.
     *
     * @return in ISO 8601, UTC; {@code null} where it is not known
     */
    @Exported(name = "until")
    public String untilText() {
        return until == null ? null : until.toString();
    }
}
