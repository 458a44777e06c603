package io.jenkins.plugins.nova.step.argument;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Pipeline gives, as plain maps, lists, texts, numbers and truth values. A file that was read with readJSON comes as
 * json-lib's own maps and lists, in which a null is an object that calls itself "null"
 * (net.sf.json.JSONNull; JSONObject and JSONArray are a Map and a List); Groovy's own strings are no String.
 */
final class Plain {

    private static final String JSON_LIB = "net.sf.json.";

    private Plain() {}

    /**
     * The same value in plain types, down to its last entry; what is none of them stays as it is.
     *
     * @param given null for none
     * @return null for null, and for what stands for it in JSON
     */
    public static Object of(Object given) {
        if (given == null || isJsonNull(given)) {
            return null;
        }
        if (given instanceof CharSequence text) {
            return text.toString();
        }
        if (given instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, value) -> plain.put(String.valueOf(key), of(value)));
            return plain;
        }
        if (given instanceof Collection<?> many) {
            List<Object> plain = new ArrayList<>();
            many.forEach(one -> plain.add(of(one)));
            return plain;
        }
        return given;
    }

    /** JSONNull, or the JSONObject that is made of a null; both tell it by their text alone. */
    private static boolean isJsonNull(Object given) {
        return given.getClass().getName().startsWith(JSON_LIB)
                && given.toString().equals("null");
    }

    /** A text of the value; null for null, and for what stands for it in JSON. */
    static String text(Object given) {
        Object plain = of(given);
        return plain == null ? null : plain.toString();
    }
}
