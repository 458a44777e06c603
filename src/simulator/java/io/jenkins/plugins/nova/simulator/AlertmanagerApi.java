package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An Alertmanager beside the cloud, as far as silences go (api/v2/api.go, silence/silence.go): not of OpenStack, in no catalogue. Its own
 * reasons are a text in JSON; what a check of the request says before is an object.
 */
final class AlertmanagerApi {

    private static final int UNPROCESSABLE = 422;
    private static final List<String> NEEDED = List.of("matchers", "startsAt", "endsAt", "createdBy", "comment");

    private final World world;

    AlertmanagerApi(World world) {
        this.world = world;
    }

    Answer answer(Request request) {
        if (world.alertmanager == null) {
            return Answer.text(404, "text/html", "<html><body>nothing here</body></html>");
        }
        if (world.alertmanager.basic != null && !world.alertmanager.basic.equals(request.header("authorization"))) {
            return Answer.text(401, "text/plain", "Unauthorized\n").with("WWW-Authenticate", "Basic");
        }
        List<String> path = request.segments();
        if (path.equals(List.of("silences")) && request.is("GET")) {
            return list(request);
        }
        if (path.equals(List.of("silences")) && request.is("POST")) {
            return put(request.body());
        }
        if (path.size() == 2 && path.get(0).equals("silence") && request.is("DELETE")) {
            return expire(path.get(1));
        }
        return checked(404, "path " + request.path() + " was not found");
    }

    private static Answer said(int status, String words) {
        return Answer.json(status, TextNode.valueOf(words));
    }

    private static Answer checked(int code, String words) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return Answer.json(
                code, body.put("code", code == UNPROCESSABLE ? 602 : code).put("message", words));
    }

    private Answer list(Request request) {
        List<String> filters = request.query().getOrDefault("filter", List.of());
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (SimSilence silence : world.alertmanager.silences) {
            if (filters.stream().allMatch(filter -> has(silence, filter))) {
                ObjectNode json = all.addObject();
                json.put("id", silence.id).putObject("status").put("state", silence.state(now()));
                json.put("updatedAt", silence.updated.toString()).put("comment", silence.comment);
                json.put("createdBy", silence.createdBy).put("endsAt", silence.ends.toString());
                json.set("matchers", silence.matchers);
                json.put("startsAt", silence.starts.toString());
            }
        }
        return Answer.json(200, all);
    }

    /** A silence is listed when it has all the matchers of the filter; it may have more. */
    private static boolean has(SimSilence silence, String filter) {
        for (JsonNode matcher : silence.matchers) {
            String sign = matcher.path("isRegex").asBoolean()
                    ? matcher.path("isEqual").asBoolean(true) ? "=~" : "!~"
                    : matcher.path("isEqual").asBoolean(true) ? "=" : "!=";
            String value = matcher.path("value").asText().replace("\\", "\\\\").replace("\"", "\\\"");
            if ((matcher.path("name").asText() + sign + '"' + value + '"').equals(filter)) {
                return true;
            }
        }
        return false;
    }

    private Answer put(JsonNode body) {
        for (String name : NEEDED) {
            if (body == null || body.path(name).isMissingNode()) {
                return checked(UNPROCESSABLE, name + " in body is required");
            }
        }
        Instant starts;
        Instant ends;
        try {
            starts = OffsetDateTime.parse(body.path("startsAt").asText()).toInstant();
            ends = OffsetDateTime.parse(body.path("endsAt").asText()).toInstant();
        } catch (DateTimeException e) {
            return checked(UNPROCESSABLE, "startsAt in body must be of type date-time");
        }
        Instant now = now();
        if (!starts.isBefore(ends)) {
            return said(400, "Failed to create silence: start time must be before end time");
        }
        if (ends.isBefore(now)) {
            return said(400, "Failed to create silence: end time can't be in the past");
        }
        for (JsonNode matcher : body.path("matchers")) {
            try {
                Pattern.compile(
                        matcher.path("isRegex").asBoolean()
                                ? matcher.path("value").asText()
                                : "");
            } catch (PatternSyntaxException e) {
                return said(400, "silence invalid: invalid label matcher 0: invalid regular expression");
            }
        }
        String id = body.path("id").asText("");
        SimSilence before = find(id);
        if (!id.isEmpty() && before == null) {
            return said(404, "silence not found");
        }
        boolean changes = before != null
                && !before.over(now)
                && before.matchers.equals(body.path("matchers"))
                && before.starts.getEpochSecond() == starts.getEpochSecond();
        if (before != null && !changes && !before.over(now)) {
            end(before, now);
        }
        SimSilence silence =
                changes ? before : new SimSilence(World.uuid("silence " + world.alertmanager.silences.size()));
        silence.matchers = body.path("matchers");
        silence.comment = body.path("comment").asText();
        silence.createdBy = body.path("createdBy").asText();
        silence.starts = !changes && starts.isBefore(now) ? now : starts;
        silence.ends = ends;
        silence.updated = now;
        if (!changes) {
            world.alertmanager.silences.add(silence);
        }
        return Answer.json(200, JsonNodeFactory.instance.objectNode().put("silenceID", silence.id));
    }

    /** It keeps milliseconds. */
    private Instant now() {
        return world.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private Answer expire(String id) {
        try {
            UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return checked(UNPROCESSABLE, "silenceID in path must be of type uuid: \"" + id + "\"");
        }
        SimSilence silence = find(id);
        if (silence == null) {
            return said(404, "silence not found");
        }
        if (!silence.over(now())) {
            end(silence, now());
        }
        return new Answer(200, Map.of(), new byte[0]);
    }

    private SimSilence find(String id) {
        return world.alertmanager.silences.stream()
                .filter(silence -> silence.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    static void end(SimSilence silence, Instant now) {
        silence.ends = now;
        silence.updated = now;
    }

    /** The matchers of {@code instance=~"HOST(:.*)?"}, for a name without a dot. */
    static JsonNode ofHost(String host) {
        ArrayNode matchers = JsonNodeFactory.instance.arrayNode();
        matchers.addObject()
                .put("name", "instance")
                .put("value", host + "(:.*)?")
                .put("isRegex", true)
                .put("isEqual", true);
        return matchers;
    }

    /** How a user with this password shows who he is. */
    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
