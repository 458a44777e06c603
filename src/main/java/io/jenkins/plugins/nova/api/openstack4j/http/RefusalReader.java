package io.jenkins.plugins.nova.api.openstack4j.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.NovaException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Reads why a service refused. */
public final class RefusalReader {

    private static final int LONGEST = 2000;

    private RefusalReader() {}

    /**
     * An answer of 400 or more as the exception it means.
     *
     * @param call the call in words
     * @param hide takes secrets out of the service's words
     */
    public static NovaException.Refused refused(String call, Answer answer, UnaryOperator<String> hide, Clock clock) {
        return new NovaException.Refused(
                call,
                answer.status(),
                hide.apply(message(answer)),
                answer.requestId(),
                retryAfter(answer.header("Retry-After"), ofAnswer(answer, clock)));
    }

    /** The clock that a date in the answer goes by: the service's own, where it tells it. */
    private static Clock ofAnswer(Answer answer, Clock otherwise) {
        try {
            String date = answer.header("Date");
            return date == null
                    ? otherwise
                    : Clock.fixed(
                            ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant(),
                            ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    /**
     * The service's own words in one line, empty when there are none. Nova wraps them by kind ({@code badRequest},
     * {@code conflictingRequest}, {@code computeFault}, {@code itemNotFound}, {@code forbidden}, …: any name), Keystone
     * in {@code error}, Placement in a list {@code errors} with {@code detail}, Octavia in {@code faultstring}.
     */
    public static String message(Answer answer) {
        JsonNode tree = answer.tree();
        String found = "";
        if (tree != null && tree.isObject()) {
            found = inObject(tree);
        } else if (isPlain(answer)) {
            found = new String(answer.body(), StandardCharsets.UTF_8);
        }
        // webob writes line breaks of HTML into the JSON of a path that Nova does not know
        String line = ForeignText.clean(
                found.replaceAll("<br ?/?>|\\s+", " ").replaceAll(" +", " ").strip());
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String inObject(JsonNode tree) {
        if (tree.path("errors").isArray() && !tree.path("errors").isEmpty()) {
            JsonNode first = tree.path("errors").get(0);
            return first.path("detail").asText(first.path("title").asText(""));
        }
        for (String name : List.of("message", "faultstring")) {
            if (tree.path(name).isTextual()) {
                return tree.path(name).asText();
            }
        }
        for (JsonNode wrapped : tree) {
            if (wrapped.path("message").isTextual()) {
                return wrapped.path("message").asText();
            }
        }
        return "";
    }

    private static boolean isPlain(Answer answer) {
        String type = answer.header("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/plain") && answer.complete();
    }

    /** Seconds or an HTTP date (RFC 9110, 10.2.3); null when there is none or it is neither. Never negative. */
    public static Duration retryAfter(String header, Clock clock) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(clock.instant(), then);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
