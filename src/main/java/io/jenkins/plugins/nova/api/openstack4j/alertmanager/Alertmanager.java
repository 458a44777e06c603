package io.jenkins.plugins.nova.api.openstack4j.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.http.Answer;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.http.RefusalReader;
import io.jenkins.plugins.nova.api.openstack4j.http.Wire;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The silences of an Alertmanager, by its API v2 (api/v2/openapi.yaml). A POST with the id of a silence that has not ended changes that
 * one, and keeps its id as long as its matchers and the second of its start stay as they are; otherwise it is expired, and another made
 * (silence/silence.go, Set). Expiring one that has ended is taken, too.
 */
public final class Alertmanager {

    /** A drain is not held up for longer by what it can do without. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int NOT_FOUND = 404;
    private static final String API = "/api/v2";
    private static final String BY = "Nova Maintenance";

    private final Wire wire;
    private final SilenceSettings settings;

    /**
     * Sends nothing yet.
     *
     * @param wire how requests travel
     */
    public Alertmanager(Wire wire, SilenceSettings settings) {
        this.wire = wire.impatient(PATIENCE);
        this.settings = settings;
    }

    /**
     * The silences of exactly this host that have not ended, whoever has made them.
     *
     * @throws NovaException when it does not answer, or refuses; also for one row that cannot be read, for it may be the one
     */
    public List<Silence> of(String host) {
        String call = "list the silences of " + host;
        String filters = settings.matchers().stream()
                .map(matcher -> "filter=" + URLEncoder.encode(matcher.filter(host), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        Answer answer = exchange(call, "GET", "/silences?" + filters, null);
        try {
            JsonNode tree = answer.tree();
            if (tree == null || !tree.isArray()) {
                throw new NovaException.Unintelligible(
                        call + ": " + answer.what() + " answered " + answer.status() + " with " + answer.describe(),
                        null);
            }
            List<Silence> found = new ArrayList<>();
            for (JsonNode row : tree) {
                Fields fields = new Fields(call, row);
                boolean over = "expired".equals(fields.object("status").exact("state"));
                if (!over && ofHost(row.path("matchers"), host)) {
                    found.add(silence(fields));
                }
            }
            return found;
        } finally {
            answer.release();
        }
    }

    /**
     * Whether what is listed is what was asked for: what ends or changes a silence must not rest on a filter that others apply. One that
     * does not tell its matchers may be the one. Up to 0.21 there is no {@code isEqual}.
     */
    private boolean ofHost(JsonNode told, String host) {
        return !told.isArray()
                || settings.matchers().stream()
                        .allMatch(wanted -> StreamSupport.stream(told.spliterator(), false)
                                .anyMatch(one -> one.path("name").asText().equals(wanted.label())
                                        && one.path("value").asText().equals(wanted.valueFor(host))
                                        && one.path("isRegex").asBoolean()
                                                == wanted.operator().isRegex()
                                        && one.path("isEqual").asBoolean(true)
                                                == wanted.operator().isEqual()));
    }

    private static Silence silence(Fields row) {
        String comment = row.raw("comment");
        Instant ends = row.timeOrNull("endsAt");
        Instant starts = row.timeOrNull("startsAt");
        if (ends == null || starts == null) {
            throw row.odd(ends == null ? "endsAt" : "startsAt", "a time");
        }
        return new Silence(row.exact("id"), comment == null ? "" : comment, starts, ends, row.timeOrNull("updatedAt"));
    }

    /**
     * Silences a host from now on.
     *
     * @param comment for people
     * @param ends when it is to end by itself
     * @return its id; null when the answer does not tell
     */
    public String make(String host, String comment, Instant ends) {
        // a start that has passed is taken as now, by Alertmanager's clock and not by ours
        return put("silence " + host, host, null, comment, Instant.EPOCH, ends);
    }

    /**
     * Lets a silence end at another time.
     *
     * @param silence as it was read
     * @return its id; null when the answer does not tell
     * @throws NovaException.Refused with 404 when there is none of this id any more
     */
    public String extend(String host, Silence silence, Instant ends) {
        return put("extend the silence of " + host, host, silence.id(), silence.comment(), silence.starts(), ends);
    }

    private String put(String call, String host, String id, String comment, Instant starts, Instant ends) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (id != null) {
            body.put("id", id);
        }
        ArrayNode matchers = body.putArray("matchers");
        for (SilenceMatcher matcher : settings.matchers()) {
            matchers.addObject()
                    .put("name", matcher.label())
                    .put("value", matcher.valueFor(host))
                    .put("isRegex", matcher.operator().isRegex())
                    .put("isEqual", matcher.operator().isEqual());
        }
        body.put("startsAt", starts.toString()).put("endsAt", ends.toString());
        body.put("createdBy", BY).put("comment", comment);
        Answer answer = exchange(call, "POST", "/silences", body.toString());
        try {
            return answer.json(call).exactIfAny("silenceID");
        } catch (NovaException.Unintelligible | NovaException.NoAnswer e) {
            return null; // it was taken
        } finally {
            answer.release();
        }
    }

    /** Ends a silence now. One that is not there has ended. */
    public void expire(String host, String id) {
        String call = "expire the silence of " + host;
        try {
            exchange(call, "DELETE", "/silence/" + URLEncoder.encode(id, StandardCharsets.UTF_8), null)
                    .release();
        } catch (NovaException.Refused e) {
            // up to 0.25 an id that is not known is a 500 in these words (silence/silence.go, ErrNotFound)
            if (e.status() != NOT_FOUND && !e.novaMessage().equals("silence not found")) {
                throw e;
            }
        }
    }

    private Answer exchange(String call, String method, String path, String json) {
        if (settings.problem() != null) {
            throw new NovaException.NotAuthenticated(settings.problem(), null);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        if (json != null) {
            headers.put("Content-Type", "application/json");
        }
        if (settings.secret() != null) {
            headers.put("Authorization", settings.user() == null ? "Bearer " + settings.secret() : "Basic " + basic());
        }
        Answer answer = wire.send(method, URI.create(settings.url() + API + path), headers, json);
        if (answer.status() >= 200 && answer.status() < 300) {
            return answer;
        }
        try {
            if (answer.status() < 400) {
                throw new NovaException.Unintelligible(
                        call + ": " + answer.what() + " answered " + answer.status()
                                + ", which is followed nowhere: correct alertmanagerUrl",
                        null);
            }
            throw refused(call, answer);
        } finally {
            answer.release();
        }
    }

    /** Its handlers give their reason as a text in JSON, and what checks a request before them an object with a message. */
    private NovaException.Refused refused(String call, Answer answer) {
        JsonNode tree = answer.tree();
        String text = tree != null && tree.isTextual() ? tree.asText() : RefusalReader.message(answer);
        return new NovaException.Refused(call, answer.status(), ForeignText.words(hide(text)), null, null);
    }

    private String hide(String text) {
        if (settings.secret() == null) {
            return text;
        }
        if (settings.user() == null) {
            return text.replace(settings.secret(), "****");
        }
        return text.replace(basic(), "****").replace(settings.secret(), "****").replace(settings.user(), "****");
    }

    private String basic() {
        return Base64.getEncoder()
                .encodeToString((settings.user() + ":" + settings.secret()).getBytes(StandardCharsets.UTF_8));
    }
}
