package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a condition of {@code when} compares a name with its pattern. */
enum Comparator {
    /** As Ant matches paths, whatever the case of letters: ** is any folders, * is not across them, ? is one letter. */
    GLOB {
        @Override
        boolean holds(String pattern, String name) {
            return folders(
                    (pattern.endsWith("/") ? pattern + "**" : pattern).split("/", -1), 0, name.split("/", -1), 0);
        }
    },
    REGEXP {
        @Override
        boolean holds(String pattern, String name) {
            return name.matches(pattern);
        }
    },
    EQUALS {
        @Override
        boolean holds(String pattern, String name) {
            return name.equals(pattern);
        }
    };

    abstract boolean holds(String pattern, String name);

    /** The one of that name in any case; GLOB for null and for what there is not. */
    static Comparator named(String name) {
        for (Comparator each : values()) {
            if (name != null && each.name().equals(name.toUpperCase(Locale.ROOT))) {
                return each;
            }
        }
        return GLOB;
    }

    private static boolean folders(String[] patterns, int from, String[] names, int at) {
        if (from == patterns.length) {
            return at == names.length;
        }
        if (patterns[from].equals("**")) {
            for (int next = at; next <= names.length; next++) {
                if (folders(patterns, from + 1, names, next)) {
                    return true;
                }
            }
            return false;
        }
        return at < names.length && matches(patterns[from], names[at]) && folders(patterns, from + 1, names, at + 1);
    }

    private static boolean matches(String pattern, String name) {
        StringBuilder expression = new StringBuilder();
        for (char each : pattern.toCharArray()) {
            expression.append(each == '*' ? ".*" : each == '?' ? "." : Pattern.quote(String.valueOf(each)));
        }
        return Pattern.compile(expression.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(name)
                .matches();
    }
}
