package io.jenkins.plugins.nova.api.openstack4j.alertmanager;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Where a cloud's Alertmanager is, and what is silenced there. No {@code toString} shows the login.
 *
 * @param url without {@code /api/v2}; may have a path
 * @param user for a proxy in front of it that asks for one; null for none, and with a bearer token
 * @param secret the user's password, or a bearer token where there is no user; null for neither
 * @param matchers what is silenced, at least one with the host in it
 * @param problem why it cannot be used, in words that name the parameter; null where it can
 */
public record SilenceSettings(URI url, String user, String secret, List<SilenceMatcher> matchers, String problem) {

    private static final String PARAMETER = "alertmanagerUrl: ";

    public SilenceSettings {
        Objects.requireNonNull(url, "url");
        matchers = List.copyOf(matchers);
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it is none; the message does not show it, for there may be a password in it
     */
    public static URI url(String text) {
        URI uri;
        try {
            uri = new URI(text.replaceFirst("/+(api/v2/*)?$", ""));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    PARAMETER + "it is not a URL; give the address of the Alertmanager, such as"
                            + " https://alertmanager.example:9093",
                    e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(PARAMETER + "it must begin with https:// or http://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(PARAMETER + "it names no host that Java can use (no underscore in it)");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(PARAMETER
                    + "there is a user in it; put it into a credential and choose that by alertmanagerCredentialsId");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(PARAMETER + "it has a query or a fragment; give the address alone");
        }
        return uri;
    }

    /** The address alone. */
    @Override
    public String toString() {
        return "Alertmanager at " + url;
    }
}
