package io.jenkins.plugins.nova.api.openstack4j.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The {@link Door} of each credential at each Keystone. Secrets are not kept: a door is found by a keyed hash over where
 * and with what one logs in, whose key is drawn when this is made and never leaves it.
 */
public final class Doors {

    private static final int MOST = 1000;
    private static final String HASH = "HmacSHA256";

    private final SecretKey key;
    private final Map<String, Door> doors = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Door> eldest) {
            return size() > MOST;
        }
    };

    /** No cloud is known yet. */
    public Doors() {
        try {
            key = KeyGenerator.getInstance(HASH).generateKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + HASH, e);
        }
    }

    /** The door of a cloud for this login, made when it is asked for first. */
    public synchronized Door of(CloudEndpoint cloud, Login login) {
        return doors.computeIfAbsent(hash(cloud, login), unknown -> new Door());
    }

    /** Every credential may be tried again. */
    public synchronized void forget() {
        doors.values().forEach(Door::forget);
    }

    private String hash(CloudEndpoint cloud, Login login) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(key);
            for (String part : parts(cloud, login)) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // the length goes first, so that no two lists run together into one text
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + HASH, e);
        }
    }

    /** A password locks its user whatever the project: it is not part of the name. */
    private static List<String> parts(CloudEndpoint cloud, Login login) {
        if (login instanceof Login.Password password) {
            return List.of(cloud.v3(), "password", password.userDomain(), password.user(), password.password());
        }
        Login.ApplicationCredential credential = (Login.ApplicationCredential) login;
        return List.of(cloud.v3(), "application credential", credential.id(), credential.secret());
    }
}
