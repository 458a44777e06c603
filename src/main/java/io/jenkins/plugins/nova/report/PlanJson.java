package io.jenkins.plugins.nova.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.report.data.PlanReport;
import io.jenkins.plugins.nova.report.data.PlanRoom;
import io.jenkins.plugins.nova.report.data.PlanRow;

/** The form in which a drain's plan is kept with its run; as {@link ReportJson} is, it is patient with what it does not know. */
final class PlanJson {

    private PlanJson() {}

    static void write(PlanReport plan, ObjectNode json) {
        json.put("hash", plan.hash()).put("approved", plan.approved()).put("seconds", plan.seconds());
        ArrayNode terms = json.putArray("terms");
        plan.terms().forEach(term -> terms.addObject().put("name", term.name()).put("value", term.value()));
        ArrayNode rows = json.putArray("rows");
        plan.rows().forEach(row -> write(row, rows.addObject()));
        if (plan.room() != null) {
            write(plan.room(), json.putObject("room"));
        }
        ArrayNode budget = json.putArray("budget");
        plan.budget().forEach(budget::add);
        ArrayNode drift = json.putArray("drift");
        plan.drift().forEach(drift::add);
    }

    private static void write(PlanRow row, ObjectNode json) {
        json.put("id", row.id())
                .put("name", row.name())
                .put("project", row.project())
                .put("projectName", row.projectName())
                .put("owner", row.owner())
                .put("ownerName", row.ownerName())
                .put("flavor", row.flavor())
                .put("status", row.status())
                .put("ramMiB", row.ramMiB())
                .put("action", row.action())
                .put("reason", row.reason())
                .put("hint", row.hint())
                .put("override", row.override())
                .put("startSeconds", row.startSeconds())
                .put("endSeconds", row.endSeconds());
    }

    private static void write(PlanRoom room, ObjectNode json) {
        json.put("fits", room.fits()).put("source", room.source()).put("summary", room.summary());
        ArrayNode places = json.putArray("places");
        room.places()
                .forEach(place -> places.addObject().put("host", place.host()).put("servers", place.servers()));
        ArrayNode shortages = json.putArray("shortages");
        room.shortages()
                .forEach(one -> shortages
                        .addObject()
                        .put("id", one.id())
                        .put("name", one.name())
                        .put("needs", one.needs())
                        .put("reason", one.reason()));
    }

    /** Null where there is no plan, as in reports of earlier versions. */
    static PlanReport read(JsonNode json) {
        String hash = ReportJson.text(json, "hash");
        if (hash == null) {
            return null;
        }
        return new PlanReport(
                hash,
                ReportJson.text(json, "approved"),
                ReportJson.list(
                        json.path("terms"),
                        term -> new PlanReport.Term(ReportJson.text(term, "name"), ReportJson.text(term, "value"))),
                json.path("seconds").asLong(0),
                ReportJson.list(json.path("rows"), PlanJson::row),
                room(json.path("room")),
                ReportJson.list(json.path("budget"), JsonNode::asText),
                ReportJson.list(json.path("drift"), JsonNode::asText));
    }

    private static PlanRow row(JsonNode json) {
        return new PlanRow(
                json.path("id").asText(""),
                ReportJson.text(json, "name"),
                ReportJson.text(json, "project"),
                ReportJson.text(json, "projectName"),
                ReportJson.text(json, "owner"),
                ReportJson.text(json, "ownerName"),
                ReportJson.text(json, "flavor"),
                ReportJson.text(json, "status"),
                json.path("ramMiB").asLong(0),
                ReportJson.text(json, "action"),
                ReportJson.text(json, "reason"),
                ReportJson.text(json, "hint"),
                ReportJson.text(json, "override"),
                json.path("startSeconds").asLong(-1),
                json.path("endSeconds").asLong(-1));
    }

    private static PlanRoom room(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        return new PlanRoom(
                json.path("fits").asBoolean(true),
                ReportJson.text(json, "source"),
                ReportJson.text(json, "summary"),
                ReportJson.list(
                        json.path("places"),
                        place -> new PlanRoom.Place(
                                ReportJson.text(place, "host"),
                                place.path("servers").asInt(0))),
                ReportJson.list(
                        json.path("shortages"),
                        one -> new PlanRoom.Shortage(
                                ReportJson.text(one, "id"),
                                ReportJson.text(one, "name"),
                                ReportJson.text(one, "needs"),
                                ReportJson.text(one, "reason"))));
    }
}
