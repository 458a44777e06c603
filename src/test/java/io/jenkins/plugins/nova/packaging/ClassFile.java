package io.jenkins.plugins.nova.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class file read without loading the class. */
final class ClassFile {
    private ClassFile() {}

    /** All class files below a directory of compiled classes. */
    static List<ClassReader> below(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .map(ClassFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassReader read(Path file) {
        try {
            return new ClassReader(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name(ClassReader reader) {
        return dots(reader.getClassName());
    }

    static boolean isPublic(ClassReader reader) {
        return (reader.getAccess() & Opcodes.ACC_PUBLIC) != 0;
    }

    static String dots(String internalName) {
        return internalName.replace('/', '.');
    }

    /** What of the class can be linked to from outside: its public and protected members. */
    static Signature signature(ClassReader reader) {
        Signature all = complete(reader);
        all.members().values().removeIf(modifiers -> !modifiers.contains("public") && !modifiers.contains("protected"));
        return all;
    }

    /** With the members that only the class itself or its package can link to. */
    static Signature complete(ClassReader reader) {
        boolean isInterface = (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
        Set<String> interfaces = new TreeSet<>();
        Arrays.stream(reader.getInterfaces()).map(ClassFile::dots).forEach(interfaces::add);
        Signature signature = new Signature(
                name(reader),
                kind(reader.getAccess()),
                isInterface ? Set.of() : classModifiers(reader.getAccess()),
                reader.getSuperName() == null ? "java.lang.Object" : dots(reader.getSuperName()),
                interfaces,
                new TreeMap<>());
        reader.accept(new Members(signature), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return signature;
    }

    private static String kind(int access) {
        if ((access & Opcodes.ACC_ANNOTATION) != 0) {
            return "annotation";
        }
        if ((access & Opcodes.ACC_INTERFACE) != 0) {
            return "interface";
        }
        return (access & Opcodes.ACC_ENUM) != 0 ? "enum" : "class";
    }

    private static Set<String> classModifiers(int access) {
        Set<String> modifiers = modifiers(access);
        modifiers.retainAll(Set.of("abstract", "final"));
        return modifiers;
    }

    static Set<String> modifiers(int access) {
        Set<String> modifiers = new TreeSet<>();
        add(modifiers, access, Opcodes.ACC_PUBLIC, "public");
        add(modifiers, access, Opcodes.ACC_PROTECTED, "protected");
        add(modifiers, access, Opcodes.ACC_STATIC, "static");
        add(modifiers, access, Opcodes.ACC_ABSTRACT, "abstract");
        add(modifiers, access, Opcodes.ACC_FINAL, "final");
        return modifiers;
    }

    private static void add(Set<String> modifiers, int access, int flag, String word) {
        if ((access & flag) != 0) {
            modifiers.add(word);
        }
    }

    private static final class Members extends ClassVisitor {
        private final Signature signature;

        Members(Signature signature) {
            super(Opcodes.ASM9);
            this.signature = signature;
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String generic, Object value) {
            put(access, name + " " + descriptor);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String generic, String[] thrown) {
            if (!name.equals("<clinit>")) {
                put(access, name + descriptor);
            }
            return null;
        }

        private void put(int access, String member) {
            signature.members().put(member, modifiers(access));
        }
    }
}
