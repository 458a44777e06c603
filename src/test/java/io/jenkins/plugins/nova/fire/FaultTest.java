package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

/** A part of the fault table: the first request of each kind; {@code mvn -Pfire verify} runs the whole. */
public class FaultTest {

    @Test
    public void everyFaultEndsRecoveredOrReported() {
        FaultTable table = new FaultTable(Scenario.handful());
        table.fill(
                Boolean.getBoolean("fire.all")
                        ? List.of(FaultKind.values())
                        : List.of(
                                FaultKind.UNREACHABLE,
                                FaultKind.RESET_ACTED,
                                FaultKind.NOT_FOUND,
                                FaultKind.BAD_GATEWAY_ACTED,
                                FaultKind.REDIRECT),
                Integer.getInteger("fire.reads", 1));
        System.out.println(
                String.join("\n", table.tally().rows()) + "\n" + table.tally().faults());
        assertTrue(
                String.join("\n", table.tally().wrong()), table.tally().wrong().isEmpty());
    }
}
