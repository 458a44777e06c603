package io.jenkins.plugins.nova.report.page;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What the page shows of a long list: a browser that draws thousands of rows, anew every few seconds while the build runs,
 * helps nobody. The JSON has all of them.
 *
 * @param rows those that are shown; all, in their order, where they are few enough
 * @param all how many there are
 */
record Shown<T>(List<T> rows, int all) {

    /** As many rows as are shown of one list. */
    static final int MOST = 200;

    /**
     * @param all in the order to show where all are shown
     * @param rank where not all are, those of the lowest rank come first, in their order
     */
    static <T> Shown<T> of(List<T> all, ToIntFunction<T> rank) {
        return all.size() <= MOST
                ? new Shown<>(all, all.size())
                : new Shown<>(
                        all.stream()
                                .sorted(Comparator.comparingInt(rank))
                                .limit(MOST)
                                .toList(),
                        all.size());
    }

    /** Whether nothing is left out. */
    boolean whole() {
        return rows.size() == all;
    }

    /**
     * Says what is left out, and where it is; an empty part where nothing is, for it may be later.
     *
     * @param id of the element
     * @param more what else is to be said of it; may be empty
     */
    void note(String id, String more, View view, Markup markup) {
        markup.openPiece("div", id);
        if (!whole()) {
            markup.open("p", "class", "nova-none");
            markup.text(rows.size() + " of " + Figures.servers(all)
                    + " are listed here, those that move or need attention first." + more + " All of them are in ");
            if (view.changes() == null) {
                markup.text("the JSON of the build's page.");
            } else {
                markup.leaf("a", "the JSON of this page", "href", "api/json").text(".");
            }
            markup.close();
        }
        markup.closePiece();
    }
}
