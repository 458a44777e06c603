package io.jenkins.plugins.nova.rehearsal.twin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a snapshot calls what it read: as the cloud does, or by the beginning of a keyed hash (HMAC-SHA-256), the same name by the same
 * word everywhere. Without the key nobody can try names that a cloud may have.
 */
final class Names {
    /** Names that every cloud has. */
    private static final Set<String> EVERYWHERE = Set.of("nova", "internal");

    private static final int DIGITS = 10;

    /** Of projects it is ids that are told, and what is in their place looks like one. */
    private static final String PROJECT = "project";

    private static final int ID = 32;

    /** A kind of which ids are told, too. */
    static final String LOAD_BALANCER = "load balancer";

    private final SecretKeySpec key;

    private Names(SecretKeySpec key) {
        this.key = key;
    }

    /** As the cloud calls it. */
    static Names plain() {
        return new Names(null);
    }

    /** By a hash. */
    static Names hashed(byte[] key) {
        return new Names(new SecretKeySpec(key, "HmacSHA256"));
    }

    boolean areHashed() {
        return key != null;
    }

    /**
     * A name.
     *
     * @param kind of what, such as {@code host}
     * @param name may be null
     * @return null where it was
     */
    String of(String kind, String name) {
        if (key == null || name == null || EVERYWHERE.contains(name)) {
            return name;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] hash = mac.doFinal((kind + '\0' + name).getBytes(StandardCharsets.UTF_8));
            String hex = HexFormat.of().formatHex(hash);
            return switch (kind) {
                case PROJECT -> hex.substring(0, ID);
                case LOAD_BALANCER -> hex.substring(0, ID).replaceFirst("(.{8})(.{4})(.{4})(.{4})", "$1-$2-$3-$4-");
                default -> kind + "-" + hex.substring(0, DIGITS);
            };
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    /** A sentence that somebody wrote; null, or that there was one. */
    String prose(String text) {
        return key == null || text == null ? text : of("text", text);
    }
}
