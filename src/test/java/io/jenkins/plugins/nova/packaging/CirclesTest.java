package io.jenkins.plugins.nova.packaging;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Packages of src/jenkins-api that use each other in a circle do so in Jenkins too. A circle of ours alone would come from what
 * the signatures do for tests, and tie together what Jenkins keeps apart.
 */
public class CirclesTest {
    private static final String OURS = "io.jenkins.plugins.nova.";

    /** Of the release that src/jenkins-api is written after: a newer one may have undone a circle. */
    @Test
    public void everyCircleOfPackagesIsOneOfJenkins() {
        Map<String, Set<String>> used = written();
        Collection<Set<String>> ofJenkins = circles(recorded(used.keySet()));
        List<Set<String>> ofOurs = circles(used).stream()
                .filter(circle -> ofJenkins.stream().noneMatch(known -> known.containsAll(circle)))
                .toList();

        assertEquals(List.of(), ofOurs);
        assertTrue(
                "hudson.model is in a circle", circles(used).stream().anyMatch(each -> each.contains("hudson.model")));
    }

    @Test
    public void aCircleIsNoticed() {
        Map<String, Set<String>> used = Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("b"), "d", Set.of("a"));

        assertEquals(List.of(Set.of("b", "c")), List.copyOf(circles(used)));
    }

    /** What each package of src/jenkins-api uses of the others, bodies included. */
    private static Map<String, Set<String>> written() {
        Map<String, Set<String>> used = new TreeMap<>();
        List<ClassReader> readers = ClassFile.below(Path.of("target/classes")).stream()
                .filter(reader -> !ClassFile.name(reader).startsWith(OURS))
                .toList();
        readers.forEach(reader -> used.put(packageOf(ClassFile.name(reader)), new TreeSet<>()));
        for (ClassReader reader : readers) {
            String user = packageOf(ClassFile.name(reader));
            reader.accept(
                    new ClassRemapper(new ClassWriter(0), new Remapper() {
                        @Override
                        public String map(String internalName) {
                            add(used, user, ClassFile.dots(internalName));
                            return internalName;
                        }
                    }),
                    0);
        }
        return used;
    }

    /** The same of Jenkins, by the record: what its supertypes and the descriptors of its members name. */
    private static Map<String, Set<String>> recorded(Set<String> packages) {
        Map<String, Set<String>> used = new TreeMap<>();
        packages.forEach(each -> used.put(each, new TreeSet<>()));
        JenkinsRecord record = JenkinsRecord.oldest();
        for (String name : record.names()) {
            Signature signature = record.get(name);
            String user = packageOf(name);
            add(used, user, signature.superclass());
            signature.interfaces().forEach(each -> add(used, user, each));
            signature.members().keySet().stream().flatMap(CirclesTest::types).forEach(each -> add(used, user, each));
        }
        return used;
    }

    /** The classes in a member's descriptor, a field's or a method's. */
    private static Stream<String> types(String member) {
        int parameters = member.indexOf('(');
        if (parameters < 0) {
            return Stream.of(nameOf(Type.getType(member.substring(member.indexOf(' ') + 1))));
        }
        Type method = Type.getMethodType(member.substring(parameters));
        return Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getArgumentTypes()))
                .map(CirclesTest::nameOf);
    }

    private static String nameOf(Type type) {
        return type.getSort() == Type.ARRAY ? nameOf(type.getElementType()) : type.getClassName();
    }

    private static void add(Map<String, Set<String>> used, String user, String usedClass) {
        String other = packageOf(usedClass);
        if (!other.equals(user) && used.containsKey(other)) {
            used.get(user).add(other);
        }
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    /** Of the packages those sets, of two or more, that reach each other. */
    private static Set<Set<String>> circles(Map<String, Set<String>> used) {
        Map<String, Set<String>> reached = new TreeMap<>();
        used.keySet().forEach(from -> reached.put(from, reach(from, used)));
        return used.keySet().stream()
                .map(from -> reached.get(from).stream()
                        .filter(to -> reached.get(to).contains(from))
                        .collect(Collectors.toSet()))
                .filter(circle -> circle.size() > 1)
                .collect(Collectors.toSet());
    }

    private static Set<String> reach(String from, Map<String, Set<String>> used) {
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(used.get(from));
        while (!next.isEmpty()) {
            String to = next.pop();
            if (reached.add(to)) {
                next.addAll(used.get(to));
            }
        }
        return reached;
    }
}
