package io.jenkins.plugins.nova.drain.claim;

import io.jenkins.plugins.nova.api.ForeignText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who holds a host. It is written down where all that look at the host see it: as the reason of the cordon, such as
 * {@code nova-maintenance: ops/drain#12 (step 1a2b3c4d of https://jenkins.example.org/ since 2026-01-01T00:00:00Z)}. The
 * plugin's first versions wrote the build alone.
 *
 * @param build the build's name, {@code ops/drain#12}; its beginning is cut off where Nova has no room for it
 * @param step tells the steps of one build apart, eight hex digits; null in old reasons
 * @param controller the Jenkins that the build is of; null in old reasons
 * @param since when the step began; null in old reasons
 * @param why what the pipeline says it is for, such as a ticket; null for nothing
 */
public record Claim(String build, String step, String controller, Instant since, String why) {

    /** Begins the reason of every cordon of ours. */
    public static final String PREFIX = "nova-maintenance: ";

    /** The column services.disabled_reason, and the schema of PUT /os-services (nova/api/openstack/compute/schemas/services.py). */
    private static final int MOST = 255;

    private static final String CUT = "…";

    private static final String FOR = " for: ";

    /** In place of the name of a build that who reads it may not see. */
    public static final String UNSEEN = "a build that you may not see";

    private static final int STEP_DIGITS = 8;

    /** What a reason of the pipeline's may be cut to; with less room there is none. */
    private static final int LEAST = 10;

    /** No item of Jenkins has a colon in its name. */
    private static final Pattern REASON = Pattern.compile(
            PREFIX + "(?<build>[^:]+?)( \\(step (?<step>[0-9a-f]{8}) of (?<controller>\\S+) since (?<since>\\S+)\\))?"
                    + "( for: (?<why>.*?))?( failed: .*)?");

    public Claim {
        // it is compared with what is read back, which is harmless
        build = ForeignText.clean(Objects.requireNonNull(build, "build"));
        // one line, and nothing that would be taken for the end of the build's work (CordonReason.tellsFailure)
        why = why == null || why.isBlank()
                ? null
                : ForeignText.clean(why.strip().replaceAll("\\s+", " ")).replaceAll("(?i)\\bfailed:", "failed -");
    }

    /**
     * The claim of a step.
     *
     * @param build the build's name
     * @param id the step's uuid
     * @param controller the Jenkins that it runs on, without white space
     * @param since when it began
     */
    public static Claim of(String build, String id, String controller, Instant since) {
        return new Claim(build, step(id), controller, since.truncatedTo(ChronoUnit.SECONDS), null);
    }

    /** How a step is called in its claims: the first eight digits of its uuid. */
    public static String step(String id) {
        return id.substring(0, STEP_DIGITS);
    }

    /** The same for this reason; null for none. */
    public Claim because(String reason) {
        return new Claim(build, step, controller, since, reason);
    }

    /**
     * Reads a disabled reason.
     *
     * @param reason as Nova tells it; null for none
     * @return empty when it is not ours
     */
    public static Optional<Claim> parse(String reason) {
        if (reason == null || !reason.startsWith(PREFIX) || reason.length() == PREFIX.length()) {
            return Optional.empty();
        }
        Matcher matcher = REASON.matcher(reason);
        boolean known = matcher.matches();
        Claim plain = new Claim(
                known ? matcher.group("build") : reason.substring(PREFIX.length()),
                null,
                null,
                null,
                known ? matcher.group("why") : null);
        if (!known || matcher.group("step") == null) {
            return Optional.of(plain);
        }
        try {
            return Optional.of(new Claim(
                    matcher.group("build"),
                    matcher.group("step"),
                    matcher.group("controller"),
                    Instant.parse(matcher.group("since")),
                    matcher.group("why")));
        } catch (DateTimeException e) {
            // somebody has written into it; whose it is can still be read
            return Optional.of(plain);
        }
    }

    /** As the reason of a cordon: at most 255 characters, as Nova takes them. */
    public String reason() {
        return reason(MOST);
    }

    private String reason(int most) {
        String tail = step == null ? "" : " (step " + step + " of " + controller + " since " + since + ")";
        int room = Math.max(CUT.length(), most - PREFIX.length() - tail.length());
        String name = build.length() <= room
                ? build
                : CUT + ForeignText.clean(build.substring(build.length() - room + CUT.length()));
        String whole = PREFIX + name + tail;
        return whole.length() <= most ? whole + purpose(most - whole.length()) : whole.substring(0, most);
    }

    /**
     * As {@link #reason}, in less room.
     *
     * @param most how many characters there are for it
     * @return empty where a claim so short would not tell whose it is
     */
    public Optional<String> within(int most) {
        if (most <= PREFIX.length() + CUT.length()) {
            return Optional.empty();
        }
        String text = reason(most);
        return parse(text)
                .filter(this::same)
                .filter(read -> Objects.equals(read.step, step))
                .map(read -> text);
    }

    /** What it is for, in the room that the claim itself leaves. */
    private String purpose(int room) {
        if (why == null || room < FOR.length() + Math.min(LEAST, why.length())) {
            return "";
        }
        String whole = FOR + why;
        return whole.length() <= room ? whole : whole.substring(0, room - CUT.length()) + CUT;
    }

    /**
     * Whether both are of one step, whatever its job was called when either was made: a job may be renamed or moved under the
     * step. An old claim, which has no step, is one of every step of its build.
     */
    public boolean same(Claim other) {
        return step == null || other.step == null ? sameBuild(other) : oneController(other) && step.equals(other.step);
    }

    /** Whether both are of one build: what nodeMaintenance cordoned it may uncordon, whichever of its steps took the host. */
    public boolean sameBuild(Claim other) {
        return oneController(other) && written().equals(other.written());
    }

    private boolean oneController(Claim other) {
        return controller == null || other.controller == null || controller.equals(other.controller);
    }

    /** The build as it stands in the reason, where it may be cut. */
    private String written() {
        return parse(reason()).map(Claim::build).orElse(build);
    }

    /** Whether the build's name was cut, so that it cannot be looked up. */
    public boolean cut() {
        return build.startsWith(CUT);
    }

    /**
     * For those who may not know of the build: when its step began, and what its operator said that it is for. What a failure
     * of it was is not among it: a job's failure names other jobs.
     */
    String unnamed() {
        return PREFIX + UNSEEN + (since == null ? "" : " (since " + since + ")") + (why == null ? "" : FOR + why);
    }

    /** For people: {@code ops/drain#12 of https://jenkins.example.org/ (since 2026-01-01T00:00:00Z)}. */
    public String words() {
        return words(build);
    }

    /**
     * The same for a build that is called otherwise by now, so that it can be found; with the name that stands in Nova.
     *
     * @param now what the build is called now
     */
    public String words(String now) {
        return (now.equals(build) ? build : now + " (in the host's disabled reason still " + build + ")")
                + (controller == null ? "" : " of " + controller)
                + (since == null ? "" : " (since " + since + ")")
                + (why == null ? "" : ", for " + why);
    }
}
