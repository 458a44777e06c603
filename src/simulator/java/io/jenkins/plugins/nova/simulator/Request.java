package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request as a service sees it.
 *
 * @param method GET, POST, …
 * @param service identity, compute or placement
 * @param base URL of the service's endpoint, for links
 * @param path behind the endpoint, such as /servers/detail; decoded
 * @param query decoded parameters in the order sent
 * @param headers by lower-case name, first value
 * @param body null when there is none or it is no JSON
 * @param rawBody the body as sent
 * @param id X-OpenStack-Request-Id
 */
record Request(
        String method,
        String service,
        String base,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        JsonNode body,
        byte[] rawBody,
        String id) {

    /** A POST …/action that comes by no wire. */
    static Request action(String serverId, String body, String id) {
        try {
            return new Request(
                    "POST",
                    "compute",
                    "",
                    "/servers/" + serverId + "/action",
                    Map.of(),
                    Map.of("content-type", "application/json"),
                    new ObjectMapper().readTree(body),
                    body.getBytes(StandardCharsets.UTF_8),
                    id);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + body, e);
        }
    }

    /** The first value of a query parameter, or null. */
    String param(String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.get(0);
    }

    String header(String name) {
        return headers.get(name);
    }

    /** The path's segments. */
    List<String> segments() {
        List<String> segments = new ArrayList<>(List.of(path.split("/")));
        segments.removeIf(String::isEmpty);
        return segments;
    }

    boolean is(String wantedMethod) {
        return method.equals(wantedMethod);
    }

    Request withPath(String newPath) {
        return new Request(method, service, base, newPath, query, headers, body, rawBody, id);
    }
}
