package io.jenkins.plugins.nova.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Faults on demand. {@code faults.on("POST", "/action$").action("migrate").nth(2).dropAfterActing()} lets the first
 * migrate through, acts on the second and drops its connection, and lets the others through.
 */
public final class Faults {
    private final List<Rule> rules = new ArrayList<>();

    Faults() {}

    /**
     * Begins a rule.
     *
     * @param method null for any
     * @param pathRegexp found anywhere in the path behind the service's endpoint, such as {@code ^/servers/detail$}
     */
    public Rule on(String method, String pathRegexp) {
        return new Rule(this, method, Pattern.compile(pathRegexp));
    }

    /** Forgets all rules. */
    public synchronized void clear() {
        rules.clear();
    }

    /** The fault for a request, or null. */
    synchronized Fault match(Request request) {
        Fault found = null;
        for (Rule rule : rules) {
            Fault fault = rule.count(request);
            found = found == null ? fault : found;
        }
        return found;
    }

    private synchronized void add(Rule rule) {
        rules.add(rule);
    }

    /** Which requests, and what happens to them. Ends with one of the methods that return nothing. */
    public static final class Rule {
        private final Faults faults;
        private final String method;
        private final Pattern path;
        private String action;
        private int first = 1;
        private int times = 1;
        private boolean acting;
        private int seen;
        private Fault fault;

        private Rule(Faults faults, String method, Pattern path) {
            this.faults = faults;
            this.method = method;
            this.path = path;
        }

        /** Only requests whose body's first key is this one, such as {@code os-migrateLive}. */
        public Rule action(String key) {
            action = key;
            return this;
        }

        /** From the n-th match on; 1 by default. */
        public Rule nth(int n) {
            first = n;
            return this;
        }

        /** For so many matches; 1 by default. */
        public Rule times(int n) {
            times = n;
            return this;
        }

        /** For every match from the n-th on. */
        public Rule always() {
            return times(Integer.MAX_VALUE);
        }

        /** With {@link #status}, {@link #html} and {@link #redirect}: the service has acted on the request all the same. */
        public Rule afterActing() {
            acting = true;
            return this;
        }

        /** The connection is dropped before the request is acted on. */
        public void drop() {
            end(new Fault.Drop(false));
        }

        /** The request is acted on, then the connection is dropped. */
        public void dropAfterActing() {
            end(new Fault.Drop(true));
        }

        /**
         * Something else happens at this moment, then the connection is dropped. With {@link #afterActing} the service has
         * acted on the request before.
         */
        public void interrupt(Runnable what) {
            end(new Fault.Interrupt(what, acting));
        }

        /** The answer comes so much later, in real time. The request is acted on at once. */
        public void late(Duration delay) {
            end(new Fault.Late(delay));
        }

        /** The token is revoked: 401, until the client logs in anew. */
        public void revokeToken() {
            end(new Fault.RevokeToken());
        }

        /** A status with a body of a kind; {@code retryAfter} null for no such header. */
        public void status(int status, Duration retryAfter, String contentType, String body) {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", contentType);
            if (retryAfter != null) {
                headers.put("Retry-After", Long.toString(retryAfter.toSeconds()));
            }
            end(new Fault.Instead(new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8)), acting));
        }

        /** A status as Nova words it. */
        public void status(int status, String message) {
            end(new Fault.Instead(new ApiError(status, message).asNova(), acting));
        }

        /** A proxy's page. */
        public void html(int status) {
            String page = "<html><head><title>" + status + "</title></head><body><h1>Sorry</h1></body></html>";
            end(new Fault.Instead(Answer.text(status, "text/html", page), acting));
        }

        /** A redirect elsewhere. */
        public void redirect(int status, String location) {
            end(new Fault.Instead(Answer.text(status, "text/html", "moved").with("Location", location), acting));
        }

        /** The body ends in the middle. */
        public void truncated() {
            end(new Fault.Truncate(false));
        }

        /** The body ends in the middle of what Content-Length had promised; the connection is dropped. */
        public void cutOff() {
            end(new Fault.Truncate(true));
        }

        /** 200 with so many bytes of a JSON string. */
        public void oversized(int bytes) {
            byte[] body = new byte[bytes];
            Arrays.fill(body, (byte) 'x');
            body[0] = '"';
            body[bytes - 1] = '"';
            end(new Fault.Instead(new Answer(200, Map.of("Content-Type", "application/json"), body), acting));
        }

        private void end(Fault what) {
            fault = what;
            faults.add(this);
        }

        private Fault count(Request request) {
            boolean fits = (method == null || request.is(method))
                    && path.matcher(request.path()).find()
                    && (action == null || action.equals(firstKey(request)));
            if (!fits) {
                return null;
            }
            seen++;
            return seen >= first && seen - first < times ? fault : null;
        }

        private static String firstKey(Request request) {
            return request.body() != null
                            && request.body().isObject()
                            && !request.body().isEmpty()
                    ? request.body().fieldNames().next()
                    : null;
        }
    }
}
