package io.jenkins.plugins.nova.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One drain on the page: the verdict first, then what wants a person, then who moved when, the servers, and the notes.
 *
 * <p>Elements with {@code data-nova-part} and an id are what the page's script replaces while the drain goes on; what is
 * between them (the filter, scroll positions, open notes) stays as the reader has it.
 */
final class DrainSection {

    private static final int MOST_NAMES = 12;

    private static final int MOST_TROUBLES = 50;

    private final DrainReport drain;
    private final View view;
    private final String id;
    private final Standing standing;
    private final List<String> awaiting;
    private final Shown<ServerRow> shown;
    private final Map<Standing, Long> counts = new EnumMap<>(Standing.class);

    /**
     * @param settledLater ids of the servers that later steps of the build confirmed or reverted: what waited for that when this
     *     drain ended waits no more
     */
    DrainSection(DrainReport drain, Set<String> settledLater, View view) {
        this.drain = drain;
        this.view = view;
        awaiting = drain.awaitingConfirm().stream()
                .filter(server -> !settledLater.contains(server))
                .toList();
        id = anchor(drain);
        standing = Standing.of(drain, view);
        for (Standing each : Standing.values()) {
            counts.put(each, 0L);
        }
        drain.servers().forEach(row -> counts.merge(Standing.of(row, drain, view), 1L, Long::sum));
        shown = Shown.of(drain.servers(), row -> rank(Standing.of(row, drain, view)));
    }

    /** What moves comes first: there are never many of them. */
    private static int rank(Standing standing) {
        return standing == Standing.MOVING ? -1 : standing.ordinal();
    }

    /** The id of a drain's element on the page. */
    static String anchor(DrainReport drain) {
        return "nova-" + drain.id();
    }

    /** What a drain is called: its host, or how many servers were chosen. */
    static String title(DrainReport drain) {
        return ServerTable.blank(drain.host())
                ? "Chosen servers (" + drain.servers().size() + ")"
                : drain.host();
    }

    void write(Markup markup) {
        markup.open(
                "section",
                "class",
                "nova-drain",
                "id",
                id,
                "data-nova-drain",
                drain.id(),
                "aria-labelledby",
                id + "-h");
        markup.open("header", "class", "nova-head");
        markup.open("h2", "id", id + "-h").name(title(drain)).close();
        markup.open("p", "class", "nova-what").leaf("code", drain.step());
        if (!ServerTable.blank(drain.cloud())) {
            markup.text(" on cloud ").name(drain.cloud());
        }
        markup.close().close();
        verdict(markup);
        part("div", "-facts", "", markup);
        facts(markup);
        markup.close();
        part("div", "-needs", "", markup);
        attention(markup);
        confirmation(markup);
        markup.close();
        boolean planIsAll = standing == Standing.PLANNED && drain.plan() != null;
        part("div", "-plan", "", markup);
        new PlanSection(drain, id, planIsAll || "DRIFTED".equals(drain.outcome()), view).write(markup);
        markup.close();
        markup.open("div", "id", id + "-moves", "data-nova-hides", "", "hidden", planIsAll ? "hidden" : null);
        markup.leaf("h3", "Timeline", "id", id + "-t");
        markup.open(
                "div",
                "class",
                "nova-scroll nova-time",
                "role",
                "region",
                "tabindex",
                "0",
                "aria-labelledby",
                id + "-t");
        part("div", "-lanes", "", markup);
        new Timeline(drain, shown.rows(), view).write(markup);
        markup.close().close();
        servers(markup);
        markup.close();
        notes(markup);
        markup.close();
    }

    private Markup part(String element, String suffix, String classes, Markup markup) {
        return markup.open(
                element, "id", id + suffix, "data-nova-part", "", "class", classes.isEmpty() ? null : classes);
    }

    private void verdict(Markup markup) {
        part("div", "-verdict", "nova-verdict nova-edge-" + standing.key(), markup);
        markup.open("p", "class", "nova-sentence");
        ServerTable.badge(standing, Standing.words(drain, view), markup);
        markup.text(" ").leaf("span", message(), "data-nova-say", "");
        markup.close();
        int all = drain.servers().size();
        if (all > 0) {
            long settled = counts.entrySet().stream()
                    .filter(entry -> entry.getKey().settled())
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            markup.open("p", "class", "nova-count");
            if (standing == Standing.PLANNED) {
                markup.leaf("strong", Figures.servers(all));
            } else {
                markup.open(
                        "progress",
                        "max",
                        String.valueOf(all),
                        "value",
                        String.valueOf(settled),
                        "aria-hidden",
                        "true");
                markup.close();
                markup.leaf("strong", settled + " of " + Figures.servers(all) + " settled", "data-nova-say", "");
            }
            for (Standing each : Standing.values()) {
                if (counts.get(each) > 0) {
                    markup.open("span", "class", "nova-tally");
                    markup.leaf("span", each.sign(), "class", "nova-sign nova-is-" + each.key(), "aria-hidden", "true");
                    markup.text(" " + tally(each)).close();
                }
            }
            markup.close();
        }
        markup.close();
    }

    private String tally(Standing each) {
        long count = counts.get(each);
        return count == 1 && each == Standing.BAD ? "1 needs attention" : count + " " + each.words();
    }

    private String message() {
        if (drain.running() && !view.live()) {
            return "The build is over, but this step never told its end. Look at the servers before anything else is done.";
        }
        if (drain.message() == null) {
            return "";
        }
        // Indented lines tell of single servers; the box below does that with more room.
        return drain.message()
                .lines()
                .filter(line -> line.isEmpty() || !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining("\n"));
    }

    private void facts(Markup markup) {
        Map<String, String> facts = new LinkedHashMap<>();
        Instant end = drain.ended() != null ? drain.ended() : view.now();
        markup.open("dl", "class", "nova-facts");
        fact("Started", drain.started(), markup);
        if (drain.ended() != null) {
            fact("Ended", drain.ended(), markup);
        }
        if (drain.ended() != null || view.live()) {
            facts.put(
                    drain.ended() != null ? "Took" : "Running for",
                    Figures.span(Duration.between(drain.started(), end)));
        }
        long memory = drain.servers().stream().mapToLong(ServerRow::ramMiB).sum();
        if (memory > 0) {
            facts.put("Memory of all", Figures.mebibytes(memory));
        }
        facts.forEach((name, value) ->
                markup.open("div").leaf("dt", name).leaf("dd", value).close());
        if (!ServerTable.blank(drain.planHash())) {
            markup.open("div")
                    .leaf("dt", "Plan")
                    .open("dd")
                    .leaf("code", drain.planHash())
                    .close()
                    .close();
        }
        markup.close();
    }

    private void fact(String name, Instant instant, Markup markup) {
        markup.open("div").leaf("dt", name).open("dd");
        markup.leaf("time", Figures.dayAndTime(instant, view.zone()), "datetime", instant.toString());
        markup.close().close();
    }

    /** Servers with the same trouble are told together: two hundred of them are one thing to know. */
    private void attention(Markup markup) {
        Map<List<String>, List<ServerRow>> troubles = new LinkedHashMap<>();
        for (ServerRow row : drain.servers()) {
            if (Standing.of(row, drain, view) == Standing.BAD) {
                List<String> trouble =
                        List.of(Standing.words(row, drain, view), Markup.clean(row.reason()), Markup.clean(row.hint()));
                troubles.computeIfAbsent(trouble, key -> new ArrayList<>()).add(row);
            }
        }
        if (troubles.isEmpty()) {
            return;
        }
        markup.open("div", "class", "nova-box nova-edge-bad");
        markup.leaf("h3", "Needs attention: " + Figures.servers(counts.get(Standing.BAD)));
        markup.open("ul");
        troubles.entrySet().stream().limit(MOST_TROUBLES).forEach(entry -> {
            List<String> trouble = entry.getKey();
            List<ServerRow> rows = entry.getValue();
            markup.open("li").open("p", "class", "nova-reason");
            names(rows.stream().map(ServerTable::label).toList(), markup);
            markup.text(" – ").leaf("strong", trouble.get(0));
            if (!trouble.get(1).isBlank()) {
                markup.text(": " + trouble.get(1));
            }
            markup.close();
            if (!trouble.get(2).isBlank()) {
                markup.leaf("p", trouble.get(2), "class", "nova-hint");
            }
            markup.close();
        });
        int untold = troubles.values().stream()
                .skip(MOST_TROUBLES)
                .mapToInt(List::size)
                .sum();
        if (untold > 0) {
            markup.leaf("li", Figures.servers(untold) + " more, for other reasons");
        }
        markup.close().close();
    }

    private void confirmation(Markup markup) {
        int settled = drain.awaitingConfirm().size() - awaiting.size();
        if (settled > 0) {
            markup.leaf(
                    "p",
                    Figures.servers(settled) + " confirmed or reverted by a later step of this build.",
                    "class",
                    "nova-none");
        }
        if (awaiting.isEmpty()) {
            return;
        }
        Map<String, String> names = new LinkedHashMap<>();
        drain.servers().forEach(row -> names.put(row.id(), ServerTable.label(row)));
        markup.open("div", "class", "nova-box nova-edge-confirm");
        markup.leaf("h3", "Awaiting confirmation: " + Figures.servers(awaiting.size()));
        markup.open("p");
        names(
                awaiting.stream()
                        .map(server -> names.getOrDefault(server, server))
                        .toList(),
                markup);
        markup.close();
        markup.open("p", "class", "nova-hint");
        markup.text("Moved, but the old disks are kept until somebody confirms (confirmResize) or takes it back"
                + " (revertResize).");
        markup.close();
        if (view.gate() != null && view.live()) {
            markup.open("p")
                    .leaf("a", "Go to the build's gate", "href", view.gate(), "id", id + "-gate", "class", "nova-gate");
            markup.close();
        }
        markup.close();
    }

    private static void names(List<String> names, Markup markup) {
        for (int i = 0; i < Math.min(MOST_NAMES, names.size()); i++) {
            markup.text(i == 0 ? "" : ", ").name(names.get(i));
        }
        if (names.size() > MOST_NAMES) {
            markup.text(" and " + (names.size() - MOST_NAMES) + " more");
        }
    }

    private void servers(Markup markup) {
        markup.leaf("h3", "Servers");
        if (drain.servers().isEmpty() && !drain.running()) {
            markup.leaf("p", "No server was concerned.", "class", "nova-none");
        }
        filter(markup);
        markup.open("div", "class", "nova-scroll", "role", "region", "tabindex", "0", "aria-labelledby", id + "-c");
        new ServerTable(drain, shown.rows(), view).write(id + "-c", id + "-rows", markup);
        markup.close();
        shown.note(id + "-left", " The filter looks through these.", view, markup);
    }

    /** Hidden until the page's script shows it: without the script it could do nothing. */
    private void filter(Markup markup) {
        markup.open("div", "class", "nova-filter", "hidden", "hidden");
        markup.leaf("label", "Filter", "for", id + "-f");
        markup.empty(
                "input",
                "id",
                id + "-f",
                "type",
                "search",
                "autocomplete",
                "off",
                "spellcheck",
                "false",
                "placeholder",
                "name, id, host, reason",
                "aria-controls",
                id + "-rows");
        markup.open("div", "class", "nova-choices", "role", "group", "aria-label", "Show servers by state");
        choice("", "all", drain.servers().size(), true, markup);
        for (Standing each : Standing.values()) {
            choice(each.key(), each.words(), counts.get(each), false, markup);
        }
        markup.close();
        markup.leaf("p", "", "class", "nova-shown", "role", "status");
        markup.close();
    }

    private void choice(String key, String words, long count, boolean pressed, Markup markup) {
        markup.open(
                "button",
                "type",
                "button",
                "data-nova-show",
                key,
                "aria-pressed",
                String.valueOf(pressed),
                "hidden",
                count == 0 && !key.isEmpty() ? "hidden" : null);
        markup.text(words + " ");
        part("span", "-n-" + (key.isEmpty() ? "all" : key), "nova-n", markup);
        markup.text(String.valueOf(count)).close().close();
    }

    private void notes(Markup markup) {
        markup.open("details", "class", "nova-notes", "id", id + "-notes");
        markup.open("summary").text("Notes (");
        part("span", "-notes-n", "", markup)
                .text(String.valueOf(drain.log().size()))
                .close();
        markup.text(")").close();
        part("ol", "-log", "", markup);
        drain.log().forEach(line -> markup.leaf("li", line));
        markup.close().close();
    }
}
