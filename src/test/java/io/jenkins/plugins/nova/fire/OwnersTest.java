package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** Some of the owners' runs; {@code mvn -Pfire verify} runs thousands. */
public class OwnersTest {

    @Test
    public void ownersMayDoAsTheyPlease() {
        OwnersTable table = new OwnersTable();
        table.run(1, 60);
        assertTrue(String.join("\n", table.wrong()), table.wrong().isEmpty());
    }
}
