package io.jenkins.plugins.nova.api.openstack4j.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.http.Answer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Keystone's answer to a login. Of it only what is used must make sense: openstack4j would refuse a whole login for one
 * URL in the catalogue that Java does not know (a {@code ws://} of some other service), and reads interfaces by the
 * rules of the JVM's language. So it is given who the token is of, and nothing else; the catalogue is read here.
 */
final class TokenAnswer {

    private final Answer answer;
    private final JsonNode token;

    /** @throws NovaException.Unintelligible when the answer holds no token */
    TokenAnswer(Answer answer) {
        this.answer = answer;
        JsonNode tree = answer.tree();
        if (tree == null || !tree.isObject()) {
            throw new NovaException.Unintelligible(
                    answer.what() + ": answered " + answer.status() + " with " + answer.describe(), null);
        }
        if (!tree.path("token").isObject()) {
            throw new NovaException.Unintelligible(
                    answer.what() + ": answered " + answer.status() + " with JSON that holds no token", null);
        }
        this.token = tree.path("token");
    }

    Answer answer() {
        return answer;
    }

    /** The answer as openstack4j is to see it. */
    byte[] forOpenstack4j() {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        ObjectNode to = shown.putObject("token");
        named(to, "user");
        named(to, "project");
        ArrayNode roles = to.putArray("roles");
        for (JsonNode role : token.path("roles")) {
            if (role.path("name").isTextual()) {
                roles.addObject().set("name", role.path("name"));
            }
        }
        return shown.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void named(ObjectNode to, String what) {
        JsonNode from = token.path(what);
        if (from.path("id").isTextual()) {
            to.putObject(what)
                    .put("id", from.path("id").asText())
                    .put("name", from.path("name").asText());
        }
    }

    /** Whether the token came with a catalogue, which one without a project does not. */
    boolean hasCatalogue() {
        return token.path("catalog").isArray();
    }

    /** The endpoints of all services, as they are written: nobody has looked yet whether their URLs are any. */
    List<Catalogue.Entry> endpoints() {
        List<Catalogue.Entry> found = new ArrayList<>();
        for (JsonNode service : token.path("catalog")) {
            for (JsonNode endpoint : service.path("endpoints")) {
                String region = endpoint.path("region_id").isTextual()
                        ? endpoint.path("region_id").asText()
                        : endpoint.path("region").isTextual()
                                ? endpoint.path("region").asText()
                                : "";
                if (service.path("type").isTextual()
                        && endpoint.path("interface").isTextual()
                        && endpoint.path("url").isTextual()) {
                    found.add(new Catalogue.Entry(
                            service.path("type").asText(),
                            region,
                            endpoint.path("interface").asText(),
                            endpoint.path("url").asText()));
                }
            }
        }
        return found;
    }

    /**
     * How long the token lives, from when it was issued: both by Keystone's clock, which may be far from ours. Null when
     * Keystone does not say it in a way that is understood.
     */
    Duration life() {
        try {
            Duration life = Duration.between(time("issued_at"), time("expires_at"));
            return life.isNegative() ? null : life;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private OffsetDateTime time(String name) {
        return OffsetDateTime.parse(token.path(name).asText());
    }
}
