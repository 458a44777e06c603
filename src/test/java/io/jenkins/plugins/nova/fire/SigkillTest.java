package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A sample of the processes that are really killed; {@code mvn -Pfire verify} kills at every request. */
public class SigkillTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aProcessKilledAtARequestHasAnHeir() throws IOException {
        Tally tally = new SigkillTable(folder.getRoot().toPath()).scenario(Scenario.mixed(), 37);
        assertTrue(tally.kills(), tally.points() >= 3);
        assertTrue(String.join("\n", tally.wrong()), tally.wrong().isEmpty());
    }
}
