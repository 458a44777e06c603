package io.jenkins.plugins.nova.packaging;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The views hold nothing that a controller would stumble over or silently drop: only tags and attributes that Jenkins 2.516.2
 * has, and expressions that its Jelly can compile. A view that does not compile takes the whole page down that it is part of.
 */
public class ViewsTest {

    private static final Path VIEWS = Path.of("src/main/resources");

    /** Jelly's own, whose attributes are few and well known. */
    private static final Set<String> LANGUAGE = Set.of("j", "st");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");

    /**
     * A text to be translated. Stapler takes a parenthesis in it for the begin of arguments and compiles what follows as an
     * expression (InternationalizedStringExpression), and MessageFormat takes quotes and braces as its own.
     */
    private static final Pattern TEXT = Pattern.compile("%[^(){}'\"]+");

    private static final Pattern PROPERTY = Pattern.compile("[a-zA-Z]+(\\.[a-zA-Z_]+)*( != null)?");

    @Test
    public void everyExpressionCompiles() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Path view : views()) {
            Matcher expression = EXPRESSION.matcher(Files.readString(view));
            while (expression.find()) {
                seen++;
                String text = expression.group(1);
                if (!TEXT.matcher(text).matches() && !PROPERTY.matcher(text).matches()) {
                    wrong.add(view + ": " + expression.group());
                }
            }
        }
        assertFalse(seen == 0);
        assertEquals(List.of(), wrong);
    }

    @Test
    public void everyTagAndAttributeIsOneOfJenkins() throws Exception {
        Map<String, Set<String>> known = record();
        List<String> unknown = new ArrayList<>();
        for (Path view : views()) {
            NodeList all = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(view.toFile())
                    .getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                Element element = (Element) all.item(i);
                String tag = element.getTagName();
                int colon = tag.indexOf(':');
                if (colon < 0 || LANGUAGE.contains(tag.substring(0, colon))) {
                    continue;
                }
                for (int at = 0; at < element.getAttributes().getLength(); at++) {
                    String attribute = element.getAttributes().item(at).getNodeName();
                    if (!known.getOrDefault(tag, Set.of()).contains(attribute)) {
                        unknown.add(view + ": <" + tag + " " + attribute + ">");
                    }
                }
                if (!known.containsKey(tag)) {
                    unknown.add(view + ": <" + tag + ">");
                }
            }
        }
        assertEquals(List.of(), unknown);
    }

    /** Stapler takes the dots of an adjunct's name for folders, and leaves a page without style and script where it finds none. */
    @Test
    public void everyAdjunctIsThere() throws IOException {
        Pattern adjunct = Pattern.compile("<st:adjunct includes=\"([^\"]*)\"");
        int seen = 0;
        for (Path view : views()) {
            Matcher included = adjunct.matcher(Files.readString(view));
            while (included.find()) {
                seen++;
                String file = included.group(1).replace('.', '/');
                for (String kind : List.of(".css", ".js")) {
                    assertTrue(view + ": " + file + kind, Files.exists(VIEWS.resolve(file + kind)));
                }
            }
        }
        assertEquals(4, seen);
    }

    /** Jenkins escapes what a view writes only where the view says so. */
    @Test
    public void everyViewEscapes() throws IOException {
        for (Path view : views()) {
            assertEquals(
                    view.toString(),
                    "<?jelly escape-by-default='true'?>",
                    Files.readAllLines(view).get(0));
        }
    }

    private static List<Path> views() throws IOException {
        try (Stream<Path> files = Files.walk(VIEWS)) {
            return files.filter(file -> file.toString().endsWith(".jelly")).toList();
        }
    }

    private static Map<String, Set<String>> record() throws IOException {
        Map<String, Set<String>> tags = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ViewsTest.class.getResourceAsStream("tags-2.516.2.txt"), StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                List<String> words = Arrays.asList(line.split(" "));
                tags.put(words.get(0), Set.copyOf(words.subList(1, words.size())));
            });
        }
        return tags;
    }
}
