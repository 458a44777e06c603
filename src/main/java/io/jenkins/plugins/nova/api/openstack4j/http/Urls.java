package io.jenkins.plugins.nova.api.openstack4j.http;

import java.net.URI;
import java.util.regex.Pattern;

/** What a URL must be to be asked, and what to say where it is not. */
public final class Urls {

    /** A host with an underscore, in a URL without a user. */
    private static final Pattern UNDERSCORE = Pattern.compile("(?i)https?://[^/?#@]*_[^/?#@]*([/?#].*)?");

    private Urls() {}

    /** Whether it is an http or https URL with a host that Java's HTTP client takes. */
    public static boolean usable(URI uri) {
        return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null;
    }

    /**
     * What is wrong with one that is not, as the end of a sentence whose subject it is. Java takes a host's name by the
     * letter (RFC 952, RFC 1123): one with an underscore is none, and no request can be sent there.
     */
    public static String complaint(String url) {
        return UNDERSCORE.matcher(url).matches()
                ? "has an underscore in its host's name, which Java's HTTP client does not take (RFC 1123): give the"
                        + " host another name without one, or its address, in the URL"
                : "is not an http or https URL with a host";
    }
}
