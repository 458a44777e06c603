package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Keystone that logs everybody in and a Nova that answers what a test tells it to, over real HTTP. It knows nothing
 * of Nova's ways (that is the simulator's part): it is for how requests travel.
 */
public final class FakeCloud implements AutoCloseable {

    public static final String PASSWORD = "correct horse battery staple";

    /** One request as it came. */
    public record Seen(String method, String uri, Map<String, List<String>> headers, String body) {
        public String header(String name) {
            List<String> values = headers.get(name.substring(0, 1).toUpperCase(Locale.ROOT)
                    + name.substring(1).toLowerCase(Locale.ROOT));
            return values == null ? null : values.get(0);
        }
    }

    /** One answer. */
    public record Reply(int status, Map<String, String> headers, String body) {
        public static Reply json(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body);
        }

        public Reply with(String header, String value) {
            Map<String, String> more = new ConcurrentHashMap<>(headers);
            more.put(header, value);
            return new Reply(status, more, body);
        }
    }

    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    public final AtomicInteger logins = new AtomicInteger();
    public final List<String> revoked = new CopyOnWriteArrayList<>();
    /** When tokens expire; they are issued at 2026-01-01T00:00:00Z. */
    public volatile String expires = "2099-01-01T00:00:00.000000Z";
    /** The token that is accepted; null for any. */
    public volatile String accepted;
    /** In place of the token. */
    public volatile Reply loginReply;
    /** In place of the catalogue; {@code %s} is this cloud's URL. */
    public volatile String catalogue = """
            [{"type": "compute", "name": "nova", "endpoints": [
               {"interface": "public", "region": "RegionOne", "region_id": "RegionOne", "url": "%1$s/v2.1"}]},
             {"type": "placement", "name": "placement", "endpoints": [
               {"interface": "public", "region": "RegionOne", "region_id": "RegionOne", "url": "%1$s/placement"}]}]""";

    private final String name;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();

    public FakeCloud(String name) throws IOException {
        this.name = name;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.setExecutor(threads);
        http.start();
        speaks("2.93");
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    FakeCloud speaks(String newest) {
        return on(
                "GET",
                "/v2.1/",
                Reply.json(
                        200,
                        "{\"version\": {\"id\": \"v2.1\", \"version\": \"" + newest
                                + "\", \"min_version\": \"2.1\"}}"));
    }

    /** Answers to a method and a path (without query), one after the other; the last one stays. */
    public FakeCloud on(String method, String path, Reply... answers) {
        replies.put(method + " " + path, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    public OpenStackNova connect() {
        return connect(null, Facing.PUBLIC);
    }

    /** A session that shares with others of the same connections. */
    public OpenStackNova connect(Connections connections, Login login) {
        return connections.connect(endpoint(), login, quick());
    }

    public CloudEndpoint endpoint() {
        return new CloudEndpoint(URI.create(url() + "/v3"), null, Facing.PUBLIC);
    }

    public OpenStackNova connect(String region, Facing facing) {
        return OpenStackNova.connect(new CloudEndpoint(URI.create(url() + "/v3"), region, facing), login(), quick());
    }

    public static Login.Password login() {
        return new Login.Password("admin", "Default", PASSWORD, "ops", "Default");
    }

    /** Time-outs that a test can wait for, and that a busy machine does not reach by accident. */
    public static Transport quick() {
        return new Transport(HttpClient::newBuilder, Duration.ofSeconds(10), Duration.ofSeconds(20), null);
    }

    /** The token of the n-th login. */
    public String token(int n) {
        return "gAAAAAB-token-of-" + name + "-" + n;
    }

    /** Requests other than logins and questions for versions. */
    public List<Seen> calls() {
        return seen.stream()
                .filter(request -> !request.uri().endsWith("/auth/tokens")
                        && !request.uri().equals("/v2.1/"))
                .toList();
    }

    public static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Seen request = new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                body);
        seen.add(request);
        answer(exchange, reply(request, exchange.getRequestURI().getRawPath()));
    }

    private Reply reply(Seen request, String path) {
        if (path.equals("/v3/auth/tokens") && request.method().equals("DELETE")) {
            revoked.add(request.header("X-Subject-Token"));
            return new Reply(204, Map.of(), "");
        }
        if (path.equals("/v3/auth/tokens")) {
            String token = token(logins.incrementAndGet());
            return loginReply != null
                    ? loginReply
                    : Reply.json(201, tokenBody()).with("X-Subject-Token", token);
        }
        if (accepted != null && !accepted.equals(request.header("X-Auth-Token"))) {
            return Reply.json(
                            401,
                            "{\"error\": {\"code\": 401, \"message\": \"The request you have made requires"
                                    + " authentication.\"}}")
                    .with("WWW-Authenticate", "Keystone uri=\"" + url() + "\"");
        }
        Deque<Reply> left = replies.get(request.method() + " " + path);
        if (left == null) {
            return Reply.json(404, "{\"itemNotFound\": {\"message\": \"nothing at " + path + "\"}}");
        }
        synchronized (left) {
            return left.size() > 1 ? left.poll() : left.peek();
        }
    }

    private String tokenBody() {
        return """
                {"token": {"methods": ["password"], "expires_at": "%s",
                  "issued_at": "2026-01-01T00:00:00.000000Z", "audit_ids": ["x"],
                  "user": {"id": "u1", "name": "admin", "domain": {"id": "default", "name": "Default"}},
                  "project": {"id": "p1", "name": "ops-%s", "domain": {"id": "default", "name": "Default"}},
                  "roles": [{"id": "r1", "name": "admin"}], "catalog": %s}}""".formatted(expires, name, catalogue.formatted(url()));
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach((key, value) -> exchange.getResponseHeaders().set(key, value));
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
