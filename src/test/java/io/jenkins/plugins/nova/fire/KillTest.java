package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import java.time.Duration;
import org.junit.Test;

/** A sample of the kill table; {@code mvn -Pfire verify} runs the whole. */
public class KillTest {

    @Test
    public void aDrainKilledAtAnyRequestGoesOn() {
        KillTable table = new KillTable(Duration.ZERO, Duration.ofSeconds(20), Duration.ofHours(1));
        int step = Integer.getInteger("fire.step", 7);
        Scenario.all().forEach(scenario -> table.scenario(scenario, step));
        System.out.println(
                String.join("\n", table.tally().rows()) + "\n" + table.tally().kills());
        assertTrue(
                String.join("\n", table.tally().wrong()), table.tally().wrong().isEmpty());
    }
}
