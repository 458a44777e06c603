package io.jenkins.plugins.nova.report.page;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Whose servers are, by name where that is known, else by a part of the id; the whole of both is behind it. A name that two of them
 * have, for each domain of Keystone's has its own, is told with a part of the id.
 */
final class Whose {

    /** Keystone's ids: 32 hexadecimal digits, with or without hyphens; a domain's user may have 64. */
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{32,64}");

    private static final int ENOUGH_OF_AN_ID = 8;

    /** A federated user may be called by a whole path of a directory. */
    private static final int ENOUGH_OF_A_NAME = 40;

    private final String what;
    private final Set<String> shared = new HashSet<>();

    private Whose(String what) {
        this.what = what;
    }

    /**
     * @param what they are, such as project
     * @param rows of one table
     * @param id of a row's; {@code null} or empty for none
     * @param name of a row's; {@code null} or empty where it is not known
     */
    static <R> Whose of(String what, List<R> rows, Function<R, String> id, Function<R, String> name) {
        Whose whose = new Whose(what);
        Map<String, String> first = new HashMap<>();
        for (R row : rows) {
            if (!ServerTable.blank(name.apply(row))) {
                String other = first.putIfAbsent(name.apply(row), String.valueOf(id.apply(row)));
                if (other != null && !other.equals(String.valueOf(id.apply(row)))) {
                    whose.shared.add(name.apply(row));
                }
            }
        }
        return whose;
    }

    /** Writes one; nothing where neither is known. */
    void write(String id, String name, Markup markup) {
        if (ServerTable.blank(id) && ServerTable.blank(name)) {
            return;
        }
        boolean named = !ServerTable.blank(name);
        markup.open(
                "span",
                "class",
                "nova-who nova-whose",
                "title",
                what + " " + (!named ? id : ServerTable.blank(id) ? name : name + ", id " + id));
        if (named) {
            markup.name(enough(name, ENOUGH_OF_A_NAME) + (shared.contains(name) ? " (" + part(id) + ")" : ""));
        } else {
            markup.name(ID.matcher(id).matches() ? what + " " + part(id) : id);
        }
        markup.close();
    }

    private static String part(String id) {
        return enough(ServerTable.blank(id) ? "?" : id, ENOUGH_OF_AN_ID);
    }

    private static String enough(String text, int most) {
        int end = text.length() > most && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.length() <= most ? text : text.substring(0, end) + "…";
    }
}
