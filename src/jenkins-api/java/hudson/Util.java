package hudson;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

public class Util {
    public static String rawEncode(String a0) {
        return URLEncoder.encode(a0, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public static String escape(String a0) {
        return a0 == null
                ? null
                : a0.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#039;");
    }

    public static String fixNull(String a0) {
        return a0 == null ? "" : a0;
    }

    public static String fixEmpty(String a0) {
        return a0 == null || a0.isEmpty() ? null : a0;
    }

    public static String fixEmptyAndTrim(String a0) {
        return a0 == null ? null : fixEmpty(a0.trim());
    }

    public Util() {}
}
