package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.ServerRow;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The servers of a card, each in one or two lines, from what was planned to what came of it. */
final class ServerTable {

    private static final String[] HEADS = {"Server", "Planned", "Way", "From", "To", "Outcome", "Time"};

    /** More than there are servers. */
    private static final int FAR = 10_000_000;

    /** 60 bits: no two servers of a host share them. */
    private static final int ENOUGH_OF_A_DIGEST = 10;

    private final Story story;
    private final List<StoryRow> rows;
    private final Map<StoryRow, Integer> place = new IdentityHashMap<>();
    private final Whose projects;
    private final Whose owners;

    /**
     * @param shown those of its servers that are shown
     */
    ServerTable(Story story, Shown<StoryRow> shown) {
        this.story = story;
        rows = shown.rows();
        List<StoryRow> all = story.rows();
        projects = Whose.of("project", all, StoryRow::project, StoryRow::projectName);
        owners = Whose.of("owner", all, StoryRow::owner, StoryRow::ownerName);
        for (int i = 0; i < all.size(); i++) {
            place.put(all.get(i), shown.whole() ? i : HostCard.rank(all.get(i).standing()) * FAR + i);
        }
    }

    /** A server's name, or its id where it has none. */
    static String label(ServerRow row) {
        return blank(row.name()) ? row.id() : row.name();
    }

    void write(Markup markup) {
        String anchor = story.anchor();
        // The style hides the columns that this says are empty: they come as the drain goes on.
        markup.openPiece("div", anchor + "-columns", "class", columns()).closePiece();
        markup.open("div", "class", "nova-scroll", "role", "region", "tabindex", "0", "aria-labelledby", anchor + "-c");
        markup.open("table", "class", "nova-table nova-servers", "id", anchor + "-rows");
        markup.leaf(
                "caption",
                story.host() == null ? "Servers of this step" : "Servers of " + story.host(),
                "id",
                anchor + "-c",
                "class",
                "nova-unseen");
        markup.open("thead").open("tr");
        for (String head : HEADS) {
            markup.leaf("th", head, "scope", "col");
        }
        markup.close().close();
        rows.forEach(row -> row(row, markup));
        markup.close().close();
    }

    private void row(StoryRow row, Markup markup) {
        String id = story.anchor() + "-s" + key(row);
        Standing standing = row.standing();
        markup.openPiece(
                "tbody",
                id,
                "data-nova-in",
                story.anchor() + "-rows",
                "data-nova-at",
                String.valueOf(at(row)),
                "data-server",
                row.id(),
                "data-standing",
                standing.key());
        markup.open("tr").open("th", "scope", "row", "title", row.id());
        markup.name(row.label()).close();
        markup.open("td", "class", row.planned().equals(row.way()) ? "nova-same" : null);
        if (!row.planned().isEmpty()) {
            markup.leaf(
                    "span",
                    row.planned(),
                    "class",
                    "nova-is-" + row.plannedStanding().key());
        }
        markup.close();
        markup.leaf("td", row.way());
        place(row.from(), markup);
        place(row.to(), markup);
        markup.open("td");
        badge(standing, row.words(), markup);
        if (row.moving() && row.percent() >= 0) {
            String percent = String.valueOf(Math.min(100, row.percent()));
            markup.openPiece("span", id + "-p", "class", "nova-percent");
            markup.open("progress", "max", "100", "value", percent, "aria-label", "Progress");
            markup.close().text(" " + percent + " %").closePiece();
        }
        markup.close().open("td");
        if (row.moving()) {
            markup.openPiece("span", id + "-t").text(took(row)).closePiece();
        } else {
            markup.text(took(row));
        }
        markup.close().close();
        more(row, markup);
        markup.closePiece();
    }

    private static void place(String host, Markup markup) {
        markup.open("td");
        if (!blank(host)) {
            markup.name(host);
        }
        markup.close();
    }

    /** Whose it is, how large, and why it is as it is; nothing where nothing is to be said. */
    private void more(StoryRow row, Markup markup) {
        if (blank(row.project()) && blank(row.owner()) && row.size().isEmpty() && blank(row.reason())) {
            return;
        }
        markup.open("tr", "class", "nova-more").open("td", "colspan", String.valueOf(HEADS.length));
        projects.write(row.project(), row.projectName(), markup);
        owners.write(row.owner(), row.ownerName(), markup);
        if (!row.size().isEmpty()) {
            markup.leaf("span", row.size(), "class", "nova-who");
        }
        if (!blank(row.reason())) {
            markup.leaf("span", row.reason(), "class", "nova-reason");
        }
        // what needs attention or a confirm has its hint in the box above the table
        if (!blank(row.hint()) && row.standing() != Standing.BAD && row.standing() != Standing.CONFIRM) {
            markup.text(" ").leaf("span", row.hint(), "class", "nova-hint");
        }
        markup.close().close();
    }

    private static String took(StoryRow row) {
        return row.seconds() > 0 ? Figures.span(Duration.ofSeconds(row.seconds())) : "";
    }

    /** A server's key as a part of an element's id: short, for each look of a page that is open has many of them. */
    static String key(StoryRow row) {
        return Digest.sha256(row.key())
                .substring(0, ENOUGH_OF_A_DIGEST)
                .replace('+', '-')
                .replace('/', '_');
    }

    /** Where it belongs among the others, by itself: a row that comes later moves no other. */
    private int at(StoryRow row) {
        return place.get(row);
    }

    private String columns() {
        StringBuilder columns = new StringBuilder("nova-columns");
        without(columns, "planned", rows.stream().allMatch(row -> row.planned().isEmpty()));
        without(columns, "way", rows.stream().allMatch(row -> row.way().isEmpty()));
        without(columns, "to", rows.stream().allMatch(row -> row.to().isEmpty()));
        without(columns, "time", rows.stream().allMatch(row -> row.seconds() == 0));
        return columns.toString();
    }

    private static void without(StringBuilder columns, String name, boolean empty) {
        if (empty) {
            columns.append(" nova-no-").append(name);
        }
    }

    /** The state in a word, with its sign. */
    static void badge(Standing standing, String words, Markup markup) {
        markup.open("span", "class", "nova-badge nova-is-" + standing.key());
        markup.leaf("span", standing.sign(), "class", "nova-sign", "aria-hidden", "true");
        markup.leaf("span", words).close();
    }

    static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
