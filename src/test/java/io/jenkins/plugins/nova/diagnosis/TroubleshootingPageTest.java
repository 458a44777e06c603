package io.jenkins.plugins.nova.diagnosis;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.Test;

public class TroubleshootingPageTest {

    @Test
    public void thePageIsWhatTheDataGives() throws IOException {
        assertEquals(
                TroubleshootingPage.FILE + " is not what the data gives; run: " + TroubleshootingPage.COMMAND,
                TroubleshootingPage.text(),
                Files.readString(TroubleshootingPage.FILE));
    }
}
