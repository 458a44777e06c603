package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A refusal with a service's status and words. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** nova/api/openstack/wsgi.py, Fault._fault_names; what is not named there is a computeFault. */
    private static final Map<Integer, String> NAMES = Map.of(
            400, "badRequest",
            403, "forbidden",
            404, "itemNotFound",
            405, "badMethod",
            409, "conflictingRequest",
            415, "badMediaType",
            501, "notImplemented",
            503, "serviceUnavailable");

    private final int status;

    ApiError(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, message);
    }

    static ApiError notFound(String message) {
        return new ApiError(404, message);
    }

    static ApiError conflict(String message) {
        return new ApiError(409, message);
    }

    static ApiError forbidden(String policy) {
        return new ApiError(403, "Policy doesn't allow " + policy + " to be performed.");
    }

    /** An error that Nova's API did not expect, of this class of Python's. */
    static ApiError unexpected(String type) {
        return new ApiError(
                500,
                "Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if"
                        + " possible.\n<class '" + type + "'>");
    }

    /** What is asked for is in a cell whose database does not answer. */
    static ApiError cellDown() {
        return unexpected("nova.exception.NovaException");
    }

    int status() {
        return status;
    }

    /** As Nova writes it. */
    Answer asNova() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject(NAMES.getOrDefault(status, "computeFault"))
                .put("code", status)
                .put("message", getMessage());
        return Answer.json(status, body);
    }

    /** As Keystone writes it, and its middleware in front of every service. */
    Answer asKeystone() {
        String title = switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            default -> "Not Found";
        };
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", status).put("message", getMessage()).put("title", title);
        return Answer.json(status, body);
    }

    /** As Placement writes it; errors have a code from 1.23 on. */
    Answer asPlacement(String requestId, boolean withCode) {
        String title = switch (status) {
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 406 -> "Not Acceptable";
            default -> "Not Found";
        };
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putArray("errors")
                .addObject()
                .put("status", status)
                .put("title", title)
                .put("detail", getMessage());
        if (status == 406) {
            error.put("max_version", "1." + PlacementApi.MAX_MINOR).put("min_version", "1.0");
        } else if (withCode) {
            error.put("code", "placement.undefined_code");
        }
        error.put("request_id", requestId);
        return Answer.json(status, body);
    }
}
