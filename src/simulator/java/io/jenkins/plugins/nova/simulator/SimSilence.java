package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A silence of the simulated Alertmanager. Guarded by the lock of its cloud's time. */
final class SimSilence {
    final String id;
    JsonNode matchers;
    String comment;
    String createdBy;
    Instant starts;
    Instant ends;
    Instant updated;

    SimSilence(String id) {
        this.id = id;
    }

    String state(Instant now) {
        return now.isBefore(starts) ? "pending" : now.isBefore(ends) ? "active" : "expired";
    }

    boolean over(Instant now) {
        return state(now).equals("expired");
    }
}
