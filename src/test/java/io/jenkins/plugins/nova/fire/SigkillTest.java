package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertTrue;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A sample of the processes that are really killed, at each moment; {@code mvn -Pfire verify} kills at every request. */
public class SigkillTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aProcessKilledAtARequestHasAnHeir() {
        Tally tally = new SigkillTable(
                        folder.getRoot().toPath(),
                        ChildJvm.plain(folder.getRoot().toPath()))
                .sample(Scenario.mixed());
        assertTrue(tally.kills(), tally.points() >= KillPoint.Moment.values().length);
        assertTrue(String.join("\n", tally.wrong()), tally.wrong().isEmpty());
    }
}
