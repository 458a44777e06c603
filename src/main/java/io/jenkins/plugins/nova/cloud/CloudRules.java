package io.jenkins.plugins.nova.cloud;

import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceMatcher;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a cloud's settings must be: one truth for the form's inline checks, for saving, for Configuration as Code and for
 * opening a session. Each rule takes a trimmed value, null when empty, and returns what is wrong in words, or null.
 */
final class CloudRules {

    /** More than an hour for one request is a slip of the finger. */
    private static final int MOST_SECONDS = 3600;

    private CloudRules() {}

    static String name(String name) {
        if (name == null) {
            return "name: it is empty; give the cloud a name, which pipelines use as cloud: 'name'";
        }
        return ForeignText.harmless(name)
                ? null
                : "name: it is longer than 255 characters or holds some that cannot be shown; give the cloud a plain name";
    }

    static String identityUrl(String url) {
        if (url == null) {
            return "identityUrl: it is empty; give the address of Keystone, such as https://keystone.example:5000/v3";
        }
        try {
            URI uri = new URI(url);
            new CloudEndpoint(uri, null, Facing.PUBLIC);
            if (uri.getPath() != null && uri.getPath().matches(".*/v2\\.0/?")) {
                return "identityUrl: Identity API v2.0 is gone since OpenStack Queens; give the address that ends in /v3";
            }
            return null;
        } catch (URISyntaxException e) {
            // the value is not shown: it may be a URL with a password in it
            return "identityUrl: it is not a URL; give the address of Keystone, such as"
                    + " https://keystone.example:5000/v3";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** What is allowed and yet worth a second look; for a URL without problems. */
    static String identityUrlDoubt(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith("http:")
                ? "http sends the password and the tokens in the clear; use https unless this is a test bed."
                : null;
    }

    static String endpointInterface(String word) {
        if (word == null
                || Arrays.stream(Facing.values())
                        .anyMatch(facing -> facing.word().equalsIgnoreCase(word))) {
            return null;
        }
        return "endpointInterface: '" + word + "' is not one of public, internal, admin";
    }

    static String caCertificate(String pem) {
        if (pem == null) {
            return null;
        }
        try {
            return certificates(pem).isEmpty() ? notPem("there is no certificate in it") : null;
        } catch (CertificateException e) {
            return notPem(e.getMessage());
        }
    }

    private static String notPem(String why) {
        return "caCertificate: it is not PEM (" + why + "); paste the text from -----BEGIN CERTIFICATE----- to"
                + " -----END CERTIFICATE-----, one or more, without the private key";
    }

    /** Certificates that are not valid at that moment; for text without problems. */
    static String caCertificateDoubt(String pem, Instant now) {
        if (pem == null) {
            return null;
        }
        if (pem.contains("PRIVATE KEY")) {
            return "There is a private key in this text. Take it out: only certificates are needed, and this field is"
                    + " not a secret.";
        }
        try {
            String late = certificates(pem).stream()
                    .filter(certificate -> now.isAfter(certificate.getNotAfter().toInstant())
                            || now.isBefore(certificate.getNotBefore().toInstant()))
                    .map(certificate -> certificate.getSubjectX500Principal().getName() + " (valid from "
                            + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant() + ")")
                    .collect(Collectors.joining("; "));
            return late.isEmpty() ? null : "Not valid today: " + late;
        } catch (CertificateException e) {
            return notPem(e.getMessage());
        }
    }

    private static List<X509Certificate> certificates(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    static String alertmanagerUrl(String url) {
        return url == null ? null : wrongIn(() -> SilenceSettings.url(url));
    }

    /** What is allowed and yet worth a second look; for a URL without problems. */
    static String alertmanagerUrlDoubt(String url) {
        return url != null && url.toLowerCase(Locale.ROOT).startsWith("http:")
                ? "http sends the credential in the clear; use https unless it stays on one machine."
                : null;
    }

    /** @param silences whether there is an Alertmanager; without one they are of no use */
    static String silenceMatchers(boolean silences, String text) {
        if (!silences) {
            return text == null
                    ? null
                    : "silenceMatchers: nothing is silenced without an Alertmanager; give its alertmanagerUrl, or leave this empty";
        }
        return wrongIn(() -> SilenceMatcher.parse(text));
    }

    /** What silences more than it seems to; for matchers without problems. */
    static String silenceMatchersDoubt(boolean silences, String text) {
        return silences && SilenceMatcher.parse(text).stream().anyMatch(SilenceMatcher::takesLonger)
                ? "With compute1 this also silences compute10. Say such as \"${host}(:.*)?\" unless no host's name begins with"
                        + " another's."
                : null;
    }

    private static String wrongIn(Runnable rule) {
        try {
            rule.run();
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** @param text a number as it was typed; null for the default */
    static String seconds(String parameter, String text) {
        if (text == null || text.matches("[0-9]{1,4}") && inRange(Integer.parseInt(text))) {
            return null;
        }
        return parameter + ": '" + text + "' is not a number of seconds from 1 to " + MOST_SECONDS;
    }

    private static boolean inRange(int seconds) {
        return seconds >= 1 && seconds <= MOST_SECONDS;
    }

    /** The first thing wrong with a cloud, or null. */
    static String firstProblem(NovaCloud cloud) {
        List<String> found = new ArrayList<>();
        found.add(name(cloud.getName()));
        found.add(identityUrl(cloud.getIdentityUrl()));
        found.add(endpointInterface(cloud.getEndpointInterface()));
        found.add(caCertificate(cloud.getCaCertificate()));
        found.add(seconds("connectTimeoutSeconds", String.valueOf(cloud.getConnectTimeoutSeconds())));
        found.add(seconds("answerTimeoutSeconds", String.valueOf(cloud.getAnswerTimeoutSeconds())));
        found.add(alertmanagerUrl(cloud.getAlertmanagerUrl()));
        found.add(silenceMatchers(cloud.getAlertmanagerUrl() != null, cloud.getSilenceMatchers()));
        return found.stream().filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** The first thing wrong with a list of clouds, with the cloud's name or place in it, or null. */
    static String firstProblem(List<NovaCloud> clouds) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < clouds.size(); i++) {
            NovaCloud cloud = clouds.get(i);
            String problem = firstProblem(cloud);
            if (problem != null) {
                String which =
                        cloud.getName() == null ? "no. " + (i + 1) : "'" + ForeignText.name(cloud.getName()) + "'";
                return "OpenStack cloud " + which + ": " + problem;
            }
            if (!names.add(cloud.getName())) {
                return "OpenStack clouds: name: '" + ForeignText.name(cloud.getName())
                        + "' is given to more than one; pipelines find a cloud by its name, so give each its own";
            }
        }
        return null;
    }
}
