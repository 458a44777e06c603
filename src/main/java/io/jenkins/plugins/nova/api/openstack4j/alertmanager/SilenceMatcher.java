package io.jenkins.plugins.nova.api.openstack4j.alertmanager;

import io.jenkins.plugins.nova.api.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One condition of a silence, as Alertmanager writes it (pkg/labels/parse.go): {@code instance=~"${host}(:.*)?"}. A regular expression
 * must match a label as a whole; {@code ${host}} stands for the name of the host.
 *
 * @param label the label's name
 * @param operator how it is compared
 * @param value with what, {@code ${host}} still in it
 */
public record SilenceMatcher(String label, Operator operator, String value) {

    /** What stands for the host's name. */
    public static final String HOST = "${host}";

    private static final Pattern LINE =
            Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(.*?)\\s*", Pattern.DOTALL);
    private static final String PARAMETER = "silenceMatchers: ";

    /** Java has these, and the regular expressions of Go, which Alertmanager takes, do not. */
    private static final Pattern NOT_IN_GO = Pattern.compile("\\(\\?(<?[=!]|>)|\\\\[1-9GZ]|[*+?}]\\+");

    /** Names of hosts that differ in all but their kind, and one that begins with the other. */
    private static final String ONE = "compute1";

    private static final List<String> OTHERS = List.of("", "other-2", "other-2:9100");
    private static final List<String> LONGER = List.of(ONE + "0", ONE + "0:9100");

    /** How a label is compared. */
    public enum Operator {
        EQUAL("=", true, false),
        NOT_EQUAL("!=", false, false),
        MATCHES("=~", true, true),
        MATCHES_NOT("!~", false, true);

        private final String sign;
        private final boolean equal;
        private final boolean regex;

        Operator(String sign, boolean equal, boolean regex) {
            this.sign = sign;
            this.equal = equal;
            this.regex = regex;
        }

        /** Whether the label is to be as the value says, and not otherwise. */
        boolean isEqual() {
            return equal;
        }

        /** Whether the value is a regular expression. */
        boolean isRegex() {
            return regex;
        }

        static Operator of(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException(sign);
        }
    }

    public SilenceMatcher {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(value, "value");
    }

    /**
     * Reads what was configured, one condition a line; empty lines are passed over.
     *
     * @param text null for none
     * @throws IllegalArgumentException when it is none, or would silence more than one host; the message names the parameter, the line
     *     and the way out
     */
    public static List<SilenceMatcher> parse(String text) {
        List<SilenceMatcher> found = new ArrayList<>();
        for (String line : text == null ? new String[0] : text.split("\\R")) {
            if (!line.isBlank()) {
                found.add(one(line.strip()));
            }
        }
        if (found.stream().noneMatch(SilenceMatcher::bindsHost)) {
            throw new IllegalArgumentException(PARAMETER + (found.isEmpty() ? "it is empty" : "'" + shown(text) + "'")
                    + ": a line with = or =~ must have " + HOST
                    + " in it, or the alerts of the whole cloud would be silenced; say such as instance=~\"" + HOST
                    + "(:.*)?\"");
        }
        return List.copyOf(found);
    }

    private static SilenceMatcher one(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw wrong(
                    line,
                    "is no matcher of Alertmanager's: give a label, one of = != =~ !~, and a value in double quotes");
        }
        SilenceMatcher matcher =
                new SilenceMatcher(parts.group(1), Operator.of(parts.group(2)), unquoted(line, parts.group(3)));
        String wrong = matcher.wrong();
        if (wrong != null) {
            throw wrong(line, wrong);
        }
        return matcher;
    }

    private String wrong() {
        if (value.length() > 1000 || !ForeignText.clean(value).equals(value)) {
            return "has a value that is longer than 1000 characters, or cannot be shown";
        }
        if (!operator.isRegex()) {
            return null;
        }
        if (NOT_IN_GO.matcher(value).find()) {
            return "is no regular expression of Go's, which Alertmanager takes: no look-around, back reference or possessive quantifier";
        }
        try {
            Pattern.compile(valueFor(ONE));
        } catch (PatternSyntaxException e) {
            return "is no regular expression: " + e.getDescription();
        }
        return bindsHost() && OTHERS.stream().anyMatch(this::matchesBeside)
                ? "matches other hosts, too: let " + HOST + " be a part that must be there, such as \"" + HOST
                        + "(:.*)?\""
                : null;
    }

    /** Whether it says of which host the alerts are. */
    private boolean bindsHost() {
        return operator.isEqual() && value.contains(HOST);
    }

    private boolean matchesBeside(String other) {
        return Pattern.compile(valueFor(ONE)).matcher(other).matches();
    }

    /** Whether it is for the host of one name and takes those that begin with that name, too: compute10 with compute1. */
    public boolean takesLonger() {
        return bindsHost() && operator.isRegex() && LONGER.stream().anyMatch(this::matchesBeside);
    }

    /**
     * The value for a host, whose name is taken as it is, also in a regular expression.
     *
     * @param host exactly as Nova calls it
     */
    String valueFor(String host) {
        return value.replace(HOST, operator.isRegex() ? quoted(host) : host);
    }

    /** As Go's regexp.QuoteMeta does it; Java reads it the same. */
    private static String quoted(String text) {
        return text.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0");
    }

    /** As a filter for lists. */
    String filter(String host) {
        return label
                + operator.sign
                + '"'
                + valueFor(host).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                + '"';
    }

    private static String unquoted(String line, String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        String inner = quoted ? text.substring(1, text.length() - 1) : text;
        StringBuilder value = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '"') {
                throw wrong(
                        line,
                        quoted
                                ? "has a double quote within its value: write \\\""
                                : "has a value that is not in double quotes from end to end");
            }
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = i + 1 < inner.length() ? inner.charAt(i + 1) : 0;
            // as Alertmanager reads it: other backslashes are themselves
            if (escaped == 'n' || escaped == '"' || escaped == '\\') {
                value.append(escaped == 'n' ? '\n' : escaped);
                i++;
            } else if (escaped == 0) {
                throw wrong(line, "ends with a single backslash: write two");
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private static IllegalArgumentException wrong(String line, String how) {
        return new IllegalArgumentException(PARAMETER + "'" + shown(line) + "' " + how);
    }

    private static String shown(String text) {
        return ForeignText.name(text.strip().replaceAll("\\R", "; "));
    }
}
