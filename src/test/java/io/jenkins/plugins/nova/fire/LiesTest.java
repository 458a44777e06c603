package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.Test;

/** A part of the table of lies: one of so many cells of each kind; {@code .ci/run} runs each fourth, {@code mvn -Pfire verify} the whole. */
public class LiesTest {

    private static final int STEP = 60;

    @Test
    public void theWholeHasThreeThousandCellsOfEveryKind() {
        Map<Enum<?>, Integer> cells = new HashMap<>();
        Stage.all()
                .forEach(stage -> new LieTable(stage)
                        .cells()
                        .forEach((kind, all) -> cells.merge(kind, all.size(), Integer::sum)));
        assertEquals(LieKind.values().length + Deed.values().length, cells.size());
        assertFalse(cells.toString(), cells.containsValue(0));
        int sum = cells.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(cells.toString(), sum >= 3_000);
    }

    @Test
    public void nothingUntrueIsSaidAfterAnyLieOrDeed() {
        Tally tally = new Tally();
        Stage.all().forEach(stage -> tally.add(new LieTable(stage).fill(STEP)));
        assertTrue(tally.cells("lies"), tally.points() > 60);
        assertTrue(String.join("\n", tally.wrong()), tally.wrong().isEmpty());
    }
}
