package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.OddRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rows of the cloud's lists that could not be read wholly, named once. Pure. */
public final class OddRowNotes {

    /** More of them are not named one by one: a cell may have thousands. */
    public static final int MOST_NAMED = 20;

    private static final String BEGINS = "Set aside: ";
    private static final String MORE = BEGINS + "more rows like these, which are not named.";

    private OddRowNotes() {}

    /**
     * What is to be noted of rows.
     *
     * @param noted what has been noted already
     * @param rows those of one look
     * @return a line each; the same line again for a row that was named before
     */
    public static List<String> lines(List<String> noted, List<OddRow> rows) {
        Set<String> known = new LinkedHashSet<>(noted);
        List<String> lines = new ArrayList<>();
        for (OddRow row : rows) {
            String text = BEGINS + row.words() + consequence(row.kind());
            long named = known.stream().filter(note -> note.startsWith(BEGINS)).count();
            String line = known.contains(text) || named < MOST_NAMED ? text : MORE;
            known.add(line);
            lines.add(line);
        }
        return lines;
    }

    /** Why a host whose lists could not be read wholly counts as not empty; empty when they could. */
    public static Optional<String> words(Observation observed) {
        return observed.setAside().stream()
                .filter(Observation::hides)
                .findFirst()
                .map(row -> "It counts as not empty, for a row of its lists could not be read: " + row.words() + ".");
    }

    /** What it counts as. */
    private static String consequence(OddRow.Kind kind) {
        return switch (kind) {
            case COMPUTE_SERVICE -> ". It counts as down.";
            case SERVER -> ". It counts as there.";
            default -> ". It stops only what is about it.";
        };
    }
}
