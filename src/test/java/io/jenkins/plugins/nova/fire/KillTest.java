package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import java.time.Duration;
import org.junit.Test;

/** Each scenario killed at some of its requests; {@code mvn -Pfire verify}, and with it {@code .ci/run}, kills at every one. */
public class KillTest {

    /** Has no divisor in common with three moments and three downtimes: each of the nine comes again after nine steps. */
    private static final int STEP = 25;

    @Test
    public void aDrainKilledAtAnyRequestGoesOn() {
        KillTable table = new KillTable(Duration.ZERO, Duration.ofSeconds(20), Duration.ofHours(1));
        Tally all = new Tally();
        Scenario.all().forEach(scenario -> all.add(table.scenario(scenario, STEP)));
        assertTrue(all.kills(), all.points() >= 50);
        assertTrue(String.join("\n", all.wrong()), all.wrong().isEmpty());
    }
}
