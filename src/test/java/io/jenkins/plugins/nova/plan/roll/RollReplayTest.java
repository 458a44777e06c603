package io.jenkins.plugins.nova.plan.roll;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.plan.roll.RollClouds.Drawn;
import io.jenkins.plugins.nova.plan.roll.RollClouds.Shape;
import io.jenkins.plugins.nova.plan.roll.RollWorld.Scheduler;
import java.util.List;
import org.junit.Test;

/** Plans of drawn clouds, replayed move by move in a model that has nothing of how they were made; {@code -Pbench} does many more. */
public class RollReplayTest {

    private static final int SEEDS = 12;

    private static final List<Shape> SHAPES = List.of(
            new Shape(1, 4, 8, true, false),
            new Shape(2, 4, 6, true, false),
            new Shape(3, 3, 6, true, true),
            new Shape(2, 5, 6, false, true));

    @Test
    public void noPlanBreaksWhatItIsHeldToWhateverTheTurnsTakeAndTheSchedulerChooses() {
        int moves = 0;
        for (Shape shape : SHAPES) {
            for (int seed = 0; seed < SEEDS; seed++) {
                for (Scheduler scheduler : Scheduler.values()) {
                    RollTrial trial = RollTrial.of(RollClouds.drawn(seed, shape), seed, scheduler, 5);
                    assertEquals(shape + " seed " + seed, List.of(), trial.violations());
                    moves += trial.moves();
                }
            }
        }
        assertTrue(moves + " moves", moves > 5_000);
    }

    @Test
    public void whereASpareHostStandsByNearlyEachServerMovesOnce() {
        long moves = 0;
        long bound = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Drawn drawn = RollClouds.drawn(seed, new Shape(2, 5, 8, true, false));
            Roll roll = RollTrial.planner().plan(drawn.cloud().cloud(), drawn.order());
            assertEquals(
                    "seed " + seed + " " + roll.shortages(), 0, roll.shortages().size());
            moves += roll.moves();
            bound += roll.bound();
        }
        assertTrue(moves + " moves of " + bound, moves <= bound * 1.02);
    }
}
