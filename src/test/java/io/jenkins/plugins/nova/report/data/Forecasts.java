package io.jenkins.plugins.nova.report.data;

import java.time.Instant;
import java.util.List;

/** The page's forecast of lanes that a test makes. */
public final class Forecasts {

    private Forecasts() {}

    /** When a roll that goes on is likely to end. */
    public static Instant end(List<RollLane> lanes, Instant now) {
        return RollForecast.of(lanes, now).likely();
    }
}
