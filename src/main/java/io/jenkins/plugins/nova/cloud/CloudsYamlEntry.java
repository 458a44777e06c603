package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.util.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One cloud of a clouds.yaml, as openstacksdk reads it (openstack/config/loader.py), in this plugin's terms.
 *
 * @param cloud without a credential; its settings may yet make no sense
 * @param login the credential that its {@code auth} describes; null when it describes none that can be taken
 * @param notes what was not taken as it was written, and why
 */
record CloudsYamlEntry(NovaCloud cloud, StandardCredentials login, List<String> notes) {

    private static final Set<String> PASSWORD_TYPES = Set.of("password", "v3password");
    private static final String APPLICATION_TYPE = "v3applicationcredential";

    static CloudsYamlEntry of(String name, JsonNode settings) {
        return new Reader(name, settings).read();
    }

    /** Not the settings: among them are secrets. */
    @Override
    public String toString() {
        return String.valueOf(cloud);
    }

    /** Reads one entry, noting on the way what it leaves out. */
    private static final class Reader {

        private final String name;
        private final JsonNode settings;
        private final JsonNode auth;
        private final List<String> notes = new ArrayList<>();

        Reader(String name, JsonNode settings) {
            this.name = name;
            this.settings = settings;
            this.auth = settings.path("auth");
        }

        CloudsYamlEntry read() {
            NovaCloud cloud = new NovaCloud(name, text(auth, "auth_url"));
            cloud.setRegion(region());
            cloud.setEndpointInterface(facing());
            certificates();
            if (settings.has("profile") || settings.has("cloud")) {
                notes.add("profile: vendors' profiles are not known here; what one would add has to be typed in");
            }
            StandardCredentials login = login();
            return new CloudsYamlEntry(cloud, login, List.copyOf(notes));
        }

        private String region() {
            String named = text(settings, "region_name");
            JsonNode regions = settings.path("regions");
            if (named != null || regions.isEmpty()) {
                return named;
            }
            if (regions.size() > 1) {
                notes.add("regions: there are several; add one cloud here for each, with its region filled in");
                return null;
            }
            JsonNode only = regions.get(0);
            return only.isObject() ? text(only, "name") : only.textValue();
        }

        /** Old files say publicURL for public. */
        private String facing() {
            String word = text(settings, settings.has("interface") ? "interface" : "endpoint_type");
            return word == null ? null : word.replaceAll("URL$", "");
        }

        private void certificates() {
            if (settings.has("cacert")) {
                notes.add("cacert: names a file of another machine; paste its certificates into 'CA certificates'");
            }
            if (settings.path("verify").isBoolean() && !settings.path("verify").booleanValue()
                    || settings.path("insecure").asBoolean()) {
                notes.add("verify: certificates are always verified here; for a private authority paste its certificate"
                        + " into 'CA certificates'");
            }
        }

        private StandardCredentials login() {
            String type = text(settings, "auth_type");
            if (APPLICATION_TYPE.equals(type) || type == null && auth.has("application_credential_secret")) {
                return application();
            }
            if (type == null || PASSWORD_TYPES.contains(type)) {
                return password();
            }
            notes.add("auth_type: of its kinds of login only " + APPLICATION_TYPE
                    + " and password are known here; add a credential by hand");
            return null;
        }

        private StandardCredentials application() {
            String id = needed("application_credential_id");
            String secret = needed("application_credential_secret");
            return id == null || secret == null
                    ? null
                    : new OpenStackApplicationCredentials(
                            CredentialsScope.GLOBAL, credentialsId(), description(), id, Secret.fromString(secret));
        }

        private StandardCredentials password() {
            String user = needed("username");
            String password = needed("password");
            String project = needed("project_name");
            String userDomain = domain("user_domain");
            String projectDomain = domain("project_domain");
            if (user == null || password == null || project == null || userDomain == null || projectDomain == null) {
                return null;
            }
            OpenStackPasswordCredentials login = new OpenStackPasswordCredentials(
                    CredentialsScope.GLOBAL,
                    credentialsId(),
                    description(),
                    user,
                    Secret.fromString(password),
                    project);
            login.setUserDomain(userDomain);
            login.setProjectDomain(projectDomain);
            return login;
        }

        /** A domain by its name. Of the ids one can be told without asking: {@code default} is that of Default. */
        private String domain(String which) {
            String named = text(auth, which + "_name");
            String id = text(auth, which + "_id");
            if (named != null || id == null || id.equals("default")) {
                return named == null ? OpenStackPasswordCredentials.DEFAULT_DOMAIN : named;
            }
            notes.add("auth." + which + "_id: Jenkins's credentials hold the domain's name; write " + which
                    + "_name instead");
            return null;
        }

        private String needed(String key) {
            String value = text(auth, key);
            if (value == null) {
                notes.add("auth." + key + ": is missing here (secrets may be in a secure.yaml), so there is no login to"
                        + " take");
            }
            return value;
        }

        /** YAML reads 0123 and yes as a number and a truth; only its author knows what was meant. */
        private String text(JsonNode parent, String key) {
            JsonNode value = parent.path(key);
            if (value.isValueNode() && !value.isNull() && !value.isTextual()) {
                notes.add(key + ": YAML takes it for a number or a truth value; put it into quotes");
            }
            return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
        }

        private String credentialsId() {
            return "openstack-" + name.replaceAll("[^A-Za-z0-9_.-]", "-");
        }

        private String description() {
            return "imported from a clouds.yaml for the cloud '" + name + "'";
        }
    }
}
