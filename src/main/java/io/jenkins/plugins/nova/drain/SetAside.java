package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.OddRow;
import java.util.List;
import java.util.Optional;

/** Rows of the cloud's lists that could not be read wholly, named once. Pure. */
final class SetAside {

    /** More of them are not named one by one: a cell may have thousands. */
    static final int MOST_NAMED = 20;

    private static final String BEGINS = "Set aside: ";
    private static final String MORE = BEGINS + "more rows like these, which are not named.";

    private SetAside() {}

    static void note(DrainState.Edit edit, List<OddRow> rows) {
        for (OddRow row : rows) {
            edit.note(next(edit.notes, row));
        }
    }

    static void note(ReturnState.Edit edit, List<OddRow> rows) {
        for (OddRow row : rows) {
            edit.note(next(edit.notes, row));
        }
    }

    private static String next(List<String> notes, OddRow row) {
        String text = BEGINS + row.words() + consequence(row.kind());
        long named = notes.stream().filter(note -> note.startsWith(BEGINS)).count();
        return notes.contains(text) || named < MOST_NAMED ? text : MORE;
    }

    /** Why a host whose lists could not be read wholly counts as not empty; empty when they could. */
    static Optional<String> words(Look look) {
        return look.setAside().stream()
                .filter(Look::hides)
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
