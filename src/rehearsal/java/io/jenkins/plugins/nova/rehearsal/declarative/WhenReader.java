package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads {@code when}. */
final class WhenReader {
    private static final Set<String> FLAGS = Set.of("beforeAgent", "beforeInput", "beforeOptions");
    private static final Set<String> NESTED = Set.of("not", "allOf", "anyOf");
    private static final Set<String> PLAIN = Set.of("branch", "environment", "equals");

    private final Complaints complaints;

    WhenReader(Complaints complaints) {
        this.complaints = complaints;
    }

    MapExpression read(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        MapExpression when = Nodes.map(section);
        if (Nodes.block(section).isEmpty()) {
            complaints.add(section, "when needs a block");
            return when;
        }
        List<Statement> conditions = new ArrayList<>();
        for (Statement statement : Nodes.statements(Nodes.block(section).get())) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call != null && FLAGS.contains(call.getMethodAsString())) {
                when.addMapEntryExpression(
                        Nodes.text(call.getMethodAsString()),
                        Nodes.arguments(call).get(0));
            } else {
                conditions.add(statement);
            }
        }
        ListExpression read = conditions(section, conditions);
        when.addMapEntryExpression(Nodes.text("conditions"), read);
        return when;
    }

    private ListExpression conditions(MethodCallExpression of, List<Statement> statements) {
        List<Expression> read = new ArrayList<>();
        for (Statement statement : statements) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            String kind = call == null ? "" : call.getMethodAsString();
            ClosureExpression block = call == null ? null : Nodes.block(call).orElse(null);
            if (kind.equals("expression") && block != null) {
                read.add(Nodes.map(call, "kind", Nodes.text(kind), "body", block));
            } else if (NESTED.contains(kind) && block != null) {
                read.add(Nodes.map(
                        call, "kind", Nodes.text(kind), "children", conditions(call, Nodes.statements(block))));
            } else if (PLAIN.contains(kind)) {
                read.add(Nodes.map(call, "kind", Nodes.text(kind), "args", Nodes.argumentsLater(call)));
            } else {
                complaints.add(
                        statement,
                        "the rehearsal has the when conditions allOf, anyOf, branch, environment, equals, expression and not"
                                + (kind.isEmpty() ? "" : ", not \"" + kind + "\""));
            }
        }
        if (statements.isEmpty()) {
            complaints.add(of, "No conditions specified in " + of.getMethodAsString());
        }
        return Nodes.list(read);
    }
}
