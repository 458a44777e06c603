package hudson.util;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

public final class Secret implements Serializable {
    private static final long serialVersionUID = 1;
    private final String value;

    public String toString() {
        return value;
    }

    public String getPlainText() {
        return value;
    }

    public boolean equals(Object a0) {
        return a0 instanceof Secret && value.equals(((Secret) a0).value);
    }

    public int hashCode() {
        return value.hashCode();
    }

    /** Here only out of sight; in Jenkins encrypted with the controller's key. */
    public String getEncryptedValue() {
        return "{"
                + Base64.getEncoder()
                        .encodeToString(
                                new StringBuilder(value).reverse().toString().getBytes(StandardCharsets.UTF_8))
                + "}";
    }

    public static Secret decrypt(String a0) {
        if (a0 == null || !a0.startsWith("{") || !a0.endsWith("}")) {
            return null;
        }
        byte[] bytes = Base64.getDecoder().decode(a0.substring(1, a0.length() - 1));
        return new Secret(new StringBuilder(new String(bytes, StandardCharsets.UTF_8))
                .reverse()
                .toString());
    }

    public static Secret fromString(String a0) {
        return new Secret(a0 == null ? "" : a0);
    }

    public static String toString(Secret a0) {
        return a0 == null ? null : a0.value;
    }

    private Secret(String value) {
        this.value = value;
    }
}
