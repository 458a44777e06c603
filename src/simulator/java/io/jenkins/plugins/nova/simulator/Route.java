package io.jenkins.plugins.nova.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A URL's path taken apart: /identity/v3/…, /{region}/{interface}/compute/v2.1/… or /{region}/{interface}/placement/… or
 * /{region}/{interface}/instance-ha/v1/… (block-storage/v3, network/v2.0, load-balancer/v2.0) or /alertmanager/api/v2/…, so that the audit log tells which region
 * and interface a client took from the catalogue.
 *
 * @param endpoint region/interface, or empty
 * @param service identity, compute, placement, instance-ha, block-storage, network, load-balancer, alertmanager or, for none of them, the empty string
 * @param prefix the endpoint's path
 * @param path behind it, decoded
 */
record Route(String endpoint, String service, String prefix, String path) {

    private static final String ALERTMANAGER = "/alertmanager/api/v2";
    private static final Map<String, String> VERSIONS =
            Map.of("instance-ha", "v1", "block-storage", "v3", "network", "v2.0");

    static Route of(String rawPath) {
        String[] parts = rawPath.substring(1).split("/", -1);
        if (parts[0].equals("identity")) {
            String prefix = parts.length > 1 && parts[1].equals("v3") ? "/identity/v3" : "/identity";
            return new Route(
                    "", prefix.endsWith("v3") ? "identity" : "identity-versions", prefix, rest(rawPath, prefix));
        }
        if (rawPath.startsWith(ALERTMANAGER + "/")) {
            return new Route("", "alertmanager", ALERTMANAGER, rest(rawPath, ALERTMANAGER));
        }
        if (parts.length < 3) {
            return new Route("", "", "", rawPath);
        }
        String endpoint = parts[0] + "/" + parts[1];
        String prefix = "/" + endpoint + "/" + parts[2];
        if (parts[2].equals("compute")) {
            boolean versioned = parts.length > 3 && parts[3].equals("v2.1");
            return new Route(
                    endpoint,
                    versioned ? "compute" : "compute-versions",
                    versioned ? prefix + "/v2.1" : prefix,
                    rest(rawPath, versioned ? prefix + "/v2.1" : prefix));
        }
        String version = VERSIONS.get(parts[2]);
        if (version != null && parts.length > 3 && parts[3].equals(version)) {
            return new Route(endpoint, parts[2], prefix + "/" + version, rest(rawPath, prefix + "/" + version));
        }
        boolean octavia = parts[2].equals("load-balancer") && parts.length > 3 && parts[3].equals("v2.0");
        if (octavia) {
            return new Route(endpoint, "load-balancer", prefix + "/v2.0", rest(rawPath, prefix + "/v2.0"));
        }
        return new Route(endpoint, parts[2].equals("placement") ? "placement" : "", prefix, rest(rawPath, prefix));
    }

    private static String rest(String rawPath, String prefix) {
        // a plus sign in a path is a plus sign
        return URLDecoder.decode(rawPath.substring(prefix.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
