package io.jenkins.plugins.nova.api;

import java.util.regex.Pattern;

/**
 * Text of others (tenants, guests, other tools, a sick or hostile cloud) made harmless where it enters, once, so that nothing
 * behind needs to think of it: it cannot move a terminal's cursor, write lines of its own, turn the order of what is read, or
 * make XML that is none.
 *
 * <p>What cannot be shown is replaced by U+FFFD, also at the end of what was cut, so that a changed text can be told from any that
 * was not: a name with it names nobody ({@link #altered}).
 */
public final class ForeignText {

    /** Stands for what cannot be shown. */
    public static final char REPLACED = '\uFFFD';

    /** Nova's columns for names, ids and reasons have no more. */
    private static final int MOST_OF_A_NAME = 255;

    private static final int MOST_OF_WORDS = 4000;

    /** A hundred lines of a console with something to read in each. */
    private static final int MOST_OF_A_CONSOLE = 1 << 16;

    /** Sequences that colour a terminal or move its cursor (ECMA-48, 5.4): consoles of guests are full of them. */
    private static final Pattern SEQUENCE = Pattern.compile("\u001B\\[[0-?]*[ -/]*[@-~]");

    /** Keystone's ids: 32 hexadecimal digits, with or without hyphens; a user of LDAP's has 64. */
    private static final Pattern LIKE_AN_ID = Pattern.compile("[0-9a-fA-F-]{32,64}");

    private ForeignText() {}

    /**
     * A name, or another short text on one line; for display, and for comparing with what is not {@link #altered}.
     *
     * @param text null for none
     * @return at most 255 characters; null for null
     */
    public static String name(String text) {
        return text == null ? null : cut(clean(text), MOST_OF_A_NAME);
    }

    /**
     * Words in a sentence: a reason, a message, a fault. Line breaks and tabs are blanks.
     *
     * @param text null for none
     * @return one line of at most 4,000 characters; null for null
     */
    public static String words(String text) {
        if (text == null) {
            return null;
        }
        if (plain(text)) {
            return cut(text, MOST_OF_WORDS);
        }
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> line.appendCodePoint(breaks(point) || point == '\t' ? ' ' : shown(point)));
        return cut(line.toString(), MOST_OF_WORDS);
    }

    /**
     * What a guest wrote to its console: lines, without colours.
     *
     * @return the last 64 Ki characters at most
     */
    public static String console(String text) {
        String plain = SEQUENCE.matcher(text).replaceAll("").replaceAll("\\R", "\n");
        StringBuilder lines = new StringBuilder(plain.length());
        plain.codePoints()
                .forEach(point -> lines.appendCodePoint(point == '\n' || point == '\t' ? point : shown(point)));
        int more = lines.length() - MOST_OF_A_CONSOLE;
        return more <= 0 ? lines.toString() : clean(lines.substring(more, more + 1)) + lines.substring(more + 1);
    }

    /** The same text, as long as it is, on one line. */
    public static String clean(String text) {
        if (plain(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(shown(point)));
        return clean.toString();
    }

    /** Whether an identifier can be used as it is: shown, compared and sent back. */
    public static boolean harmless(String text) {
        return text.length() <= MOST_OF_A_NAME && text.equals(clean(text));
    }

    /** Whether a text is not the one that its owner wrote, or cannot be told from such a one. */
    public static boolean altered(String text) {
        return text.indexOf(REPLACED) >= 0;
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + REPLACED;
    }

    /** Whether it is of ASCII's letters, digits, marks and blanks alone, as nearly all of an answer is: nothing of it is harmful. */
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static int shown(int point) {
        return harmful(point) ? REPLACED : point;
    }

    /**
     * Whether a name may be shown in place of the id that it stands for: it is whole and on one line, holds no markup, and cannot be
     * taken for an id of somebody else's.
     *
     * @param name null for none
     */
    public static boolean standsForAnId(String name) {
        return name != null
                && !name.isBlank()
                && harmless(name)
                && !altered(name)
                && name.indexOf('<') < 0
                && name.indexOf('>') < 0
                && !LIKE_AN_ID.matcher(name).matches();
    }

    private static boolean breaks(int point) {
        return point >= '\n' && point <= '\r' || point == 0x85 || point == 0x2028 || point == 0x2029;
    }

    /** C0, DEL and C1; separators of lines and paragraphs; lone surrogates; what turns the order of reading; no characters at all. */
    private static boolean harmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default ->
                point == 0x061C
                        || point == 0x200E
                        || point == 0x200F
                        || point >= 0x202A && point <= 0x202E
                        || point >= 0x2066 && point <= 0x2069
                        || point >= 0xFDD0 && point <= 0xFDEF
                        || (point & 0xFFFE) == 0xFFFE;
        };
    }
}
