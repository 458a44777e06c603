package io.jenkins.plugins.nova.report.page;

import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes markup that is HTML and well-formed XML at once. Nothing gets in but through this class's text and attributes, which are
 * escaped: no name of a server can become an element.
 */
public final class Markup {

    /** After these a name may go on in the next line; after a hyphen browsers do so by themselves. */
    private static final String BREAKS = "._/:@";

    private final StringWriter written = new StringWriter();
    private final XMLStreamWriter xml;
    private final List<Piece> pieces = new ArrayList<>();
    private final Deque<Open> opened = new ArrayDeque<>();

    Markup() {
        try {
            // The JDK's own: on a controller the class path may offer another that writes <script/> for an empty
            // element.
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(written);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param attributes name, value, name, value, …; those with the value {@code null} are left out
     */
    Markup open(String element, String... attributes) {
        return write(() -> {
            xml.writeStartElement(element);
            attributes(attributes);
        });
    }

    Markup close() {
        return write(xml::writeEndElement);
    }

    /** An element that HTML knows as empty, such as input. */
    Markup empty(String element, String... attributes) {
        return write(() -> {
            xml.writeEmptyElement(element);
            attributes(attributes);
        });
    }

    /**
     * @param text {@code null} is taken as nothing
     */
    Markup text(String text) {
        return write(() -> xml.writeCharacters(clean(text)));
    }

    /** An element with text alone in it. */
    Markup leaf(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /**
     * A name that people gave: kept from turning the direction of the text around it, and broken between its words alone, where
     * it must be broken at all.
     */
    Markup name(String name) {
        open("bdi");
        String rest = clean(name);
        for (int i = 0; i < rest.length() - 1; i++) {
            if (BREAKS.indexOf(rest.charAt(i)) >= 0 && i > 0 && BREAKS.indexOf(rest.charAt(i + 1)) < 0) {
                text(rest.substring(0, i + 1)).empty("wbr");
                rest = rest.substring(i + 1);
                i = 0;
            }
        }
        return text(rest).close();
    }

    /**
     * Opens an element that the page's script replaces by itself when it has changed; {@link #closePiece()} closes it.
     *
     * @param id the element's id, the same each time
     * @param more attributes as of {@link #open}
     */
    Markup openPiece(String element, String id, String... more) {
        // What is pending of the element around it must not become a part of this one.
        int from = text("").position();
        opened.push(new Open(id, from, new ArrayList<>()));
        String[] attributes = new String[more.length + 4];
        attributes[0] = "id";
        attributes[1] = id;
        attributes[2] = "data-nova-piece";
        attributes[3] = "";
        System.arraycopy(more, 0, attributes, 4, more.length);
        return open(element, attributes);
    }

    /** Closes the element that {@link #openPiece} opened last. */
    Markup closePiece() {
        close();
        Open done = opened.pop();
        Piece piece = new Piece(done.id, done.from, position(), List.copyOf(done.inside));
        (opened.isEmpty() ? pieces : opened.peek().inside).add(piece);
        return this;
    }

    /** The pieces that are in no other, in their order. */
    List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    private int position() {
        write(xml::flush);
        return written.getBuffer().length();
    }

    /** A piece that is being written. */
    private record Open(String id, int from, List<Piece> inside) {}

    /**
     * A part of the whole that can be replaced by itself.
     *
     * @param id of its element
     * @param from where it begins in the whole text
     * @param until where it ends
     * @param inside pieces within it
     */
    record Piece(String id, int from, int until, List<Piece> inside) {}

    @Override
    public String toString() {
        write(xml::flush);
        return written.toString();
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                xml.writeAttribute(attributes[i], clean(attributes[i + 1]));
            }
        }
    }

    private Markup write(Writing writing) {
        try {
            writing.run();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** Puts the replacement character for what XML may not contain: control characters and lone surrogates. */
    static String clean(String text) {
        if (text == null) {
            return "";
        }
        if (plain(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7F && !surrogate(c) && c < 0xFFFE || c > 0xFFFF)
                                ? c
                                : 0xFFFD)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** Whether it is of printable ASCII alone, as nearly all of a page is. */
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean surrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private interface Writing {
        void run() throws XMLStreamException;
    }
}
