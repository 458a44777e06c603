package hudson.util;

import java.io.Serializable;

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

    public String getEncryptedValue() {
        throw new UnsupportedOperationException();
    }

    public static Secret decrypt(String a0) {
        throw new UnsupportedOperationException();
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
