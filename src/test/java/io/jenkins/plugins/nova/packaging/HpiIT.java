package io.jenkins.plugins.nova.packaging;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import hudson.Extension;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Opens the packed plugin and looks for what a controller silently does without, or fails on when a step runs. */
public class HpiIT {
    private static final String OURS_DOTTED = "io.jenkins.plugins.nova.";

    /** The versions of a controller with Jenkins 2.516.2; with a newer one here the plugin would be refused there. */
    private static final Map<String, String> ON_THE_CONTROLLER = Map.of(
            "structs", "353.v261ea_40a_80fb_",
            "workflow-api", "1384.vdc05a_48f535f",
            "workflow-step-api", "706.v518c5dcb_24c0",
            "credentials", "1447.v4cb_b_539b_5321",
            "credentials-binding", "702.vfe613e537e88",
            "plain-credentials", "199.v9f8e1f741799",
            "jackson2-api", "2.20.0-411.v6ef8fdee4fe9",
            "metrics", "4.1.6.2;resolution:=optional",
            "opentelemetry-api", "1.39.0-11.vd6b_87589988f;resolution:=optional");

    /** The classes that may name what an optional plugin brings; Jenkins leaves them out where it is not installed. */
    private static final Map<String, Set<String>> OPTIONAL = Map.of(
            OURS_DOTTED + "telemetry.DrainMetrics", Set.of("metrics"),
            OURS_DOTTED + "telemetry.ServerSpans", Set.of("opentelemetry-api"));

    /** What has the classes of the record's artifacts; empty for core. */
    private static final Map<String, String> PLUGIN_OF_ARTIFACT = Map.ofEntries(
            Map.entry("jenkins-core", ""),
            Map.entry("stapler", ""),
            Map.entry("remoting", ""),
            Map.entry("symbol-annotation", "structs"),
            Map.entry("structs", "structs"),
            Map.entry("credentials", "credentials"),
            Map.entry("credentials-binding", "credentials-binding"),
            Map.entry("plain-credentials", "plain-credentials"),
            Map.entry("workflow-api", "workflow-api"),
            Map.entry("workflow-step-api", "workflow-step-api"),
            Map.entry("metrics", "metrics"));

    /** Libraries of core and of plugins, by package. */
    private static final Map<String, String> PLUGIN_OF_PACKAGE = Map.of(
            "com.google.common.", "",
            "org.slf4j.", "",
            "jakarta.servlet.", "",
            "org.springframework.security.", "",
            "org.jvnet.localizer.", "",
            "net.sf.json.", "",
            "com.fasterxml.jackson.", "jackson2-api",
            "com.codahale.metrics.", "metrics",
            "io.opentelemetry.", "opentelemetry-api");

    private static final String OURS = "io/jenkins/plugins/nova/";

    @ClassRule
    public static final TemporaryFolder UNPACKED = new TemporaryFolder();

    private static JarFile hpi;
    private static JarFile plugin;
    /** Linked against the oldest release. */
    private static PackedClasses classes;

    /** The same classes against each release recorded. */
    private static final Map<JenkinsRecord, PackedClasses> LINKED = new LinkedHashMap<>();

    @BeforeClass
    public static void open() throws IOException {
        hpi = new JarFile(System.getProperty("hpi.file", "target/nova-maintenance.hpi"));
        File jar = UNPACKED.newFile("nova-maintenance.jar");
        try (InputStream packed = hpi.getInputStream(hpi.getEntry("WEB-INF/lib/nova-maintenance.jar"))) {
            Files.copy(packed, jar.toPath(), StandardCopyOption.REPLACE_EXISTING);
        }
        plugin = new JarFile(jar);
        List<ClassReader> readers = new ArrayList<>();
        for (String entry : entries(plugin)) {
            if (entry.endsWith(".class")) {
                readers.add(new ClassReader(bytes(plugin, entry)));
            }
        }
        for (JenkinsRecord record : JenkinsRecord.all()) {
            LINKED.put(record, new PackedClasses(readers, record));
        }
        classes = LINKED.values().iterator().next();
    }

    @AfterClass
    public static void close() throws IOException {
        LINKED.clear();
        plugin.close();
        hpi.close();
    }

    @Test
    public void theManifestTellsTheControllerWhatItAsks() throws IOException {
        Attributes manifest = hpi.getManifest().getMainAttributes();
        assertEquals("nova-maintenance", manifest.getValue("Short-Name"));
        assertEquals("nova-maintenance", manifest.getValue("Artifact-Id"));
        assertEquals("io.jenkins.plugins", manifest.getValue("Group-Id"));
        assertEquals("Nova Maintenance", manifest.getValue("Long-Name"));
        assertEquals(System.getProperty("hpi.version"), manifest.getValue("Plugin-Version"));
        assertEquals(System.getProperty("jenkins.version"), manifest.getValue("Jenkins-Version"));
        assertEquals("17", manifest.getValue("Minimum-Java-Version"));
        assertEquals("true", manifest.getValue("Support-Dynamic-Loading"));
        assertEquals("MIT License", manifest.getValue("Plugin-License-Name"));
        assertTrue(manifest.getValue("Url").startsWith("https://"));
        manifest.forEach((name, value) ->
                assertFalse(name + ": " + value, value.toString().contains("${")));
    }

    /** Else not one credential, cloud or build page is saved: jenkins/security/ClassFilterImpl.java, isPluginManifest. */
    @Test
    public void jenkinsMaySaveObjectsOfTheJarsClasses() throws IOException {
        Attributes manifest = plugin.getManifest().getMainAttributes();
        assertEquals("nova-maintenance", manifest.getValue("Short-Name"));
        assertEquals(System.getProperty("hpi.version"), manifest.getValue("Plugin-Version"));
    }

    @Test
    public void theLibrariesAreTheJarAndOpenstack4jAlone() {
        Set<String> libraries = entries(hpi).stream()
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> entry.replaceFirst("-[0-9.]+\\.jar$", ".jar"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of("WEB-INF/lib/nova-maintenance.jar", "WEB-INF/lib/openstack4j-core.jar"), libraries);
    }

    @Test
    public void theJarHasOurClassesAlone() {
        List<String> foreign = entries(plugin).stream()
                .filter(entry -> entry.endsWith(".class") && !entry.startsWith(OURS))
                .toList();
        assertEquals(List.of(), foreign);
        assertTrue("classes: " + classes.names(), classes.names().size() > 50);
    }

    @Test
    public void nothingOfTheSimulatorOrTheRehearsalIsInside() throws IOException {
        Path compiled = Path.of("target/rehearsal-classes");
        Set<String> others = new TreeSet<>();
        try (Stream<Path> files = Files.walk(compiled)) {
            files.filter(Files::isRegularFile)
                    .map(file -> compiled.relativize(file).toString().replace(File.separatorChar, '/'))
                    .forEach(others::add);
        }
        assertTrue("compiled: " + others, others.contains(OURS + "simulator/SimulatedCloud.class"));
        assertTrue("compiled: " + others, others.contains(OURS + "rehearsal/Rehearse.class"));
        others.retainAll(entries(plugin));
        assertEquals(Set.of(), others);
    }

    @Test
    public void theExtensionIndexListsEveryExtension() throws IOException {
        Set<String> indexed = new TreeSet<>();
        URL jar = new File(plugin.getName()).toURI().toURL();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
            for (IndexItem<Extension, Object> item : Index.load(Extension.class, Object.class, alone)) {
                indexed.add(item.className());
            }
        }
        assertEquals(classes.annotatedWith("hudson.Extension"), indexed);
        assertFalse("no extension at all", indexed.isEmpty());
    }

    @Test
    public void theSymbolIndexListsEverySymbol() throws IOException {
        Set<String> indexed = new TreeSet<>(text(plugin, "META-INF/services/annotations/org.jenkinsci.Symbol")
                .lines()
                .toList());
        assertEquals(classes.annotatedWith("org.jenkinsci.Symbol"), indexed);
        assertFalse("no symbol at all", indexed.isEmpty());
    }

    @Test
    public void theDependenciesAreThosePluginsThatTheClassesLinkTo() throws IOException {
        Map<String, String> declared = new TreeMap<>();
        for (String dependency : hpi.getManifest()
                .getMainAttributes()
                .getValue("Plugin-Dependencies")
                .split(",")) {
            String[] nameAndRest = dependency.split(":", 2);
            declared.put(nameAndRest[0], nameAndRest[1]);
        }
        for (JenkinsRecord record : LINKED.keySet()) {
            Map<String, String> linked = new TreeMap<>();
            List<String> unknown = new ArrayList<>();
            for (String name : classes.referencedClasses()) {
                String owner = ownerOf(name, record);
                if (owner == null) {
                    unknown.add(name);
                } else if (!owner.isEmpty()) {
                    linked.put(owner, ON_THE_CONTROLLER.get(owner));
                }
            }
            assertEquals("classes that a controller with " + record.version() + " may not have", List.of(), unknown);
            assertEquals(record.version(), linked, declared);
        }
    }

    /** A class that does would fail on a controller without that plugin, when a step runs and not before. */
    @Test
    public void onlyOptionalExtensionsNameWhatOptionalPluginsBring() throws IOException {
        JenkinsRecord record = JenkinsRecord.oldest();
        Map<String, String> optional = new TreeMap<>();
        for (String used : classes.referencedClasses()) {
            String owner = ownerOf(used, record);
            if (owner != null && ON_THE_CONTROLLER.getOrDefault(owner, "").endsWith("optional")) {
                optional.put(used, owner);
            }
        }
        Map<String, Set<String>> named = new TreeMap<>();
        for (String user : classes.names()) {
            Set<String> used = classes.referencedBy(user);
            used.retainAll(optional.keySet());
            if (!used.isEmpty()) {
                named.put(user, used.stream().map(optional::get).collect(Collectors.toSet()));
            }
        }
        assertEquals(new TreeMap<>(OPTIONAL), named);
        assertEquals(OPTIONAL.keySet(), classes.optionalExtensions());
    }

    /** Null for a class that nobody provides, empty for one that is always there. */
    private static String ownerOf(String className, JenkinsRecord record) throws IOException {
        if (record.artifact(className) != null) {
            return PLUGIN_OF_ARTIFACT.get(record.artifact(className));
        }
        for (Map.Entry<String, String> library : PLUGIN_OF_PACKAGE.entrySet()) {
            if (className.startsWith(library.getKey())) {
                return library.getValue();
            }
        }
        String file = className.replace('.', '/') + ".class";
        boolean inJdk = ClassLoader.getPlatformClassLoader().getResource(file) != null;
        return inJdk || className.startsWith("org.openstack4j.") && bundled(file) ? "" : null;
    }

    private static boolean bundled(String file) throws IOException {
        try (InputStream found = ClassLoader.getSystemResourceAsStream(file)) {
            return found != null;
        }
    }

    @Test
    public void everyMemberThatTheClassesUseExists() {
        LINKED.forEach((record, linked) -> assertEquals(record.version(), Set.of(), linked.missingMembers()));
    }

    @Test
    public void everyMemberIsWhatTheClassesUseItAs() {
        LINKED.forEach((record, linked) -> assertEquals(record.version(), Set.of(), linked.changedMembers()));
    }

    @Test
    public void everyAbstractMethodOfJenkinsIsImplemented() {
        LINKED.forEach((record, linked) -> assertEquals(record.version(), Set.of(), linked.unimplementedMethods()));
    }

    /** Jenkins would call a method of ours that was never meant for it, or be refused it. */
    @Test
    public void noMethodOverridesWhatANewerReleaseAdded() {
        Set<String> meant = classes.overridingMethods();
        assertFalse("no method of Jenkins is overridden", meant.isEmpty());
        LINKED.forEach((record, linked) -> {
            Set<String> unasked = new TreeSet<>(linked.overridingMethods());
            unasked.removeAll(meant);
            assertEquals(record.version(), Set.of(), unasked);
        });
    }

    @Test
    public void theOldestReleaseRecordedIsTheOneAskedFor() {
        assertEquals(
                System.getProperty("jenkins.version"), JenkinsRecord.oldest().version());
    }

    @Test
    public void theLinkCheckNoticesWhatIsMissing() {
        ClassWriter broken = new ClassWriter(0);
        String step = "org/jenkinsci/plugins/workflow/steps/Step";
        broken.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, OURS + "Broken", null, step, null);
        MethodVisitor method = broken.visitMethod(Opcodes.ACC_PUBLIC, "call", "()V", null, null);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "hudson/model/Run", "noSuchMethod", "()V", false);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, OURS + "Broken", "getDescriptor", "()Lhudson/Util;", false);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, "com/example/Absent", "run", "()V", false);
        method.visitEnd();
        PackedClasses linked =
                new PackedClasses(List.of(new ClassReader(broken.toByteArray())), JenkinsRecord.oldest());

        assertEquals(
                linked.missingMembers().toString(), 3, linked.missingMembers().size());
        assertTrue(linked.referencedClasses().contains("com.example.Absent"));
        assertEquals(
                linked.unimplementedMethods().toString(),
                1,
                linked.unimplementedMethods().stream()
                        .filter(problem -> problem.contains("Step.start("))
                        .count());
    }

    @Test
    public void everyFormBelongsToAClass() {
        List<String> orphans = new ArrayList<>();
        for (String entry : entries(plugin)) {
            if (entry.startsWith(OURS) && entry.endsWith(".jelly") && !isClassOf(entry)) {
                orphans.add(entry);
            }
        }
        assertEquals(List.of(), orphans);
    }

    @Test
    public void everyFieldOfAFormHasHelp() throws IOException {
        Set<String> all = new TreeSet<>(entries(plugin));
        List<String> missing = new ArrayList<>();
        for (String form : all) {
            if (form.startsWith(OURS) && (form.endsWith("/config.jelly") || form.endsWith("/credentials.jelly"))) {
                Matcher field =
                        Pattern.compile("<f:entry[^>]*\\bfield=\"(\\w+)\"").matcher(text(plugin, form));
                String directory = form.substring(0, form.lastIndexOf('/') + 1);
                while (field.find()) {
                    String help = "help-" + field.group(1) + ".html";
                    if (viewDirectories(directory).stream().noneMatch(place -> all.contains(place + help))) {
                        missing.add(directory + help);
                    }
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    public void theTextsAreInside() throws IOException {
        assertTrue(text(plugin, "index.jelly").contains("OpenStack"));
        for (String entry : entries(plugin)) {
            if (entry.endsWith("/Messages.properties")) {
                assertTrue(entry, entries(plugin).contains(entry.replace(".properties", ".class")));
            }
        }
    }

    /** Where Jenkins looks for a view: beside the class, then beside each superclass. */
    private static List<String> viewDirectories(String directory) {
        List<String> found = new ArrayList<>();
        String type = directory.substring(0, directory.length() - 1).replace('/', '.');
        while (type.startsWith(OURS.replace('/', '.'))) {
            found.add(type.replace('.', '/') + "/");
            Signature signature = classes.signature(type);
            type = signature == null ? "" : signature.superclass();
        }
        return found;
    }

    private static boolean isClassOf(String view) {
        String type = view.substring(0, view.lastIndexOf('/')).replace('/', '.');
        int last = type.lastIndexOf('.');
        String nested = type.substring(0, last) + "$" + type.substring(last + 1);
        return classes.names().contains(type) || classes.names().contains(nested);
    }

    private static List<String> entries(JarFile jar) {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> !name.endsWith("/"))
                .toList();
    }

    private static String text(JarFile jar, String entry) throws IOException {
        return new String(bytes(jar, entry), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(JarFile jar, String entry) throws IOException {
        assertNotNull(entry + " is missing", jar.getEntry(entry));
        try (InputStream content = jar.getInputStream(jar.getEntry(entry))) {
            return content.readAllBytes();
        }
    }
}
