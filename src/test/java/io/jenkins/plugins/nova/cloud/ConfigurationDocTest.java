package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.junit.Test;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What docs/configuration.md says about names is what the classes say. */
public class ConfigurationDocTest {

    private final String doc = read();

    @Test
    public void theTableOfACloudHasEveryFieldAndNoOther() {
        String table = doc.substring(doc.indexOf("## Clouds"), doc.indexOf("## Configuration as Code"));
        Set<String> named = new TreeSet<>();
        table.lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> named.addAll(found("`([A-Za-z]+)`", line.split("\\|")[1])));

        assertEquals(properties(NovaCloud.class), named);
    }

    @Test
    public void theSampleUsesSymbolsAndPropertiesThatExist() {
        String sample = doc.substring(doc.indexOf("```yaml"), doc.indexOf("```\n", doc.indexOf("```yaml") + 7));
        Set<String> known = new TreeSet<>(properties(NovaCloud.class));
        known.addAll(properties(OpenStackApplicationCredentials.class));
        known.add(OpenStackApplicationCredentials.DescriptorImpl.class.getAnnotation(Symbol.class)
                .value()[0]);
        known.add(NovaClouds.class.getAnnotation(Symbol.class).value()[0]);
        known.addAll(properties(NovaClouds.class, "setClouds"));
        // of the credentials plugin and of Configuration as Code itself
        known.addAll(Set.of("credentials", "system", "domainCredentials", "unclassified"));

        Set<String> used = found("(?m)^[ -]*([A-Za-z]+):", sample);

        assertTrue(used + " of " + known, known.containsAll(used));
        assertTrue(used.toString(), used.containsAll(Set.of("novaClouds", "clouds", "name", "identityUrl", "secret")));
    }

    private static Set<String> properties(Class<?> type) {
        Stream<String> constructed = Arrays.stream(type.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .map(Constructor::getParameters)
                .flatMap(Arrays::stream)
                .map(parameter -> parameter.getName());
        Stream<String> set = Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(ConfigurationDocTest::property);
        return Stream.concat(constructed, set).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> properties(Class<?> type, String setter) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(setter))
                .map(ConfigurationDocTest::property)
                .collect(Collectors.toSet());
    }

    private static String property(Method setter) {
        return Character.toLowerCase(setter.getName().charAt(3))
                + setter.getName().substring(4);
    }

    private static Set<String> found(String regexp, String text) {
        return Pattern.compile(regexp)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read() {
        try {
            return Files.readString(Path.of("docs/configuration.md"));
        } catch (IOException e) {
            throw new AssertionError("docs/configuration.md cannot be read; tests run from the project's root", e);
        }
    }
}
