package io.jenkins.plugins.nova.bench;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** A part of what {@code mvn -q -Pbench verify -Dbench.only=watch} measures, held to what docs/watch.md says. */
public class WatchTest {

    @Test
    public void noiseAbortsNothing() {
        Figure figure = new WatchBenchmark(1_000, WatchBenchmark.NOISE).run().get(0);
        assertEquals(figure.toString(), 0, figure.number("aborts"));
        assertTrue(figure.toString(), figure.number("judged") >= 950);
        assertTrue("it was looked: " + figure, figure.number("asked") > 150_000);
    }

    /** What is played can be aborted. */
    @Test
    public void moreThanHalfOfAllConnectionsLostAbortsAll() {
        Figure figure = new WatchBenchmark(50, 0.6).run().get(0);
        assertEquals(figure.toString(), figure.number("judged"), figure.number("aborts"));
        assertTrue(figure.toString(), figure.number("aborts") > 5);
    }

    @Test
    public void noiseAbortsNothingOfAWholeDrain() {
        Figure figure = new WatchCloudBenchmark(24).run().get(0);
        assertEquals(figure.toString(), 0, figure.number("aborts"));
        assertEquals(figure.toString(), 24, figure.number("moved"));
    }

    @Test
    public void aLossIsFoundBetweenFifteenAndTwentySixSeconds() {
        Figure figure = new WatchLossBenchmark(30).run().get(0);
        assertEquals(figure.toString(), 30, figure.number("aborts"));
        assertEquals(figure.toString(), 30, figure.number("stayed"));
        assertTrue(figure.toString(), figure.number("secondsAtLeast") >= 14);
        assertTrue(figure.toString(), figure.number("secondsAtMost") <= 26);
    }
}
