package io.jenkins.plugins.nova.bench;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

/** What the benchmark measures is what the simulated cloud does; and Nova's queue is not filled. */
public class MakespanTest {

    private static double number(Figure figure, String key) {
        return Double.parseDouble(figure.values().get(key));
    }

    /** Seconds of plain requests, by hand: what a move takes alone, times the rounds. */
    private static void takes(MakespanBenchmark benchmark, double seconds, double downtimeOneAtATime) {
        Figure figure = benchmark.run().get(0);
        assertEquals(figure.toString(), seconds, number(figure, "floor"), 0.5);
        assertEquals(figure.toString(), downtimeOneAtATime, number(figure, "downtimeOneAtATime"), 0.5);
        assertTrue(figure.toString(), number(figure, "total") >= number(figure, "ours"));
        assertTrue(figure.toString(), number(figure, "ours") >= number(figure, "floor") - 0.5);
        assertEquals(
                figure.toString(), number(figure, "ours") / number(figure, "floor"), number(figure, "ratio"), 0.06);
        assertTrue(figure.toString(), figure.number("queuedMax") <= 2);
        assertTrue(figure.toString(), figure.number("savedBytesATick") > 0);
        assertTrue(figure.toString(), figure.number("requestsALook") <= figure.number("requestsATick"));
    }

    @Test
    public void liveOneAfterTheOther() {
        takes(MakespanBenchmark.live(6, 1), 6 * 2.6, 0);
    }

    @Test
    public void liveFourAtATime() {
        takes(MakespanBenchmark.live(8, 4), 2 * 2.6, 0);
    }

    @Test
    public void coldOneAfterTheOtherUntilItsGuestIsDown() {
        takes(MakespanBenchmark.cold(6), 6 * 0.61 + 1.38, 6 * 1.32);
    }

    @Test
    public void aDrainsCostInAll() {
        List<Figure> figures = new GrowBenchmark(10).run();
        Figure figure = figures.get(0);
        assertTrue(figure.toString(), figure.number("saves") >= 10);
        assertTrue(figure.toString(), figure.number("savedBytes") > figure.number("savedBytesATick"));
        assertTrue(figure.toString(), figure.number("lines") >= 10);
        assertTrue(figure.toString(), figure.number("requests") >= 10);
    }
}
