package io.jenkins.plugins.nova.api.openstack4j.identity;

import io.jenkins.plugins.nova.api.openstack4j.http.Urls;
import java.net.URI;
import java.util.Objects;

/**
 * Where a cloud is.
 *
 * @param identityUrl Keystone's URL, http or https, with or without {@code /v3} and a trailing slash; no user, query or
 *     fragment in it
 * @param region the region's id in the catalogue; null for the only one that has a compute service
 * @param facing which endpoints to use
 */
public record CloudEndpoint(URI identityUrl, String region, Facing facing) {

    /** @throws IllegalArgumentException when the URL is no plain http(s) URL; the message shows the URL without a user */
    public CloudEndpoint {
        Objects.requireNonNull(identityUrl, "identityUrl");
        Objects.requireNonNull(facing, "facing");
        if (!Urls.usable(identityUrl)) {
            throw new IllegalArgumentException(
                    "identityUrl: '" + shown(identityUrl) + "' " + Urls.complaint(identityUrl.toString())
                            + "; give something like https://keystone.example:5000/v3");
        }
        if (identityUrl.getRawUserInfo() != null
                || identityUrl.getRawQuery() != null
                || identityUrl.getRawFragment() != null) {
            throw new IllegalArgumentException("identityUrl: '" + shown(identityUrl)
                    + "' must have no user, query or fragment; give something like https://keystone.example:5000/v3");
        }
        if (region != null && region.isBlank()) {
            region = null;
        }
    }

    /** The Identity API's URL: {@code …/v3}, no slash at the end. */
    public String v3() {
        String url = identityUrl.toString();
        while (url.endsWith("/")) {
            url = url.substring(0, url.length() - 1);
        }
        return url.endsWith("/v3") ? url : url + "/v3";
    }

    /** A URL fit for a message: what may hold a password is left out. */
    private static String shown(URI url) {
        String authority = url.getRawAuthority();
        // a host that Java takes for none stands in the authority, and so may a password
        String odd = authority == null || authority.contains("@") ? "" : authority;
        String host = url.getHost() == null ? odd : url.getHost();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return (url.getScheme() == null ? "" : url.getScheme() + ":")
                + (host.isEmpty() ? "" : "//")
                + host
                + port
                + path;
    }
}
