package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import java.time.Duration;
import org.junit.Test;

/** A roll under fire at some of its requests; {@code mvn -Pfire verify} tries every one. */
public class RollFireTest {

    @Test
    public void aRollUnderFireLosesNothingAndKeepsItsBudget() {
        RollTable table = new RollTable();
        // the steps are primes, so that moments and kinds differ from one to the next
        RollTally all = table.kills(1_009, Duration.ZERO);
        all.add(table.faults(7_001));
        all.add(table.lies(10_007));
        all.add(table.owners(1));
        assertTrue(String.join("\n", all.wrong()), all.wrong().isEmpty());
        assertTrue(all.line(), all.points() > 5);
    }

    /**
     * A host whose drain begins while another dies: the seat there fails, the scheduler chooses one that is emptied later, and the server
     * has moved on before its first host's drain is over.
     */
    @Test
    public void aSeatThatFailsAndAHostThatIsEmptiedLaterAreNoDuplicateAndNoLoss() {
        RollTally roll = RollTable.owned(60, line -> {});
        assertTrue(String.join("\n", roll.wrong()), roll.wrong().isEmpty());
    }
}
