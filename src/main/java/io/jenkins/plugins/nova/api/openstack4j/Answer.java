package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.NovaException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/**
 * What came back. The head always; the body perhaps not wholly, which matters only to those who want to read it: a
 * change that was answered with 202 was taken even if the rest of the answer was lost.
 */
final class Answer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String what;
    private final HttpResponse.ResponseInfo head;
    private final byte[] body;
    private final NovaException bodyFault;

    /**
     * @param what method and URL, for messages
     * @param body null when it did not come wholly
     * @param bodyFault why it did not; null when it did
     */
    Answer(String what, HttpResponse.ResponseInfo head, byte[] body, NovaException bodyFault) {
        this.what = what;
        this.head = head;
        this.body = body;
        this.bodyFault = bodyFault;
    }

    String what() {
        return what;
    }

    int status() {
        return head.statusCode();
    }

    HttpHeaders headers() {
        return head.headers();
    }

    /** Null when there is none. */
    String header(String name) {
        return headers().firstValue(name).orElse(null);
    }

    /** The id of the request in the cloud's logs; null when not told, or when it is none that could be shown. */
    String requestId() {
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
    Fields json(String call) {
        JsonNode tree = tree();
        if (tree == null || !tree.isObject()) {
            throw new NovaException.Unintelligible(
                    call + ": " + what + " answered " + status() + " with " + describe(), null);
        }
        return new Fields(call, tree);
    }

    /** The body as JSON, or null when it is none or did not come. For the words of an error, which may be missing. */
    JsonNode tree() {
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
    String describe() {
        String type = header("Content-Type");
        String kind = type == null ? "no content type" : type;
        if (body == null || body.length == 0) {
            return "no body (" + kind + ")";
        }
        return body.length + " bytes that are no JSON object (" + kind + fault() + ")";
    }

    private String fault() {
        try {
            JSON.readTree(body);
            return "";
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            return at == null ? "" : "; broken at line " + at.getLineNr() + ", column " + at.getColumnNr();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    @Override
    public String toString() {
        return what + ": " + status();
    }
}
