package io.jenkins.plugins.nova.simulator;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an application credential may ask for.
 *
 * @param service the service's type
 * @param method of HTTP
 * @param path as the service sees it, with {@code *} for one segment or a part of it
 */
record AccessRule(String service, String method, String path) {

    /** From words such as {@code identity GET /v3/projects/*}. */
    static AccessRule of(String words) {
        String[] parts = words.split(" ");
        return new AccessRule(parts[0], parts[1], parts[2]);
    }

    boolean allows(Request request) {
        String root = switch (request.service()) {
            case "identity" -> "/v3";
            case "compute" -> "/v2.1";
            case "instance-ha" -> "/v1";
            case "block-storage" -> "/v3";
            case "network" -> "/v2.0";
            case "load-balancer" -> "/v2.0";
            default -> "";
        };
        String pattern =
                Arrays.stream(path.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
        return service.equals(request.service()) && request.is(method) && (root + request.path()).matches(pattern);
    }
}
