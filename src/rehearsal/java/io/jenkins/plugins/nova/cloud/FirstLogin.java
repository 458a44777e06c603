package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.util.Secret;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.CloudReader;
import io.jenkins.plugins.nova.api.openstack4j.http.Answer;
import io.jenkins.plugins.nova.api.openstack4j.http.RefusalReader;
import io.jenkins.plugins.nova.api.openstack4j.http.Wire;
import java.net.URI;
import java.util.Map;

/**
 * One login before anything else: whether the cloud can be reached is seen in seconds and said in the words of the variables,
 * and what was said by ids is learned by name, as Jenkins's credentials hold it. Its token is revoked.
 */
public final class FirstLogin {

    private static final int SECONDS = 5;
    private static final Map<String, String> HEADERS =
            Map.of("Accept", "application/json", "Content-Type", "application/json", "User-Agent", "nova-maintenance");

    private final ClientCloud client;
    private final JsonNode token;

    private FirstLogin(ClientCloud client, JsonNode token) {
        this.client = client;
        this.token = token;
    }

    /**
     * Logs in.
     *
     * @throws IllegalArgumentException when it cannot be reached or does not let one in; names the variable
     */
    public static FirstLogin at(ClientCloud client) {
        NovaCloud cloud = client.under("cloud");
        cloud.setConnectTimeoutSeconds(SECONDS);
        cloud.setAnswerTimeoutSeconds(4 * SECONDS);
        URI tokens = URI.create(cloud.endpoint().v3() + "/auth/tokens");
        String via = new ClientProxies(client.environment())
                .to(tokens)
                .map(way ->
                        ", through the proxy " + way.host() + ":" + way.port() + " that " + way.variable() + " names")
                .orElse("");
        Answer answer;
        Wire wire = new Wire(cloud.transport());
        try {
            answer = wire.send("POST", tokens, HEADERS, client.auth().toString(), Wire.LARGEST_ERROR);
        } catch (NovaException unreachable) {
            throw new IllegalArgumentException(
                    client.hide(
                            client.urlIsSaidBy() + ": " + unreachable.getMessage() + via + wayOut(client, unreachable)),
                    null);
        }
        try {
            if (answer.status() != 201) {
                throw new IllegalArgumentException(client.hide(refusal(client, answer, tokens) + via));
            }
            JsonNode tree = answer.tree();
            JsonNode token = tree == null ? null : tree.path("token");
            if (token == null || !token.path("user").isObject()) {
                throw new IllegalArgumentException(
                        client.urlIsSaidBy() + ": what answers there is no Keystone: a login brings no token");
            }
            String id = answer.header("X-Subject-Token");
            if (id != null) {
                wire.sendAndForget("DELETE", tokens, Map.of("X-Auth-Token", id, "X-Subject-Token", id));
            }
            return new FirstLogin(client, token);
        } finally {
            answer.release();
        }
    }

    private static String wayOut(ClientCloud client, NovaException failure) {
        String words = String.valueOf(failure.getMessage());
        if (words.contains("PKIX") || words.contains("a private CA")) {
            return client.trustIsSaidBy() == null
                    ? "; OS_CACERT names the file with the certificate of its authority"
                    : "; the certificates of " + client.trustIsSaidBy() + " are not those of its authority";
        }
        if (words.contains("No subject alternative") || words.contains("No name matching")) {
            return "; its certificate is for another name than the one in the URL";
        }
        if (words.contains("SSL message")
                || words.contains("plaintext")
                || words.contains("terminated the handshake")) {
            return "; is it http, not https, there?";
        }
        if (words.contains("no connection in time")) {
            return " (" + SECONDS + " s): a firewall may drop what is sent there, or the address is of another network"
                    + (client.url().startsWith("https:") ? "; or is it http, not https, there?" : "");
        }
        return "";
    }

    private static String refusal(ClientCloud client, Answer answer, URI tokens) {
        String words = RefusalReader.message(answer);
        String said = words.isEmpty() ? "" : ": " + words;
        if (answer.status() == 401 || answer.status() == 403) {
            return "Keystone at " + client.url() + " does not accept " + client.who()
                    + ", for the project that is asked for" + said;
        }
        if (answer.status() == 404 && words.startsWith("Could not find")) {
            return "Keystone at " + client.url() + " does not know " + client.who() + said;
        }
        if (answer.status() >= 300 && answer.status() < 400) {
            String to = answer.header("Location");
            return client.urlIsSaidBy() + ": " + tokens + " answers with a redirect"
                    + (to == null ? "" : " to " + ForeignText.name(to))
                    + ", which is not followed with a password; say where"
                    + " Keystone is itself";
        }
        return client.urlIsSaidBy() + ": " + tokens + " answers a login with HTTP " + answer.status() + said
                + (answer.status() == 404 || answer.status() == 405 ? "; is that Keystone's address?" : "");
    }

    /**
     * The credential with which the plugin logs in as this one did.
     *
     * @param id the credential's in Jenkins
     */
    public StandardCredentials credentials(String id) {
        JsonNode credential = token.path("application_credential");
        String secret = client.secret();
        if (client.auth().path("auth").path("identity").has("application_credential")) {
            String known = client.auth()
                    .path("auth")
                    .path("identity")
                    .path("application_credential")
                    .path("id")
                    .asText(credential.path("id").asText(""));
            if (known.isEmpty()) {
                throw new IllegalArgumentException(
                        "OS_APPLICATION_CREDENTIAL_NAME: this Keystone does not tell the id of the"
                                + " application credential (since Rocky it does); set OS_APPLICATION_CREDENTIAL_ID");
            }
            return new OpenStackApplicationCredentials(
                    CredentialsScope.GLOBAL, id, "", known, Secret.fromString(secret));
        }
        OpenStackPasswordCredentials made = new OpenStackPasswordCredentials(
                CredentialsScope.GLOBAL,
                id,
                "",
                token.path("user").path("name").asText(),
                Secret.fromString(secret),
                token.path("project").path("name").asText());
        made.setUserDomain(token.path("user").path("domain").path("name").asText());
        made.setProjectDomain(token.path("project").path("domain").path("name").asText());
        return made;
    }

    /** Reads the cloud with this login. */
    public CloudReader reader() {
        NovaCloud cloud = client.under("cloud");
        return new CloudReader(
                cloud.endpoint(),
                OpenStackCredentials.login(credentials("snapshot"), cloud, "credentialsId"),
                cloud.transport());
    }

    /** Who one is to the cloud: user and project by name; for the operator. */
    public String who() {
        return "as " + ForeignText.name(token.path("user").path("name").asText()) + " of project "
                + ForeignText.name(token.path("project").path("name").asText());
    }

    /** Nothing of the token. */
    @Override
    public String toString() {
        return who();
    }
}
