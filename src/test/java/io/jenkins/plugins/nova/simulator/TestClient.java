package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Plain HTTP with a token: owners and other tools, for tests. */
public final class TestClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer; {@code json} is a missing node when the body is none. */
    public record Reply(int status, JsonNode json, String text, HttpResponse<String> raw) {
        String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }

        /** The message of Nova's one-key error body. */
        String message() {
            return json.isObject() && json.size() == 1
                    ? json.elements().next().path("message").asText()
                    : text;
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String identity;
    private final String token;
    private final String compute;
    private final String placement;
    private final String microversion;

    private TestClient(String identity, String token, String compute, String placement, String microversion) {
        this.identity = identity;
        this.token = token;
        this.compute = compute;
        this.placement = placement;
        this.microversion = microversion;
    }

    /** Nobody yet. */
    static TestClient of(SimulatedCloud cloud) {
        return new TestClient(cloud.identityUrl().toString(), null, null, null, "2.93");
    }

    /** Logged in with a password to the user's own project. */
    public static TestClient as(SimulatedCloud cloud, String user) {
        return as(cloud, user, user.equals("admin") ? "admin" : "demo");
    }

    /** Logged in with the password that all have. */
    public static TestClient as(SimulatedCloud cloud, String user, String project) {
        TestClient nobody = of(cloud);
        return nobody.loggedIn(user, nobody.login(user, "secret", project));
    }

    /** Logged in with an application credential. */
    static TestClient byCredential(SimulatedCloud cloud, String id, String secret) {
        TestClient nobody = of(cloud);
        String body = "{'auth':{'identity':{'methods':['application_credential'],'application_credential':{'id':'" + id
                + "','secret':'" + secret + "'}}}}";
        return nobody.loggedIn(id, nobody.identity("POST", "/auth/tokens", body));
    }

    private TestClient loggedIn(String who, Reply reply) {
        if (reply.status() != 201) {
            throw new IllegalStateException("login of " + who + ": " + reply.text());
        }
        return new TestClient(
                identity,
                reply.header("X-Subject-Token"),
                url(reply.json(), "compute"),
                url(reply.json(), "placement"),
                "2.93");
    }

    TestClient at(String version) {
        return new TestClient(identity, token, compute, placement, version);
    }

    Reply login(String user, String password, String project) {
        return json(
                "POST",
                identity + "/auth/tokens",
                "{'auth':{'identity':{'methods':['password'],'password':{'user':{'name':'" + user
                        + "','domain':{'name':'Default'},'password':'" + password
                        + "'}}},'scope':{'project':{'name':'" + project + "','domain':{'id':'default'}}}}}");
    }

    Reply identity(String method, String path, String body) {
        return json(method, identity + path, body);
    }

    static String url(JsonNode token, String type) {
        for (JsonNode service : token.path("token").path("catalog")) {
            if (service.path("type").asText().equals(type)) {
                return service.path("endpoints").path(0).path("url").asText();
            }
        }
        return null;
    }

    Reply get(String path) {
        return json("GET", compute + path, null);
    }

    Reply getUrl(String url) {
        return json("GET", url, null);
    }

    Reply placement(String path) {
        return json("GET", placement + path, null);
    }

    Reply put(String path, String body) {
        return json("PUT", compute + path, body);
    }

    Reply delete(String path) {
        return json("DELETE", compute + path, null);
    }

    Reply post(String path, String body) {
        return json("POST", compute + path, body);
    }

    /** POST of an action; apostrophes stand for quotation marks. */
    public Reply act(String serverId, String body) {
        return post("/servers/" + serverId + "/action", body);
    }

    /** Disables the compute service of a host, for a reason; a second time for another one. */
    public Reply cordon(String host, String reason) {
        JsonNode service = get("/os-services?binary=nova-compute&host=" + host)
                .json()
                .path("services")
                .path(0);
        return put(
                "/os-services/" + service.path("id").asText(),
                "{'status':'disabled','disabled_reason':'" + reason + "'}");
    }

    JsonNode server(String id) {
        return get("/servers/" + id).json().path("server");
    }

    /** The newest migration of a server. */
    JsonNode migration(String serverId) {
        return get("/os-migrations?instance_uuid=" + serverId)
                .json()
                .path("migrations")
                .path(0);
    }

    /** The action a reply's request id names. */
    JsonNode action(String serverId, Reply reply) {
        return get("/servers/" + serverId + "/os-instance-actions/" + reply.header("X-OpenStack-Request-Id"))
                .json()
                .path("instanceAction");
    }

    private Reply json(String method, String url, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("X-Auth-Token", token);
        }
        boolean toPlacement = placement != null && url.startsWith(placement);
        request.header("OpenStack-API-Version", toPlacement ? "placement 1.36" : "compute " + microversion);
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean isJson = answer.headers()
                    .firstValue("Content-Type")
                    .filter(t -> t.startsWith("application/json"))
                    .isPresent();
            JsonNode json = isJson && !answer.body().isEmpty()
                    ? JSON.readTree(answer.body())
                    : JSON.getNodeFactory().missingNode();
            return new Reply(answer.statusCode(), json, answer.body(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
