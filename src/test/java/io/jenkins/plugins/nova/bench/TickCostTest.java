package io.jenkins.plugins.nova.bench;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

/**
 * Law 3: a tick costs two requests and one for each move under way, however many servers there are, and each 30 s one more
 * for the compute services.
 */
public class TickCostTest {

    private static void costs(int servers, int moves) {
        Figure figure = new TickBenchmark(servers, moves).run().get(0);
        assertTrue(figure.toString(), figure.number("ticks") > 10);
        assertTrue(figure.toString(), figure.number("requests") <= 2 + moves);
        assertTrue(figure.toString(), figure.number("serviceReads") > 0 && figure.number("serviceReads") <= 7);
        assertTrue(figure.toString(), figure.number("shortestPauseMillis") >= 500);
        assertEquals(figure.toString(), 0, figure.number("requestsOnceOver"));
    }

    @Test
    public void aTickOfTenServers() {
        costs(10, 2);
    }

    @Test
    public void aTickOfAHundredServers() {
        costs(100, 5);
    }

    @Test
    public void aTickOfAThousandServers() {
        costs(1_000, 2);
    }
}
