package io.jenkins.plugins.nova.api.openstack4j.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.NovaException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Instant;

/**
 * What came back. The head always; the body perhaps not wholly, which matters only to those who want to read it: a
 * change that was answered with 202 was taken even if the rest of the answer was lost.
 */
public final class Answer {

    /** Deeper than any answer of OpenStack's, and shallow enough for what walks a tree by recursion. */
    static final int DEEPEST = 100;

    /** A page of 10,000 servers has some 2.5 million: each name, value and bracket counts. */
    static final long MOST_TOKENS = 4_000_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxTokenCount(MOST_TOKENS)
                    .build())
            .build());

    /**
     * When it was asked and answered, by this JVM's clock.
     *
     * @param sent when the request left
     * @param came when the answer's head was there
     */
    public record When(Instant sent, Instant came) {}

    private final String what;
    private final HttpResponse.ResponseInfo head;
    private final NovaException bodyFault;
    private final When when;
    private final Intake intake;
    private byte[] body;

    /**
     * @param what method and URL, for messages
     * @param body null when it did not come wholly
     * @param bodyFault why it did not; null when it did
     * @param intake where the body's room is given back
     */
    Answer(
            String what,
            HttpResponse.ResponseInfo head,
            byte[] body,
            NovaException bodyFault,
            When when,
            Intake intake) {
        this.what = what;
        this.head = head;
        this.body = body;
        this.bodyFault = bodyFault;
        this.when = when;
        this.intake = intake;
    }

    /** When it was asked and answered. */
    public When when() {
        return when;
    }

    /** Bytes of the body that are in memory. */
    public int size() {
        return body == null ? 0 : body.length;
    }

    /** The body has been read, or is of no interest: it is let go. Once; nothing of it can be read after. */
    public void release() {
        if (body != null) {
            intake.giveBack(body.length);
            body = null;
        }
    }

    /** What was asked, in words. */
    public String what() {
        return what;
    }

    /** The status of HTTP. */
    public int status() {
        return head.statusCode();
    }

    /** All headers. */
    public HttpHeaders headers() {
        return head.headers();
    }

    /** Null when there is none. */
    public String header(String name) {
        return headers().firstValue(name).orElse(null);
    }

    /** The id of the request in the cloud's logs; null when not told, or when it is none that could be shown. */
    public String requestId() {
        String id = header("X-OpenStack-Request-Id");
        String either = id != null ? id : header("X-Compute-Request-Id");
        return either != null && ForeignText.harmless(either) ? either : null;
    }

    /** Whether the whole body came. */
    boolean complete() {
        return bodyFault == null;
    }

    /** The whole body. */
    byte[] body() {
        if (bodyFault != null) {
            throw bodyFault;
        }
        return body;
    }

    /**
     * The body as a JSON object.
     *
     * @param call the call in words, for messages
     */
    public Fields json(String call) {
        JsonNode tree = tree();
        if (tree == null || !tree.isObject()) {
            throw new NovaException.Unintelligible(
                    call + ": " + what + " answered " + status() + " with " + describe(), null);
        }
        return new Fields(call, tree);
    }

    /** The body as JSON, or null when it is none or did not come. For the words of an error, which may be missing. */
    public JsonNode tree() {
        if (body == null) {
            if (bodyFault != null && status() < 400) {
                throw bodyFault;
            }
            return null;
        }
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /** What kind of body it is, never its content. */
    public String describe() {
        String type = header("Content-Type");
        String kind = type == null ? "no content type" : type;
        if (body == null || body.length == 0) {
            return "no body (" + kind + ")";
        }
        return body.length + " bytes that are " + fault() + " (" + kind + ")";
    }

    private String fault() {
        try {
            JSON.readTree(body);
            return "no JSON object";
        } catch (StreamConstraintsException e) {
            // the limit and what it was set to, nothing of the content
            return "more than is read as one answer: at most " + DEEPEST + " levels and " + MOST_TOKENS + " values";
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            return "no JSON object"
                    + (at == null ? "" : "; broken at line " + at.getLineNr() + ", column " + at.getColumnNr());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    @Override
    public String toString() {
        return what + ": " + status();
    }
}
