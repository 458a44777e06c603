package io.jenkins.plugins.nova.drain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.nova.plan.room.Budget;

/**
 * What must be elsewhere before a host is emptied.
 *
 * @param forecast what is done about the forecast of room for its servers
 * @param budget how many hosts may be away at a time
 */
public record RoomDemand(Forecast forecast, Budget budget) {

    /** Nothing is asked. */
    public static final RoomDemand NONE = new RoomDemand(Forecast.IGNORE, Budget.NONE);

    /** The forecast is told. */
    public static final RoomDemand WARN = new RoomDemand(Forecast.WARN, Budget.NONE);

    public RoomDemand {
        forecast = forecast == null ? Forecast.IGNORE : forecast;
        budget = budget == null ? Budget.NONE : budget;
    }

    /** What is done about the forecast of room. */
    public enum Forecast {
        /**
         * The drain is refused unless a place was found for each server that would move: before anything is changed, and again
         * behind the cordon before anything is moved.
         */
        REQUIRE,
        /** It is told, and each server is tried: the scheduler has the last word. */
        WARN,
        /** None is made. */
        IGNORE
    }

    /** Whether a forecast is made. */
    @JsonIgnore
    public boolean asks() {
        return forecast != Forecast.IGNORE;
    }

    /** Whether a drain for which no place was found is refused. */
    @JsonIgnore
    public boolean requires() {
        return forecast == Forecast.REQUIRE;
    }
}
