package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.HashSet;
import java.util.Set;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads {@code input} of a stage. */
final class InputReader {
    private static final Set<String> OF_INPUT =
            Set.of("message", "id", "ok", "submitter", "submitterParameter", "parameters");

    private final Complaints complaints;
    private final DirectiveReader directives;

    InputReader(Complaints complaints, DirectiveReader directives) {
        this.complaints = complaints;
        this.directives = directives;
    }

    MapExpression read(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        MapExpression input = Nodes.map(section);
        Set<String> seen = new HashSet<>();
        for (Statement statement : directives.body(section)) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            String field = call == null ? "" : call.getMethodAsString();
            if (!OF_INPUT.contains(field)) {
                complaints.add(statement, "Undefined field in input: \"" + statement.getText() + "\"");
            } else if (!seen.add(field)) {
                complaints.add(statement, "the field " + field + " is there twice in input");
            } else if (field.equals("parameters")) {
                input.addMapEntryExpression(Nodes.text(field), directives.parameters(call));
            } else if (Nodes.arguments(call).size() != 1 || Nodes.block(call).isPresent()) {
                complaints.add(statement, "the field " + field + " of input takes one value");
            } else {
                input.addMapEntryExpression(
                        Nodes.text(field), Nodes.later(Nodes.arguments(call).get(0)));
            }
        }
        if (!seen.contains("message")) {
            complaints.add(section, "Missing required parameter: \"message\" of input");
        }
        return input;
    }
}
