package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import java.time.Duration;
import org.junit.Test;

/** A sample of the kill table; {@code mvn -Pfire verify} runs the whole. */
public class KillTest {

    @Test
    public void aDrainKilledAtAnyRequestGoesOn() {
        KillTable table = new KillTable(Duration.ZERO, Duration.ofSeconds(20), Duration.ofHours(1));
        Tally all = new Tally();
        Scenario.all().forEach(scenario -> all.add(table.scenario(scenario, 7)));
        assertTrue(all.kills(), all.points() > 200);
        assertTrue(String.join("\n", all.wrong()), all.wrong().isEmpty());
    }
}
