package io.jenkins.plugins.nova.report;

import java.time.Duration;
import java.util.List;

/** The servers of a drain, a row each. */
final class ServerTable {

    private final DrainReport drain;
    private final List<ServerRow> rows;
    private final View view;

    /**
     * @param rows those of its servers that are shown
     */
    ServerTable(DrainReport drain, List<ServerRow> rows, View view) {
        this.drain = drain;
        this.rows = rows;
        this.view = view;
    }

    /** A server's name, or its id where it has none. */
    static String label(ServerRow row) {
        return row.name() == null || row.name().isBlank() ? row.id() : row.name();
    }

    void write(String captionId, String bodyId, Markup markup) {
        // The roles say again what the elements mean: on narrow screens the style makes blocks of them, and browsers
        // then forget that this was a table.
        markup.open("table", "class", "nova-table", "role", "table", "aria-labelledby", captionId);
        markup.leaf("caption", caption(), "id", captionId);
        markup.open("thead", "role", "rowgroup").open("tr", "role", "row");
        for (String head :
                new String[] {"Server", "State", "Action", "From and to", "Why, and what to do", "Time", "Memory"}) {
            markup.leaf("th", head, "scope", "col", "role", "columnheader");
        }
        markup.close().close();
        markup.open("tbody", "id", bodyId, "role", "rowgroup", "data-nova-part", "");
        rows.forEach(row -> row(row, markup));
        markup.close().close();
    }

    private String caption() {
        return drain.host() == null ? "Servers of this step" : "Servers of " + drain.host();
    }

    private void row(ServerRow row, Markup markup) {
        Standing standing = Standing.of(row, drain, view);
        markup.open("tr", "role", "row", "data-standing", standing.key(), "data-server", row.id());
        markup.open("th", "scope", "row", "role", "rowheader").name(label(row));
        markup.open("span", "class", "nova-id").leaf("code", row.id()).close();
        if (!blank(row.project())) {
            markup.open("span", "class", "nova-id")
                    .text("project ")
                    .name(row.project())
                    .close();
        }
        markup.close();
        cell("State", markup);
        badge(standing, Standing.words(row, drain, view), markup);
        if (standing == Standing.MOVING && row.percent() >= 0) {
            int percent = Math.min(100, row.percent());
            markup.open(
                    "progress",
                    "max",
                    "100",
                    "value",
                    String.valueOf(percent),
                    "aria-label",
                    "Progress of " + label(row));
            markup.text(percent + " %").close();
            markup.leaf("span", percent + " %", "class", "nova-percent");
        }
        markup.close();
        cell("Action", markup).text(action(row)).close();
        route(row, markup);
        cell("Why, and what to do", markup);
        if (!blank(row.reason())) {
            markup.leaf("p", row.reason(), "class", "nova-reason");
        }
        if (!blank(row.hint())) {
            markup.leaf("p", row.hint(), "class", "nova-hint");
        }
        markup.close();
        cell("Time", markup)
                .text(row.seconds() > 0 ? Figures.span(Duration.ofSeconds(row.seconds())) : "")
                .close();
        cell("Memory", markup).text(Figures.mebibytes(row.ramMiB())).close();
        markup.close();
    }

    private static String action(ServerRow row) {
        String action = row.action() == null ? "" : Standing.humanly(row.action());
        return action.equals("blocked") || action.equals("skip") ? "none" : action;
    }

    private static void route(ServerRow row, Markup markup) {
        cell("From and to", markup);
        markup.name(row.from());
        if (!blank(row.to()) && !row.to().equals(row.from())) {
            markup.leaf("span", " → ", "aria-hidden", "true");
            markup.leaf("span", " to ", "class", "nova-unseen");
            markup.name(row.to());
        }
        markup.close();
    }

    static Markup cell(String head, Markup markup) {
        return markup.open("td", "role", "cell", "data-head", head);
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
