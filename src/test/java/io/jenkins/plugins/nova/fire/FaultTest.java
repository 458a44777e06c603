package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

/** A part of the fault table: the first request of each kind; {@code mvn -Pfire verify} runs the whole. */
public class FaultTest {

    @Test
    public void everyFaultEndsRecoveredOrReported() {
        List<FaultKind> kinds = List.of(
                FaultKind.UNREACHABLE,
                FaultKind.RESET_ACTED,
                FaultKind.NOT_FOUND,
                FaultKind.BAD_GATEWAY_ACTED,
                FaultKind.REDIRECT);
        Tally tally = new FaultTable(Scenario.handful()).fill(kinds, 1);
        assertTrue(tally.cells("faults"), tally.points() > 100);
        assertTrue(String.join("\n", tally.wrong()), tally.wrong().isEmpty());
    }
}
