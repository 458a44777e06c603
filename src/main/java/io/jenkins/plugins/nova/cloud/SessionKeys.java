package io.jenkins.plugins.nova.cloud;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.security.SecureRandom;

/**
 * Names a session by everything that it was made from, secret included, without holding the secret: a keyed hash whose
 * key is drawn when Jenkins starts and never leaves this object.
 */
final class SessionKeys {

    private static final int KEY_BYTES = 32;

    private final HashFunction hash;

    SessionKeys() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        hash = Hashing.hmacSha256(key);
    }

    /** @param silences null for none */
    String of(CloudEndpoint endpoint, Transport transport, Login login, SilenceSettings silences) {
        Hasher hasher = hash.newHasher();
        put(hasher, endpoint.identityUrl().toString());
        put(hasher, endpoint.region());
        put(hasher, endpoint.facing().name());
        put(hasher, transport.connectTimeout().toString());
        put(hasher, transport.answerTimeout().toString());
        put(hasher, transport.caPem());
        put(hasher, login.getClass().getSimpleName());
        if (login instanceof Login.Password password) {
            put(hasher, password.user());
            put(hasher, password.userDomain());
            put(hasher, password.password());
            put(hasher, password.project());
            put(hasher, password.projectDomain());
            put(hasher, String.valueOf(password.userSecret()));
        } else if (login instanceof Login.ApplicationCredential application) {
            put(hasher, application.id());
            put(hasher, application.secret());
        }
        if (silences != null) {
            put(hasher, silences.url().toString());
            put(hasher, silences.user());
            put(hasher, silences.secret());
            put(hasher, silences.matchers().toString());
            put(hasher, silences.problem());
        }
        return hasher.hash().toString();
    }

    /** The length goes first, so that no two lists of values run together into one text. */
    private static void put(Hasher hasher, String value) {
        if (value == null) {
            hasher.putInt(-1);
        } else {
            hasher.putInt(value.length()).putUnencodedChars(value);
        }
    }
}
