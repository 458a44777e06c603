package io.jenkins.plugins.nova.report.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One host of a roll: what was planned, and how far it is.
 *
 * @param plan as it was planned
 * @param state where it is
 * @param drain the id of its first step's report; {@code null} where none has begun
 * @param outcome of its last step; {@code null} where none has begun, {@link DrainReport#RUNNING} while one goes on
 * @param message what that step says; may be {@code null}
 * @param phases what it went through, over all its steps
 * @param moved how many of its servers have moved
 * @param moves how many are to move
 * @param waitsFor as of {@link HostCourse#waitsFor()}; empty while it does not wait
 * @param until as of {@link HostCourse#until()}
 */
@ExportedBean
public record RollLane(
        @Exported(inline = true) RollReport.Host plan,
        State state,
        @Exported String drain,
        @Exported String outcome,
        @Exported String message,
        @Exported(inline = true) List<Segment> phases,
        @Exported int moved,
        @Exported int moves,
        @Exported String waitsFor,
        Instant until) {

    /** Where a host is. */
    public enum State {
        /** No step of it has begun in this build. */
        TO_COME,
        /** It waits for its turn, and nothing of it is changed. */
        WAITING,
        /** Its servers move. */
        DRAINING,
        /** It is empty, and the block is at work. */
        BLOCK,
        /** It comes back into service. */
        SETTLING,
        /** It is back in service. */
        DONE,
        /** An earlier build did it. */
        DONE_BEFORE,
        /** It was begun and did not end well: it may still be cordoned. */
        FAILED,
        /** Its step ended with nothing of it changed. */
        NOT_BEGUN,
        /** The build is over, and its step never told its end. */
        INTERRUPTED;

        /** Whether it is away for its maintenance right now. */
        public boolean underWay() {
            return this == DRAINING || this == BLOCK || this == SETTLING;
        }

        /** Whether it is done, by this build or an earlier one. */
        public boolean done() {
            return this == DONE || this == DONE_BEFORE;
        }

        /** Whether somebody must look at it. */
        public boolean bad() {
            return this == FAILED || this == INTERRUPTED;
        }

        /** In words. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public RollLane {
        phases = List.copyOf(phases);
        waitsFor = waitsFor == null ? "" : waitsFor;
    }

    /** The host's name. */
    public String host() {
        return plan.host();
    }

    /**
     * Since when it was away; {@code null} where it was not.
     */
    public Instant left() {
        return phases.stream()
                .filter(phase -> !phase.kind().equals(HostCourse.WAITING))
                .map(Segment::start)
                .findFirst()
                .orElse(null);
    }

    /** When its last phase was over; {@code null} while it goes on, and where there was none. */
    public Instant ended() {
        return phases.isEmpty() ? null : phases.get(phases.size() - 1).end();
    }

    /** Whether it counts as away now. */
    public boolean away() {
        return left() == null ? plan.state().equals("AWAY") && !state.done() : state.underWay() || state.bad();
    }

    /** How long it was planned to be away. */
    Duration planned() {
        return Duration.ofSeconds(plan.ends() - plan.begins());
    }

    /**
     * For the remote API.
     *
     * @return the state, such as {@code DRAINING}
     */
    @Exported(name = "state")
    public String stateText() {
        return state.name();
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
