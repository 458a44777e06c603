package io.jenkins.plugins.nova.rehearsal.build;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Map;

/** Writes text with the characters that a console has: under {@code LC_ALL=C} an ellipsis is three dots, not a '?'. */
final class Alphabet {
    private static final Map<Integer, String> PLAIN = Map.of(
            (int) '\u2026', "...",
            (int) '\u2013', "-",
            (int) '\u2014', "-",
            (int) '\u2018', "'",
            (int) '\u2019', "'",
            (int) '\u201c', "\"",
            (int) '\u201d', "\"",
            (int) '\u00bb', ">",
            (int) '\u2192', "->",
            (int) '\u00d7', "x");

    private final Charset charset;

    Alphabet(Charset charset) {
        this.charset = charset;
    }

    /** The text with plain characters in the place of those that the console has not, and '?' where there is none. */
    String spell(String text) {
        CharsetEncoder encoder = charset.newEncoder();
        if (encoder.canEncode(text)) {
            return text;
        }
        StringBuilder spelled = new StringBuilder();
        text.codePoints().forEach(point -> {
            String one = Character.toString(point);
            spelled.append(encoder.canEncode(one) ? one : PLAIN.getOrDefault(point, "?"));
        });
        return spelled.toString();
    }
}
