package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The HTTP side: one loopback port, a few threads, one request at a time in the cloud; faults and the audit log. */
final class HttpFront implements AutoCloseable {
    private static final int THREADS = 4;
    private static final Logger LOG = Logger.getLogger(HttpFront.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where a request goes and who sends it, for the audit log. */
    interface Services {
        Answer answer(Request request);

        /** The name of the token's user; null without a valid token. */
        String userOf(Request request);

        void revokeToken(Request request);
    }

    private final Object lock;
    private final Services services;
    private final AuditLog audit;
    private final Faults faults;
    private final Lies lies;
    private final VirtualTime time;
    private final double secondsPerRequest;
    private final ScheduledExecutorService threads;
    private HttpServer server;
    private final int port;
    private volatile boolean connected = true;

    HttpFront(
            Object lock,
            int port,
            Services services,
            AuditLog audit,
            Faults faults,
            Lies lies,
            VirtualTime time,
            double secondsPerRequest) {
        this.lock = lock;
        this.services = services;
        this.audit = audit;
        this.faults = faults;
        this.lies = lies;
        this.time = time;
        this.secondsPerRequest = secondsPerRequest;
        this.threads = Executors.newScheduledThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "simulated-cloud");
            thread.setDaemon(true);
            return thread;
        });
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            // the JDK's server writes head and body apart: without this each answer waits 40 ms for an ACK
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        listen(port);
        this.port = server.getAddress().getPort();
    }

    private void listen(int wanted) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 50);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback port " + wanted, e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String root() {
        return "http://127.0.0.1:" + port;
    }

    /** Connections are refused until {@link #reconnect}. */
    void disconnect() {
        connected = false;
        server.stop(0);
    }

    boolean disconnected() {
        return !connected;
    }

    void reconnect() {
        listen(port);
        connected = true;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] raw = exchange.getRequestBody().readAllBytes();
        Fault fault;
        Answer answer;
        synchronized (lock) {
            time.catchUp();
            if (secondsPerRequest > 0) {
                time.advance(Duration.ofNanos((long) (secondsPerRequest * 1e9)));
            }
            lies.arrived(audit.nextNumber());
            Route route = Route.of(exchange.getRequestURI().getRawPath());
            Request request = request(exchange, route, raw);
            fault = faults.match(request);
            String user = services.userOf(request);
            if (fault instanceof Fault.RevokeToken) {
                services.revokeToken(request);
            }
            answer = fault == null || fault.acts() ? answer(request) : null;
            if (fault instanceof Fault.Instead instead) {
                answer = instead.answer();
            }
            if (fault == null) {
                answer = lies.told(audit.nextNumber(), request, answer, time.now());
            }
            boolean dropped = fault instanceof Fault.Drop || fault instanceof Fault.Interrupt;
            int status = dropped ? 0 : answer.status();
            audit.add(entry(request, route, user, status, fault));
        }
        if (fault instanceof Fault.Late late) {
            Answer whole = answer;
            threads.schedule(
                    () -> {
                        send(exchange, whole, whole.body().length);
                        return null;
                    },
                    late.delay().toMillis(),
                    TimeUnit.MILLISECONDS);
        } else if (fault instanceof Fault.Interrupt interrupt) {
            interrupt.what().run();
            exchange.close();
        } else if (fault instanceof Fault.Drop) {
            exchange.close();
        } else if (fault instanceof Fault.Truncate truncate) {
            byte[] half = Arrays.copyOf(answer.body(), answer.body().length / 2);
            send(
                    exchange,
                    new Answer(answer.status(), answer.headers(), half),
                    truncate.announced() ? answer.body().length : half.length);
        } else {
            send(exchange, answer, answer.body().length);
        }
    }

    /** A mistake of the simulator's own shows as a 500 that says so, not as a dropped connection. */
    private Answer answer(Request request) {
        try {
            return services.answer(request);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "simulator failed at " + request.method() + " " + request.path());
            return new ApiError(500, "simulator failed: " + e).asNova();
        }
    }

    private static void send(HttpExchange exchange, Answer answer, int length) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(answer.body());
            // newer JDKs keep the head back: unflushed, a cut-off answer is none at all, and the client asks again
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    private Request request(HttpExchange exchange, Route route, byte[] raw) {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return new Request(
                exchange.getRequestMethod(),
                route.service(),
                root() + route.prefix(),
                route.path(),
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                json(raw),
                raw,
                String.format("req-51a00000-0000-4000-8000-%012d", audit.nextNumber()));
    }

    private static JsonNode json(byte[] raw) {
        try {
            return raw.length == 0 ? null : JSON.readTree(raw);
        } catch (JsonProcessingException e) {
            return null; // the service says so itself, in its own words
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), n -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }

    private AuditEntry entry(Request request, Route route, String user, int status, Fault fault) {
        String version = request.header("openstack-api-version");
        return new AuditEntry(
                audit.nextNumber(),
                time.now(),
                request.method(),
                route.endpoint(),
                request.service(),
                request.path(),
                request.query(),
                version == null ? request.header("x-openstack-nova-api-version") : version.replaceFirst("^\\S+ ", ""),
                user,
                masked(request.body()),
                status,
                request.id(),
                fault == null ? null : fault.getClass().getSimpleName());
    }

    private static JsonNode masked(JsonNode body) {
        if (body == null || !body.isContainerNode()) {
            return body;
        }
        JsonNode copy = body.deepCopy();
        mask(copy);
        return copy;
    }

    private static void mask(JsonNode node) {
        for (String secret : List.of("password", "secret", "adminPass")) {
            if (node.path(secret).isTextual()) {
                ((ObjectNode) node).put(secret, "******");
            }
        }
        node.forEach(HttpFront::mask);
    }
}
