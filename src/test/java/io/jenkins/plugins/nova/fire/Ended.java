package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How something ended that was run on the simulated cloud.
 *
 * @param result as the step returns it, but for times and numbers
 * @param message the last word, of those of the host's state
 * @param drain the last drain; null when there was none
 * @param untrue what was claimed and was not so
 * @param lost servers that were left out, or are not where they are said to be
 * @param at when it ended, of the cloud's time
 */
record Ended(
        Map<String, Object> result,
        String message,
        DrainState drain,
        List<String> untrue,
        List<String> lost,
        Instant at) {}
