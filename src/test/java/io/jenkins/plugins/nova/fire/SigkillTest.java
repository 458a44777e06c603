package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import org.junit.Test;

/** A sample of the processes that are really killed; {@code mvn -Pfire verify} kills at every request. */
public class SigkillTest {

    @Test
    public void aProcessKilledAtARequestHasAnHeir() throws IOException {
        SigkillTable table = new SigkillTable();
        table.scenario(Scenario.mixed(), Integer.getInteger("fire.step", 37));
        assertTrue(table.tally().kills(), table.tally().points() >= 3);
        assertTrue(
                String.join("\n", table.tally().wrong()), table.tally().wrong().isEmpty());
    }
}
