package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.Segment;
import io.jenkins.plugins.nova.report.data.ServerRow;
import java.util.List;
import java.util.Locale;

/**
 * How a server or a whole drain stands, as an operator sorts them at a glance. Each has a word and a sign of its own, so that
 * nothing on the page depends on seeing colours.
 */
enum Standing {
    /** Wants a person: failed, blocked, left under way, never started, not known. */
    BAD("bad", "need attention", "!"),
    /** Has moved and waits in VERIFY_RESIZE. */
    CONFIRM("confirm", "awaiting confirmation", "?"),
    /** Something is going on. */
    MOVING("moving", "in progress", "▶"),
    /** Its turn has not come. */
    WAITING("waiting", "waiting", "…"),
    /** Went as it should. */
    GOOD("good", "done", "✓"),
    /** Would be acted on; nothing was changed. */
    PLANNED("planned", "planned", "·"),
    /** Needed nothing. */
    QUIET("quiet", "nothing done", "–");

    private final String key;
    private final String words;
    private final String sign;

    Standing(String key, String words, String sign) {
        this.key = key;
        this.words = words;
        this.sign = sign;
    }

    /** For class names and the filter. */
    String key() {
        return key;
    }

    /** What servers of this standing are called together. */
    String words() {
        return words;
    }

    String sign() {
        return sign;
    }

    /** Whether nothing more happens to it by itself. */
    boolean settled() {
        return this != MOVING && this != WAITING;
    }

    static Standing of(DrainReport drain, View view) {
        if (drain.running()) {
            return view.live() ? MOVING : BAD;
        }
        return ofOutcome(drain.outcome());
    }

    static Standing of(ServerRow row, DrainReport drain, View view) {
        if (ended(row)) {
            return ofOutcome(row.outcome());
        }
        if (!drain.running() || !view.live()) {
            return BAD;
        }
        String kind = current(row);
        return kind == null || kind.equals("waiting") || kind.equals("queued") ? WAITING : MOVING;
    }

    /** What the state is called: the outcome's word, or what is going on. */
    static String words(ServerRow row, DrainReport drain, View view) {
        if (ended(row)) {
            return humanly(row.outcome());
        }
        Standing standing = of(row, drain, view);
        if (standing == BAD) {
            return "not known";
        }
        String kind = current(row);
        return standing == WAITING ? "waiting" : kindWords(kind);
    }

    static String words(DrainReport drain, View view) {
        if (drain.running()) {
            return view.live() ? "in progress" : "interrupted";
        }
        return humanly(drain.outcome());
    }

    /** What a stretch of time is called in the legend and to a screen reader. */
    static String kindWords(String kind) {
        return switch (kind) {
            case "live" -> "live migration";
            case "cold" -> "cold migration";
            case "rebuild" -> "rebuild";
            case "failover" -> "failover";
            case "verify" -> "waits for confirmation";
            case "queued" -> "queued in Nova";
            default -> humanly(kind);
        };
    }

    static boolean ended(ServerRow row) {
        return row.outcome() != null
                && !row.outcome().isEmpty()
                && !row.outcome().equals(DrainReport.RUNNING);
    }

    static String humanly(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Standing ofOutcome(String outcome) {
        return switch (outcome) {
            case "DONE", "MOVED", "REBUILT", "FAILED_OVER", "CONFIRMED", "REVERTED" -> GOOD;
            case "AWAITING_CONFIRM" -> CONFIRM;
            case "PLANNED" -> PLANNED;
            case "FAILED",
                    "BLOCKED",
                    "LEFT",
                    "NOT_STARTED",
                    "UNKNOWN",
                    "INCOMPLETE",
                    "REFUSED",
                    "DRIFTED",
                    "UNPROVEN",
                    "ABORTED",
                    "BODY_FAILED",
                    "NOT_READY" -> BAD;
            default -> QUIET;
        };
    }

    private static String current(ServerRow row) {
        List<Segment> segments = row.segments();
        Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        return last == null || last.end() != null ? null : last.kind();
    }
}
