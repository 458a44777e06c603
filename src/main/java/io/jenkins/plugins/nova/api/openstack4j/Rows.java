package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a list row by row: a row that lacks what cannot be done without is set aside, and the others are read as if it were
 * not there.
 */
final class Rows {

    private Rows() {}

    /** Reads one row. */
    @FunctionalInterface
    interface Reader<T> {
        /**
         * @param row the row
         * @param odd takes what is wrong with a row that is kept all the same
         * @throws NovaException.Unintelligible when it cannot be kept
         */
        T read(Fields row, Consumer<String> odd);
    }

    static <T> Listed<T> read(OddRow.Kind kind, List<JsonNode> rows, Function<Fields, T> reader) {
        return read(kind, rows, (row, odd) -> reader.apply(row));
    }

    static <T> Listed<T> read(OddRow.Kind kind, List<JsonNode> rows, Reader<T> reader) {
        List<T> found = new ArrayList<>(rows.size());
        List<OddRow> aside = new ArrayList<>();
        for (JsonNode row : rows) {
            if (!row.isObject()) {
                aside.add(new OddRow(
                        kind,
                        "",
                        "",
                        "it is " + row.getNodeType().name().toLowerCase(Locale.ROOT) + ", not an object"));
                continue;
            }
            Fields fields = Fields.row(row);
            try {
                found.add(reader.read(fields, wrong -> aside.add(odd(kind, fields, wrong))));
            } catch (NovaException.Unintelligible e) {
                aside.add(odd(kind, fields, e.getMessage()));
            }
        }
        return new Listed<>(found, aside);
    }

    private static OddRow odd(OddRow.Kind kind, Fields row, String wrong) {
        return new OddRow(
                kind,
                first(row, "id", "uuid", "request_id", "port_id"),
                first(row, "host", "OS-EXT-SRV-ATTR:host", "hypervisor_hostname", "source_compute"),
                wrong);
    }

    /** What names the row, of the fields that the kinds of rows are named by. */
    private static String first(Fields row, String... names) {
        for (String name : names) {
            String value = row.textOrEmpty(name);
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
