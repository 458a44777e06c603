package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.drain.turn.PlayedRoll;
import io.jenkins.plugins.nova.drain.turn.PlayedRoll.Phase;
import io.jenkins.plugins.nova.drain.turn.PlayedRoll.Takes;
import io.jenkins.plugins.nova.plan.roll.RollTurn;
import io.jenkins.plugins.nova.report.data.Forecasts;
import io.jenkins.plugins.nova.report.data.HostCourse;
import io.jenkins.plugins.nova.report.data.RollLane;
import io.jenkins.plugins.nova.report.data.RollReport;
import io.jenkins.plugins.nova.report.data.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How long rolls take, whose hosts wait for their turns by the decision itself ({@link PlayedRoll}), against the time in which they
 * could be done at all: the phases of all hosts by how many may be away, and no less than the longest host, whose drain its link bounds.
 * Where a canary goes first and alone, its time comes before that. Each host's phases are drawn.
 *
 * <p>And how well the end is foretold meanwhile, by the forecast of the build's page, from a quarter of the time on: {@code forecastError}
 * is the median of how far it is off, as a part of the whole; {@code ofTheRest} as a part of what is left then.
 */
final class RollTimeBenchmark implements Benchmark {

    private static final int WIDTH = 3;
    private static final Duration LOOK = Duration.ofMinutes(10);

    // What CubeCOS 1440 publishes of the maintenance of five nodes, per host, in seconds.
    private static final int[] DRAIN = {1, 85};
    private static final int STUCK = 30 * 60 + 43;
    private static final int[] REBOOT = {3 * 60 + 32, 8 * 60 + 58};
    private static final int[] BOOTSTRAP = {9 * 60 + 9, 27 * 60 + 11};
    private static final int[] FINALIZE = {2 * 60 + 21, 8 * 60 + 5};

    /** One of so many drains is stuck: there it was one of a handful, of which nothing more is known. */
    private static final int ONE_STUCK_OF = 20;

    /** What is planned where nobody says how long the work takes: rollPlan's blockMinutes, and RollReader's time to settle. */
    private static final Duration BLOCK = Duration.ofMinutes(20);

    private static final Duration SETTLING = Duration.ofMinutes(5);

    private final int rolls;
    private final int hosts;
    private final boolean canary;

    /**
     * @param rolls how many
     * @param hosts of each
     * @param canary whether one goes first and alone
     */
    RollTimeBenchmark(int rolls, int hosts, boolean canary) {
        this.rolls = rolls;
        this.hosts = hosts;
        this.canary = canary;
    }

    private record Foretold(Instant at, Instant end) {}

    @Override
    public List<Figure> run() {
        long ours = 0;
        long bounds = 0;
        int overWidth = 0;
        List<Double> ratios = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        List<Double> rest = new ArrayList<>();
        for (int seed = 0; seed < rolls; seed++) {
            Map<String, Takes> takes = drawn(new Random(seed));
            PlayedRoll roll = new PlayedRoll(takes, WIDTH, canary, BLOCK, SETTLING);
            List<Foretold> foretold = new ArrayList<>();
            long took = roll.play(
                            LOOK, (played, now) -> foretold.add(new Foretold(now, Forecasts.end(lanes(played), now))))
                    .toSeconds();
            long bound = bound(takes, roll.plan().turns().get(0).host());
            ours += took;
            bounds += bound;
            ratios.add(took / (double) bound);
            overWidth += roll.mostAway() > WIDTH ? 1 : 0;
            Instant end = roll.began().plusSeconds(took);
            for (Foretold one : foretold) {
                long since = Duration.between(roll.began(), one.at()).toSeconds();
                if (4 * since >= took && since < took) {
                    double off = Math.abs(Duration.between(end, one.end()).toSeconds());
                    whole.add(off / took);
                    rest.add(off / (took - since));
                }
            }
        }
        return List.of(Figure.of("rolltime")
                .with("rolls", rolls)
                .with("hosts", hosts)
                .with("width", WIDTH)
                .with("canary", String.valueOf(canary))
                .with("ours", ours / (double) rolls)
                .with("bound", bounds / (double) rolls)
                .with("ratio", RollBenchmark.ratio(ours, bounds))
                .with("ratioMedian", percentile(ratios, 50))
                .with("ratio90", percentile(ratios, 90))
                .with("overWidth", overWidth)
                .with("forecasts", whole.size())
                .with("forecastError", percentile(whole, 50))
                .with("ofTheRest", percentile(rest, 50)));
    }

    private Map<String, Takes> drawn(Random random) {
        Map<String, Takes> takes = new LinkedHashMap<>();
        for (int i = 0; i < hosts; i++) {
            boolean stuck = random.nextInt(ONE_STUCK_OF) == 0;
            takes.put(
                    String.format(Locale.ROOT, "c%03d", i),
                    new Takes(
                            stuck ? Duration.ofSeconds(STUCK) : between(random, DRAIN),
                            between(random, REBOOT).plus(between(random, BOOTSTRAP)),
                            between(random, FINALIZE)));
        }
        return takes;
    }

    private static Duration between(Random random, int[] range) {
        return Duration.ofSeconds(range[0] + random.nextInt(range[1] - range[0] + 1));
    }

    /** In seconds. */
    private long bound(Map<String, Takes> takes, String first) {
        long alone = canary ? takes.get(first).whole().toSeconds() : 0;
        Collection<Takes> all = takes.values();
        long sum = all.stream().mapToLong(one -> one.whole().toSeconds()).sum() - alone;
        long longest = takes.entrySet().stream()
                .filter(host -> !canary || !host.getKey().equals(first))
                .mapToLong(host -> host.getValue().whole().toSeconds())
                .max()
                .orElse(0);
        return alone + Math.max((sum + WIDTH - 1) / WIDTH, longest);
    }

    private static String percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        double value = sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) * percent / 100);
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** As the page would have them. */
    private static List<RollLane> lanes(PlayedRoll roll) {
        List<RollLane> lanes = new ArrayList<>();
        for (RollTurn turn : roll.plan().turns()) {
            RollTurn.Times times = turn.times();
            Map<Phase, Instant> seen = roll.phases(turn.host());
            List<Segment> segments = new ArrayList<>();
            add(segments, HostCourse.WAITING, seen, Phase.WAITING, Phase.DRAINING);
            add(segments, HostCourse.DRAINING, seen, Phase.DRAINING, Phase.BLOCK);
            add(segments, HostCourse.BLOCK, seen, Phase.BLOCK, Phase.SETTLING);
            add(segments, HostCourse.SETTLING, seen, Phase.SETTLING, Phase.DONE);
            Phase last = seen.keySet().stream().max(Phase::compareTo).orElseThrow();
            lanes.add(new RollLane(
                    new RollReport.Host(
                            turn.host(),
                            turn.state().name(),
                            turn.why(),
                            turn.moves().size(),
                            times.begins().toSeconds(),
                            times.drained().toSeconds(),
                            times.worked().toSeconds(),
                            times.ends().toSeconds(),
                            null),
                    RollLane.State.valueOf(last.name()),
                    null,
                    null,
                    null,
                    segments,
                    roll.moved(turn.host()),
                    roll.moves(),
                    "",
                    null));
        }
        return lanes;
    }

    private static void add(List<Segment> segments, String kind, Map<Phase, Instant> seen, Phase from, Phase to) {
        if (seen.containsKey(from)) {
            segments.add(new Segment(kind, seen.get(from), seen.get(to)));
        }
    }
}
