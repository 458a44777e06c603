package io.jenkins.plugins.nova.rehearsal.engine;

import groovy.lang.Closure;
import groovy.lang.GString;
import java.net.URI;
import java.net.URL;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.CauseOfInterruption;

/**
 * What a script may not call: files, processes, connections, threads, the environment of the process, Jenkins itself. The
 * names of what a controller's sandbox refuses are as script-security's RejectedAccessException writes them. It is no wall
 * against a script that means harm, but one that keeps an ordinary one from doing any.
 */
final class SandboxRules {
    /** Packages and classes of which a script may neither make nor call anything. */
    private static final List<String> REFUSED = List.of(
            "java.io.",
            "java.nio.file.",
            "java.nio.channels.",
            "java.net.",
            "java.sql.",
            "java.lang.reflect.",
            "java.lang.invoke.",
            "java.lang.Runtime",
            "java.lang.Process",
            "java.lang.System",
            "java.lang.Thread",
            "java.lang.ClassLoader",
            "java.lang.Module",
            "java.util.Timer",
            "java.util.Scanner",
            "java.util.ServiceLoader",
            "java.util.concurrent.Executor",
            "java.util.concurrent.ForkJoin",
            "java.util.concurrent.Thread",
            "java.util.concurrent.CompletableFuture",
            "java.util.zip.ZipFile",
            "java.util.jar.",
            "java.util.logging.",
            "java.util.prefs.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "groovy.lang.GroovyShell",
            "groovy.lang.GroovyClassLoader",
            "groovy.lang.GroovySystem",
            "groovy.lang.ExpandoMetaClass",
            "groovy.lang.MetaClass",
            "groovy.sql.",
            "groovy.grape.",
            "groovy.util.Ant",
            "groovy.util.Eval",
            "groovy.util.GroovyScriptEngine",
            "org.codehaus.groovy.control.",
            "org.codehaus.groovy.reflection.",
            "org.codehaus.groovy.tools.",
            "org.codehaus.groovy.runtime.HandleMetaClass",
            "org.codehaus.groovy.runtime.MethodClosure",
            "org.codehaus.groovy.runtime.ProcessGroovyMethods",
            "org.codehaus.groovy.runtime.ResourceGroovyMethods",
            "jenkins.",
            "hudson.",
            "org.jenkinsci.",
            "io.jenkins.");

    /** Exceptions to these: nothing of theirs reaches anything. */
    private static final Set<String> GRANTED = Set.of(
            "java.io.StringReader",
            "java.io.StringWriter",
            "java.io.BufferedReader",
            "java.io.ByteArrayInputStream",
            "java.io.ByteArrayOutputStream",
            "java.io.Serializable",
            URI.class.getName(),
            URLEncoder.class.getName(),
            URLDecoder.class.getName(),
            "hudson.model.Result",
            "hudson.EnvVars");

    /** What may be asked of an address without a connection to it. */
    private static final Set<String> OF_URL = Set.of(
            "authority",
            "class",
            "defaultPort",
            "equals",
            "file",
            "hashCode",
            "host",
            "path",
            "plus",
            "port",
            "protocol",
            "query",
            "ref",
            "toExternalForm",
            "toString",
            "toURI",
            "userInfo");

    private static final Set<String> OF_SYSTEM = Set.of("currentTimeMillis", "nanoTime", "lineSeparator");
    private static final Set<String> OF_CLASS = Set.of(
            "forName",
            "newInstance",
            "classLoader",
            "metaClass",
            "protectionDomain",
            "module",
            "resource",
            "resourceAsStream",
            "methods",
            "method",
            "declaredMethods",
            "declaredMethod",
            "fields",
            "field",
            "declaredFields",
            "declaredField",
            "constructors",
            "constructor",
            "declaredConstructors",
            "declaredConstructor");

    private SandboxRules() {}

    private static boolean isRefused(String type) {
        return !GRANTED.contains(type) && REFUSED.stream().anyMatch(type::startsWith);
    }

    /** Whether a script may not use that class at all: neither make one of it, nor call what is static. */
    static boolean refusesClass(String type) {
        return isRefused(type) && !type.endsWith("Exception") && !type.endsWith("Error");
    }

    /** Whether a name makes anything a process or a connection, whatever it is called on. */
    static boolean refusesName(String method) {
        return Set.of("execute", "toURL", "getClassLoader", "classLoader", "getMetaClass", "metaClass", "forName")
                .contains(method);
    }

    /** Refuses to make an object. */
    static void make(Class<?> type, Object... arguments) {
        if (type != URL.class && !Throwable.class.isAssignableFrom(type) && isRefused(type.getName())) {
            throw new RejectedAccess("new " + type.getName() + types(arguments));
        }
    }

    /** Refuses a call; a property counts as a call of its getter. */
    static void call(Object receiver, String method, Object... arguments) {
        if (receiver instanceof Class<?> type) {
            staticCall(type, method, arguments);
            return;
        }
        if (receiver == null) {
            return;
        }
        if (receiver instanceof Closure<?> closure) {
            beyond(closure, method, arguments);
            return;
        }
        String name = receiver.getClass().getName();
        boolean text = receiver instanceof CharSequence || receiver instanceof GString;
        boolean row = receiver instanceof Collection<?> || receiver instanceof Object[];
        if (method.equals("execute") && (text || row)) {
            throw new RejectedAccess("staticMethod org.codehaus.groovy.runtime.ProcessGroovyMethods execute "
                    + (text ? "java.lang.String" : "java.util.List") + types(arguments));
        }
        if (method.equals("toURL") || method.equals("metaClass") || method.equals("getMetaClass")) {
            throw new RejectedAccess("method " + name + " " + method);
        }
        if (method.equals("parse") && (name.startsWith("groovy.util.Xml") || name.startsWith("groovy.json."))) {
            throw new RejectedAccess("method " + name + " parse" + types(arguments));
        }
        if (receiver instanceof CauseOfInterruption) {
            return;
        }
        if (receiver instanceof URL && OF_URL.contains(property(method))) {
            return;
        }
        if (!(receiver instanceof Throwable) && !isOurs(name) && isRefused(name)) {
            throw new RejectedAccess("method " + name + " " + method + types(arguments));
        }
    }

    /** A name without a receiver in a closure may be of its delegate, or of what it stands in. */
    private static void beyond(Closure<?> closure, String method, Object... arguments) {
        if (method.equals("metaClass") || method.equals("getMetaClass")) {
            throw new RejectedAccess("method groovy.lang.Closure " + method);
        }
        if (Set.of("call", "doCall", "delegate", "owner", "setDelegate", "setResolveStrategy")
                .contains(method)) {
            return;
        }
        for (Object other : new Object[] {closure.getDelegate(), closure.getOwner()}) {
            if (other != closure) {
                call(other, method, arguments);
            }
        }
    }

    /** The getter that a property means, if there is one: what a controller calls it. */
    static String getter(Object of, String property) {
        if (of == null || property.isEmpty()) {
            return property;
        }
        Class<?> type = of instanceof Class<?> itself ? itself : of.getClass();
        String name = "get" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
        boolean signature = Stream.of("hudson.", "jenkins.", "org.jenkinsci.").anyMatch(type.getName()::startsWith);
        return signature
                        || Stream.of(type.getMethods())
                                .anyMatch(method -> method.getName().equals(name) && method.getParameterCount() == 0)
                ? name
                : property;
    }

    /** The property that a getter is of; another name as it is. */
    private static String property(String method) {
        return method.startsWith("get") && method.length() > 3
                ? Character.toLowerCase(method.charAt(3)) + method.substring(4)
                : method;
    }

    private static void staticCall(Class<?> type, String method, Object... arguments) {
        String getter = property(method);
        boolean granted = type == Safepoint.class
                || type == System.class && OF_SYSTEM.contains(method)
                || Throwable.class.isAssignableFrom(type)
                || Set.of("name", "simpleName", "toString", "class", "canonicalName")
                        .contains(getter);
        if (!granted && (isRefused(type.getName()) || OF_CLASS.contains(getter))) {
            throw new RejectedAccess("staticMethod " + type.getName() + " " + method + types(arguments));
        }
    }

    /** What the rehearsal hands to a script, and what a script is made of. */
    private static boolean isOurs(String type) {
        return type.startsWith("io.jenkins.plugins.nova.") || type.startsWith("org.jenkinsci.plugins.structs.");
    }

    private static String types(Object... arguments) {
        return Stream.of(arguments)
                .map(each -> each == null
                        ? " null"
                        : " " + (each instanceof GString ? String.class : each.getClass()).getName())
                .collect(Collectors.joining());
    }
}
