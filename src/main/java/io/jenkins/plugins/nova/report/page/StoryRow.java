package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.PlanRow;
import io.jenkins.plugins.nova.report.data.Segment;
import io.jenkins.plugins.nova.report.data.ServerRow;
import io.jenkins.plugins.nova.report.data.SettledBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One server of a card, over all steps that had to do with it: planned, moved, confirmed, brought home. */
final class StoryRow {

    private static final Set<String> SETTLES = Set.of("confirm", "revert");

    /** A step and what it says of the server. */
    record Act(DrainReport step, ServerRow row) {}

    private final String key;
    private final List<Act> acts;
    private final PlanRow plan;
    private final SettledBy elsewhere;
    private final View view;
    private final Act deciding;

    /**
     * @param key names it on the page
     * @param acts in the order of time; at least one
     * @param plan what was planned for it; {@code null} where no plan is known
     * @param elsewhere the newest step of another build that settled it; {@code null} for none
     */
    StoryRow(String key, List<Act> acts, PlanRow plan, SettledBy elsewhere, View view) {
        this.key = key;
        this.acts = List.copyOf(acts);
        this.plan = plan;
        this.view = view;
        Act last = null;
        for (Act act : acts) {
            if (last == null || !says(act).equals("nothing new")) {
                last = act;
            }
        }
        deciding = last;
        boolean open = switch (Standing.of(deciding.row(), deciding.step(), view)) {
            case BAD, CONFIRM -> true;
            default -> false;
        };
        this.elsewhere = open ? elsewhere : null;
    }

    /** What was only planned, or passed over, takes back nothing of what was done before. */
    private String says(Act act) {
        String outcome = String.valueOf(act.row().outcome());
        return outcome.equals("PLANNED") || outcome.equals("SKIPPED") ? "nothing new" : outcome;
    }

    String key() {
        return key;
    }

    String id() {
        return deciding.row().id();
    }

    /** The server's name, or its id where it has none. */
    String label() {
        return ServerTable.label(deciding.row());
    }

    /** The project's id, or in reports of early versions its name; may be empty. */
    String project() {
        return first(acts.stream().map(act -> act.row().project()).toList());
    }

    /** What the project is called; empty where no step knows it. */
    String projectName() {
        return first(acts.stream().map(act -> act.row().projectName()).toList());
    }

    /** The id of who made it; may be {@code null}. */
    String owner() {
        return plan == null ? null : plan.owner();
    }

    /** What that is called; {@code null} where it is not known. */
    String ownerName() {
        return plan == null ? null : plan.ownerName();
    }

    /** Memory, and flavor where the plan knows it; may be empty. */
    String size() {
        String memory = Figures.mebibytes(
                acts.stream().mapToLong(act -> act.row().ramMiB()).max().orElse(0));
        return plan == null || ServerTable.blank(plan.flavor())
                ? memory
                : memory.isEmpty() ? plan.flavor() : plan.flavor() + ", " + memory;
    }

    Standing standing() {
        return elsewhere != null ? Standing.ofOutcome(outcome()) : Standing.of(deciding.row(), deciding.step(), view);
    }

    /** How it stands, in words. */
    String words() {
        return elsewhere != null ? Standing.humanly(outcome()) : Standing.words(deciding.row(), deciding.step(), view);
    }

    /** The newest outcome; {@code null} or empty while there is none. */
    String outcome() {
        return elsewhere != null
                ? elsewhere.known().servers().get(id())
                : deciding.row().outcome();
    }

    String reason() {
        return elsewhere == null
                ? deciding.row().reason()
                : words() + " by " + elsewhere.known().step() + " of " + elsewhere.label();
    }

    String hint() {
        return elsewhere == null ? deciding.row().hint() : null;
    }

    int percent() {
        return deciding.row().percent();
    }

    /** What the plan says of it, in words; empty where no plan is known. */
    String planned() {
        return plan == null ? "" : PlanSection.shortWords(plan.action());
    }

    Standing plannedStanding() {
        return PlanSection.standing(plan);
    }

    /** The ways that it went or goes, in the order of time; empty where nothing was asked of Nova. */
    String way() {
        Set<String> ways = new LinkedHashSet<>();
        for (Act act : acts) {
            if (went(act)) {
                ways.add(Standing.humanly(act.row().action()));
            }
        }
        return String.join(", ", ways);
    }

    private static boolean went(Act act) {
        String action =
                act.row().action() == null ? "" : Standing.humanly(act.row().action());
        return !action.isEmpty()
                && !action.equals("skip")
                && !action.equals("blocked")
                && !action.equals("residue")
                && (act.row().seconds() > 0
                        || SettledBy.settles(act.row().outcome())
                        || act.row().segments().stream().anyMatch(segment -> !idle(segment)));
    }

    private static boolean idle(Segment segment) {
        return segment.kind().equals("waiting");
    }

    String from() {
        return first(acts.stream().map(act -> act.row().from()).toList());
    }

    /** Where it went; empty where it is where it was. */
    String to() {
        if ("REVERTED".equals(outcome())) {
            return from();
        }
        String to = "";
        for (Act act : acts) {
            String action =
                    act.row().action() == null ? "" : Standing.humanly(act.row().action());
            boolean moves =
                    !SETTLES.contains(action) && !ServerTable.blank(act.row().to());
            if (moves && (to.isEmpty() || went(act))) {
                to = act.row().to();
            }
        }
        return to.equals(from()) && acts.size() == 1 ? "" : to;
    }

    /** For how long it was worked on, by all steps. */
    long seconds() {
        return acts.stream().mapToLong(act -> act.row().seconds()).sum();
    }

    /** Whether anything goes on with it, so that its figures change by themselves. */
    boolean moving() {
        return standing() == Standing.MOVING;
    }

    boolean awaits() {
        return standing() == Standing.CONFIRM;
    }

    /** Since when it has waited for a confirm; {@code null} where it does not, or no step moved it. */
    private Instant waitsSince(Act act) {
        if (!"AWAITING_CONFIRM".equals(act.row().outcome())
                || act.row().segments().isEmpty()) {
            return null;
        }
        List<Segment> segments = act.row().segments();
        Segment last = segments.get(segments.size() - 1);
        return last.kind().equals("verify") || last.end() == null ? last.start() : last.end();
    }

    /**
     * Its time over all steps, with the wait for a confirm from the end of its move to what settled it; that goes on without an
     * end where nobody has.
     */
    List<Segment> segments() {
        List<Segment> all = new ArrayList<>();
        for (int i = 0; i < acts.size(); i++) {
            Act act = acts.get(i);
            Instant waits = waitsSince(act);
            act.row().segments().stream()
                    .filter(segment -> waits == null || !segment.kind().equals("verify"))
                    .forEach(all::add);
            if (waits != null) {
                all.add(new Segment("verify", waits, settledAt(i, waits)));
            }
        }
        all.sort(Comparator.comparing(Segment::start));
        return all;
    }

    private Instant settledAt(int waiting, Instant since) {
        for (Act act : acts.subList(waiting + 1, acts.size())) {
            Instant asked = act.row().segments().stream()
                    .filter(segment -> !idle(segment))
                    .map(Segment::start)
                    .findFirst()
                    .orElse(SettledBy.settles(act.row().outcome()) ? act.step().started() : null);
            if (asked != null && !asked.isBefore(since)) {
                return asked;
            }
        }
        return elsewhere == null ? null : elsewhere.known().ended();
    }

    /** A move that failed before it copied anything has its lane too: its request was sent. Null before any was. */
    Instant askedSince() {
        return acts.stream()
                .flatMap(act -> act.row().segments().stream())
                .filter(segment -> !idle(segment))
                .map(Segment::start)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static String first(List<String> texts) {
        return texts.stream()
                .filter(Objects::nonNull)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }
}
