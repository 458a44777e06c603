package io.jenkins.plugins.nova.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The recorded signatures of Jenkins and its plugins: {@code javap -s -protected} of every class that src/jenkins-api
 * has, one file an artifact. CONTRIBUTING.md says how to add one.
 */
final class JenkinsRecord {
    static final Path DIRECTORY = Path.of("src/test/resources/jenkins-api-2.516.2");

    private static final Pattern HEADER = Pattern.compile("^(.*?)(class|interface) ([\\w.$]+)(.*) \\{$");
    private static final Set<String> MEMBER_MODIFIERS = Set.of("public", "protected", "static", "abstract", "final");

    private final Map<String, Signature> signatures = new TreeMap<>();
    private final Map<String, String> artifacts = new TreeMap<>();

    private JenkinsRecord() {}

    static JenkinsRecord load() {
        JenkinsRecord read = new JenkinsRecord();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.sorted().toList()) {
                read.read(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    /** Null where there is no such entry. */
    Signature get(String className) {
        return signatures.get(className);
    }

    Set<String> names() {
        return signatures.keySet();
    }

    /** The artifact that has the class, as {@code credentials}; null where there is no such entry. */
    String artifact(String className) {
        return artifacts.get(className);
    }

    private void read(Path file) throws IOException {
        String artifact = file.getFileName().toString().replace(".txt", "");
        List<String> lines = Files.readAllLines(file);
        Signature current = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                current = header(header);
                if (signatures.put(current.name(), current) != null) {
                    throw new IllegalStateException(current.name() + " is recorded twice");
                }
                artifacts.put(current.name(), artifact);
            } else if (line.startsWith("    descriptor: ")) {
                member(current, lines.get(i - 1).strip(), line.substring("    descriptor: ".length()));
            }
        }
    }

    private static Signature header(Matcher header) {
        String rest = erase(header.group(4));
        boolean isInterface = header.group(2).equals("interface");
        List<String> supers = names(rest, "extends");
        List<String> interfaces = names(rest, "implements");
        String superclass = isInterface || supers.isEmpty() ? "java.lang.Object" : supers.get(0);
        String kind = isInterface
                ? supers.contains("java.lang.annotation.Annotation") ? "annotation" : "interface"
                : superclass.equals("java.lang.Enum") ? "enum" : "class";
        Set<String> modifiers = new TreeSet<>(Arrays.asList(header.group(1).split(" ")));
        modifiers.retainAll(Set.of("abstract", "final"));
        return new Signature(
                header.group(3),
                kind,
                isInterface ? Set.of() : modifiers,
                superclass,
                new TreeSet<>(isInterface ? supers : interfaces),
                new TreeMap<>());
    }

    private static void member(Signature owner, String declaration, String descriptor) {
        boolean isMethod = descriptor.startsWith("(");
        String before = isMethod ? declaration.substring(0, declaration.indexOf('(')) : declaration.replace(";", "");
        String[] words = erase(before).split(" ");
        String last = words[words.length - 1];
        String name = isMethod && last.equals(owner.name()) ? "<init>" : last;
        Set<String> modifiers = new TreeSet<>(Arrays.asList(words));
        modifiers.retainAll(MEMBER_MODIFIERS);
        owner.members().put(name + (isMethod ? "" : " ") + descriptor, modifiers);
    }

    /** The names after a keyword, up to the next one. */
    private static List<String> names(String rest, String keyword) {
        List<String> found = new ArrayList<>();
        boolean wanted = false;
        for (String word : rest.split("[ ,]+")) {
            if (word.equals("extends") || word.equals("implements")) {
                wanted = word.equals(keyword);
            } else if (wanted) {
                found.add(word);
            }
        }
        return found;
    }

    private static String erase(String generic) {
        StringBuilder erased = new StringBuilder();
        int depth = 0;
        for (char c : generic.toCharArray()) {
            depth += c == '<' ? 1 : 0;
            if (depth == 0) {
                erased.append(c);
            }
            depth -= c == '>' ? 1 : 0;
        }
        return erased.toString();
    }
}
