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
 * The recorded signatures of one release of Jenkins and its plugins: {@code javap -s -protected} of every class that
 * src/jenkins-api has, and of those supertypes in which a newer release has members that were theirs, one file an artifact.
 * CONTRIBUTING.md says how to add one.
 */
final class JenkinsRecord {
    static final Path RECORDS = Path.of("src/test/resources");

    /** What a directory of {@link #RECORDS} begins with, before the version, if it is a record. */
    static final String PREFIX = "jenkins-api-";

    /** The releases recorded: the oldest that the plugin runs on, which src/jenkins-api is written after, then newer ones. */
    static final List<String> VERSIONS = List.of("2.516.2", "2.568.2");

    private static final Pattern HEADER = Pattern.compile("^(.*?)(class|interface) ([\\w.$]+)(.*) \\{$");
    private static final Set<String> MEMBER_MODIFIERS = Set.of("public", "protected", "static", "abstract", "final");

    private final Map<String, Signature> signatures = new TreeMap<>();
    private final Map<String, String> artifacts = new TreeMap<>();

    private final String version;

    private JenkinsRecord(String version) {
        this.version = version;
    }

    /** The record of the oldest release. */
    static JenkinsRecord oldest() {
        return load(VERSIONS.get(0));
    }

    /** The records of all releases but the oldest. */
    static List<JenkinsRecord> newer() {
        return VERSIONS.stream().skip(1).map(JenkinsRecord::load).toList();
    }

    /** The records of all releases, the oldest first. */
    static List<JenkinsRecord> all() {
        return VERSIONS.stream().map(JenkinsRecord::load).toList();
    }

    /** A record of what javap printed, as if it were the one artifact "test" of a release "test". */
    static JenkinsRecord of(String printed) {
        JenkinsRecord read = new JenkinsRecord("test");
        read.read("test", printed.lines().toList());
        return read;
    }

    private static JenkinsRecord load(String version) {
        JenkinsRecord read = new JenkinsRecord(version);
        try (Stream<Path> files = Files.list(read.directory())) {
            for (Path file : files.sorted().toList()) {
                read.read(file.getFileName().toString().replace(".txt", ""), Files.readAllLines(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    /** The release, as {@code 2.516.2}. */
    String version() {
        return version;
    }

    Path directory() {
        return RECORDS.resolve(PREFIX + version);
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

    /** The class, if it is recorded, and the names of all it inherits from, as far as they are recorded. */
    Set<String> ancestors(String className) {
        Set<String> found = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(className));
        while (!open.isEmpty()) {
            Signature type = get(open.remove(open.size() - 1));
            if (type != null && found.add(type.name())) {
                open.add(type.superclass());
                open.addAll(type.interfaces());
            }
        }
        return found;
    }

    private void read(String artifact, List<String> lines) {
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
