package io.jenkins.plugins.nova.bench;

import static org.junit.Assert.assertTrue;

import java.time.Duration;
import org.junit.Test;

/** Law 3: a drain that waits holds no thread, and not much memory. */
public class WaitingCostTest {

    @Test
    public void aHundredDrainsWaitOnAHandfulOfThreads() throws Exception {
        Figure figure = new WaitingBenchmark(100, Duration.ofSeconds(2)).run().get(0);
        assertTrue(figure.toString(), figure.number("threads") >= 1 && figure.number("threads") <= 8);
        assertTrue(figure.toString(), figure.number("bytesADrain") < 64 * 1_024);
    }
}
