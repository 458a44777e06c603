package io.jenkins.plugins.nova.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Links the classes of the plugin's jar as a controller would: by name and descriptor, against the JDK, the jars in
 * WEB-INF/lib, the libraries that Jenkins brings, and for Jenkins itself against the record only, never src/jenkins-api.
 */
final class PackedClasses {
    private final Map<String, ClassReader> own = new TreeMap<>();
    private final JenkinsRecord record;
    private final Map<String, Signature> known = new TreeMap<>();

    PackedClasses(List<ClassReader> classes, JenkinsRecord record) {
        classes.forEach(reader -> own.put(ClassFile.name(reader), reader));
        this.record = record;
    }

    Set<String> names() {
        return own.keySet();
    }

    /** The classes of the plugin that carry the annotation. */
    Set<String> annotatedWith(String annotation) {
        Set<String> found = new TreeSet<>();
        own.forEach((name, reader) -> reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                        if (Type.getType(descriptor).getClassName().equals(annotation)) {
                            found.add(name);
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE));
        return found;
    }

    /** Every class outside the plugin's jar that one of its classes names. */
    Set<String> referencedClasses() {
        Set<String> found = new TreeSet<>();
        Remapper collector = new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String internalName) {
                found.add(ClassFile.dots(internalName));
                return internalName;
            }
        };
        own.values().forEach(reader -> reader.accept(new ClassRemapper(new ClassWriter(0), collector), 0));
        found.removeAll(own.keySet());
        return found;
    }

    /** Members that the plugin's classes call or read and that nothing has, each with who needs it. */
    Set<String> missingMembers() {
        Set<String> missing = new TreeSet<>();
        own.forEach((name, reader) -> reader.accept(new References(name, missing), 0));
        return missing;
    }

    /** Abstract methods of Jenkins that a concrete class of the plugin does not implement. */
    Set<String> unimplementedMethods() {
        Set<String> missing = new TreeSet<>();
        own.forEach((name, reader) -> {
            if ((reader.getAccess() & Opcodes.ACC_ABSTRACT) == 0) {
                for (Signature ancestor : ancestors(signature(name))) {
                    ancestor.members().forEach((member, modifiers) -> {
                        if (modifiers.contains("abstract") && isAbstract(name, member)) {
                            missing.add(name + " does not implement " + ancestor.name() + "." + member);
                        }
                    });
                }
            }
        });
        return missing;
    }

    private boolean isAbstract(String className, String member) {
        Set<String> modifiers = find(signature(className), member);
        return modifiers == null || modifiers.contains("abstract");
    }

    /** Null where nobody has the class. */
    Signature signature(String className) {
        return known.computeIfAbsent(className, this::read);
    }

    private Signature read(String className) {
        if (own.containsKey(className)) {
            return ClassFile.complete(own.get(className));
        }
        if (record.get(className) != null) {
            return record.get(className);
        }
        try (InputStream bytes = ClassLoader.getSystemResourceAsStream(className.replace('.', '/') + ".class")) {
            return bytes == null ? null : ClassFile.complete(new ClassReader(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modifiers of the member where the JVM would find it: the class, its superclasses, then the interfaces. */
    private Set<String> find(Signature start, String member) {
        for (Signature type = start; type != null; type = superclass(type)) {
            Set<String> found = type.members().get(member);
            if (found != null && !(found.contains("abstract") && type.isInterface())) {
                return found;
            }
        }
        Set<String> declared = null;
        for (Signature ancestor : ancestors(start)) {
            Set<String> found = ancestor.members().get(member);
            if (found != null && (declared == null || !found.contains("abstract"))) {
                declared = found;
            }
        }
        return declared;
    }

    private Signature superclass(Signature type) {
        return type.superclass().equals(type.name()) || type.name().equals("java.lang.Object")
                ? null
                : signature(type.superclass());
    }

    /** The class itself and all it inherits from, each once. */
    private List<Signature> ancestors(Signature start) {
        Map<String, Signature> found = new TreeMap<>();
        List<Signature> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            Signature type = open.remove(open.size() - 1);
            if (found.put(type.name(), type) == null) {
                Signature superclass = superclass(type);
                if (superclass != null) {
                    open.add(superclass);
                }
                type.interfaces().forEach(name -> {
                    Signature parent = signature(name);
                    if (parent != null) {
                        open.add(parent);
                    }
                });
            }
        }
        return List.copyOf(found.values());
    }

    private final class References extends ClassVisitor {
        private final String user;
        private final Set<String> missing;

        References(String user, Set<String> missing) {
            super(Opcodes.ASM9);
            this.user = user;
            this.missing = missing;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String generic, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    require(owner, field + " " + type);
                }

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String method, String type, boolean ownerIsInterface) {
                    require(owner, method + type);
                }

                @Override
                public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle) {
                            boolean isField = handle.getTag() <= Opcodes.H_PUTSTATIC;
                            require(handle.getOwner(), handle.getName() + (isField ? " " : "") + handle.getDesc());
                        }
                    }
                }
            };
        }

        private void require(String owner, String member) {
            boolean isPolymorphic = owner.startsWith("java/lang/invoke/");
            if (owner.startsWith("[") || isPolymorphic) {
                return;
            }
            Signature type = signature(ClassFile.dots(owner));
            if (type == null || find(type, member) == null) {
                missing.add(ClassFile.dots(owner) + "." + member + ", which " + user + " uses");
            }
        }
    }
}
