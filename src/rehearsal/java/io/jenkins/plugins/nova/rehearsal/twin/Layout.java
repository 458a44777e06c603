package io.jenkins.plugins.nova.rehearsal.twin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Writes a cloud's file so that two of them compare well: keys in alphabetical order, a line for each host, server and the like. */
final class Layout {
    private Layout() {}

    static void write(ObjectNode file, PrintStream out) {
        out.print("{");
        String separator = "\n";
        for (Map.Entry<String, JsonNode> part : new TreeMap<>(fields(file)).entrySet()) {
            out.print(separator + quoted(part.getKey()) + ": ");
            if (part.getValue() instanceof ObjectNode all && !all.isEmpty() && areObjects(all)) {
                out.print("{");
                String comma = "\n  ";
                for (Map.Entry<String, JsonNode> each : new TreeMap<>(fields(all)).entrySet()) {
                    out.print(comma + quoted(each.getKey()) + ": " + line(each.getValue()));
                    comma = ",\n  ";
                }
                out.print("\n}");
            } else {
                out.print(line(part.getValue()));
            }
            separator = ",\n";
        }
        out.print("\n}\n");
    }

    private static boolean areObjects(ObjectNode all) {
        for (JsonNode each : all) {
            if (!each.isObject()) {
                return false;
            }
        }
        return true;
    }

    private static String line(JsonNode value) {
        StringBuilder text = new StringBuilder();
        if (value.isObject()) {
            String separator = "{";
            for (Map.Entry<String, JsonNode> each : new TreeMap<>(fields((ObjectNode) value)).entrySet()) {
                text.append(separator)
                        .append(quoted(each.getKey()))
                        .append(": ")
                        .append(line(each.getValue()));
                separator = ", ";
            }
            return text.append(value.isEmpty() ? "{}" : "}").toString();
        }
        if (value.isArray()) {
            Iterator<JsonNode> items = value.elements();
            text.append("[");
            while (items.hasNext()) {
                text.append(line(items.next())).append(items.hasNext() ? ", " : "");
            }
            return text.append("]").toString();
        }
        return value.toString();
    }

    private static Map<String, JsonNode> fields(ObjectNode node) {
        Map<String, JsonNode> fields = new TreeMap<>();
        node.properties().forEach(each -> fields.put(each.getKey(), each.getValue()));
        return fields;
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
