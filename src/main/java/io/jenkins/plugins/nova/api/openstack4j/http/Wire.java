package io.jenkins.plugins.nova.api.openstack4j.http;

import io.jenkins.plugins.nova.api.NovaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Sends one request and brings back one answer. HTTP/1.1, no redirect followed, bounded in time and size.
 *
 * <p>A request that changes something leaves at most once. The JDK's client sends only GET and HEAD again by itself
 * (when a pooled connection turns out to be closed) unless the JVM runs with
 * {@code -Djdk.httpclient.enableAllMethodRetry}: then {@link OnceBody} stands in its way.
 *
 * <p>This class logs method, path, status and request id at FINE and nothing else. The JDK's own HTTP log, which shows
 * headers and with them the token, is off unless the JVM is started with {@code -Djdk.httpclient.HttpClient.log}.
 */
public final class Wire {

    /** An answer larger than this is not read: a page of 1000 servers is a few MiB. */
    public static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    /** Nor is an error, or the answer to a login, that is larger than this. */
    public static final int LARGEST_ERROR = 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(Wire.class.getName());
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final int REFUSED = 400;

    private final HttpClient client;
    private final Duration answerTimeout;
    private final int largestAnswer;
    private final Intake intake;

    /**
     * A wire with a client of its own.
     *
     * @throws IllegalArgumentException when the transport's CA certificates cannot be read
     */
    public Wire(Transport transport) {
        this(transport, LARGEST_ANSWER);
    }

    /**
     * @param transport how to connect
     * @param largestAnswer bytes of an answer at most
     */
    public Wire(Transport transport, int largestAnswer) {
        this(new SharedClient(transport), transport.answerTimeout(), largestAnswer, Intake.ofThisJvm());
    }

    /**
     * @param shared the client
     * @param answerTimeout for an answer as a whole
     * @param largestAnswer bytes of an answer at most
     * @param intake the bound over all answers that are being read
     */
    public Wire(SharedClient shared, Duration answerTimeout, int largestAnswer, Intake intake) {
        this(shared.http(), answerTimeout, largestAnswer, intake);
    }

    private Wire(HttpClient client, Duration answerTimeout, int largestAnswer, Intake intake) {
        this.client = client;
        this.answerTimeout = answerTimeout;
        this.largestAnswer = largestAnswer;
        this.intake = intake;
    }

    /**
     * The same wire for small answers that are not waited for for long.
     *
     * @param patience for an answer as a whole; this wire's own where that is shorter
     */
    public Wire impatient(Duration patience) {
        Duration shorter = patience.compareTo(answerTimeout) < 0 ? patience : answerTimeout;
        return new Wire(client, shorter, Math.min(largestAnswer, LARGEST_ERROR), intake);
    }

    /** How long one request may take as a whole, from sending it to the last byte of its answer. */
    public Duration answerTimeout() {
        return answerTimeout;
    }

    /** Where the room for answers is taken. */
    public Intake intake() {
        return intake;
    }

    /** As the other {@code send}, up to the size of a list. */
    public Answer send(String method, URI uri, Map<String, String> headers, String json) {
        return send(method, uri, headers, json, largestAnswer);
    }

    /**
     * Sends a request.
     *
     * @param json the body; null for none
     * @param largest in bytes; an error is read up to {@link #LARGEST_ERROR} in any case
     * @return the answer, whatever its status from 200 on; its body may have stayed incomplete (see {@link Answer})
     * @throws NovaException.Unreachable when no connection came about, or the thread was interrupted before: nothing was
     *     sent
     * @throws NovaException.NoAnswer when no status line came
     */
    public Answer send(String method, URI uri, Map<String, String> headers, String json, int largest) {
        String what = method + " " + withoutQuery(uri);
        if (Thread.currentThread().isInterrupted()) {
            throw new NovaException.Unreachable(what + ": interrupted before it was sent", null);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach(request::header);
        request.method(method, body(method, json));
        Incoming incoming = new Incoming(Math.min(largest, largestAnswer));
        Instant sent = Instant.now();
        CompletableFuture<HttpResponse<byte[]>> pending = client.sendAsync(request.build(), incoming);
        long started = System.nanoTime();
        NovaException fault;
        try {
            byte[] whole =
                    pending.get(answerTimeout.toNanos(), TimeUnit.NANOSECONDS).body();
            return logged(what, started, incoming.answer(what, sent, whole, null));
        } catch (TimeoutException e) {
            fault = new NovaException.NoAnswer(what + ": no answer within " + seconds(answerTimeout), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fault = new NovaException.NoAnswer(what + ": interrupted while waiting for the answer", e);
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof UncheckedIOException unchecked ? unchecked.getCause() : e.getCause();
            fault = fault(what, uri, cause);
        }
        pending.cancel(true);
        incoming.abandon();
        if (incoming.head == null) {
            LOG.log(Level.FINE, "{0}", fault.getMessage());
            throw fault;
        }
        return logged(what, started, incoming.answer(what, sent, null, fault));
    }

    /**
     * Sends a request whose answer nobody waits for. What becomes of it is logged at FINE.
     *
     * @return completes when it is over, never exceptionally
     */
    public CompletableFuture<Void> sendAndForget(String method, URI uri, Map<String, String> headers) {
        String what = method + " " + withoutQuery(uri);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(answerTimeout).method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .orTimeout(answerTimeout.toNanos(), TimeUnit.NANOSECONDS)
                .handle((answer, failure) -> {
                    LOG.log(Level.FINE, "{0}: {1}", new Object[] {
                        what,
                        failure == null
                                ? answer.statusCode()
                                : failure.getClass().getSimpleName()
                    });
                    return null;
                });
    }

    private static HttpRequest.BodyPublisher body(String method, String json) {
        HttpRequest.BodyPublisher publisher =
                json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        return !READING.contains(method) && jvmSendsAgain() ? new OnceBody(publisher) : publisher;
    }

    /** As jdk.internal.net.http.MultiExchange reads it: present and empty counts as true. */
    private static boolean jvmSendsAgain() {
        String flag = System.getProperty("jdk.httpclient.enableAllMethodRetry");
        return flag != null && (flag.isEmpty() || Boolean.parseBoolean(flag));
    }

    private NovaException fault(String what, URI uri, Throwable cause) {
        if (cause instanceof BoundedBody.TooLarge) {
            return new NovaException.Unintelligible(what + ": the answer " + cause.getMessage(), cause);
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return new NovaException.Unreachable("cannot reach " + origin(uri) + ": no connection in time", cause);
        }
        if (cause instanceof ConnectException) {
            String reason = unresolved(cause)
                    ? "the host name is unknown"
                    : cause.getMessage() == null ? "nothing listens there" : cause.getMessage();
            return new NovaException.Unreachable("cannot reach " + origin(uri) + ": " + reason, cause);
        }
        if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
            boolean unknownIssuer = String.valueOf(cause.getMessage()).contains("PKIX path building failed");
            return new NovaException.Unreachable(
                    "cannot reach " + origin(uri) + ": TLS: " + cause.getMessage()
                            + (unknownIssuer ? " (a private CA must be given with the cloud)" : ""),
                    cause);
        }
        if (cause instanceof IOException) {
            return new NovaException.NoAnswer(
                    what + ": no whole answer: "
                            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                    cause);
        }
        throw new IllegalStateException(what + ": the HTTP client failed", cause);
    }

    private static boolean unresolved(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static Answer logged(String what, long started, Answer answer) {
        if (LOG.isLoggable(Level.FINE)) {
            LOG.log(Level.FINE, "{0}: {1} in {2} ms ({3})", new Object[] {
                what, answer.status(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started), answer.requestId()
            });
        }
        return answer;
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static String withoutQuery(URI uri) {
        return origin(uri) + uri.getRawPath();
    }

    /** Remembers the head, so that a status that came is known even when the body does not follow. */
    private final class Incoming implements HttpResponse.BodyHandler<byte[]> {
        private final int largest;
        private volatile HttpResponse.ResponseInfo head;
        private volatile Instant headCame;
        private volatile BoundedBody body;

        Incoming(int largest) {
            this.largest = largest;
        }

        @Override
        public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo info) {
            int limit = info.statusCode() >= REFUSED ? Math.min(largest, LARGEST_ERROR) : largest;
            BoundedBody collecting = new BoundedBody(limit, intake);
            body = collecting;
            headCame = Instant.now();
            head = info;
            return collecting;
        }

        void abandon() {
            BoundedBody collecting = body;
            if (collecting != null) {
                collecting.abandon();
            }
        }

        Answer answer(String what, Instant sent, byte[] whole, NovaException fault) {
            return new Answer(what, head, whole, fault, new Answer.When(sent, headCame), intake);
        }
    }
}
