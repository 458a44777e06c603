package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** A part of the fault table: every fault, and the first request of each kind; {@code mvn -Pfire verify} runs the whole. */
public class FaultTest {

    @Test
    public void everyFaultEndsRecoveredOrReported() {
        Tally tally = new FaultTable(Scenario.handful()).sample(2);
        assertTrue(tally.cells("faults"), tally.points() > FaultKind.values().length);
        tally.rows().forEach(row -> assertFalse(row, row.contains("points=0 ")));
        assertTrue(String.join("\n", tally.wrong()), tally.wrong().isEmpty());
    }
}
