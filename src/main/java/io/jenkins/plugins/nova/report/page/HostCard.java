package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.KnownStep;
import io.jenkins.plugins.nova.report.data.SettledBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One host on the page, or chosen servers: where it stands, who needs attention, the servers, who moved when, the plan as it was
 * approved, and the notes; over all steps of the build that had to do with it.
 *
 * <p>What changes while the drain goes on is in pieces, which the page's script replaces; what is between them (the filter, open
 * notes) stays as the reader has it.
 */
final class HostCard {

    private static final int MOST_NAMES = 12;

    private static final int MOST_TROUBLES = 50;

    private static final int MOST_NOTES = 200;

    private final Story story;
    private final View view;
    private final String id;
    private final Shown<StoryRow> shown;

    HostCard(Story story, View view) {
        this.story = story;
        this.view = view;
        id = story.anchor();
        shown = Shown.of(story.rows(), row -> rank(row.standing()));
    }

    /** What moves comes first: there are never many of them. */
    static int rank(Standing standing) {
        return standing == Standing.MOVING ? 0 : standing.ordinal() + 1;
    }

    /**
     * @param at its place among the cards
     */
    void write(int at, Markup markup) {
        markup.openPiece(
                "section",
                id,
                "data-nova-in",
                "nova-drains",
                "data-nova-at",
                String.valueOf(at),
                "class",
                "nova-drain",
                "data-nova-drain",
                id,
                "aria-labelledby",
                id + "-h");
        markup.open("header", "class", "nova-head");
        markup.openPiece("h2", id + "-h").name(story.title()).closePiece();
        if (!ServerTable.blank(story.cloud())) {
            markup.open("p", "class", "nova-what").text("on cloud ").name(story.cloud());
            markup.close();
        }
        markup.close();
        verdict(markup);
        trail(markup);
        markup.openPiece("div", id + "-needs");
        attention(markup);
        confirmation(markup);
        markup.closePiece();
        if (!story.isPlanAlone()) {
            servers(markup);
            markup.open("div", "class", "nova-time").leaf("h3", "Timeline", "id", id + "-t");
            new Timeline(story, shown.rows(), view).write(markup);
            markup.close();
        }
        markup.openPiece("div", id + "-plan");
        new PlanSection(story, view).write(markup);
        markup.closePiece();
        notes(markup);
        markup.closePiece();
    }

    private void verdict(Markup markup) {
        Standing standing = story.standing();
        markup.openPiece("div", id + "-verdict", "class", "nova-verdict nova-edge-" + standing.key());
        markup.open("p", "class", "nova-sentence");
        ServerTable.badge(standing, story.words(), markup);
        markup.text(" ").leaf("span", story.sentence(), "data-nova-say", "");
        markup.close();
        int all = story.rows().size();
        if (all > 0) {
            count(all, markup);
        }
        markup.closePiece();
    }

    private void count(int all, Markup markup) {
        long done = story.count(Standing.GOOD) + story.count(Standing.QUIET);
        markup.open("p", "class", "nova-count");
        if (story.standing() == Standing.PLANNED) {
            markup.leaf("strong", Figures.servers(all));
        } else {
            markup.open(
                    "progress",
                    "max",
                    String.valueOf(all),
                    "value",
                    String.valueOf(done),
                    "class",
                    "nova-is-" + story.standing().key(),
                    "aria-hidden",
                    "true");
            markup.close();
            markup.leaf("strong", done + " of " + Figures.servers(all) + " done", "data-nova-say", "");
        }
        for (Standing each : Standing.values()) {
            if (story.count(each) > 0) {
                markup.open("span", "class", "nova-tally");
                markup.leaf("span", each.sign(), "class", "nova-sign nova-is-" + each.key(), "aria-hidden", "true");
                markup.text(" " + tally(each)).close();
            }
        }
        markup.close();
    }

    private String tally(Standing each) {
        long count = story.count(each);
        return count == 1 && each == Standing.BAD ? "1 needs attention" : count + " " + each.words();
    }

    /** The steps that the card tells of, each with what came of it and how long it took. */
    private void trail(Markup markup) {
        markup.openPiece("ol", id + "-trail", "class", "nova-trail", "aria-label", "Steps");
        for (int i = 0; i < story.steps().size(); i++) {
            DrainReport step = story.steps().get(i);
            markup.open("li").leaf("code", step.step()).text(" ");
            ServerTable.badge(Standing.of(step, view), Standing.words(step, view), markup);
            markup.text(" ").open("span", "class", "nova-what");
            moment(step.started(), markup);
            if (step.ended() != null) {
                markup.text(", took " + Figures.span(Duration.between(step.started(), step.ended())));
            } else if (view.live()) {
                markup.text(", for ");
                markup.openPiece("span", id + "-took" + i)
                        .text(Figures.span(Duration.between(step.started(), view.now())))
                        .closePiece();
            }
            markup.close().close();
        }
        for (SettledBy other : story.later()) {
            KnownStep known = other.known();
            markup.open("li").leaf("code", known.step()).text(" of ");
            if (other.href() == null) {
                markup.name(other.label());
            } else {
                markup.open("a", "href", other.href()).name(other.label()).close();
            }
            markup.text(" ");
            Standing standing = known.ended() == null ? Standing.QUIET : Standing.ofOutcome(known.outcome());
            String words = known.ended() == null ? "began" : Standing.humanly(known.outcome());
            ServerTable.badge(standing, words, markup);
            markup.text(" ").open("span", "class", "nova-what");
            moment(known.began(), markup);
            markup.close().close();
        }
        markup.closePiece();
    }

    private void moment(Instant instant, Markup markup) {
        markup.leaf("time", Figures.dayAndTime(instant, view.zone()), "datetime", instant.toString());
    }

    /** Servers with the same trouble are told together: two hundred of them are one thing to know. */
    private void attention(Markup markup) {
        Map<List<String>, List<StoryRow>> troubles = new LinkedHashMap<>();
        for (StoryRow row : story.rows()) {
            if (row.standing() == Standing.BAD) {
                List<String> trouble = List.of(row.words(), Markup.clean(row.reason()), Markup.clean(row.hint()));
                troubles.computeIfAbsent(trouble, key -> new ArrayList<>()).add(row);
            }
        }
        if (troubles.isEmpty() || story.isPlanAlone()) {
            return;
        }
        markup.open("div", "class", "nova-box nova-edge-bad");
        markup.leaf("h3", "Needs attention: " + Figures.servers(story.count(Standing.BAD)));
        markup.open("ul");
        troubles.entrySet().stream().limit(MOST_TROUBLES).forEach(entry -> {
            List<String> trouble = entry.getKey();
            markup.open("li").open("p", "class", "nova-reason");
            names(entry.getValue().stream().map(StoryRow::label).toList(), markup);
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
        List<StoryRow> awaiting = story.rows().stream().filter(StoryRow::awaits).toList();
        if (awaiting.isEmpty() || story.isPlanAlone()) {
            return;
        }
        markup.open("div", "class", "nova-box nova-edge-confirm");
        markup.leaf("h3", "Awaiting confirmation: " + Figures.servers(awaiting.size()));
        markup.open("p");
        names(awaiting.stream().map(StoryRow::label).toList(), markup);
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
        markup.openPiece("div", id + "-noservers");
        if (story.rows().isEmpty()) {
            markup.leaf("p", story.goesOn() ? "None is known yet." : "No server was concerned.", "class", "nova-none");
        }
        markup.closePiece();
        filter(markup);
        new ServerTable(story, shown).write(markup);
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
        choice("", "all", story.rows().size(), markup);
        for (Standing each : Standing.values()) {
            choice(each.key(), each.words(), story.count(each), markup);
        }
        markup.close();
        markup.leaf("p", "", "class", "nova-shown", "role", "status");
        markup.close();
    }

    private void choice(String key, String words, long count, Markup markup) {
        markup.open("button", "type", "button", "data-nova-show", key, "aria-pressed", String.valueOf(key.isEmpty()));
        markup.text(words + " ");
        markup.openPiece("span", id + "-n-" + (key.isEmpty() ? "all" : key), "class", "nova-n")
                .text(String.valueOf(count))
                .closePiece()
                .close();
    }

    /** Notes of all steps; where several have some, each with its step. */
    private void notes(Markup markup) {
        List<DrainReport> noting =
                story.steps().stream().filter(step -> !step.log().isEmpty()).toList();
        Function<DrainReport, String> prefix = noting.size() > 1 ? step -> step.step() + ": " : step -> "";
        List<String> notes = noting.stream()
                .flatMap(step -> step.log().stream().map(line -> prefix.apply(step) + line))
                .collect(Collectors.toList());
        markup.open("details", "class", "nova-notes", "id", id + "-notes");
        markup.open("summary").text("Notes (");
        markup.openPiece("span", id + "-notes-n")
                .text(String.valueOf(notes.size()))
                .closePiece();
        markup.text(")").close();
        markup.open("ol", "id", id + "-log");
        for (int i = 0; i < Math.min(MOST_NOTES, notes.size()); i++) {
            markup.openPiece("li", id + "-note" + i, "data-nova-in", id + "-log", "data-nova-at", String.valueOf(i))
                    .text(notes.get(i))
                    .closePiece();
        }
        markup.close();
        markup.openPiece("p", id + "-notes-left", "class", "nova-none");
        if (notes.size() > MOST_NOTES) {
            markup.text("and " + (notes.size() - MOST_NOTES) + " more in the JSON of the build's page");
        }
        markup.closePiece().close();
    }
}
