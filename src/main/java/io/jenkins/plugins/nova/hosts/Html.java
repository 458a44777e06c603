package io.jenkins.plugins.nova.hosts;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of HTML that is safe to be put into another: texts and values of attributes are escaped where they come in, and there is
 * no other way in.
 */
final class Html {

    static final Html NONE = new Html("");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /** @param words null for none */
    static Html text(String words) {
        return new Html(words == null ? "" : escaped(words));
    }

    /** One after the other. */
    static Html of(Html... pieces) {
        return of(Stream.of(pieces));
    }

    /** One after the other. */
    static Html of(Stream<Html> pieces) {
        return new Html(pieces.map(Html::toString).collect(Collectors.joining()));
    }

    /** The same with a class. */
    static Html element(String element, String classes, Html... inside) {
        return tag(element).with("class", classes).around(inside);
    }

    /** An element to be given attributes. */
    static Tag tag(String element) {
        return new Tag("<" + element, element);
    }

    /** An element whose begin is being written. */
    record Tag(String begun, String element) {

        /** @param value null leaves the attribute out */
        Tag with(String attribute, String value) {
            return value == null ? this : new Tag(begun + " " + attribute + "=\"" + escaped(value) + "\"", element);
        }

        Html around(Html... inside) {
            return new Html(begun + ">" + of(inside) + "</" + element + ">");
        }

        Html around(String words) {
            return around(text(words));
        }

        /** For an element that has no end in HTML, such as input. */
        Html alone() {
            return new Html(begun + ">");
        }
    }

    private static String escaped(String words) {
        StringBuilder safe = new StringBuilder(words.length() + 16);
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /** The markup. */
    @Override
    public String toString() {
        return markup;
    }
}
