package io.jenkins.plugins.nova.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.cloud.SdkSettings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The cloud to which the openstack command would go, and as whom: the {@code OS_*} variables, or the cloud that {@code OS_CLOUD}
 * names in a clouds.yaml with these variables over it, put together as openstacksdk does ({@link SdkSettings}) with what
 * openstackclient adds (openstackclient/common/client_config.py: the domain {@code default}, the kind of login).
 *
 * <p>Whatever is wrong is said with the name of the variable, or of the key and its file, and never with a secret.
 */
public final class ClientCloud {

    private static final String APPLICATION = "v3applicationcredential";
    private static final Set<String> PASSWORD = Set.of("password", "v3password");
    private static final String NEEDS_A_PROJECT =
            "Nova lets nobody at servers without a project in the token (all of its"
                    + " policies are of the scope type project, nova/policies/): ";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What is read of the environment beside {@link OpenStackVariables#ALL}. */
    private static final List<String> MORE = List.of(
            "OS_AUTH_TOKEN",
            "OS_CERT",
            "OS_DEFAULT_DOMAIN",
            "OS_DEFAULT_DOMAIN_ID",
            "OS_DEFAULT_DOMAIN_NAME",
            "OS_INSECURE",
            "OS_KEY",
            "OS_PASSCODE");

    private final UnaryOperator<String> environment;
    private final Path here;
    private final List<String> notes = new ArrayList<>();
    private final Set<String> ofVariables = new HashSet<>();
    private final List<String> secrets = new ArrayList<>();
    private final String name;
    private final Path file;
    private final SdkSettings settings;
    private final NovaCloud shape;
    private final String caVariable;
    private final ObjectNode auth;
    private final String who;
    private String secret = "";

    private ClientCloud(UnaryOperator<String> environment, String cloud, String option, Path here) {
        this.environment = environment;
        this.here = here;
        String chosen = cloud == null ? said("OS_CLOUD") : cloud;
        this.name = chosen;
        ObjectNode entry = JSON.objectNode();
        if (chosen == null) {
            this.file = null;
        } else {
            ClientFiles.Entry found =
                    new ClientFiles(environment, here).of(chosen, cloud == null ? "OS_CLOUD" : option);
            this.file = found.file();
            entry = found.settings().deepCopy();
        }
        lay(entry);
        List<String> remarks = new ArrayList<>();
        this.settings = new SdkSettings(entry, remarks);
        settings.problems().stream().findFirst().ifPresent(problem -> {
            throw wrong(problem);
        });
        this.shape = shape();
        this.caVariable = certificates();
        String kind = kind();
        this.auth = JSON.objectNode();
        refuseScopes();
        this.who = kind.equals(APPLICATION) ? application() : password(kind);
        settings.doubts().stream().findFirst().ifPresent(doubt -> {
            throw wrong(doubt);
        });
        remarks.forEach(this::noteVariable);
    }

    /**
     * Reads what there is; nothing is sent.
     *
     * @param environment the variables of the environment, null for one that is not there
     * @param here the folder in which clouds.yaml is looked for first
     * @throws IllegalArgumentException names the variable or the key that is wrong or missing, and the way out
     */
    public static ClientCloud ofEnvironment(UnaryOperator<String> environment, Path here) {
        return new ClientCloud(environment, null, null, here);
    }

    /**
     * The same of a cloud of a clouds.yaml.
     *
     * @param cloud its name
     * @param option how it was named, for messages, such as {@code --cloud}
     * @throws IllegalArgumentException as the other
     */
    public static ClientCloud named(String cloud, String option, UnaryOperator<String> environment, Path here) {
        return new ClientCloud(environment, cloud, option, here);
    }

    /** Where it is, without a credential, under a name of one's choice. */
    public NovaCloud under(String cloud) {
        NovaCloud made = new NovaCloud(cloud, shape.getIdentityUrl());
        made.setRegion(shape.getRegion());
        made.setEndpointInterface(shape.getEndpointInterface());
        made.setCaCertificate(shape.getCaCertificate());
        return made;
    }

    /** Keystone's address. */
    public String url() {
        return shape.getIdentityUrl();
    }

    /** What was not taken as it is written; for the operator. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** What must not be shown. */
    public List<String> secrets() {
        return List.copyOf(secrets);
    }

    /** With which one logs in. */
    String secret() {
        return secret;
    }

    /** What says where it is, for messages: {@code OS_AUTH_URL}, or the key and its file. */
    String urlIsSaidBy() {
        return ofVariables.contains("auth_url") || file == null ? "OS_AUTH_URL" : "auth.auth_url of " + origin();
    }

    /** What says whom to trust. */
    String trustIsSaidBy() {
        return caVariable;
    }

    /** Who logs in, in the words of the variables. */
    String who() {
        return who;
    }

    /** The body of POST /v3/auth/tokens; it holds a secret. */
    ObjectNode auth() {
        return JSON.objectNode().set("auth", auth);
    }

    UnaryOperator<String> environment() {
        return environment;
    }

    /** The text without the secrets. */
    String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = secret.isEmpty() ? hidden : hidden.replace(secret, "****");
        }
        return hidden;
    }

    /** Where it was read. */
    @Override
    public String toString() {
        return file == null ? "the cloud of the OS_* variables" : origin();
    }

    private String origin() {
        return "the cloud '" + name + "' in " + file;
    }

    private String said(String variable) {
        String value = environment.apply(variable);
        return value == null || value.isBlank() ? null : value;
    }

    /** The variables over the entry, where openstackclient has what stands on the command line or in the environment. */
    private void lay(ObjectNode entry) {
        Stream.concat(OpenStackVariables.ALL.stream(), MORE.stream())
                .filter(variable -> !variable.equals("OS_CLOUD") && said(variable) != null)
                .sorted()
                .forEach(variable -> {
                    String key = variable.substring("OS_".length()).toLowerCase(Locale.ROOT);
                    if (key.equals("region_name")) {
                        region(entry, said(variable));
                    }
                    if (Set.of("interface", "endpoint_type").contains(key) && !ofVariables.contains("endpoint_type")) {
                        entry.remove(List.of("interface", "endpoint_type"));
                    }
                    entry.put(key, said(variable));
                    ofVariables.add(key);
                });
    }

    /** Of the regions of an entry the one that the variable names. */
    private static void region(ObjectNode entry, String wanted) {
        if (!(entry.remove("regions") instanceof ArrayNode regions)) {
            return;
        }
        List<JsonNode> fits = new ArrayList<>();
        regions.forEach(region -> {
            String named = region.isObject() ? region.path("name").asText() : region.asText();
            if (named.equals(wanted)) {
                fits.add(region);
            }
        });
        if (fits.isEmpty()) {
            throw new IllegalArgumentException(
                    "OS_REGION_NAME: '" + wanted + "' is none of the regions of the cloud in the clouds.yaml");
        }
        // what it sets beside its name counts too
        entry.putArray("regions").add(fits.get(0));
    }

    private NovaCloud shape() {
        for (String key : List.of("profile", "cloud")) {
            Setting profile = settings.beside(key);
            if (profile != null && profile.isSaid()) {
                throw wrong(key + ": openstacksdk adds what it knows of this vendor, which is not known here; write its"
                        + " address, region and domains into the entry and take " + key + " out");
            }
        }
        Setting version = settings.beside("identity_api_version");
        if (version != null && version.value().asText().startsWith("2")) {
            throw wrong(shown(version) + ": Identity API v2.0 is gone since OpenStack Queens; say 3, and the domains");
        }
        Setting url = settings.ofLogin("auth_url");
        String address = text(url);
        if (address == null) {
            throw missing("auth_url");
        }
        NovaCloud cloud = new NovaCloud("cloud", address);
        cloud.setRegion(text(settings.region()));
        Setting facing = settings.facing();
        if (facing != null && facing.value().isArray() && !facing.value().isEmpty()) {
            notes.add(shown(facing) + ": it is a list, of which the first is taken alone");
            facing = new Setting(facing.where(), facing.value().get(0));
        }
        String word = text(facing);
        cloud.setEndpointInterface(word == null ? null : word.replaceAll("URL$", ""));
        String problem = CloudRules.identityUrl(cloud.getIdentityUrl());
        if (problem != null) {
            throw new IllegalArgumentException(shown(url) + ": " + problem.replaceFirst("^identityUrl: ", ""));
        }
        problem = CloudRules.endpointInterface(cloud.getEndpointInterface());
        if (problem != null) {
            throw new IllegalArgumentException(shown(facing) + ": " + problem.replaceFirst("^endpointInterface: ", ""));
        }
        return cloud;
    }

    /** Reads whom to trust; what says it. */
    private String certificates() {
        for (String key : List.of("insecure", "verify")) {
            Setting setting = settings.beside(key);
            if (setting != null
                    && setting.value().asText().equalsIgnoreCase(key.equals("insecure") ? "true" : "false")) {
                notes.add(shown(setting) + ": certificates are verified all the same; a private authority's is given by"
                        + " OS_CACERT");
            }
        }
        for (String key : List.of("cert", "key")) {
            Setting setting = settings.beside(key);
            if (setting != null && setting.isSaid()) {
                notes.add(shown(setting) + ": not taken, for certificates of a client are not known here");
            }
        }
        Setting setting = settings.beside("cacert");
        String path = setting == null ? null : text(setting);
        String by = setting == null ? null : shown(setting);
        if (path == null && said("REQUESTS_CA_BUNDLE") != null) {
            path = said("REQUESTS_CA_BUNDLE");
            by = "REQUESTS_CA_BUNDLE";
        }
        if (path == null) {
            return null;
        }
        shape.setCaCertificate(pem(path, by));
        return by;
    }

    private String pem(String path, String by) {
        String home = said("HOME") == null ? System.getProperty("user.home") : said("HOME");
        Path certificate = here.resolve(path.startsWith("~/") ? home + path.substring(1) : path);
        String what = by + ": '" + path + "' ";
        if (!Files.exists(certificate)) {
            throw new IllegalArgumentException(what + "is not there"
                    + (Path.of(path).isAbsolute() ? "" : " (seen from " + here.toAbsolutePath() + ")")
                    + "; name the file with the certificate of the cloud's authority");
        }
        if (Files.isDirectory(certificate)) {
            throw new IllegalArgumentException(
                    what + "is a directory; name one file with the certificates of the cloud's authority in PEM form");
        }
        try {
            String text = new String(Files.readAllBytes(certificate), StandardCharsets.ISO_8859_1);
            String problem = text.contains("-----BEGIN CERTIFICATE")
                    ? CloudRules.caCertificate(text)
                    : "there is no -----BEGIN CERTIFICATE----- in it";
            if (problem != null) {
                throw new IllegalArgumentException(what + "holds no certificates in PEM form ("
                        + problem.replaceFirst("^caCertificate: it is not PEM \\((.*)\\); .*$", "$1")
                        + "); one in DER form is turned into PEM by openssl x509 -inform der");
            }
            return text;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    what + "cannot be read (" + unreadable.getClass().getSimpleName() + ")", unreadable);
        }
    }

    private String kind() {
        Setting setting = settings.kind();
        String kind = text(setting);
        if (kind != null && (kind.equals(APPLICATION) || PASSWORD.contains(kind))) {
            return kind;
        }
        if (kind != null) {
            throw new IllegalArgumentException(
                    shown(setting) + ": of the kinds of login only password and " + APPLICATION
                            + " are known to the plugin, not '" + kind + "': a drain goes on for hours and logs in anew"
                            + " whenever its token ends; make an application credential (openstack application credential"
                            + " create) and use that");
        }
        if (said("OS_PASSWORD") == null
                && (said("OS_APPLICATION_CREDENTIAL_ID") != null || said("OS_APPLICATION_CREDENTIAL_NAME") != null)) {
            notes.add("OS_AUTH_TYPE is not set: taken for " + APPLICATION + ", which openstackclient wants to be said");
            return APPLICATION;
        }
        return "password";
    }

    private String application() {
        ObjectNode identity = auth.putObject("identity");
        identity.putArray("methods").add("application_credential");
        ObjectNode credential = identity.putObject("application_credential");
        Setting id = settings.ofLogin("application_credential_id");
        Setting named = settings.ofLogin("application_credential_name");
        String key = "application_credential_secret";
        credential.put("secret", secret(key, settings.ofLogin(key)));
        if (text(id) != null) {
            credential.put("id", text(id));
            return shown(id) + " with its secret";
        }
        if (text(named) == null) {
            throw missing("application_credential_id");
        }
        credential.put("name", text(named));
        String user = user(credential.putObject("user"), true);
        return shown(named) + " of " + user + " with its secret";
    }

    private void refuseScopes() {
        for (String key : List.of("system_scope", "trust_id")) {
            Setting scope = settings.ofLogin(key);
            if (scope != null && scope.isSaid()) {
                throw new IllegalArgumentException(shown(scope) + ": "
                        + (key.equals("trust_id")
                                ? "the plugin's credentials hold no trusts; make an application credential of the user"
                                        + " who trusts, and use that"
                                : NEEDS_A_PROJECT
                                        + "unset it and set OS_PROJECT_NAME to a project in which you are admin"));
            }
        }
    }

    private String password(String kind) {
        Setting password = settings.ofLogin("password");
        refuseToken(text(password) != null);
        ObjectNode identity = auth.putObject("identity");
        identity.putArray("methods").add("password");
        ObjectNode user = identity.putObject("password").putObject("user");
        boolean defaults = kind.equals("password");
        String asWhom = user(user, defaults);
        user.put("password", secret("password", password));
        project(auth.putObject("scope").putObject("project"), defaults);
        return asWhom + " and its password";
    }

    private void refuseToken(boolean needless) {
        Setting token = settings.ofLogin("token");
        if (token == null || !token.isSaid()) {
            return;
        }
        secrets.add(token.value().asText());
        if (!needless) {
            throw new IllegalArgumentException(
                    shown(token) + ": a token is no login that lasts: a drain goes on for hours and"
                            + " logs in anew whenever its token ends; set OS_USERNAME and OS_PASSWORD, or an application"
                            + " credential");
        }
        notes.add(shown(token) + ": not taken, for there is a password");
    }

    private String user(ObjectNode user, boolean defaults) {
        Setting id = settings.ofLogin("user_id");
        Setting named = settings.ofLogin("username", "user_name");
        if (text(id) != null) {
            user.put("id", text(id));
            return shown(id);
        }
        if (text(named) == null) {
            throw missing("username");
        }
        user.put("name", text(named));
        domain(user.putObject("domain"), "user_domain", defaults);
        return shown(named);
    }

    private void project(ObjectNode project, boolean defaults) {
        Setting id = settings.ofLogin("project_id");
        Setting named = settings.ofLogin("project_name");
        if (text(id) != null) {
            project.put("id", text(id));
            return;
        }
        if (text(named) == null) {
            for (String key : List.of("domain_id", "domain_name")) {
                Setting domain = settings.ofLogin(key);
                if (domain != null && domain.isSaid()) {
                    throw new IllegalArgumentException(
                            shown(domain) + " without a project asks for a token of the domain. " + NEEDS_A_PROJECT
                                    + "set OS_PROJECT_NAME to a project in which you are admin");
                }
            }
            throw new IllegalArgumentException("OS_PROJECT_NAME and OS_PROJECT_ID are not set"
                    + (file == null ? "" : ", nor project_name in " + origin()) + ". " + NEEDS_A_PROJECT
                    + "source the openrc file of a project in which you are admin");
        }
        project.put("name", text(named));
        domain(project.putObject("domain"), "project_domain", defaults);
    }

    /** An id counts before a name; where nothing is said it is the domain that openstackclient takes, by its id. */
    private void domain(ObjectNode domain, String which, boolean defaults) {
        for (String key : List.of(which, "default_domain")) {
            if (key.equals(which) || defaults) {
                String id = text(settings.ofLogin(key + "_id"));
                String named = text(settings.ofLogin(key + "_name"));
                if (id != null || named != null) {
                    domain.put(id == null ? "name" : "id", id == null ? named : id);
                    return;
                }
            }
        }
        String otherwise = said("OS_DEFAULT_DOMAIN");
        domain.put("id", otherwise == null ? "default" : otherwise);
    }

    private String secret(String key, Setting setting) {
        String value = text(setting);
        if (value == null) {
            throw missing(key);
        }
        secrets.add(value);
        secret = value;
        return value;
    }

    /** What is said of a key of the file is for who wrote the file; a variable that does not count is said. */
    private void noteVariable(String remark) {
        int colon = remark.indexOf(':');
        String key = colon < 0 ? "" : remark.substring(0, colon);
        if (ofVariables.contains(key) && remark.contains("not taken")) {
            notes.add("OS_" + key.toUpperCase(Locale.ROOT) + remark.substring(colon));
        }
    }

    /** Null when it is not there or empty. */
    private String text(Setting setting) {
        if (setting == null || !setting.isSaid()) {
            return null;
        }
        if (!setting.value().isTextual()) {
            throw new IllegalArgumentException(shown(setting)
                    + ": a text belongs there, and YAML takes what is written for something else; put it into quotes");
        }
        return setting.value().textValue().isBlank() ? null : setting.value().textValue();
    }

    private String shown(Setting setting) {
        return ofVariables.contains(setting.where())
                ? "OS_" + setting.where().toUpperCase(Locale.ROOT)
                : setting.where() + " of " + origin();
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(file == null ? what : origin() + ": " + what);
    }

    private IllegalArgumentException missing(String key) {
        String variable = "OS_" + key.toUpperCase(Locale.ROOT);
        return new IllegalArgumentException(
                file == null
                        ? variable + " is not set"
                                + (key.equals("auth_url") ? ", nor is OS_CLOUD" : "")
                                + "; source the cloud's openrc file first"
                        : origin() + " has no " + key + ", nor has its secure.yaml, and " + variable + " is not set");
    }
}
