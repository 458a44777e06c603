package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * Single answers that are well formed, have status 200 and are not the whole truth, and what others do at one moment.
 * Requests are named by their number, from 1: a client that is driven the same way twice asks the same twice.
 */
public final class Lies {

    /** How old an answer is that is given again. */
    private static final Duration OLD = Duration.ofMinutes(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An answer to a GET, as it was true.
     *
     * @param number of the request
     * @param at the cloud's time
     * @param service identity, compute or placement
     * @param path behind the service's endpoint
     * @param query its parameters
     * @param body of the answer
     */
    public record Said(
            long number, Instant at, String service, String path, Map<String, List<String>> query, JsonNode body) {

        boolean sameAs(Request request) {
            return service.equals(request.service()) && path.equals(request.path()) && query.equals(request.query());
        }
    }

    private final Map<Long, UnaryOperator<JsonNode>> lies = new HashMap<>();
    private final Map<Long, Runnable> moments = new HashMap<>();
    private final List<Said> said = new ArrayList<>();
    private LongConsumer each = request -> {};
    private long outdated;
    private boolean keeps;

    Lies() {}

    /** Keeps every answer to a GET that is JSON with status 200. */
    public synchronized void keepAnswers() {
        keeps = true;
    }

    /** The answers that were kept, in their order. */
    public synchronized List<Said> answers() {
        return List.copyOf(said);
    }

    /** The answer to this request is made into another one. */
    public synchronized void tell(long request, UnaryOperator<JsonNode> lie) {
        lies.put(request, lie);
    }

    /**
     * The answer to this request is the newest of those to the same path and query that are at least a minute old; the one
     * before it where none is that old.
     */
    public synchronized void outdate(long request) {
        outdated = request;
        keeps = true;
    }

    /** Something is done when this request arrives, before it is answered; no time passes. */
    public void before(long request, Runnable what) {
        moments.put(request, what);
    }

    /** Something is done whenever a request arrives, before it is answered. */
    public void beforeEach(LongConsumer what) {
        each = what;
    }

    void arrived(long request) {
        each.accept(request);
        Runnable what = moments.get(request);
        if (what != null) {
            what.run();
        }
    }

    synchronized Answer told(long number, Request request, Answer truth, Instant now) {
        boolean json = request.is("GET")
                && truth.status() == 200
                && String.valueOf(truth.headers().get("Content-Type")).startsWith("application/json");
        if (!json || !keeps && !lies.containsKey(number)) {
            return truth;
        }
        JsonNode body = read(truth.body());
        JsonNode lie = body;
        if (lies.containsKey(number)) {
            lie = lies.get(number).apply(body.deepCopy());
        } else if (number == outdated) {
            lie = earlier(request, now, body);
        }
        if (keeps) {
            said.add(new Said(number, now, request.service(), request.path(), request.query(), body));
        }
        return lie == body ? truth : new Answer(200, truth.headers(), write(lie));
    }

    private JsonNode earlier(Request request, Instant now, JsonNode otherwise) {
        JsonNode found = null;
        JsonNode last = null;
        for (Said one : said) {
            if (one.sameAs(request)) {
                last = one.body();
                found = one.at().plus(OLD).isAfter(now) ? found : last;
            }
        }
        return found != null ? found : last != null ? last : otherwise;
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
