package io.jenkins.plugins.nova.packaging;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.Test;
import org.objectweb.asm.ClassReader;

/**
 * Holds src/jenkins-api to what Jenkins really has. A signature that differs compiles here and fails on a controller
 * with NoSuchMethodError or IncompatibleClassChangeError, when the step runs and not before.
 */
public class SignatureTest {
    private static final Path SOURCES = Path.of("src/jenkins-api/java");
    private static final String OURS = "io/jenkins/plugins/nova/";

    private final JenkinsRecord record = JenkinsRecord.load();

    @Test
    public void everySignatureIsRecorded() {
        List<String> problems = new ArrayList<>();
        for (Signature written : written()) {
            Signature recorded = record.get(written.name());
            if (recorded == null) {
                problems.add(written.name() + ": no entry in " + JenkinsRecord.DIRECTORY
                        + "; if Jenkins has the class, record it (CONTRIBUTING.md), else it may not be used");
            } else {
                compare(written, recorded, problems);
            }
        }
        assertEquals("src/jenkins-api differs from Jenkins", "", String.join("\n", problems));
    }

    @Test
    public void nothingIsRecordedThatNobodyUses() {
        Set<String> unused = new TreeSet<>(record.names());
        written().forEach(signature -> unused.remove(signature.name()));
        assertEquals("entries in " + JenkinsRecord.DIRECTORY + " without a class in src/jenkins-api", Set.of(), unused);
    }

    @Test
    public void theRecordIsSorted() throws IOException {
        try (Stream<Path> files = Files.list(JenkinsRecord.DIRECTORY)) {
            for (Path file : files.toList()) {
                List<String> names = Files.readAllLines(file).stream()
                        .filter(line -> line.endsWith(" {"))
                        .map(line -> line.replaceFirst(".*?(class|interface) ([\\w.$]+).*", "$2"))
                        .toList();
                assertEquals(file + " is not in alphabetical order", new ArrayList<>(new TreeSet<>(names)), names);
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
