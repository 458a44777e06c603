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

    /** The classes of the plugin that Jenkins leaves out where they do not link. */
    Set<String> optionalExtensions() {
        Set<String> found = new TreeSet<>();
        own.forEach((name, reader) -> reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                        boolean extension = descriptor.equals("Lhudson/Extension;");
                        return !extension
                                ? null
                                : new AnnotationVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visit(String member, Object value) {
                                        if (member.equals("optional") && Boolean.TRUE.equals(value)) {
                                            found.add(name);
                                        }
                                    }
                                };
                    }
                },
                ClassReader.SKIP_CODE));
        return found;
    }

    /** Every class outside the plugin's jar that one of its classes names. */
    Set<String> referencedClasses() {
        Set<String> found = new TreeSet<>();
        own.keySet().forEach(user -> found.addAll(referencedBy(user)));
        return found;
    }

    /** Every class outside the plugin's jar that this one of its classes names. */
    Set<String> referencedBy(String user) {
        Set<String> found = new TreeSet<>();
        Remapper collector = new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String internalName) {
                found.add(ClassFile.dots(internalName));
                return internalName;
            }
        };
        own.get(user).accept(new ClassRemapper(new ClassWriter(0), collector), 0);
        found.removeAll(own.keySet());
        return found;
    }

    /** Members that the plugin's classes call or read and that nothing has, each with who needs it. */
    Set<String> missingMembers() {
        return references().missing();
    }

    /**
     * What the plugin's classes name as something it is not: a static member as an instance's or the other way round, an
     * interface as a class or the other way round, a protected member of no superclass, a final field that is written, an
     * abstract class that is instantiated, a final class or method that is extended. Each throws an
     * IncompatibleClassChangeError, IllegalAccessError, InstantiationError or VerifyError where it is linked.
     */
    Set<String> changedMembers() {
        Set<String> changed = references().changed();
        own.forEach((name, reader) -> extended(signature(name), reader, changed));
        return changed;
    }

    private record Problems(Set<String> missing, Set<String> changed) {}

    private Problems references() {
        Problems problems = new Problems(new TreeSet<>(), new TreeSet<>());
        own.forEach((name, reader) -> reader.accept(new References(name, problems), 0));
        return problems;
    }

    /** What the class extends may be extended, and so may what it overrides. */
    private void extended(Signature type, ClassReader reader, Set<String> changed) {
        Signature parent = signature(type.superclass());
        if (parent != null && (parent.isInterface() || parent.modifiers().contains("final"))) {
            changed.add(type.name() + " extends " + parent.name() + ", which is "
                    + (parent.isInterface() ? "an interface" : "final"));
        }
        for (String name : type.interfaces()) {
            Signature implemented = signature(name);
            if (implemented != null && !implemented.isInterface()) {
                changed.add(type.name() + " implements " + name + ", which is a class");
            }
        }
        Map<String, Integer> methods = methods(reader);
        for (Signature above = parent; above != null; above = superclass(above)) {
            for (Map.Entry<String, Integer> method : methods.entrySet()) {
                Set<String> overridden = above.members().get(method.getKey());
                if (overridden != null && (overridden.contains("public") || overridden.contains("protected"))) {
                    boolean isStatic = (method.getValue() & Opcodes.ACC_STATIC) != 0;
                    String way = overridden.contains("final")
                            ? "final"
                            : overridden.contains("static") ? "static" : "an instance's";
                    if (overridden.contains("final") || overridden.contains("static") != isStatic) {
                        changed.add(type.name() + "." + method.getKey() + " overrides what is " + way + " in "
                                + above.name());
                    }
                }
            }
        }
    }

    /** The access of what can override: no constructor and nothing private. */
    private static Map<String, Integer> methods(ClassReader reader) {
        Map<String, Integer> methods = new TreeMap<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String generic, String[] thrown) {
                        if (!name.startsWith("<") && (access & Opcodes.ACC_PRIVATE) == 0) {
                            methods.put(name + descriptor, access);
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE);
        return methods;
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

    /** Methods of the plugin's classes, by class, name and descriptor, that override or implement one of Jenkins. */
    Set<String> overridingMethods() {
        Set<String> overriding = new TreeSet<>();
        own.forEach((name, reader) -> {
            Set<String> methods = methods(reader).keySet();
            for (Signature ancestor : ancestors(signature(name))) {
                if (record.get(ancestor.name()) != null) {
                    methods.stream()
                            .filter(ancestor.members()::containsKey)
                            .forEach(method -> overriding.add(name + "." + method));
                }
            }
        });
        return overriding;
    }

    private boolean isAbstract(String className, String member) {
        Found found = find(signature(className), member);
        return found == null || found.modifiers().contains("abstract");
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

    private record Found(Signature owner, Set<String> modifiers) {}

    /** The member where the JVM would find it: the class, its superclasses, then the interfaces. */
    private Found find(Signature start, String member) {
        for (Signature type = start; type != null; type = superclass(type)) {
            Set<String> found = type.members().get(member);
            if (found != null && !(found.contains("abstract") && type.isInterface())) {
                return new Found(type, found);
            }
        }
        Found declared = null;
        for (Signature ancestor : ancestors(start)) {
            Set<String> found = ancestor.members().get(member);
            if (found != null && (declared == null || !found.contains("abstract"))) {
                declared = new Found(ancestor, found);
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
        private final Problems problems;

        References(String user, Problems problems) {
            super(Opcodes.ASM9);
            this.user = user;
            this.problems = problems;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String generic, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
                    Found found = require(owner, field + " " + type, isStatic);
                    boolean writes = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
                    if (found != null
                            && writes
                            && found.modifiers().contains("final")
                            && !found.owner().name().equals(user)) {
                        change(found.owner().name() + "." + field + " is final");
                    }
                }

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String method, String type, boolean ownerIsInterface) {
                    require(owner, method + type, opcode == Opcodes.INVOKESTATIC);
                    requireKind(owner, ownerIsInterface);
                }

                @Override
                public void visitTypeInsn(int opcode, String type) {
                    Signature created = opcode == Opcodes.NEW ? signature(ClassFile.dots(type)) : null;
                    if (created != null
                            && (created.isInterface() || created.modifiers().contains("abstract"))) {
                        change(created.name() + " is abstract");
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle) {
                            handle(handle);
                        }
                    }
                }
            };
        }

        private void handle(Handle handle) {
            int tag = handle.getTag();
            boolean isField = tag <= Opcodes.H_PUTSTATIC;
            boolean isStatic =
                    tag == Opcodes.H_GETSTATIC || tag == Opcodes.H_PUTSTATIC || tag == Opcodes.H_INVOKESTATIC;
            require(handle.getOwner(), handle.getName() + (isField ? " " : "") + handle.getDesc(), isStatic);
            if (!isField) {
                requireKind(handle.getOwner(), handle.isInterface());
            }
        }

        /** Null for what is missing, and for what is not looked up. */
        private Found require(String owner, String member, boolean isStatic) {
            boolean isPolymorphic = owner.startsWith("java/lang/invoke/");
            if (owner.startsWith("[") || isPolymorphic) {
                return null;
            }
            String called = ClassFile.dots(owner);
            Signature type = signature(called);
            Found found = type == null ? null : find(type, member);
            if (found == null) {
                problems.missing().add(called + "." + member + ", which " + user + " uses");
                return null;
            }
            if (found.modifiers().contains("static") != isStatic) {
                change(called + "." + member + " is " + (isStatic ? "not static" : "static"));
            }
            if (found.modifiers().contains("protected") && !mayUseProtected(found.owner())) {
                change(called + "." + member + " is protected");
            }
            return found;
        }

        private boolean mayUseProtected(Signature owner) {
            return packageOf(owner.name()).equals(packageOf(user))
                    || ancestors(signature(user)).contains(owner);
        }

        private void requireKind(String owner, boolean isInterface) {
            Signature type = owner.startsWith("[") ? null : signature(ClassFile.dots(owner));
            if (type != null && type.isInterface() != isInterface) {
                change(type.name() + " is " + (isInterface ? "a class" : "an interface"));
            }
        }

        private void change(String what) {
            problems.changed().add(what + ", which " + user + " does not expect");
        }
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }
}
