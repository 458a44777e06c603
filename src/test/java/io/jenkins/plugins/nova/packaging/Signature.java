package io.jenkins.plugins.nova.packaging;

import java.util.Map;
import java.util.Set;

/**
 * What linking against a class depends on. Made from a class file or from what javap printed of one.
 *
 * @param name the binary name, as {@code hudson.util.FormValidation$Kind}
 * @param kind {@code interface}, {@code annotation}, {@code enum} or {@code class}
 * @param modifiers those of abstract and final that it has; none for an interface
 * @param superclass the binary name, {@code java.lang.Object} for an interface
 * @param interfaces binary names
 * @param members by name and descriptor, a field's apart by a space, as {@code get(I)Ljava/lang/Object;} and
 *     {@code kind Lhudson/util/FormValidation$Kind;}: those of public, protected, static, abstract and final that it has
 */
record Signature(
        String name,
        String kind,
        Set<String> modifiers,
        String superclass,
        Set<String> interfaces,
        Map<String, Set<String>> members) {

    boolean isInterface() {
        return kind.equals("interface") || kind.equals("annotation");
    }
}
