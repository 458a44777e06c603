package io.jenkins.plugins.nova.api.openstack4j.http;

import io.jenkins.plugins.nova.api.openstack4j.OpenStackNova;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How requests travel.
 *
 * @param clients makes a fresh builder that knows the proxy, such as {@code HttpClient::newBuilder} or Jenkins's
 *     {@code ProxyConfiguration::newHttpClientBuilder}; called once per {@link OpenStackNova}
 * @param connectTimeout for name resolution, TCP and TLS together
 * @param answerTimeout from sending a request to the last byte of its answer
 * @param caPem certificates (PEM, one or more) that are trusted besides the JVM's; null for the JVM's only
 */
public record Transport(
        Supplier<HttpClient.Builder> clients, Duration connectTimeout, Duration answerTimeout, String caPem) {

    /** @throws IllegalArgumentException when a time-out is not above zero */
    public Transport {
        Objects.requireNonNull(clients, "clients");
        positive("connectTimeout", connectTimeout);
        positive("answerTimeout", answerTimeout);
        if (caPem != null && caPem.isBlank()) {
            caPem = null;
        }
    }

    /** No proxy, the JVM's certificates, 10 seconds to connect and 60 to answer. */
    public static Transport direct() {
        return new Transport(HttpClient::newBuilder, Duration.ofSeconds(10), Duration.ofSeconds(60), null);
    }

    private static void positive(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " must be above zero");
        }
    }
}
