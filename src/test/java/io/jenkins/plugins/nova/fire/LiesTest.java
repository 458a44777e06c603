package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.BeforeClass;
import org.junit.Test;

/** A part of the tables of lies: one of so many cells of each kind; {@code .ci/run} runs each fourth, {@code mvn -Pfire verify} the whole. */
public class LiesTest {

    /** A prime, so that rows, requests and servers differ from one cell of a kind to the next. */
    private static final int STEP = 47;

    private static List<LieTable> tables;

    @BeforeClass
    public static void makeThem() {
        tables = Stage.all().stream().map(LieTable::new).toList();
    }

    @Test
    public void theWholeHasThreeThousandCellsOfEveryKind() {
        Map<Enum<?>, Integer> cells = new HashMap<>();
        tables.forEach(table -> table.cells().forEach((kind, all) -> cells.merge(kind, all.size(), Integer::sum)));
        assertEquals(LieKind.values().length + Deed.values().length, cells.size());
        assertFalse(cells.toString(), cells.containsValue(0));
        int sum = cells.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(cells.toString(), sum >= 3_000);
    }

    @Test
    public void nothingUntrueIsSaidAfterAnyLieOrDeed() {
        Tally tally = LieTable.fill(tables, STEP);
        assertTrue(tally.cells("lies"), tally.points() > 60);
        assertEquals(
                LieKind.values().length + Deed.values().length, tally.rows().size());
        assertTrue(String.join("\n", tally.wrong()), tally.wrong().isEmpty());
    }
}
