package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.junit.Assert.fail;

import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.Rule;
import org.junit.Test;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;
import org.springframework.security.access.AccessDeniedException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Every form of the plugin, whatever package it belongs to: complete, helped, and closed to those without permission. */
public class FormsTest {

    @Rule
    public final SomeJenkins jenkins = new SomeJenkins();

    @Test
    public void theKindsHaveTheirStableSymbols() {
        assertEquals("novaClouds", symbol(NovaClouds.class));
        assertEquals("novaCloud", symbol(NovaCloud.DescriptorImpl.class));
        assertEquals("openStackPassword", symbol(OpenStackPasswordCredentials.DescriptorImpl.class));
        assertEquals("openStackApplicationCredential", symbol(OpenStackApplicationCredentials.DescriptorImpl.class));
    }

    @Test
    public void everyFieldIsInTheFormAndEveryFieldOfTheFormIsKnown() throws Exception {
        for (Descriptor<?> descriptor : descriptors()) {
            assertEquals(
                    described(descriptor).getName(),
                    properties(descriptor),
                    fields(described(descriptor), form(descriptor)));
        }
    }

    @Test
    public void everyFieldHasHelpThatIsWellFormed() throws Exception {
        for (Descriptor<?> descriptor : descriptors()) {
            for (String field : fields(described(descriptor), form(descriptor))) {
                if (descriptor instanceof NovaClouds) {
                    continue; // it is the section's description: below a list, a help opens in the first element
                }
                String help = resource(described(descriptor), "help-" + field + ".html");
                assertNotNull(described(descriptor).getSimpleName() + " has no help for " + field, help);
                try (InputStream in = getClass().getResourceAsStream(help)) {
                    String text = xml(in).getDocumentElement().getTextContent();
                    assertTrue(help + " says nothing", text.strip().length() > 20);
                }
            }
        }
    }

    @Test
    public void whatIsTypedIntoTheFormOfAStepIsRemarkedOn() throws Exception {
        for (Descriptor<?> descriptor : descriptors()) {
            if (descriptor instanceof StepDescriptor) {
                Set<String> unchecked = typed(described(descriptor), form(descriptor));
                unchecked.removeIf(field -> questions(descriptor).stream()
                        .anyMatch(question -> question.getName().equalsIgnoreCase("doCheck" + field)));
                assertEquals(described(descriptor).getName(), Set.of(), unchecked);
            }
        }
    }

    @Test
    public void whatIsOfferedInTheFormOfAStepIsFilled() throws Exception {
        for (Descriptor<?> descriptor : descriptors()) {
            if (descriptor instanceof StepDescriptor) {
                Set<String> empty = fields(described(descriptor), form(descriptor), "f:select|c:select|f:combobox");
                empty.removeIf(field -> questions(descriptor).stream()
                        .anyMatch(question -> question.getName().equalsIgnoreCase("doFill" + field + "Items")));
                assertEquals(described(descriptor).getName(), Set.of(), empty);
            }
        }
    }

    @Test
    public void noFormHasScriptOrStyleInIt() throws Exception {
        for (Descriptor<?> descriptor : descriptors()) {
            NodeList all = form(descriptor).getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                Element element = (Element) all.item(i);
                assertFalse(element.getTagName().matches("(?i)script|style"));
                assertFalse(element.hasAttribute("style"));
                assertFalse(element.hasAttribute("onclick"));
            }
        }
    }

    @Test
    public void theTestButtonSendsWhatTheTestTakes() throws Exception {
        Element button = (Element) form(ExtensionList.lookupSingleton(NovaCloud.DescriptorImpl.class))
                .getElementsByTagName("f:validateButton")
                .item(0);
        Method test = Arrays.stream(NovaCloud.DescriptorImpl.class.getMethods())
                .filter(method -> method.getName().equals("doTestConnection"))
                .findFirst()
                .orElseThrow();

        assertEquals("testConnection", button.getAttribute("method"));
        assertEquals(
                Arrays.stream(test.getParameters()).map(Parameter::getName).toList(),
                List.of(button.getAttribute("with").split(",")));
    }

    @Test
    public void theImportPageSendsWhatTheImportTakes() throws Exception {
        Set<String> sent = new LinkedHashSet<>();
        try (InputStream in = NovaClouds.class.getResourceAsStream("NovaClouds/import.jelly")) {
            NodeList all = xml(in).getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                Element element = (Element) all.item(i);
                if (element.getTagName().matches("f:(textarea|checkbox)")) {
                    sent.add(element.getAttribute("name"));
                }
            }
        }
        Method taken = Arrays.stream(NovaClouds.class.getMethods())
                .filter(method -> method.getName().equals("doImportClouds"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                Arrays.stream(taken.getParameters()).map(Parameter::getName).collect(Collectors.toSet()), sent);
    }

    @Test
    public void whatABrowserMayAskForIsAPost() {
        int asked = 0;
        for (Descriptor<?> descriptor : descriptors()) {
            for (Method method : questions(descriptor)) {
                assertNotNull(method + " lacks @POST", method.getAnnotation(POST.class));
                asked++;
            }
        }
        assertTrue("the plugin has checks and drop-downs", asked > 5);
    }

    @Test
    public void whoMayNotSeeLearnsNothing() throws Exception {
        try (CloudFixture clouds = CloudFixture.begin()) {
            clouds.credential(CloudFixture.password("hidden-credential", "admin", "x", "ops"));
            NovaCloud cloud = new NovaCloud("hidden-cloud", "https://hidden.example/v3");
            clouds.cloud(cloud);
            jenkins.deny();
            for (Descriptor<?> descriptor : descriptors()) {
                for (Method method : questions(descriptor)) {
                    jenkins.asked();
                    assertLearnsNothing(method, descriptor, null);
                    assertFalse(
                            method + " asks for no permission", jenkins.asked().isEmpty());
                    assertLearnsNothing(method, descriptor, closedItem());
                }
            }
        }
    }

    /** It is saved as the default. */
    @Test
    public void anEmptiedNumberIsNoError() throws ReflectiveOperationException {
        Set<String> numbers = Set.of(
                "doCheckConcurrency",
                "doCheckTimeout",
                "doCheckReadyTimeout",
                "doCheckConsoleLines",
                "doCheckOlderThan",
                "doCheckMaxAway",
                "doCheckMinFree");
        Set<String> asked = new HashSet<>();
        for (Descriptor<?> descriptor : descriptors()) {
            for (Method method : questions(descriptor)) {
                if (numbers.contains(method.getName())) {
                    FormValidation emptied = (FormValidation) method.invoke(descriptor, null, "");
                    assertEquals(method.toString(), FormValidation.Kind.OK, emptied.kind);
                    FormValidation negative = (FormValidation) method.invoke(descriptor, null, "-1");
                    assertEquals(method.toString(), FormValidation.Kind.ERROR, negative.kind);
                    asked.add(method.getName());
                }
            }
        }
        assertEquals(numbers, asked);
    }

    @Test
    public void listsNameCredentialsWithoutTheirSecret() {
        OpenStackPasswordCredentials password = CloudFixture.password("c", "ann", "s3cr3t", "ops");
        assertEquals("ann/ops", new OpenStackPasswordCredentials.Name().getName(password));
        OpenStackApplicationCredentials application = new OpenStackApplicationCredentials(
                CredentialsScope.GLOBAL, "a", "for the night", "0123", password.getPassword());
        assertEquals("0123 (for the night)", new OpenStackApplicationCredentials.Name().getName(application));
        assertFalse(password.toString().contains("s3cr3t"));
        assertFalse(application.toString().contains("s3cr3t"));
    }

    @Test
    public void whatIsSecretIsKeptAsSuch() throws Exception {
        // Secret is what Jenkins encrypts on disk; a String of that name would be written in clear
        for (Class<?> kind :
                List.of(OpenStackPasswordCredentials.class, OpenStackApplicationCredentials.class, NovaCloud.class)) {
            for (java.lang.reflect.Field field : kind.getDeclaredFields()) {
                if (field.getName().matches("(?i).*(password|secret|token).*")) {
                    assertEquals(field.toString(), hudson.util.Secret.class, field.getType());
                }
            }
        }
    }

    /** A job on which nobody may do anything. */
    private static Item closedItem() {
        return (Item) Proxy.newProxyInstance(
                FormsTest.class.getClassLoader(), new Class<?>[] {Item.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("hasPermission")) {
                        return false;
                    }
                    throw new AccessDeniedException(method.getName());
                });
    }

    private static void assertLearnsNothing(Method method, Descriptor<?> descriptor, Item item)
            throws IllegalAccessException {
        Object[] arguments = Arrays.stream(method.getParameters())
                .map(parameter -> parameter.isAnnotationPresent(QueryParameter.class) ? "typed" : item)
                .toArray();
        try {
            Object answer = method.invoke(descriptor, arguments);
            if (answer instanceof ListBoxModel items) {
                items.forEach(choice -> assertEquals(method.toString(), "typed", choice.value));
            } else if (answer instanceof ComboBoxModel names) {
                assertEquals(method.toString(), List.of(), List.copyOf(names));
            } else {
                assertEquals(
                        method.toString(), FormValidation.ok().renderHtml(), ((FormValidation) answer).renderHtml());
            }
        } catch (InvocationTargetException e) {
            // a page shown with System Read or Extended Read asks all but the buttons: a refusal would show as an error
            // there
            if (!(e.getCause() instanceof AccessDeniedException)
                    || method.getName().matches("do(Check|Fill).*")) {
                throw new AssertionError(method.toString(), e.getCause());
            }
        }
    }

    private static String symbol(Class<?> type) {
        return String.join(",", type.getAnnotation(Symbol.class).value());
    }

    private static List<Descriptor<?>> descriptors() {
        List<Descriptor<?>> ours = new ArrayList<>();
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (descriptor.getClass().getName().startsWith("io.jenkins.plugins.nova.")
                    && !(descriptor instanceof CloudFixture.Store)) {
                ours.add(descriptor);
            }
        }
        assertTrue("the extension index is read", ours.size() >= 4);
        return ours;
    }

    private static Class<?> described(Descriptor<?> descriptor) {
        return descriptor instanceof GlobalConfiguration ? descriptor.getClass() : descriptor.clazz;
    }

    private static List<Method> questions(Descriptor<?> descriptor) {
        return Arrays.stream(descriptor.getClass().getMethods())
                .filter(method -> method.getName().matches("do[A-Z].*"))
                .filter(method -> method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.nova."))
                .toList();
    }

    /** What a form may set: the constructor's parameters and the annotated setters, without the ones every credential has. */
    private static Set<String> properties(Descriptor<?> descriptor) {
        Set<String> names = new LinkedHashSet<>();
        Class<?> type = described(descriptor);
        if (descriptor instanceof NovaClouds) {
            return Set.of("clouds");
        }
        Arrays.stream(type.getConstructors())
                .filter(constructor -> annotated(constructor.getAnnotations(), DataBoundConstructor.class))
                .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
                .forEach(parameter -> names.add(parameter.getName()));
        Arrays.stream(type.getMethods())
                .filter(method -> annotated(method.getAnnotations(), DataBoundSetter.class))
                .forEach(method ->
                        names.add(Character.toLowerCase(method.getName().charAt(3))
                                + method.getName().substring(4)));
        if (descriptor instanceof StepDescriptor step && step.getFunctionName().equals("maintenancePlan")) {
            // it has this from the steps that it plans for, and changes nothing either way
            names.remove("dryRun");
        }
        if (descriptor instanceof CredentialsDescriptor) {
            names.removeAll(Set.of("scope", "id", "description"));
        }
        return names;
    }

    private static boolean annotated(Annotation[] annotations, Class<? extends Annotation> wanted) {
        return Arrays.stream(annotations).anyMatch(wanted::isInstance);
    }

    private static Document form(Descriptor<?> descriptor) throws Exception {
        String page = descriptor instanceof CredentialsDescriptor ? "credentials.jelly" : "config.jelly";
        String path = resource(described(descriptor), page);
        if (path == null) {
            fail(described(descriptor) + " has no " + page);
        }
        try (InputStream in = FormsTest.class.getResourceAsStream(path)) {
            return xml(in);
        }
    }

    /** The path of a view of a class or of one that it extends, or null. */
    private static String resource(Class<?> type, String name) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            String path = "/" + at.getName().replace('.', '/').replace('$', '/') + "/" + name;
            if (FormsTest.class.getResource(path) != null) {
                return path;
            }
        }
        return null;
    }

    /** The fields of a form, those of our pages that it includes among them. */
    private static Set<String> fields(Class<?> type, Document form) throws Exception {
        return fields(type, form, ".*");
    }

    private static Set<String> typed(Class<?> type, Document form) throws Exception {
        return fields(type, form, "f:textbox|f:textarea|f:number|f:combobox");
    }

    /** @param control a regular expression for the element inside the entry */
    private static Set<String> fields(Class<?> type, Document form, String control) throws Exception {
        Set<String> fields = new LinkedHashSet<>();
        NodeList all = form.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if ((element.getTagName().equals("f:optionalProperty")
                            || element.getTagName().equals("f:repeatableProperty"))
                    && element.getTagName().matches(control)) {
                fields.add(element.getAttribute("field"));
            }
            if (element.getTagName().equals("f:entry") && element.hasAttribute("field") && has(element, control)) {
                fields.add(element.getAttribute("field"));
            }
            // a page of Jenkins itself, such as id-and-description, is not there to be read
            String page = resource(type, element.getAttribute("page"));
            if (element.getTagName().equals("st:include") && page != null) {
                try (InputStream in = FormsTest.class.getResourceAsStream(page)) {
                    fields.addAll(fields(type, xml(in), control));
                }
            }
        }
        return fields;
    }

    private static boolean has(Element entry, String control) {
        NodeList inside = entry.getElementsByTagName("*");
        for (int i = 0; i < inside.getLength(); i++) {
            if (((Element) inside.item(i)).getTagName().matches(control)) {
                return true;
            }
        }
        return false;
    }

    private static Document xml(InputStream in) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
}
