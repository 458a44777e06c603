package io.jenkins.plugins.nova.packaging;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;
import org.objectweb.asm.ClassReader;

/**
 * Holds src/jenkins-api to what Jenkins really has. A signature that differs compiles here and fails on a controller
 * with NoSuchMethodError or IncompatibleClassChangeError, when the step runs and not before. The oldest release that the
 * plugin runs on has each signature exactly as it is written; a newer one may differ in what no class compiled against the
 * older one can tell. What it adds for us to implement is seen by {@link HpiIT}, which knows what we implement.
 */
public class SignatureTest {
    private static final Path SOURCES = Path.of("src/jenkins-api/java");
    private static final String OURS = "io/jenkins/plugins/nova/";

    private final JenkinsRecord record = JenkinsRecord.oldest();

    @Test
    public void everyRecordIsRead() throws IOException {
        try (Stream<Path> directories = Files.list(JenkinsRecord.RECORDS)) {
            Set<String> versions = directories
                    .map(directory -> directory.getFileName().toString())
                    .filter(name -> name.startsWith(JenkinsRecord.PREFIX))
                    .map(name -> name.substring(JenkinsRecord.PREFIX.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(versions, new TreeSet<>(JenkinsRecord.VERSIONS));
        }
        assertTrue("no newer release than " + record.version(), JenkinsRecord.VERSIONS.size() > 1);
    }

    @Test
    public void everySignatureIsRecorded() {
        List<String> problems = new ArrayList<>();
        for (Signature written : written()) {
            Signature recorded = record.get(written.name());
            if (recorded == null) {
                problems.add(written.name() + ": no entry in " + record.directory()
                        + "; if Jenkins has the class, record it (CONTRIBUTING.md), else it may not be used");
            } else {
                compare(written, recorded, problems);
            }
        }
        assertEquals("src/jenkins-api differs from Jenkins", "", String.join("\n", problems));
    }

    @Test
    public void everySignatureLinksOnNewerReleases() {
        for (JenkinsRecord newer : JenkinsRecord.newer()) {
            List<String> problems = new ArrayList<>();
            written().forEach(signature -> link(signature, newer, problems));
            assertEquals(
                    "src/jenkins-api does not link on Jenkins " + newer.version(), "", String.join("\n", problems));
        }
    }

    /** What is inherited from may stand beside what is used: a newer release moves members there. */
    @Test
    public void nothingIsRecordedThatNobodyUses() {
        for (JenkinsRecord each : JenkinsRecord.all()) {
            Set<String> unused = new TreeSet<>(each.names());
            written().forEach(signature -> unused.removeAll(each.ancestors(signature.name())));
            assertEquals("entries in " + each.directory() + " without a class in src/jenkins-api", Set.of(), unused);
        }
    }

    @Test
    public void theRecordsAreSorted() throws IOException {
        for (JenkinsRecord each : JenkinsRecord.all()) {
            try (Stream<Path> files = Files.list(each.directory())) {
                for (Path file : files.toList()) {
                    List<String> names = Files.readAllLines(file).stream()
                            .filter(line -> line.endsWith(" {"))
                            .map(line -> line.replaceFirst(".*?(class|interface) ([\\w.$]+).*", "$2"))
                            .toList();
                    assertEquals(file + " is not in alphabetical order", new ArrayList<>(new TreeSet<>(names)), names);
                }
            }
        }
    }

    /** That the comparison sees what it is there for. */
    @Test
    public void aWrongSignatureIsNoticed() {
        Signature recorded = record.get("hudson.model.Saveable");
        Signature wrong = new Signature(
                recorded.name(),
                "class",
                Set.of("final"),
                "java.io.File",
                Set.of("java.io.Closeable"),
                new TreeMap<>(Map.of("save()V", Set.of("public", "static"), "load()V", Set.of("public", "abstract"))));
        List<String> problems = new ArrayList<>();
        compare(wrong, recorded, problems);
        assertEquals(problems.toString(), 6, problems.size());
    }

    /** Each row: what a newer release makes of the class, and the problem, empty if it links. */
    @Test
    public void whatDoesNotLinkOnANewerReleaseIsNoticed() {
        Signature written = JenkinsRecord.of(
                        printed("public abstract class a.Written extends a.Parent implements a.Role {"))
                .get("a.Written");
        String same = printed("public abstract class a.Written extends a.Parent implements a.Role {");
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put(same, "");
        rows.put("", "is gone");
        rows.put(same.replace("abstract class", "interface").replace("extends a.Parent implements", "extends"), "kind");
        rows.put(same.replace("public abstract class", "public final class"), "is final");
        rows.put(same.replace(" extends a.Parent", ""), "no longer a a.Parent");
        rows.put(same.replace(" implements a.Role", ""), "no longer a a.Role");
        rows.put(
                same.replace(" extends a.Parent", " extends a.Between")
                        + "public class a.Between extends a.Parent {\n}\n",
                "");
        rows.put(same.replace("void call(", "void phone("), "no accessible member call()V");
        rows.put(same.replace("void call(", "int call(").replace("()V", "()I"), "no accessible member call()V");
        rows.put(same.replace("public void call(", "public static void call("), "call()V is static");
        rows.put(same.replace("static int count;", "int count;"), "count I is not static");
        rows.put(same.replace("public void call(", "public final void call("), "call()V is final");
        rows.put(same.replace("static int count;", "static final int count;"), "count I is final");
        rows.put(same.replace("public void call(", "public abstract void call("), "call()V is abstract");
        rows.put(same.replace("public void call(", "protected void call("), "call()V is protected");
        rows.put(same.replace("protected void end(", "public void end("), "");
        rows.put(
                same.replace("protected a.Written(", "protected a.Written(int")
                        .replace("descriptor: ()V\n  public", "descriptor: (I)V\n  public"),
                "no accessible member <init>()V");
        rows.put(
                same.replace("  public void call();\n    descriptor: ()V\n", "")
                        + "public class a.Parent {\n  public void call();\n    descriptor: ()V\n}\n",
                "");
        rows.put(
                same.replace("  public void call();\n    descriptor: ()V\n", "")
                        + "public interface a.Role {\n  public static void call();\n    descriptor: ()V\n}\n",
                "call()V is static");
        rows.put(
                same.replace(
                        "  protected void end", "  public void added();\n    descriptor: ()V\n  protected void end"),
                "");
        rows.forEach((newer, problem) -> {
            List<String> problems = new ArrayList<>();
            link(written, JenkinsRecord.of(newer), problems);
            assertEquals(newer + problems, problem.isEmpty(), problems.isEmpty());
            assertTrue(
                    newer + problems, problem.isEmpty() || problems.stream().anyMatch(each -> each.contains(problem)));
        });
        assertEquals("a row changes nothing", 20, rows.size());
    }

    private static String printed(String header) {
        return header + """

                  public static int count;
                    descriptor: I
                  protected a.Written();
                    descriptor: ()V
                  public void call();
                    descriptor: ()V
                  protected void end();
                    descriptor: ()V
                }
                """;
    }

    /** Whether what is compiled against the signature links where the record is from. */
    private static void link(Signature written, JenkinsRecord newer, Collection<String> problems) {
        String name = written.name();
        Signature recorded = newer.get(name);
        if (recorded == null) {
            problems.add(name + " is gone");
            return;
        }
        differ(name + ": kind", written.kind(), recorded.kind(), problems);
        gained(name, written.modifiers(), recorded.modifiers(), problems);
        List<Signature> ancestors =
                newer.ancestors(name).stream().map(newer::get).toList();
        Set<String> inherited = new TreeSet<>(Set.of("java.lang.Object"));
        ancestors.forEach(ancestor -> {
            inherited.add(ancestor.superclass());
            inherited.addAll(ancestor.interfaces());
        });
        Stream.concat(Stream.of(written.superclass()), written.interfaces().stream())
                .filter(expected -> !inherited.contains(expected))
                .forEach(expected -> problems.add(name + " is no longer a " + expected
                        + " by the record; if it is one by a class that is not recorded, record that class"));
        written.members().forEach((member, modifiers) -> {
            Set<String> found = recorded.members().get(member);
            if (found == null && !member.startsWith("<init>")) {
                found = ancestors.stream()
                        .map(ancestor -> ancestor.members().get(member))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            }
            if (found == null) {
                problems.add(name + ": Jenkins " + newer.version() + " has no accessible member " + member);
            } else {
                gained(name + "." + member, modifiers, found, problems);
                if (found.contains("static") != modifiers.contains("static")) {
                    problems.add(name + "." + member + " is " + (found.contains("static") ? "static" : "not static"));
                }
                if (modifiers.contains("public") && !found.contains("public")) {
                    problems.add(name + "." + member + " is protected");
                }
            }
        });
    }

    /** What may no longer be extended, overridden, written, instantiated or called on super. */
    private static void gained(String what, Set<String> written, Set<String> recorded, Collection<String> problems) {
        for (String modifier : List.of("final", "abstract")) {
            if (recorded.contains(modifier) && !written.contains(modifier)) {
                problems.add(what + " is " + modifier);
            }
        }
    }

    private static void compare(Signature written, Signature recorded, Collection<String> problems) {
        String name = written.name();
        differ(name + ": kind", written.kind(), recorded.kind(), problems);
        differ(name + ": modifiers", written.modifiers(), recorded.modifiers(), problems);
        differ(name + ": superclass", written.superclass(), recorded.superclass(), problems);
        differ(name + ": interfaces", written.interfaces(), recorded.interfaces(), problems);
        written.members().forEach((member, modifiers) -> {
            Set<String> expected = recorded.members().get(member);
            if (expected == null) {
                problems.add(name + ": Jenkins has no accessible member " + member);
            } else {
                differ(name + "." + member, modifiers, expected, problems);
            }
        });
    }

    private static void differ(String what, Object written, Object recorded, Collection<String> problems) {
        if (!written.equals(recorded)) {
            problems.add(what + " is " + written + ", in Jenkins " + recorded);
        }
    }

    private static List<Signature> written() {
        List<Signature> written = ClassFile.below(Path.of("target/classes")).stream()
                .filter(reader -> !reader.getClassName().startsWith(OURS))
                .filter(SignatureTest::hasSource)
                .filter(ClassFile::isPublic)
                .map(ClassFile::signature)
                .toList();
        assertTrue("no class of src/jenkins-api in target/classes", written.size() > 50);
        return written;
    }

    /** False for what an earlier build left in target. */
    private static boolean hasSource(ClassReader reader) {
        String outermost = reader.getClassName().split("\\$")[0];
        return Files.exists(SOURCES.resolve(outermost + ".java"));
    }
}
