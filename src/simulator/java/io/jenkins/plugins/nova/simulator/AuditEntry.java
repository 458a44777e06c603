package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request as the cloud received it.
 *
 * @param number from 1, in the order received
 * @param at the cloud's time
 * @param method GET, POST, …
 * @param endpoint region and interface called, such as {@code RegionOne/public}; empty for identity
 * @param service identity, compute or placement
 * @param path behind the service's endpoint, such as /servers/detail
 * @param query parameters in the order sent
 * @param microversion as sent, such as 2.90; null when none was
 * @param user the token's user; null without a valid token
 * @param body JSON, passwords and secrets masked; null when there was none
 * @param status what was answered; 0 when no answer was given
 * @param requestId X-OpenStack-Request-Id
 * @param fault the fault injected, in words; null when there was none
 */
public record AuditEntry(
        long number,
        Instant at,
        String method,
        String endpoint,
        String service,
        String path,
        Map<String, List<String>> query,
        String microversion,
        String user,
        JsonNode body,
        int status,
        String requestId,
        String fault) {

    /** The action of a POST …/action such as os-migrateLive; null for any other request. */
    public String action() {
        boolean posted = method.equals("POST") && path.endsWith("/action");
        return posted && body != null && body.isObject() && !body.isEmpty()
                ? body.fieldNames().next()
                : null;
    }
}
