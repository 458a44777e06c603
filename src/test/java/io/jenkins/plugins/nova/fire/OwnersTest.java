package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** Some of the owners' runs; {@code .ci/run} runs hundreds, {@code mvn -Pfire verify} thousands. */
public class OwnersTest {

    @Test
    public void ownersMayDoAsTheyPlease() {
        OwnersTable table = new OwnersTable();
        table.run(1, 15);
        assertTrue(String.join("\n", table.wrong()), table.wrong().isEmpty());
    }
}
