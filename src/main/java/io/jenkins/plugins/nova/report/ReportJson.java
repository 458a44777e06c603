package io.jenkins.plugins.nova.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.HostCourse;
import io.jenkins.plugins.nova.report.data.RollMark;
import io.jenkins.plugins.nova.report.data.Segment;
import io.jenkins.plugins.nova.report.data.ServerRow;
import io.jenkins.plugins.nova.report.data.SettingRow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The form in which a drain is kept with its run. Names are spelt out here, not taken from the records, so that renaming there
 * changes no file; what a file has and this version does not know is passed over, what it lacks is empty.
 */
final class ReportJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReportJson() {}

    static byte[] write(DrainReport drain) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", drain.id())
                .put("step", drain.step())
                .put("cloud", drain.cloud())
                .put("host", drain.host())
                .put("outcome", drain.outcome())
                .put("planHash", drain.planHash())
                .put("started", text(drain.started()))
                .put("ended", text(drain.ended()))
                .put("message", drain.message());
        ArrayNode servers = json.putArray("servers");
        drain.servers().forEach(row -> write(row, servers.addObject()));
        ArrayNode awaiting = json.putArray("awaitingConfirm");
        drain.awaitingConfirm().forEach(awaiting::add);
        ArrayNode log = json.putArray("log");
        drain.log().forEach(log::add);
        if (drain.plan() != null) {
            PlanJson.write(drain.plan(), json.putObject("plan"));
        }
        if (drain.canary() != null) {
            write(drain.canary(), json.putObject("canary"));
        }
        json.put("hostState", drain.hostState());
        if (drain.roll() != null) {
            json.putObject("roll")
                    .put("id", drain.roll().id())
                    .put("key", drain.roll().key())
                    .put("hosts", drain.roll().hosts())
                    .put("begun", drain.roll().begun());
        }
        if (drain.course() != null) {
            write(
                    drain.course().phases(),
                    json.putObject("course")
                            .put("waitsFor", drain.course().waitsFor())
                            .put("until", text(drain.course().until()))
                            .putArray("phases"));
        }
        if (!drain.beside().isEmpty()) {
            ArrayNode beside = json.putArray("beside");
            drain.beside().forEach(row -> write(row, beside.addObject()));
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param id the drain's id, which its file is named after
     * @throws IOException if it is not JSON, or a time in it is none
     */
    static DrainReport read(String id, byte[] stored) throws IOException {
        JsonNode json = JSON.readTree(stored);
        if (json == null || !json.isObject()) {
            throw new IOException("not a JSON object");
        }
        try {
            Instant started = instant(json, "started");
            return new DrainReport(
                    id,
                    json.path("step").asText(""),
                    text(json, "cloud"),
                    text(json, "host"),
                    json.path("outcome").asText("UNKNOWN"),
                    text(json, "planHash"),
                    started == null ? Instant.EPOCH : started,
                    instant(json, "ended"),
                    text(json, "message"),
                    list(json.path("servers"), ReportJson::server),
                    list(json.path("awaitingConfirm"), JsonNode::asText),
                    list(json.path("log"), JsonNode::asText),
                    PlanJson.read(json.path("plan")),
                    json.path("canary").isObject() ? server(json.path("canary")) : null,
                    text(json, "hostState"),
                    roll(json.path("roll")),
                    course(json.path("course")),
                    list(json.path("beside"), ReportJson::setting));
        } catch (DateTimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static SettingRow setting(JsonNode json) {
        return new SettingRow(
                json.path("service").asText(""),
                json.path("id").asText(""),
                text(json, "name"),
                json.path("state").asText(""),
                text(json, "why"),
                instant(json, "changed"),
                number(json.path("number")));
    }

    private static SettingRow.Number number(JsonNode json) {
        return json.isObject()
                ? new SettingRow.Number(
                        json.path("of").asText(""),
                        json.path("before").asInt(),
                        json.path("ours").asInt())
                : null;
    }

    private static void write(SettingRow row, ObjectNode json) {
        json.put("service", row.service())
                .put("id", row.id())
                .put("name", row.name())
                .put("state", row.state())
                .put("why", row.why())
                .put("changed", text(row.changed()));
        if (row.number() != null) {
            json.putObject("number")
                    .put("of", row.number().of())
                    .put("before", row.number().before())
                    .put("ours", row.number().ours());
        }
    }

    private static void write(ServerRow row, ObjectNode json) {
        json.put("id", row.id())
                .put("name", row.name())
                .put("project", row.project())
                .put("projectName", row.projectName())
                .put("action", row.action())
                .put("from", row.from())
                .put("to", row.to())
                .put("outcome", row.outcome())
                .put("reason", row.reason())
                .put("hint", row.hint())
                .put("seconds", row.seconds())
                .put("ramMiB", row.ramMiB())
                .put("percent", row.percent());
        write(row.segments(), json.putArray("segments"));
    }

    private static void write(List<Segment> segments, ArrayNode json) {
        segments.forEach(segment -> json.addObject()
                .put("kind", segment.kind())
                .put("start", text(segment.start()))
                .put("end", text(segment.end())));
    }

    private static List<Segment> segments(JsonNode json) {
        List<Segment> segments = new ArrayList<>();
        for (JsonNode each : json) {
            Instant start = instant(each, "start");
            if (start != null) {
                segments.add(new Segment(each.path("kind").asText("other"), start, instant(each, "end")));
            }
        }
        return segments;
    }

    private static RollMark roll(JsonNode json) {
        String id = text(json, "id");
        String key = text(json, "key");
        return id == null || key == null
                ? null
                : new RollMark(
                        id, key, json.path("hosts").asInt(0), json.path("begun").asBoolean(true));
    }

    private static HostCourse course(JsonNode json) {
        return json.isObject()
                ? new HostCourse(segments(json.path("phases")), text(json, "waitsFor"), instant(json, "until"))
                : null;
    }

    private static ServerRow server(JsonNode json) {
        return new ServerRow(
                json.path("id").asText(""),
                text(json, "name"),
                text(json, "project"),
                text(json, "projectName"),
                text(json, "action"),
                text(json, "from"),
                text(json, "to"),
                text(json, "outcome"),
                text(json, "reason"),
                text(json, "hint"),
                json.path("seconds").asLong(0),
                json.path("ramMiB").asLong(0),
                json.path("percent").asInt(-1),
                segments(json.path("segments")));
    }

    static <T> List<T> list(JsonNode json, Function<JsonNode, T> each) {
        List<T> found = new ArrayList<>();
        json.forEach(node -> found.add(each.apply(node)));
        return found;
    }

    static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    static Instant instant(JsonNode json, String field) {
        String text = text(json, field);
        return text == null ? null : Instant.parse(text);
    }
}
