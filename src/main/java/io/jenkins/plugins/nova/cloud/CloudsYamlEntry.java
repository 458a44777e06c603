package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.util.Secret;
import io.jenkins.plugins.nova.cloud.SdkSettings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One cloud of a clouds.yaml, as openstacksdk reads it ({@link SdkSettings}), in this plugin's terms. What cannot be taken as
 * openstacksdk takes it is not taken: a cloud whose region or address is in doubt has a problem, a login in doubt is none.
 *
 * @param cloud without a credential; its settings may yet make no sense
 * @param login the credential that its {@code auth} describes; null when it describes none that can be taken
 * @param problem why the cloud cannot be taken as openstacksdk takes it; null when it can
 * @param notes what was not taken as it was written, and why
 */
record CloudsYamlEntry(NovaCloud cloud, StandardCredentials login, String problem, List<String> notes) {

    private static final String PASSWORD_TYPE = "password";
    private static final Set<String> PASSWORD_TYPES = Set.of(PASSWORD_TYPE, "v3password");
    private static final String APPLICATION_TYPE = "v3applicationcredential";

    /** Endings of keys that say where or how a single service is reached. */
    private static final List<String> OF_ONE_SERVICE = List.of(
            "_endpoint_override",
            "_endpoint",
            "_interface",
            "_endpoint_type",
            "_region_name",
            "_service_type",
            "_service_name",
            "_api_version",
            "_default_microversion");

    /** What is asked of these services is asked in the cloud's region. */
    private static final List<String> SERVICES = List.of("compute", "placement");

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
        private final List<String> notes = new ArrayList<>();
        private final SdkSettings settings;
        private boolean loginInDoubt;

        Reader(String name, JsonNode settings) {
            this.name = name;
            this.settings = new SdkSettings(settings, notes);
        }

        CloudsYamlEntry read() {
            profile();
            NovaCloud cloud = new NovaCloud(name, url());
            cloud.setRegion(region());
            cloud.setEndpointInterface(facing());
            certificates(cloud);
            StandardCredentials login = login();
            rest(cloud.getRegion());
            return new CloudsYamlEntry(
                    cloud, login, settings.problems().stream().findFirst().orElse(null), List.copyOf(notes));
        }

        private void profile() {
            for (String key : List.of("profile", "cloud")) {
                Setting profile = settings.beside(key);
                if (profile != null && profile.isSaid()) {
                    settings.refuse(key
                            + ": openstacksdk adds what it knows of this vendor (address, region, domains, kind of"
                            + " login), which is not known here; write that into the entry and take " + key
                            + " out");
                } else if (profile != null) {
                    notes.add(key + ": it is empty, and so not taken");
                }
            }
        }

        private String url() {
            Setting setting = settings.ofLogin("auth_url");
            String url = text(setting);
            if (url != null && (url.contains("{") || url.contains("}"))) {
                settings.refuse(setting.where()
                        + ": it has a placeholder in braces, which openstacksdk fills in; write the"
                        + " address out");
            } else if (url == null && setting != null && setting.isSaid()) {
                settings.refuse(setting.where() + ": it cannot be taken; write the address as a text in quotes");
            }
            return url;
        }

        private String region() {
            Setting setting = settings.region();
            String region = text(setting);
            if (setting != null
                    && setting.isSaid()
                    && (region == null || region.contains("{") || region.contains("}"))) {
                settings.refuse(setting.where()
                        + ": the region cannot be taken as openstacksdk would; write it as a plain text in quotes");
            }
            return region;
        }

        /** Old files say publicURL for public. */
        private String facing() {
            Setting setting = settings.facing();
            if (setting != null && setting.value().isArray() && !setting.value().isEmpty()) {
                notes.add(setting.where() + ": it is a list, of which the first is taken alone: the others, which"
                        + " openstacksdk would try after it, are not tried here");
                setting = new Setting(setting.where(), setting.value().get(0));
            }
            String word = text(setting);
            if (word == null && setting != null && setting.isSaid()) {
                settings.refuse(setting.where() + ": it is not one of public, internal, admin");
            }
            return word == null ? null : word.replaceAll("URL$", "");
        }

        private void certificates(NovaCloud cloud) {
            authority(cloud);
            for (String key : List.of("verify", "insecure")) {
                Setting setting = settings.beside(key);
                if (setting != null
                        && !(setting.value().isBoolean() && setting.value().booleanValue() == key.equals("verify"))) {
                    notes.add(key + ": certificates are always verified here, whatever it says; for a private authority"
                            + " paste its certificate into 'CA certificates'");
                }
            }
            for (String key : List.of("cert", "key")) {
                if (settings.beside(key) != null) {
                    notes.add(key + ": not taken, for certificates of a client are not known here");
                }
            }
        }

        private void authority(NovaCloud cloud) {
            Setting setting = settings.beside("cacert");
            if (setting == null) {
                return;
            }
            String text = setting.value().asText();
            if (!text.contains("-----BEGIN")) {
                notes.add(setting.where()
                        + ": names a file of another machine; paste its certificates into 'CA certificates'");
            } else if (text.contains("PRIVATE KEY")) {
                notes.add(setting.where()
                        + ": not taken, for there is a private key in it, and 'CA certificates' is not a secret; paste the"
                        + " certificates alone there");
            } else {
                cloud.setCaCertificate(text);
                notes.add(
                        setting.where() + ": it is no file's name, as openstacksdk wants it, but certificates; they are"
                                + " taken as 'CA certificates'");
            }
        }

        private StandardCredentials login() {
            settings.doubts().forEach(this::doubt);
            Setting setting = settings.kind();
            String kind = setting == null ? PASSWORD_TYPE : text(setting);
            if (APPLICATION_TYPE.equals(kind)) {
                return application();
            }
            if (kind != null && PASSWORD_TYPES.contains(kind)) {
                return password(kind);
            }
            notes.add("auth_type: of its kinds of login only " + APPLICATION_TYPE
                    + " and password are known here, so there is no login to take; add a credential by hand");
            return null;
        }

        private StandardCredentials application() {
            String id = needed("application_credential_id", settings.ofLogin("application_credential_id"));
            String secret = needed("application_credential_secret", settings.ofLogin("application_credential_secret"));
            for (String key : List.of(
                    "application_credential_name",
                    "user_id",
                    "username",
                    "user_domain_id",
                    "user_domain_name",
                    "project_id",
                    "project_name",
                    "project_domain_id",
                    "project_domain_name",
                    "domain_id",
                    "domain_name",
                    "system_scope",
                    "trust_id")) {
                Setting needless = settings.ofLogin(key);
                if (needless != null) {
                    notes.add(
                            needless.where() + ": not taken, for the id of an application credential says who it is and"
                                    + " what it is for");
                }
            }
            refuseRest(APPLICATION_TYPE);
            return loginInDoubt
                    ? null
                    : new OpenStackApplicationCredentials(
                            CredentialsScope.GLOBAL, credentialsId(), description(), id, Secret.fromString(secret));
        }

        private StandardCredentials password(String kind) {
            Setting defaultId = kind.equals(PASSWORD_TYPE) ? settings.ofLogin("default_domain_id") : null;
            Setting defaultName = kind.equals(PASSWORD_TYPE) ? settings.ofLogin("default_domain_name") : null;
            onlyByName("user_id", "username");
            onlyByName("project_id", "project_name");
            for (String key : List.of("trust_id", "system_scope", "domain_id", "domain_name")) {
                Setting scope = settings.ofLogin(key);
                if (scope != null && scope.isSaid()) {
                    doubt(scope.where() + ": the tokens of Jenkins's credentials are for a project by its name, and for"
                            + " nothing else");
                }
            }
            String user = needed("username", settings.ofLogin("username", "user_name"));
            String password = needed(PASSWORD_TYPE, settings.ofLogin(PASSWORD_TYPE));
            String project = needed("project_name", settings.ofLogin("project_name"));
            String userDomain = domain("user_domain", defaultId, defaultName);
            String projectDomain = domain("project_domain", defaultId, defaultName);
            refuseRest(kind);
            if (loginInDoubt) {
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

        /** An id counts before a name, and only names can be held. */
        private void onlyByName(String id, String named) {
            Setting setting = settings.ofLogin(id);
            if (setting != null && setting.isSaid()) {
                doubt(setting.where() + ": it counts before " + named
                        + " with openstacksdk, and Jenkins's credentials hold" + " the name; write " + named
                        + " alone");
            }
        }

        /**
         * A domain by its name; an id counts before it. Of the ids one can be told without asking: {@code default} is that of
         * Default.
         */
        private String domain(String which, Setting defaultId, Setting defaultName) {
            Setting id = or(settings.ofLogin(which + "_id"), defaultId);
            Setting named = or(settings.ofLogin(which + "_name"), defaultName);
            if (id != null) {
                if (!"default".equals(text(id))) {
                    doubt(id.where() + ": Jenkins's credentials hold the domain's name; write " + which
                            + "_name instead");
                    return null;
                }
                notes.add(id.where()
                        + ": taken for the domain named Default, which has this id unless somebody renamed it");
                if (named != null) {
                    notes.add(named.where() + ": not taken, for " + id.where()
                            + " counts before it, as with openstacksdk");
                }
                return OpenStackPasswordCredentials.DEFAULT_DOMAIN;
            }
            if (named == null) {
                notes.add("auth." + which + "_name: is not there; Default is taken, as the openstack command does");
                return OpenStackPasswordCredentials.DEFAULT_DOMAIN;
            }
            String text = text(named);
            loginInDoubt |= text == null;
            return text;
        }

        private Setting or(Setting one, Setting other) {
            boolean said = one != null && (one.isSaid() || one.value().isNull());
            if (other != null && (said || !other.isSaid())) {
                notes.add(other.where() + ": not taken where the domain itself is said");
            }
            return said ? one : other != null && other.isSaid() ? other : null;
        }

        private String needed(String key, Setting setting) {
            String value = text(setting);
            if (setting == null
                    || setting.value().isTextual()
                            && value == null
                            && setting.value().textValue().isBlank()) {
                doubt("auth." + key + ": is missing here (secrets may be in a secure.yaml)");
            }
            loginInDoubt |= value == null;
            return value;
        }

        /** With a key that the kind of login has not, openstacksdk ends with an error instead of a login. */
        private void refuseRest(String kind) {
            for (Setting left : settings.leftOfLogin()) {
                doubt(left.where() + ": openstacksdk knows no such key of a login of the kind " + kind
                        + (left.where().contains("application_credential")
                                ? ", which it takes where auth_type does not say " + APPLICATION_TYPE
                                : ""));
            }
        }

        private void doubt(String why) {
            loginInDoubt = true;
            notes.add(why + "; so there is no login to take");
        }

        private void rest(String region) {
            List<String> ofServices = new ArrayList<>();
            List<String> others = new ArrayList<>();
            for (Setting left : settings.leftBeside()) {
                String key = left.where()
                        .substring(left.where().lastIndexOf('.') + 1)
                        .replace('-', '_');
                if (SERVICES.stream().anyMatch(service -> key.equals(service + "_region_name"))
                        && !left.value().asText().equals(region)) {
                    settings.refuse(
                            left.where() + ": openstacksdk looks for that service in another region than for the"
                                    + " others, which cannot be said here; import the cloud with one region");
                }
                (OF_ONE_SERVICE.stream().anyMatch(key::endsWith) ? ofServices : others).add(left.where());
            }
            if (!ofServices.isEmpty()) {
                notes.add(
                        joined(ofServices) + ": not taken; every service is looked up in the catalogue, by the cloud's"
                                + " region and interface");
            }
            if (!others.isEmpty()) {
                notes.add(joined(others) + ": not taken; the configuration has nothing of that kind");
            }
        }

        private static String joined(List<String> keys) {
            return keys.stream().collect(Collectors.joining(", "));
        }

        /** YAML reads 0123 and yes as a number and a truth; only its author knows what was meant. */
        private String text(Setting setting) {
            if (setting == null) {
                return null;
            }
            JsonNode value = setting.value();
            if (value.isNull()) {
                notes.add(setting.where() + ": it is empty; fill it in or take it out");
            } else if (value.isContainerNode()) {
                notes.add(setting.where() + ": it is a list or a map, where a text belongs");
            } else if (!value.isTextual()) {
                notes.add(
                        setting.where() + ": YAML takes it for a number, a date or a truth value; put it into quotes");
            } else if (!value.textValue().strip().equals(value.textValue())
                    && !value.textValue().isBlank()
                    && !isSecret(setting)) {
                notes.add(setting.where() + ": it begins or ends with a blank, which would be lost here");
            } else if (!value.textValue().isBlank()) {
                return value.textValue();
            }
            return null;
        }

        private static boolean isSecret(Setting setting) {
            return setting.where().endsWith(PASSWORD_TYPE) || setting.where().endsWith("secret");
        }

        private String credentialsId() {
            return "openstack-" + name.replaceAll("[^A-Za-z0-9_.-]", "-");
        }

        private String description() {
            return "imported from a clouds.yaml for the cloud '" + name + "'";
        }
    }
}
