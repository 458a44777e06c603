package io.jenkins.plugins.nova.fire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiFunction;

/** What can be untrue of one answer that is well formed and has status 200. */
enum LieKind {
    EMPTY("a list is empty", false, (rows, row) -> rows.empty()),
    SHORT("a row is missing", true, (rows, row) -> rows.without(row)),
    MINIMAL("a row is minimal, UNKNOWN", true, (rows, row) -> rows.minimal(row)),
    NULLS("a row's optional fields are null", true, (rows, row) -> rows.withNulls(row)),
    FOREIGN("a foreign UNKNOWN row is added", false, (rows, row) -> rows.withAForeignRow()),
    STALE("the answer is a minute old", false, null);

    private final String words;
    private final boolean eachRow;
    private final BiFunction<Rows, Integer, JsonNode> how;

    LieKind(String words, boolean eachRow, BiFunction<Rows, Integer, JsonNode> how) {
        this.words = words;
        this.eachRow = eachRow;
        this.how = how;
    }

    String words() {
        return words;
    }

    /** Whether it is told of each row, one at a time; once for the whole list otherwise. */
    boolean eachRow() {
        return eachRow;
    }

    /** Whether a true answer can be made into this lie, which then differs from it. */
    boolean fits(Rows rows, int row) {
        return switch (this) {
            case EMPTY -> !rows.alone() && rows.count() > 0;
            case SHORT -> !rows.alone() && rows.count() > 1; // one alone: empty
            case MINIMAL -> rows.hasFields();
            case NULLS -> rows.hasOptionalFields(row);
            case FOREIGN -> !rows.alone() && (rows.hasFields() || rows.name().equals("allocations"));
            case STALE -> false; // by what was answered before, not by this answer
        };
    }

    /** The answer's body, changed. */
    JsonNode told(JsonNode body, int row) {
        return Rows.of(body).map(rows -> how.apply(rows, row)).orElse(body);
    }
}
