package io.jenkins.plugins.nova.report;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes markup that is HTML and well-formed XML at once. Nothing gets in but through this class's text and attributes, which are
 * escaped: no name of a server can become an element.
 */
final class Markup {

    private final StringWriter written = new StringWriter();
    private final XMLStreamWriter xml;

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

    /** A name that people gave: kept from turning the direction of the text around it. */
    Markup name(String name) {
        return leaf("bdi", name);
    }

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
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7F && !surrogate(c) && c < 0xFFFE || c > 0xFFFF)
                                ? c
                                : 0xFFFD)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean surrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private interface Writing {
        void run() throws XMLStreamException;
    }
}
