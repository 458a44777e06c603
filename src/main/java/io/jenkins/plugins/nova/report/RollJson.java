package io.jenkins.plugins.nova.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.report.data.RollReport;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The form in which a roll is kept with its run; as of {@link ReportJson}, what a file has and this version does not know is passed
 * over, and what it lacks is empty.
 */
final class RollJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RollJson() {}

    static byte[] write(RollReport roll) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", roll.id())
                .put("key", roll.key())
                .put("cloud", roll.cloud())
                .put("began", ReportJson.text(roll.began()))
                .put("hash", roll.hash())
                .put("canary", roll.canary())
                .put("servers", roll.servers())
                .put("moves", roll.moves())
                .put("seconds", roll.seconds());
        json.putObject("budget")
                .put("maxAway", roll.budget().maxAway())
                .put("minFree", roll.budget().minFree())
                .put("aggregate", roll.budget().aggregate());
        ArrayNode hosts = json.putArray("hosts");
        for (RollReport.Host host : roll.hosts()) {
            ObjectNode each = hosts.addObject();
            each.put("host", host.host())
                    .put("state", host.state())
                    .put("reason", host.reason())
                    .put("moves", host.moves())
                    .put("begins", host.begins())
                    .put("drained", host.drained())
                    .put("worked", host.worked())
                    .put("ends", host.ends());
            if (host.before() != null) {
                each.putObject("before")
                        .put("build", host.before().build())
                        .put("when", ReportJson.text(host.before().when()));
            }
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param id the roll's id, which its file is named after
     * @throws IOException if it is not JSON, or a time in it is none
     */
    static RollReport read(String id, byte[] stored) throws IOException {
        JsonNode json = JSON.readTree(stored);
        if (json == null || !json.isObject()) {
            throw new IOException("not a JSON object");
        }
        try {
            Instant began = ReportJson.instant(json, "began");
            JsonNode budget = json.path("budget");
            return new RollReport(
                    id,
                    ReportJson.text(json, "key"),
                    ReportJson.text(json, "cloud"),
                    began == null ? Instant.EPOCH : began,
                    ReportJson.text(json, "hash"),
                    new RollReport.Budget(
                            budget.path("maxAway").asInt(0),
                            budget.path("minFree").asInt(0),
                            ReportJson.text(budget, "aggregate")),
                    json.path("canary").asBoolean(false),
                    json.path("servers").asInt(0),
                    json.path("moves").asInt(0),
                    json.path("seconds").asLong(0),
                    ReportJson.list(json.path("hosts"), RollJson::host));
        } catch (DateTimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static RollReport.Host host(JsonNode json) {
        JsonNode before = json.path("before");
        return new RollReport.Host(
                json.path("host").asText(""),
                ReportJson.text(json, "state"),
                ReportJson.text(json, "reason"),
                json.path("moves").asInt(0),
                json.path("begins").asLong(-1),
                json.path("drained").asLong(-1),
                json.path("worked").asLong(-1),
                json.path("ends").asLong(-1),
                before.isObject()
                        ? new RollReport.Before(ReportJson.text(before, "build"), ReportJson.instant(before, "when"))
                        : null);
    }
}
