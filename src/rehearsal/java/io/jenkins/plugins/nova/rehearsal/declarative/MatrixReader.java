package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads the axes and excludes of a {@code matrix}; names and values are literals there. */
final class MatrixReader {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    private final Complaints complaints;

    MatrixReader(Complaints complaints) {
        this.complaints = complaints;
    }

    /** The axes: rows of name and values. */
    Expression axes(MethodCallExpression matrix, MethodCallExpression section) {
        if (section == null) {
            complaints.add(matrix, "Missing required section \"axes\" of matrix");
            return null;
        }
        return row(section, "axis", Set.of("values"));
    }

    /** The combinations that are left out: rows of rows of name and values. */
    Expression excludes(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        List<Expression> read = new ArrayList<>();
        for (MethodCallExpression exclude : calls(section, "exclude")) {
            read.add(row(exclude, "axis", Set.of("values", "notValues")));
        }
        return Nodes.list(read);
    }

    private List<MethodCallExpression> calls(MethodCallExpression section, String kind) {
        List<MethodCallExpression> calls = new ArrayList<>();
        List<Statement> statements = Nodes.block(section).map(Nodes::statements).orElse(List.of());
        for (Statement statement : statements) {
            Nodes.call(statement)
                    .filter(call -> call.getMethodAsString().equals(kind))
                    .ifPresentOrElse(
                            calls::add,
                            () -> complaints.add(
                                    statement, "Expected " + kind + " {…} in " + section.getMethodAsString()));
        }
        if (calls.isEmpty()) {
            complaints.add(section, "the section \"" + section.getMethodAsString() + "\" of matrix is empty");
        }
        return calls;
    }

    private Expression row(MethodCallExpression section, String kind, Set<String> valueFields) {
        List<Expression> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (MethodCallExpression axis : calls(section, kind)) {
            MapExpression one = axis(axis, valueFields, names);
            if (one != null) {
                read.add(one);
            }
        }
        return Nodes.list(read);
    }

    private MapExpression axis(MethodCallExpression axis, Set<String> valueFields, Set<String> names) {
        Map<String, MethodCallExpression> fields = new LinkedHashMap<>();
        for (Statement statement : Nodes.block(axis).map(Nodes::statements).orElse(List.of())) {
            String field = Nodes.call(statement)
                    .map(MethodCallExpression::getMethodAsString)
                    .orElse("");
            if (!field.equals("name") && !valueFields.contains(field)) {
                complaints.add(
                        statement, "an axis has name and " + valueFields + ", not \"" + statement.getText() + "\"");
            } else if (fields.put(field, Nodes.call(statement).orElseThrow()) != null) {
                complaints.add(statement, "the axis has " + field + " twice");
            }
        }
        List<String> given =
                fields.keySet().stream().filter(valueFields::contains).toList();
        if (!fields.containsKey("name") || given.size() != 1) {
            complaints.add(axis, "an axis needs its name and one of " + valueFields);
            return null;
        }
        List<Expression> name = Nodes.arguments(fields.get("name"));
        boolean right = name.size() == 1
                && name.get(0) instanceof ConstantExpression text
                && text.getText().matches(NAME);
        if (!right) {
            complaints.add(axis, "the name of an axis must be that of a variable, in quotes and without ${…}");
            return null;
        }
        if (!names.add(name.get(0).getText())) {
            complaints.add(axis, "the axis " + name.get(0).getText() + " is there twice");
        }
        return Nodes.map(
                axis,
                "name",
                name.get(0),
                "not",
                Nodes.text(given.get(0).equals("notValues")),
                "values",
                values(fields.get(given.get(0))));
    }

    private Expression values(MethodCallExpression field) {
        List<Expression> values = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Expression value : Nodes.arguments(field)) {
            if (!(value instanceof ConstantExpression constant) || constant.getValue() == null) {
                complaints.add(field, "the values of an axis must be literals, not " + value.getText());
            } else if (!seen.add(value.getText())) {
                complaints.add(field, "the value " + value.getText() + " of an axis is there twice");
            } else {
                values.add(value);
            }
        }
        if (values.isEmpty()) {
            complaints.add(field, "an axis needs values");
        }
        return Nodes.list(values);
    }
}
