package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The HTTP side: one loopback port, one request at a time in the cloud; faults and the audit log. */
final class HttpFront implements AutoCloseable {
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
    private final ScheduledExecutorService later;
    private volatile LoopbackServer server;
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
        this.later = Executors.newScheduledThreadPool(1, task -> {
            Thread thread = new Thread(task, "simulated-cloud-late");
            thread.setDaemon(true);
            return thread;
        });
        this.server = new LoopbackServer(port, this::handle);
        this.port = server.port();
    }

    String root() {
        return "http://127.0.0.1:" + port;
    }

    /** Connections are refused until {@link #reconnect}. */
    void disconnect() {
        connected = false;
        server.close();
    }

    boolean disconnected() {
        return !connected;
    }

    void reconnect() {
        server = new LoopbackServer(port, this::handle);
        connected = true;
    }

    @Override
    public void close() {
        server.close();
        later.shutdownNow();
    }

    private void handle(LoopbackServer.Exchange exchange) throws IOException {
        Fault fault;
        Answer answer;
        synchronized (lock) {
            time.catchUp();
            if (secondsPerRequest > 0) {
                time.advance(Duration.ofNanos((long) (secondsPerRequest * 1e9)));
            }
            lies.arrived(audit.nextNumber());
            Route route = Route.of(exchange.path());
            Request request = request(exchange, route);
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
            later.schedule(
                    () -> {
                        send(exchange, whole, whole.body().length);
                        return null;
                    },
                    late.delay().toMillis(),
                    TimeUnit.MILLISECONDS);
        } else if (fault instanceof Fault.Interrupt interrupt) {
            interrupt.what().run();
            exchange.drop();
        } else if (fault instanceof Fault.Drop) {
            exchange.drop();
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

    private static void send(LoopbackServer.Exchange exchange, Answer answer, int length) throws IOException {
        exchange.answer(answer.status(), answer.headers(), answer.body(), length);
    }

    private Request request(LoopbackServer.Exchange exchange, Route route) {
        return new Request(
                exchange.method(),
                route.service(),
                root() + route.prefix(),
                route.path(),
                query(exchange.query()),
                exchange.headers(),
                json(exchange.body()),
                exchange.body(),
                // twelve digits
                "req-51a00000-0000-4000-8000-"
                        + String.valueOf(1_000_000_000_000L + audit.nextNumber())
                                .substring(1));
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
