package io.jenkins.plugins.nova.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sets the scene of a contract: makes and removes what the plugin only ever finds (servers, groups, aggregates). It
 * talks to Keystone and Nova by itself, so that the client under test does not judge itself.
 */
final class Backstage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI identityUrl;
    private final Login.Password login;
    private String token;
    /** The public endpoints by the service's type. */
    private final Map<String, String> endpoints = new HashMap<>();

    private String userId;

    /**
     * An answer as it came.
     *
     * @param status of HTTP
     * @param body a missing node when it is no JSON
     */
    record Said(int status, JsonNode body) {}

    Backstage(URI identityUrl, Login.Password login) {
        this.identityUrl = identityUrl;
        this.login = login;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /**
     * One request to Nova at 2.90, or less where the cloud is older than that.
     *
     * @param body null for none
     * @return the answer's body; a missing node when there is none
     * @throws AssertionError with the answer for every status of 400 or more
     */
    JsonNode nova(String method, String path, JsonNode body) {
        HttpResponse<String> answer = send(method, path, body);
        if (answer.statusCode() >= 400) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return parse(answer.body());
    }

    /** As {@link #nova}, but gives the status and does not mind it. */
    int tryNova(String method, String path, JsonNode body) {
        return send(method, path, body).statusCode();
    }

    /** GET of Nova at a microversion such as 2.69. */
    Said get(String microversion, String path) {
        return said("GET", () -> url("compute", path), "compute " + microversion, null);
    }

    /** A POST of an action of a server at a microversion. */
    Said act(String microversion, String server, JsonNode body) {
        return said("POST", () -> url("compute", "/servers/" + server + "/action"), "compute " + microversion, body);
    }

    /** GET of Placement at a microversion such as 1.29. */
    Said placement(String microversion, String path) {
        return said("GET", () -> url("placement", path), "placement " + microversion, null);
    }

    /** A request to Cinder at its oldest microversion; the path is that behind the project's id. */
    Said volumes(String method, String path, JsonNode body) {
        return said(method, () -> url("block-storage", path), "volume 3.0", body);
    }

    /** A request to Octavia; the path is that behind its version. */
    Said balancing(String method, String path, JsonNode body) {
        return said(method, () -> url("load-balancer", "/v2.0" + path), "load-balancer 2.0", body);
    }

    private String url(String type, String path) {
        String endpoint = endpoints.get(type);
        if (endpoint == null) {
            throw new AssertionError("the catalogue has no " + type);
        }
        return endpoint + path;
    }

    /**
     * A request to Neutron, to a path after {@code /v2.0}.
     *
     * @param body null for none
     */
    Said network(String method, String path, JsonNode body) {
        return said(method, () -> url("network", "/v2.0" + path), "", body);
    }

    private Said said(String method, Supplier<String> url, String version, JsonNode body) {
        if (token == null) {
            logIn();
        }
        HttpResponse<String> answer =
                exchange(asJson(method, URI.create(url.get()), body).header("OpenStack-API-Version", version));
        boolean json = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
        return new Said(answer.statusCode(), json ? parse(answer.body()) : JSON.missingNode());
    }

    /**
     * Makes an application credential of the user that is bound to these access rules.
     *
     * @return Keystone's {@code id} and {@code secret} of it
     */
    JsonNode applicationCredential(String name, JsonNode rules) {
        ObjectNode body = object();
        body.putObject("application_credential").put("name", name).set("access_rules", rules);
        HttpResponse<String> answer = identity("POST", "", body);
        if (answer.statusCode() != 201) {
            throw new AssertionError("application credential: " + answer.statusCode() + " " + answer.body());
        }
        return parse(answer.body()).path("application_credential");
    }

    void deleteApplicationCredential(String id) {
        HttpResponse<String> answer = identity("DELETE", "/" + id, null);
        if (answer.statusCode() != 204) {
            throw new AssertionError("application credential " + id + ": " + answer.statusCode());
        }
    }

    private HttpResponse<String> identity(String method, String path, JsonNode body) {
        if (token == null) {
            logIn();
        }
        String url = identityUrl + "/users/" + userId + "/application_credentials" + path;
        return exchange(asJson(method, URI.create(url), body));
    }

    private HttpResponse<String> send(String method, String path, JsonNode body) {
        if (token == null) {
            logIn();
        }
        return exchange(
                asJson(method, URI.create(url("compute", path)), body).header("OpenStack-API-Version", "compute 2.90"));
    }

    private HttpRequest.Builder asJson(String method, URI url, JsonNode body) {
        return HttpRequest.newBuilder(url)
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    private void logIn() {
        ObjectNode request = object();
        ObjectNode auth = request.putObject("auth");
        ObjectNode identity = auth.putObject("identity");
        identity.putArray("methods").add("password");
        ObjectNode user = identity.putObject("password").putObject("user");
        user.put("name", login.user()).put("password", login.password());
        user.putObject("domain").put("name", login.userDomain());
        ObjectNode project = auth.putObject("scope").putObject("project");
        project.put("name", login.project()).putObject("domain").put("name", login.projectDomain());
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(URI.create(identityUrl + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request.toString())));
        if (answer.statusCode() != 201) {
            throw new AssertionError(login + " cannot log in at " + identityUrl + ": " + answer.statusCode());
        }
        userId = parse(answer.body()).path("token").path("user").path("id").asText();
        token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
        for (JsonNode service : parse(answer.body()).path("token").path("catalog")) {
            for (JsonNode endpoint : service.path("endpoints")) {
                if (endpoint.path("interface").asText().equals("public")) {
                    endpoints.put(
                            service.path("type").asText(), endpoint.path("url").asText());
                }
            }
        }
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return text.isEmpty() ? JSON.missingNode() : JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
