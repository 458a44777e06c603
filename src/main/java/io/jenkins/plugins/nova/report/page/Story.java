package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.KnownStep;
import io.jenkins.plugins.nova.report.data.PlanReport;
import io.jenkins.plugins.nova.report.data.PlanRow;
import io.jenkins.plugins.nova.report.data.ServerRow;
import io.jenkins.plugins.nova.report.data.SettledBy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that a build did about one host, or about chosen servers, as one story: what later steps of the build or of other builds
 * settled is settled here.
 */
final class Story {

    /** These change what is said of servers, not what is said of a host. */
    private static final Set<String> SERVER_STEPS =
            Set.of("confirmResize", "revertResize", "liveMigrate", "coldMigrate");

    /** What {@code bringHome} reports by itself, beside the step that it belongs to. */
    private static final String HOME = "-home";

    private final List<DrainReport> steps;
    private final List<SettledBy> later;
    private final View view;
    private final List<StoryRow> rows;
    private final DrainReport deciding;
    private final Map<Standing, Long> counts = new EnumMap<>(Standing.class);
    private final Standing standing;
    private final String words;
    private final List<String> sentences = new ArrayList<>();

    private Story(Draft draft, List<SettledBy> known, View view) {
        this.view = view;
        steps = List.copyOf(draft.steps);
        deciding = decides();
        later = known.stream().filter(this::concerns).toList();
        rows = rows(draft);
        for (Standing each : Standing.values()) {
            counts.put(each, 0L);
        }
        rows.forEach(row -> counts.merge(row.standing(), 1L, Long::sum));
        Verdict verdict = verdict();
        standing = verdict.standing;
        words = verdict.words;
    }

    private record Verdict(Standing standing, String words) {}

    /** A story that is being put together. */
    private static final class Draft {
        private final List<DrainReport> steps = new ArrayList<>();
        private final Map<String, List<StoryRow.Act>> acts = new LinkedHashMap<>();

        void add(DrainReport step, Collection<ServerRow> rows) {
            steps.add(step);
            for (ServerRow row : rows) {
                // old reports may have rows without an id: each is a server of its own
                String key = row.id().isBlank() ? "-" + acts.size() : row.id();
                acts.computeIfAbsent(key, unseen -> new ArrayList<>()).add(new StoryRow.Act(step, row));
            }
        }
    }

    /**
     * The stories of a build.
     *
     * @param drains its steps' reports, in the order of their beginning
     * @param known what steps of other builds did meanwhile and later
     * @return a story for each host, and one for each step on servers that no host's story tells of
     */
    static List<Story> of(List<DrainReport> drains, List<SettledBy> known, View view) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        Map<String, Draft> byStep = new HashMap<>();
        for (DrainReport drain : drains) {
            Draft home = drain.id().endsWith(HOME)
                    ? byStep.get(drain.id().substring(0, drain.id().length() - HOME.length()))
                    : null;
            if (home == null && !ServerTable.blank(drain.host())) {
                home = drafts.computeIfAbsent("host " + drain.cloud() + " " + drain.host(), unseen -> new Draft());
            }
            if (home == null) {
                Map<Draft, List<ServerRow>> shares = shares(drain, drafts.values());
                if (!shares.isEmpty()) {
                    shares.forEach((draft, share) -> draft.add(drain, share));
                    continue;
                }
                home = drafts.computeIfAbsent("step " + drain.id(), unseen -> new Draft());
            }
            home.add(drain, drain.servers());
            byStep.put(drain.id(), home);
        }
        return drafts.values().stream()
                .map(draft -> new Story(draft, known, view))
                .toList();
    }

    /** The stories that a step on chosen servers goes on with; empty unless they tell of all its servers. */
    private static Map<Draft, List<ServerRow>> shares(DrainReport drain, Collection<Draft> drafts) {
        Map<Draft, List<ServerRow>> shares = new LinkedHashMap<>();
        for (ServerRow row : drain.servers()) {
            Draft found = null;
            for (Draft draft : drafts) {
                if (draft.acts.containsKey(row.id())
                        && sameCloud(draft.steps.get(0).cloud(), drain.cloud())) {
                    found = draft;
                }
            }
            if (found == null) {
                return Map.of();
            }
            shares.computeIfAbsent(found, unseen -> new ArrayList<>()).add(row);
        }
        return shares;
    }

    /** Reports of earlier versions may not name their cloud. */
    private static boolean sameCloud(String one, String other) {
        return ServerTable.blank(one) || ServerTable.blank(other) || one.equals(other);
    }

    /** The step that says where the host stands, or the servers where there is no host. */
    private DrainReport decides() {
        DrainReport best = steps.get(0);
        for (DrainReport step : steps) {
            if (weight(step) >= weight(best)) {
                best = step;
            }
        }
        return best;
    }

    private int weight(DrainReport step) {
        if (step.onlyLooks()) {
            return 0;
        }
        boolean aside = step.id().endsWith(HOME) || host() != null && SERVER_STEPS.contains(step.step());
        return aside ? 1 : 2;
    }

    private List<StoryRow> rows(Draft draft) {
        Map<String, PlanRow> plans = new HashMap<>();
        if (plan() != null) {
            plan().rows().forEach(row -> plans.put(row.id(), row));
        }
        Map<String, SettledBy> settled = new HashMap<>();
        later.forEach(other -> other.known().servers().keySet().forEach(id -> settled.put(id, other)));
        boolean acted = steps.stream()
                .anyMatch(step -> !step.onlyLooks() && !step.servers().isEmpty());
        List<StoryRow> found = new ArrayList<>();
        draft.acts.forEach((key, all) -> {
            // once something is done, what was only looked at stands in the plan: it may be long over
            List<StoryRow.Act> acts =
                    acted ? all.stream().filter(act -> !act.step().onlyLooks()).toList() : all;
            if (!acts.isEmpty()) {
                found.add(new StoryRow(key, acts, plans.get(key), settled.get(key), view));
            }
        });
        return List.copyOf(found);
    }

    /** Whether what another build did came after what this one said of the same. */
    private boolean concerns(SettledBy other) {
        KnownStep known = other.known();
        if (known.onlyLooked()
                || !sameCloud(cloud(), known.cloud())
                || known.began().isBefore(deciding.started())
                || steps.stream().anyMatch(step -> !step.onlyLooks() && step.running() && view.live())) {
            return false;
        }
        return host() != null && host().equals(known.host())
                || steps.stream()
                        .flatMap(step -> step.servers().stream())
                        .anyMatch(row -> known.servers().containsKey(row.id()));
    }

    private Verdict verdict() {
        Standing now = Standing.of(deciding, view);
        String say = hostWords(deciding);
        sentences.add(message(deciding));
        long waiting = counts.get(Standing.CONFIRM);
        long bad = counts.get(Standing.BAD);
        boolean plan = deciding.onlyLooks();
        DrainReport running = steps.stream()
                .filter(step -> step.running() && view.live())
                .reduce((one, other) -> other)
                .orElse(null);
        if (running != null) {
            sentences.clear();
            sentences.add(message(running));
            return new Verdict(Standing.MOVING, Standing.words(running, view));
        }
        DrainReport last = steps.get(steps.size() - 1);
        if (last != deciding && !last.onlyLooks() && Standing.of(last, view) == Standing.BAD) {
            sentences.add(message(last));
            now = Standing.BAD;
            say = Standing.words(last, view);
        }
        if (now == Standing.CONFIRM && waiting == 0 && !plan) {
            long back = rows.stream()
                    .filter(row -> "REVERTED".equals(row.outcome()))
                    .count();
            sentences.clear();
            if (back > 0) {
                now = Standing.BAD;
                say = "not empty";
                sentences.add(Figures.servers(back) + " taken back by revertResize"
                        + (host() == null ? "." : ": on " + host() + " again. It stays closed."));
            } else if (bad == 0) {
                now = Standing.GOOD;
                say = host() == null ? "done" : closed();
                sentences.add(
                        host() == null || stays()
                                ? "No server waits for a confirm any more."
                                : host() + " is empty, and no server waits for a confirm any more.");
            } else {
                now = Standing.BAD;
                say = "incomplete";
                sentences.add(message(deciding));
            }
        } else if (now == Standing.GOOD && bad > 0 && !plan) {
            now = Standing.BAD;
            say = isOpen() ? say : "needs attention";
        } else if (now == Standing.GOOD && waiting > 0 && !plan) {
            now = Standing.CONFIRM;
            say = isOpen() ? say : "awaiting confirm";
        } else if (now == Standing.BAD
                && !plan
                && bad == 0
                && waiting == 0
                && host() != null
                && deciding.outcome().equals("INCOMPLETE")
                && Standing.of(last, view) != Standing.BAD) {
            sentences.add("What needed attention was settled by later steps. Whether " + host()
                    + " is empty was not looked at since: nodeEvacuate tells.");
        }
        return elsewhere(new Verdict(now, say));
    }

    private boolean isOpen() {
        return DrainReport.OPEN.equals(deciding.hostState());
    }

    /** What other builds did to the host since. */
    private Verdict elsewhere(Verdict own) {
        SettledBy newest = later.stream()
                .filter(other -> host() != null && host().equals(other.known().host()) && changesHost(other.known()))
                .max(Comparator.comparing(other -> other.known().began()))
                .orElse(null);
        if (newest == null) {
            return own;
        }
        KnownStep known = newest.known();
        sentences.clear();
        if (known.ended() == null) {
            sentences.add(known.step() + " of " + newest.label() + " has taken the host over.");
            return new Verdict(Standing.QUIET, "taken over");
        }
        sentences.add("As left by " + known.step() + " of " + newest.label() + ".");
        // whether that one was to leave servers on it is not known here
        String say = hostWords(known.outcome(), known.hostState(), "closed");
        Standing now = Standing.ofOutcome(known.outcome());
        // what became of the host settles nothing of the servers that this build left open
        if (now == Standing.GOOD && counts.get(Standing.BAD) > 0) {
            now = Standing.BAD;
        } else if (now == Standing.GOOD && counts.get(Standing.CONFIRM) > 0) {
            now = Standing.CONFIRM;
        }
        return new Verdict(now, say);
    }

    private static boolean changesHost(KnownStep known) {
        return !SERVER_STEPS.contains(known.step()) && !"REFUSED".equals(known.outcome());
    }

    private String hostWords(DrainReport step) {
        return host() == null || step.running() || Standing.of(step, view) != Standing.GOOD
                ? Standing.words(step, view)
                : hostWords(step.outcome(), step.hostState(), closed());
    }

    /** Whether a server was to stay on the host. */
    private boolean stays() {
        return rows.stream().anyMatch(row -> "SKIPPED".equals(row.outcome()));
    }

    private String closed() {
        return stays() ? "closed" : "empty and closed";
    }

    private static String hostWords(String outcome, String hostState, String closed) {
        if (!"DONE".equals(outcome)) {
            return Standing.humanly(outcome);
        }
        if (DrainReport.OPEN.equals(hostState)) {
            return "in service";
        }
        return DrainReport.CLOSED.equals(hostState) ? closed : "done";
    }

    private String message(DrainReport step) {
        if (step.running() && !view.live()) {
            return "The build is over, but this step never told its end. Look at the servers before anything else is done.";
        }
        if (step.message() == null) {
            return "";
        }
        // Indented lines tell of single servers; the box below does that with more room.
        return step.message()
                .lines()
                .filter(line -> line.isEmpty() || !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining("\n"));
    }

    /** The host; {@code null} for chosen servers. */
    String host() {
        return steps.stream()
                .map(DrainReport::host)
                .filter(host -> !ServerTable.blank(host))
                .findFirst()
                .orElse(null);
    }

    /** The cloud; may be {@code null}. */
    String cloud() {
        return steps.stream()
                .map(DrainReport::cloud)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What it is called: its host, or how many servers were chosen. */
    String title() {
        return host() == null ? "Chosen servers (" + rows.size() + ")" : host();
    }

    /** The id of its element on the page. */
    String anchor() {
        return "nova-" + steps.get(0).id();
    }

    /** In the order of their beginning; at least one. */
    List<DrainReport> steps() {
        return steps;
    }

    /** Steps of other builds that came after it, the newest last. */
    List<SettledBy> later() {
        List<SettledBy> sorted = new ArrayList<>(later);
        sorted.sort(Comparator.comparing(other -> other.known().began()));
        return Collections.unmodifiableList(sorted);
    }

    List<StoryRow> rows() {
        return rows;
    }

    /** The plan that was carried out, or the newest there is; {@code null} where none was made. */
    PlanReport plan() {
        PlanReport plan = deciding.plan();
        for (DrainReport step : steps) {
            if (deciding.plan() == null && step.plan() != null) {
                plan = step.plan();
            }
        }
        return plan;
    }

    /** Whether nothing was done but planned. */
    boolean isPlanAlone() {
        return standing == Standing.PLANNED && plan() != null;
    }

    /** Whether the plan was not the approved one any more. */
    boolean drifted() {
        return "DRIFTED".equals(deciding.outcome());
    }

    long count(Standing each) {
        return counts.get(each);
    }

    Standing standing() {
        return standing;
    }

    String words() {
        return words;
    }

    /** Where it stands, in sentences, a line each. */
    String sentence() {
        return sentences.stream().filter(each -> !each.isBlank()).collect(Collectors.joining("\n"));
    }

    /** Whether a step of it goes on. */
    boolean goesOn() {
        return view.live() && steps.stream().anyMatch(DrainReport::running);
    }
}
