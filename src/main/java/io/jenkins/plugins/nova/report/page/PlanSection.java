package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.PlanReport;
import io.jenkins.plugins.nova.report.data.PlanRoom;
import io.jenkins.plugins.nova.report.data.PlanRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The plan of a drain on the page: what has changed since it was approved, how long it takes, whether it fits, and each
 * server's verdict. All of it stays as it was when the plan was made.
 */
final class PlanSection {

    private static final int MOST_SHORTAGES = 10;

    private static final int MOST_CHANGES = 100;

    private static final String[] HEADS = {"Server", "Planned", "Status", "Flavor", "Memory", "Starts", "Takes about"};

    private final Story story;
    private final PlanReport plan;
    private final String id;
    private final boolean open;
    private final View view;
    private final Whose projects;
    private final Whose owners;

    /**
     * @param view where it is shown
     */
    PlanSection(Story story, View view) {
        this.story = story;
        this.plan = story.plan();
        this.id = story.anchor();
        this.open = story.isPlanAlone() || story.drifted();
        this.view = view;
        List<PlanRow> rows = plan == null ? List.of() : plan.rows();
        this.projects = Whose.of("project", rows, PlanRow::project, PlanRow::projectName);
        this.owners = Whose.of("owner", rows, PlanRow::owner, PlanRow::ownerName);
    }

    void write(Markup markup) {
        if (plan == null) {
            return;
        }
        markup.open("details", "class", "nova-notes nova-planned", "id", id + "-plan-d", "open", open ? "open" : null);
        markup.open("summary").text("Plan" + (plan.hash().equals(plan.approved()) ? " as approved" : "") + ": ");
        markup.leaf("span", counts(), "class", "nova-what").close();
        drift(markup);
        facts(markup);
        room(markup);
        budget(markup);
        servers(markup);
        markup.close();
    }

    private void drift(Markup markup) {
        if (plan.drift().isEmpty()) {
            return;
        }
        markup.open("div", "class", "nova-box nova-edge-bad", "id", id + "-drift");
        markup.open("h3").text("Changed since plan ").leaf("code", plan.approved());
        markup.text(" was approved").close();
        markup.open("ul", "class", "nova-drift");
        plan.drift().stream().limit(MOST_CHANGES).forEach(line -> markup.leaf("li", line));
        if (plan.drift().size() > MOST_CHANGES) {
            markup.leaf("li", "and " + (plan.drift().size() - MOST_CHANGES) + " more");
        }
        markup.close().close();
    }

    private void facts(Markup markup) {
        markup.open("dl", "class", "nova-facts");
        if (plan.seconds() > 0) {
            fact("Takes about", Figures.span(Duration.ofSeconds(plan.seconds())), markup);
        }
        plan.terms().stream()
                .filter(term -> !term.name().equals("host"))
                .forEach(term -> fact(termWords(term.name()), termWords(term.value()), markup));
        markup.open("div").leaf("dt", "Hash").open("dd").leaf("code", plan.hash());
        if (plan.approved() != null) {
            markup.text(plan.approved().equals(plan.hash()) ? " (as approved)" : " (not the one approved)");
        }
        markup.close().close().close();
    }

    private static void fact(String name, String value, Markup markup) {
        markup.open("div").leaf("dt", name).leaf("dd", value).close();
    }

    /** Parameters keep their names; Nova's enumerations are told as words. */
    private static String termWords(String text) {
        return text.equals(text.toUpperCase(Locale.ROOT)) ? Standing.humanly(text) : text;
    }

    private String counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        plan.rows().forEach(row -> counts.merge(String.valueOf(row.action()), 1L, Long::sum));
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    private void room(Markup markup) {
        PlanRoom room = plan.room();
        if (room == null) {
            return;
        }
        markup.open("div", "class", "nova-box nova-edge-" + (room.fits() ? "good" : "bad"), "id", id + "-room");
        markup.leaf("h3", room.fits() ? "Room elsewhere" : "Room elsewhere: not for all");
        markup.leaf("p", sentence(room.summary()));
        if (!room.shortages().isEmpty()) {
            markup.open("ul");
            List<PlanRoom.Shortage> told = room.shortages();
            told.stream().limit(MOST_SHORTAGES).forEach(shortage -> {
                markup.open("li").name(shortage.name()).text(" (" + shortage.needs() + "): ");
                markup.text(shortage.reason()).close();
            });
            if (told.size() > MOST_SHORTAGES) {
                markup.leaf("li", "and " + (told.size() - MOST_SHORTAGES) + " more");
            }
            markup.close();
        }
        markup.close();
    }

    private void budget(Markup markup) {
        if (plan.budget().isEmpty()) {
            return;
        }
        markup.open("div", "class", "nova-box", "id", id + "-budget");
        markup.leaf("h3", "Hosts that may be away").open("ul");
        plan.budget().forEach(line -> markup.leaf("li", line));
        markup.close().close();
    }

    private static String sentence(String text) {
        return text == null || text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void servers(Markup markup) {
        if (plan.rows().isEmpty()) {
            return;
        }
        String caption = id + "-plan-c";
        markup.open("div", "class", "nova-scroll", "role", "region", "tabindex", "0", "aria-labelledby", caption);
        markup.open("table", "class", "nova-table nova-plan");
        markup.leaf(
                "caption",
                "Planned for " + story.title() + ", in the order of starting",
                "id",
                caption,
                "class",
                "nova-unseen");
        markup.open("thead").open("tr");
        for (String head : HEADS) {
            markup.leaf("th", head, "scope", "col");
        }
        markup.close().close();
        Map<String, Integer> numbers = new HashMap<>();
        plan.rows().stream().filter(PlanRow::acts).forEach(row -> numbers.put(row.id(), numbers.size() + 1));
        Shown<PlanRow> shown = Shown.of(plan.rows(), row -> standing(row).ordinal());
        shown.rows().forEach(row -> row(row, numbers.getOrDefault(row.id(), 0), markup));
        markup.close().close();
        shown.note(id + "-plan-left", "", view, markup);
    }

    private void row(PlanRow row, int number, Markup markup) {
        markup.open("tbody", "data-planned", row.id()).open("tr");
        markup.open("th", "scope", "row", "title", row.id())
                .name(ServerTable.blank(row.name()) ? row.id() : row.name())
                .close();
        markup.open("td");
        ServerTable.badge(standing(row), actionWords(row.action()), markup);
        markup.close().leaf("td", row.status()).open("td").name(row.flavor());
        markup.close().leaf("td", Figures.mebibytes(row.ramMiB()));
        markup.leaf("td", row.acts() ? number + ". " + begins(row) : "");
        markup.leaf("td", row.acts() ? took(row) : "").close();
        more(row, markup);
        markup.close();
    }

    private void more(PlanRow row, Markup markup) {
        if (ServerTable.blank(row.project())
                && ServerTable.blank(row.owner())
                && ServerTable.blank(row.reason())
                && ServerTable.blank(row.hint())) {
            return;
        }
        markup.open("tr", "class", "nova-more").open("td", "colspan", String.valueOf(HEADS.length));
        projects.write(row.project(), row.projectName(), markup);
        owners.write(row.owner(), row.ownerName(), markup);
        if (!ServerTable.blank(row.reason())) {
            markup.leaf("span", row.reason(), "class", "nova-reason");
        }
        if (!ServerTable.blank(row.hint())) {
            markup.text(" ").leaf("span", row.hint(), "class", "nova-hint");
        }
        if (row.override() != null) {
            markup.text(" ").open("span", "class", "nova-hint").text("Parameter: ");
            markup.leaf("code", row.override()).close();
        }
        markup.close().close();
    }

    private static String begins(PlanRow row) {
        return row.startSeconds() <= 0 ? "at once" : "after " + Figures.span(Duration.ofSeconds(row.startSeconds()));
    }

    private static String took(PlanRow row) {
        return Figures.span(Duration.ofSeconds(row.endSeconds() - row.startSeconds()));
    }

    static Standing standing(PlanRow row) {
        return switch (String.valueOf(row.action())) {
            case "blocked" -> Standing.BAD;
            case "residue" -> Standing.CONFIRM;
            case "skip" -> Standing.QUIET;
            default -> Standing.PLANNED;
        };
    }

    /** The same beside the way that it went. */
    static String shortWords(String action) {
        return switch (String.valueOf(action)) {
            case "live", "cold" -> action;
            default -> actionWords(action);
        };
    }

    private static String actionWords(String action) {
        return switch (String.valueOf(action)) {
            case "live", "cold" -> Standing.kindWords(action);
            case "skip" -> "left alone";
            case "residue" -> Standing.kindWords("verify");
            default -> action;
        };
    }
}
