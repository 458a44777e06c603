package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.plan.roll.RollClouds;
import io.jenkins.plugins.nova.plan.roll.RollClouds.Drawn;
import io.jenkins.plugins.nova.plan.roll.RollClouds.Shape;
import io.jenkins.plugins.nova.plan.roll.RollTrial;
import io.jenkins.plugins.nova.plan.roll.RollTurn.State;
import io.jenkins.plugins.nova.plan.roll.RollWorld.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Rolls of many drawn clouds, each planned and replayed with a scheduler that takes each twentieth move elsewhere, and beside them the
 * same rolls without a plan: host by host by name, wherever the scheduler wants, and the same with all hosts closed but those that are
 * done. {@code ratio} is of the moves to the bound, without which the servers cannot leave their hosts; {@code emptied} are the hosts that
 * all left that can be moved. Without a plan no budget is kept.
 * {@code spare} clouds have an empty host in each zone; {@code odd} ones have blocked servers, hosts that are disabled or down, groups
 * that must stay together, and no spare in half of them.
 */
final class RollsBenchmark implements Benchmark {

    private static final int REFUSED = 5;

    private static final List<Shape> SPARE =
            List.of(new Shape(1, 4, 8, true, false), new Shape(2, 4, 8, true, false), new Shape(3, 4, 6, true, false));
    private static final List<Shape> ODD =
            List.of(new Shape(1, 6, 6, false, true), new Shape(2, 4, 6, true, true), new Shape(3, 3, 6, false, true));

    private final int clouds;

    /** @param clouds how many, half of them with a spare host in each zone */
    RollsBenchmark(int clouds) {
        this.clouds = clouds;
    }

    /** What came of the rolls of one kind. */
    private static final class Sum {
        private long moves;
        private long moved;
        private long emptied;
        private long violations;

        private void add(RollTrial trial) {
            moves += trial.moves();
            moved += trial.moved();
            emptied += trial.hosts();
            violations += trial.violations().size();
        }

        private String ratio() {
            return RollBenchmark.ratio(moves, moved);
        }
    }

    @Override
    public List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        for (boolean spare : new boolean[] {true, false}) {
            List<Shape> shapes = spare ? SPARE : ODD;
            long bound = 0;
            long[] hosts = new long[3];
            long over = 0;
            long none = 0;
            Sum planned = new Sum();
            Sum[] refused = sums();
            Sum[] naive = sums();
            Sum[] closed = sums();
            for (long seed = 0; seed < clouds / 2; seed++) {
                Drawn drawn = RollClouds.drawn(seed, shapes.get((int) (seed % shapes.size())));
                Scheduler scheduler = Scheduler.values()[(int) (seed / shapes.size() % 3)];
                RollTrial asPlanned = RollTrial.of(drawn, seed, scheduler, 0);
                planned.add(asPlanned);
                bound += asPlanned.roll().bound();
                int its = scheduler.ordinal();
                hosts[its] += drawn.order().hosts().size();
                over += count(asPlanned, State.OVER_BUDGET);
                none += count(asPlanned, State.SHORT);
                refused[its].add(RollTrial.of(drawn, seed, scheduler, REFUSED));
                naive[its].add(RollTrial.withoutPlan(drawn, seed, scheduler, false));
                closed[its].add(RollTrial.withoutPlan(drawn, seed, scheduler, true));
            }
            String kind = spare ? "spare" : "odd";
            figures.add(Figure.of("rolls")
                    .with("kind", kind)
                    .with("clouds", clouds / 2)
                    .with("moves", planned.moves)
                    .with("bound", bound)
                    .with("ratio", RollBenchmark.ratio(planned.moves, bound))
                    .with("hosts", LongStream.of(hosts).sum())
                    .with("emptied", planned.emptied)
                    .with("short", none)
                    .with("overBudget", over)
                    .with("violations", planned.violations));
            for (Scheduler scheduler : Scheduler.values()) {
                int its = scheduler.ordinal();
                figures.add(Figure.of("rollsRefused")
                        .with("kind", kind)
                        .with("scheduler", scheduler.name().toLowerCase(Locale.ROOT))
                        .with("servers", refused[its].moved)
                        .with("movesAServer", refused[its].ratio())
                        .with("hosts", hosts[its])
                        .with("emptied", refused[its].emptied)
                        .with("violations", refused[its].violations)
                        .with("oneByOne", naive[its].ratio())
                        .with("oneByOneEmptied", naive[its].emptied)
                        .with("disableAll", closed[its].ratio())
                        .with("disableAllEmptied", closed[its].emptied));
            }
        }
        return figures;
    }

    private static long count(RollTrial trial, State state) {
        return trial.roll().turns().stream()
                .filter(turn -> turn.state() == state)
                .count();
    }

    private static Sum[] sums() {
        return new Sum[] {new Sum(), new Sum(), new Sum()};
    }
}
