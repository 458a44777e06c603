package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.simulator.Faults;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.function.BiConsumer;

/** What can go wrong with one request. */
enum FaultKind {
    UNREACHABLE("dropped, then refused for 40 s", false, (cloud, rule) -> rule.interrupt(cloud::disconnect)),
    RESET("dropped, not acted on", false, (cloud, rule) -> rule.drop()),
    RESET_ACTED("dropped, acted on", true, (cloud, rule) -> rule.dropAfterActing()),
    LATE("answer after the time-out, acted on", true, (cloud, rule) -> rule.late(Duration.ofMillis(1_300))),
    EXPIRED("401, token revoked", false, (cloud, rule) -> rule.revokeToken()),
    FORBIDDEN("403", false, (cloud, rule) -> rule.status(403, "Policy doesn't allow this to be performed.")),
    NOT_FOUND("404", false, (cloud, rule) -> rule.status(404, "The resource could not be found.")),
    CONFLICT("409", false, (cloud, rule) -> rule.status(409, "Conflict.")),
    /** A proxy lost the first answer and asked again: Nova says that the server is moved already. */
    CONFLICT_ACTED(
            "409 of a proxy's second try, acted on",
            true,
            (cloud, rule) -> rule.afterActing().status(409, "Conflict.")),
    TOO_LARGE("413, Retry-After", false, (cloud, rule) -> throttle(rule, 413)),
    TOO_MANY("429, Retry-After", false, (cloud, rule) -> throttle(rule, 429)),
    ERROR_500("500, not acted on", false, (cloud, rule) -> rule.status(500, "Unexpected API Error.")),
    ERROR_500_ACTED("500, acted on", true, (cloud, rule) -> rule.afterActing().status(500, "Unexpected API Error.")),
    BAD_GATEWAY("502 as a page", false, (cloud, rule) -> rule.html(502)),
    BAD_GATEWAY_ACTED(
            "502 as a page, acted on", true, (cloud, rule) -> rule.afterActing().html(502)),
    UNAVAILABLE("503", false, (cloud, rule) -> rule.status(503, "Service unavailable.")),
    GATEWAY_TIMEOUT("504, not acted on", false, (cloud, rule) -> rule.html(504)),
    GATEWAY_TIMEOUT_ACTED(
            "504, acted on", true, (cloud, rule) -> rule.afterActing().html(504)),
    TRUNCATED("JSON that ends in the middle", true, (cloud, rule) -> rule.truncated()),
    CUT_OFF("less than Content-Length said", true, (cloud, rule) -> rule.cutOff()),
    PAGE("200 with an HTML page", false, (cloud, rule) -> rule.html(200)),
    REDIRECT("302 to elsewhere", false, (cloud, rule) -> rule.redirect(302, "http://127.0.0.1:1/elsewhere")),
    OVERSIZED("a body of 70 MiB", false, (cloud, rule) -> rule.oversized(70 << 20));

    /** How long {@link #UNREACHABLE} lasts, in the cloud's time. */
    static final Duration OUTAGE = Duration.ofSeconds(40);

    private final String words;
    private final boolean acts;
    private final BiConsumer<SimulatedCloud, Faults.Rule> setter;

    FaultKind(String words, boolean acts, BiConsumer<SimulatedCloud, Faults.Rule> setter) {
        this.words = words;
        this.acts = acts;
        this.setter = setter;
    }

    String words() {
        return words;
    }

    /** Whether the cloud acts on the request all the same. */
    boolean acts() {
        return acts;
    }

    /** How long the client waits for an answer, in real time. */
    Duration patience() {
        return this == LATE ? Duration.ofMillis(650) : Duration.ofSeconds(10);
    }

    void set(SimulatedCloud cloud, Faults.Rule rule) {
        setter.accept(cloud, rule);
    }

    private static void throttle(Faults.Rule rule, int status) {
        rule.status(status, Duration.ofSeconds(7), "text/plain", "slow down");
    }
}
