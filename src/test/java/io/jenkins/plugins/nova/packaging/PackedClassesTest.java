package io.jenkins.plugins.nova.packaging;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class that was compiled against one release is linked against another, which changed one thing. */
public class PackedClassesTest {
    private static final String COMPILED_AGAINST = """
            public abstract class a.Base extends java.lang.Object {
              protected a.Base();
                descriptor: ()V
              public void overridden();
                descriptor: ()V
              public abstract void implemented();
                descriptor: ()V
              protected void inherited();
                descriptor: ()V
            }
            public interface a.Role {
              public abstract void play();
                descriptor: ()V
            }
            public class a.Other extends java.lang.Object {
              public int field;
                descriptor: I
              public static int counter;
                descriptor: I
              public a.Other();
                descriptor: ()V
              public void instance();
                descriptor: ()V
              public static void helper();
                descriptor: ()V
              public void referenced();
                descriptor: ()V
            }
            """;

    /** Each row: what the other release has instead of what, and what is said of it, empty if it links. */
    @Test
    public void eachChangeThatDoesNotLinkIsNoticed() {
        Map<List<String>, String> rows = new LinkedHashMap<>();
        rows.put(List.of("a.Base();", "a.Base();"), "");
        rows.put(List.of("abstract class a.Base", "final class a.Base"), "extends a.Base, which is final");
        rows.put(
                List.of("abstract class a.Base extends java.lang.Object", "interface a.Base"),
                "extends a.Base, which is an interface");
        rows.put(List.of("interface a.Role", "abstract class a.Role"), "implements a.Role, which is a class");
        rows.put(
                List.of("void overridden", "final void overridden"), "overridden()V overrides what is final in a.Base");
        rows.put(
                List.of("void overridden", "static void overridden"),
                "overridden()V overrides what is static in a.Base");
        rows.put(List.of("void inherited", "static void inherited"), "Compiled.inherited()V is static");
        rows.put(List.of("protected void inherited", "public void inherited"), "");
        rows.put(List.of("public class a.Other", "public abstract class a.Other"), "a.Other is abstract");
        rows.put(
                List.of("public class a.Other extends java.lang.Object", "public interface a.Other"),
                "a.Other is an interface");
        rows.put(List.of("int field", "static int field"), "a.Other.field I is static");
        rows.put(List.of("int field", "final int field"), "a.Other.field is final");
        rows.put(List.of("static int counter", "int counter"), "a.Other.counter I is not static");
        rows.put(List.of("static int counter", "static final int counter"), "a.Other.counter is final");
        rows.put(List.of("void instance", "static void instance"), "a.Other.instance()V is static");
        rows.put(List.of("static void helper", "void helper"), "a.Other.helper()V is not static");
        rows.put(List.of("public void instance", "protected void instance"), "a.Other.instance()V is protected");
        rows.put(List.of("void referenced", "static void referenced"), "a.Other.referenced()V is static");
        rows.put(List.of("void instance()", "void renamed()"), "a.Other.instance()V, which");
        rows.put(
                List.of(
                        "public static int counter",
                        "public static long counter;\n    descriptor: J\n  public static int renamed"),
                "a.Other.counter I, which");
        rows.put(List.of("  public void referenced", "  public abstract void referenced"), "");
        rows.put(
                List.of(
                        "  public abstract void play",
                        "  public abstract void rest();\n    descriptor: ()V\n  public abstract void play"),
                "does not implement a.Role.rest()V");
        rows.put(
                List.of(
                        "  public abstract void play",
                        "  public default void rest();\n    descriptor: ()V\n  public abstract void play"),
                "");
        rows.put(
                List.of(
                        "  public abstract void implemented",
                        "  public abstract void added();\n    descriptor: ()V\n  public abstract void implemented"),
                "does not implement a.Base.added()V");
        rows.forEach((change, said) -> {
            String other = COMPILED_AGAINST.replace(change.get(0), change.get(1));
            assertTrue(change.toString(), COMPILED_AGAINST.contains(change.get(0)));
            PackedClasses linked = new PackedClasses(List.of(compiled()), JenkinsRecord.of(other));
            Set<String> problems = new TreeSet<>(linked.missingMembers());
            problems.addAll(linked.changedMembers());
            problems.addAll(linked.unimplementedMethods());
            assertEquals(change + ": " + problems, said.isEmpty(), problems.isEmpty());
            assertTrue(
                    change + ": " + problems,
                    said.isEmpty() || problems.stream().anyMatch(problem -> problem.contains(said)));
        });
    }

    @Test
    public void aMethodThatOverridesWhatWasAddedIsNoticed() {
        String use = "  public default void use();\n    descriptor: ()V\n";
        String added = COMPILED_AGAINST.replace("  public abstract void play", use + "  public abstract void play");
        Set<String> before =
                new PackedClasses(List.of(compiled()), JenkinsRecord.of(COMPILED_AGAINST)).overridingMethods();
        Set<String> after = new PackedClasses(List.of(compiled()), JenkinsRecord.of(added)).overridingMethods();

        String name = "io.jenkins.plugins.nova.Compiled.";
        assertEquals(Set.of(name + "overridden()V", name + "implemented()V", name + "play()V"), before);
        assertEquals(Set.of(name + "overridden()V", name + "implemented()V", name + "play()V", name + "use()V"), after);
    }

    /** A class of ours that uses each member of the record in one way. */
    private static ClassReader compiled() {
        ClassWriter writer = new ClassWriter(0);
        String name = "io/jenkins/plugins/nova/Compiled";
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "a/Base", new String[] {"a/Role"});
        for (String implemented : List.of("overridden", "implemented", "play")) {
            writer.visitMethod(Opcodes.ACC_PUBLIC, implemented, "()V", null, null)
                    .visitEnd();
        }
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "use", "()V", null, null);
        method.visitCode();
        method.visitTypeInsn(Opcodes.NEW, "a/Other");
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, "a/Other", "<init>", "()V", false);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "a/Other", "instance", "()V", false);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, "a/Other", "helper", "()V", false);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, "inherited", "()V", false);
        method.visitFieldInsn(Opcodes.PUTFIELD, "a/Other", "field", "I");
        method.visitFieldInsn(Opcodes.PUTSTATIC, "a/Other", "counter", "I");
        Handle bootstrap =
                new Handle(Opcodes.H_INVOKESTATIC, "java/lang/invoke/LambdaMetafactory", "metafactory", "()V", false);
        Handle referenced = new Handle(Opcodes.H_INVOKEVIRTUAL, "a/Other", "referenced", "()V", false);
        method.visitInvokeDynamicInsn("run", "()Ljava/lang/Runnable;", bootstrap, referenced);
        method.visitEnd();
        writer.visitEnd();
        return new ClassReader(writer.toByteArray());
    }
}
