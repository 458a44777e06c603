package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads {@code when}. */
final class WhenReader {
    private static final Set<String> FLAGS = Set.of("beforeAgent", "beforeInput", "beforeOptions");
    private static final Set<String> NESTED = Set.of("not", "allOf", "anyOf");

    private final Complaints complaints;
    private final CallRules calls;

    WhenReader(Complaints complaints, CallRules calls) {
        this.complaints = complaints;
        this.calls = calls;
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
        Set<String> flags = new HashSet<>();
        for (Statement statement : Nodes.statements(Nodes.block(section).get())) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call != null && FLAGS.contains(call.getMethodAsString())) {
                flag(when, call, flags);
            } else {
                conditions.add(statement);
            }
        }
        Expression read = conditions(section, conditions);
        when.addMapEntryExpression(Nodes.text("conditions"), read);
        return when;
    }

    private void flag(MapExpression when, MethodCallExpression call, Set<String> seen) {
        String name = call.getMethodAsString();
        List<Expression> arguments = Nodes.arguments(call);
        if (arguments.size() != 1
                || !(arguments.get(0) instanceof ConstantExpression flag && flag.getValue() instanceof Boolean)) {
            complaints.add(call, name + " must be true or false");
        } else if (!seen.add(name)) {
            complaints.add(call, name + " is there twice");
        } else {
            when.addMapEntryExpression(Nodes.text(name), arguments.get(0));
        }
    }

    private Expression conditions(MethodCallExpression of, List<Statement> statements) {
        List<Expression> read = new ArrayList<>();
        for (Statement statement : statements) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            String kind = call == null ? "" : call.getMethodAsString();
            ClosureExpression block = call == null ? null : Nodes.block(call).orElse(null);
            if (kind.equals("expression") || NESTED.contains(kind)) {
                if (block == null || Nodes.arguments(call).size() > 1) {
                    complaints.add(call, "the when condition " + kind + " takes a block and nothing else");
                } else if (kind.equals("expression")) {
                    expression(call, block);
                    read.add(Nodes.map(call, "kind", Nodes.text(kind), "body", block));
                } else {
                    read.add(Nodes.map(call, "kind", Nodes.text(kind), "children", nested(call, block)));
                }
            } else if (Forms.CONDITIONS.find(kind).isPresent()) {
                calls.directive(call, Forms.CONDITIONS.find(kind).get(), "when condition");
                regular(call);
                read.add(Nodes.map(call, "kind", Nodes.text(kind), "args", Nodes.argumentsLater(call)));
            } else {
                complaints.add(
                        statement,
                        "the rehearsal has the when conditions allOf, anyOf, expression, not and "
                                + String.join(", ", Forms.CONDITIONS.names())
                                + (kind.isEmpty() ? "" : ", not \"" + kind + "\""));
            }
        }
        if (statements.isEmpty()) {
            complaints.add(of, "No conditions specified in " + of.getMethodAsString());
        }
        return Nodes.list(read);
    }

    /** A regular expression that is written out is judged before anything runs, as a controller does. */
    private void regular(MethodCallExpression call) {
        if (call.getMethodAsString().equals("changelog")
                && !Nodes.arguments(call).isEmpty()
                && Nodes.arguments(call).get(0) instanceof ConstantExpression pattern) {
            try {
                Pattern.compile(pattern.getText());
            } catch (PatternSyntaxException wrong) {
                complaints.add(call, "\"" + pattern.getText() + "\" is not a valid regular expression.");
            }
        }
    }

    private void expression(MethodCallExpression call, ClosureExpression block) {
        if (Nodes.statements(block).isEmpty()) {
            complaints.add(call, "the when condition expression is empty");
        }
    }

    private Expression nested(MethodCallExpression call, ClosureExpression block) {
        List<Statement> inside = Nodes.statements(block);
        if (call.getMethodAsString().equals("not") && inside.size() > 1) {
            complaints.add(call, "the when condition not takes one condition, not " + inside.size());
        }
        return conditions(call, inside);
    }
}
