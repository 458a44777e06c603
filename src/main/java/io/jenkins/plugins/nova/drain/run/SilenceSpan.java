package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.server.Estimate;
import java.time.Duration;

/** How long a host is to be silent if nobody lets it be so for longer: a controller that dies cannot end it. */
final class SilenceSpan {

    /** Also around a block, of which nobody knows how long it takes. */
    static final Duration LEAST = Duration.ofMinutes(30);

    /** Beyond what is forecast. */
    private static final Duration MARGIN = Duration.ofMinutes(15);

    private SilenceSpan() {}

    /** For all that a drain still has to do. */
    static Duration of(DrainState state) {
        Duration forecast = Estimate.still(state).plus(MARGIN);
        return forecast.compareTo(LEAST) > 0 ? forecast : LEAST;
    }
}
