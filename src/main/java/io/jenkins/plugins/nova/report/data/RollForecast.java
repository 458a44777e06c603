package io.jenkins.plugins.nova.report.data;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * When the last host of a roll is likely to be in service again.
 *
 * <p>What is left is read off the plan: the moment is looked for by which the plan would have done as much work on hosts as has
 * been done (hosts that are done count whole, those under way by their phases and moves, those that failed or will not be begun not
 * at all), and what the plan has left from there is stretched by the pace: how long the hosts that are done took, beside what was
 * planned for them. The plan itself counts as {@value #PRIOR_HOSTS} hosts that took as long as planned, so the first host alone
 * does not turn the forecast over. Where nothing is under way and what waits knows until when, that time comes first.
 *
 * <p>The spread is twice the standard deviation of these ratios (hosts that were not seen yet are taken to differ by
 * {@value #PRIOR_SPREAD} of the plan), as the error of the pace itself, which many hosts done make small, and as what the hosts
 * that are left differ among themselves, which many hosts left make small. Until a quarter of the hosts is done it is at least
 * {@value #LEAST_EARLY} of what is left.
 *
 * @param likely the end; never {@code null}
 * @param earliest not likely to be before; never {@code null}
 * @param latest not likely to be after; never {@code null}
 */
@ExportedBean
public record RollForecast(Instant likely, Instant earliest, Instant latest) {

    private static final int PRIOR_HOSTS = 2;
    private static final double PRIOR_SPREAD = 0.3;
    private static final double LEAST_EARLY = 0.3;
    private static final int HALVINGS = 40;

    /** A host is not taken for done before it says so. */
    private static final double ALMOST = 0.95;

    public RollForecast {
        Objects.requireNonNull(likely, "likely");
        Objects.requireNonNull(earliest, "earliest");
        Objects.requireNonNull(latest, "latest");
    }

    /**
     * The forecast of a roll that goes on.
     *
     * @param lanes all its hosts
     * @return {@code null} where no host is left that the plan has times of
     */
    static RollForecast of(List<RollLane> lanes, Instant now) {
        List<RollLane> counted = lanes.stream()
                .filter(lane -> lane.plan().planned()
                        && !lane.state().bad()
                        && lane.state() != RollLane.State.NOT_BEGUN
                        && lane.state() != RollLane.State.DONE_BEFORE)
                .toList();
        long left = counted.stream()
                .filter(lane -> lane.state() != RollLane.State.DONE)
                .count();
        if (left == 0) {
            return null;
        }
        List<Double> ratios = counted.stream()
                .filter(lane -> lane.state() == RollLane.State.DONE && lane.left() != null && lane.ended() != null)
                .filter(lane -> !lane.planned().isZero())
                .map(lane -> ratio(Duration.between(lane.left(), lane.ended()), lane.planned()))
                .toList();
        int seen = ratios.size();
        double pace = (PRIOR_HOSTS + sum(ratios)) / (PRIOR_HOSTS + seen);
        double done = counted.stream()
                .mapToDouble(lane -> part(lane, pace, now) * lane.planned().toSeconds())
                .sum();
        double ends =
                counted.stream().mapToLong(lane -> lane.plan().ends()).max().orElse(0);
        double rest = pace * (ends - reached(counted, done, ends));
        Instant from = opening(counted, now);
        double differ = Math.sqrt((PRIOR_HOSTS * PRIOR_SPREAD * PRIOR_SPREAD
                        + sum(ratios.stream()
                                .map(one -> (one - pace) * (one - pace))
                                .toList()))
                / (PRIOR_HOSTS + seen));
        double spread = 2 * differ / pace * Math.sqrt(1.0 / (seen + 1) + 1.0 / (left + 1));
        boolean early = 4 * seen < counted.size();
        double half = rest * Math.min(1, early ? Math.max(spread, LEAST_EARLY) : spread);
        Instant likely = from.plusSeconds(Math.round(rest));
        return new RollForecast(likely, likely.minusSeconds(Math.round(half)), likely.plusSeconds(Math.round(half)));
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static double ratio(Duration one, Duration other) {
        return (double) one.toMillis() / other.toMillis();
    }

    /** When something can begin again where nothing is under way. */
    private static Instant opening(List<RollLane> lanes, Instant now) {
        if (lanes.stream().anyMatch(lane -> lane.state().underWay())) {
            return now;
        }
        return lanes.stream()
                .filter(lane -> lane.state() == RollLane.State.WAITING && lane.until() != null)
                .map(RollLane::until)
                .min(Comparator.naturalOrder())
                .filter(now::isBefore)
                .orElse(now);
    }

    /** When the plan would have done as much, in seconds from its beginning. */
    private static double reached(List<RollLane> lanes, double done, double ends) {
        double low = 0;
        double high = ends;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            double work = lanes.stream()
                    .mapToDouble(lane -> Math.max(
                            0,
                            Math.min(middle, lane.plan().ends()) - lane.plan().begins()))
                    .sum();
            if (work < done) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** How much of its maintenance a host has behind it, from 0 to 1. */
    private static double part(RollLane lane, double pace, Instant now) {
        RollReport.Host plan = lane.plan();
        double whole = plan.ends() - plan.begins();
        if (lane.state() == RollLane.State.DONE) {
            return 1;
        }
        if (!lane.state().underWay() || whole == 0) {
            return 0;
        }
        Segment phase = lane.phases().get(lane.phases().size() - 1);
        double elapsed = Duration.between(phase.start(), now).toSeconds() / pace;
        return switch (lane.state()) {
            case DRAINING -> {
                double drain = plan.drained() - plan.begins();
                double of = lane.moves() > 0 ? drain * lane.moved() / lane.moves() : Math.min(elapsed, ALMOST * drain);
                yield of / whole;
            }
            case BLOCK ->
                (plan.drained() - plan.begins() + Math.min(elapsed, ALMOST * (plan.worked() - plan.drained()))) / whole;
            default ->
                (plan.worked() - plan.begins() + Math.min(elapsed, ALMOST * (plan.ends() - plan.worked()))) / whole;
        };
    }

    /**
     * For the remote API.
     *
     * @return in ISO 8601, UTC
     */
    @Exported(name = "likely")
    public String likelyText() {
        return likely.toString();
    }

    /**
     * For the remote API.
     *
     * @return in ISO 8601, UTC
     */
    @Exported(name = "earliest")
    public String earliestText() {
        return earliest.toString();
    }

    /**
     * For the remote API.
     *
     * @return in ISO 8601, UTC
     */
    @Exported(name = "latest")
    public String latestText() {
        return latest.toString();
    }
}
