package io.jenkins.plugins.nova.api.openstack4j.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom to trust: the JVM's authorities and those given with a cloud, with all of the JDK's checks. */
final class Trust {

    private Trust() {}

    /**
     * A TLS context that trusts the JVM's authorities and these.
     *
     * @param pem one or more certificates
     * @throws IllegalArgumentException when the text holds no readable certificate
     */
    static SSLContext jvmAnd(String pem) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(authorities(pem)), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JVM cannot set up TLS with a CA of its own: " + e.getMessage(), e);
        }
    }

    /** The JVM's authorities and these in one store, in memory. */
    static KeyStore authorities(String pem) throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> given = certificates(pem);
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int n = 0;
        for (X509Certificate authority : authoritiesOf(managers(null))) {
            store.setCertificateEntry("jvm-" + n++, authority);
        }
        for (Certificate authority : given) {
            store.setCertificateEntry("given-" + n++, authority);
        }
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem) {
        Collection<? extends Certificate> read;
        try {
            read = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "caPem: no readable certificate: " + e.getMessage() + "; give certificates in PEM form", e);
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException(
                    "caPem: holds no certificate; give one that begins with" + " -----BEGIN CERTIFICATE-----");
        }
        return read;
    }

    /** @param store null for the JVM's default trust store */
    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static X509Certificate[] authoritiesOf(TrustManager[] managers) {
        for (TrustManager manager : managers) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }
}
