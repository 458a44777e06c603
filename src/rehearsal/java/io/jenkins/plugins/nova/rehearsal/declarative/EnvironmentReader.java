package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * Reads {@code environment}. As on a controller the order of the text does not count: credentials come first, and each other
 * variable after those of the same section that its value names.
 */
final class EnvironmentReader {
    private final Complaints complaints;

    EnvironmentReader(Complaints complaints) {
        this.complaints = complaints;
    }

    Expression read(List<Statement> statements) {
        Map<String, BinaryExpression> variables = new LinkedHashMap<>();
        for (Statement statement : statements) {
            if (statement instanceof ExpressionStatement line
                    && line.getExpression() instanceof BinaryExpression assignment
                    && assignment.getOperation().getText().equals("=")
                    && assignment.getLeftExpression() instanceof VariableExpression name) {
                if (variables.putIfAbsent(name.getName(), assignment) != null) {
                    complaints.add(statement, "the variable " + name.getName() + " is there twice in environment");
                }
                value(assignment.getRightExpression());
            } else {
                complaints.add(statement, "Expected NAME = value in environment");
            }
        }
        Set<String> ordered = new LinkedHashSet<>();
        variables.forEach((name, assignment) -> {
            if (isCredential(assignment.getRightExpression())) {
                ordered.add(name);
            }
        });
        variables.keySet().forEach(name -> place(name, variables, ordered, new HashSet<>()));
        List<Expression> read = new ArrayList<>();
        for (String name : ordered) {
            BinaryExpression assignment = variables.get(name);
            read.add(Nodes.map(
                    assignment, "name", Nodes.text(name), "value", Nodes.later(assignment.getRightExpression())));
        }
        return Nodes.list(read);
    }

    /** Places a variable behind those that it names; what names itself, or goes in a circle, means what is outside. */
    private static void place(
            String name, Map<String, BinaryExpression> variables, Set<String> ordered, Set<String> waiting) {
        if (ordered.contains(name) || !waiting.add(name)) {
            return;
        }
        for (String other : names(variables.get(name).getRightExpression())) {
            if (variables.containsKey(other)) {
                place(other, variables, ordered, waiting);
            }
        }
        ordered.add(name);
    }

    private static boolean isCredential(Expression value) {
        return value instanceof MethodCallExpression call
                && call.isImplicitThis()
                && "credentials".equals(call.getMethodAsString());
    }

    /** The variables that a piece of the tree assigns. */
    static Set<String> assigned(ASTNode tree) {
        Set<String> names = new LinkedHashSet<>();
        tree.visit(new CodeVisitorSupport() {
            @Override
            public void visitBinaryExpression(BinaryExpression binary) {
                if (binary.getOperation().getText().equals("=")
                        && binary.getLeftExpression() instanceof VariableExpression name) {
                    names.add(name.getName());
                }
                super.visitBinaryExpression(binary);
            }
        });
        return names;
    }

    /** The variables that a piece of the tree names: NAME and env.NAME. */
    static Set<String> names(ASTNode tree) {
        Set<String> names = new LinkedHashSet<>();
        tree.visit(new CodeVisitorSupport() {
            @Override
            public void visitVariableExpression(VariableExpression variable) {
                names.add(variable.getName());
            }

            @Override
            public void visitPropertyExpression(PropertyExpression property) {
                if (property.getObjectExpression() instanceof VariableExpression of
                        && of.getName().equals("env")) {
                    names.add(property.getPropertyAsString());
                } else {
                    super.visitPropertyExpression(property);
                }
            }
        });
        return names;
    }

    /** A text, a call, or texts put together by "+": what a controller takes as a variable's value. */
    private void value(Expression given) {
        boolean right = given instanceof ConstantExpression
                || given instanceof GStringExpression
                || given instanceof MethodCallExpression
                || given instanceof BinaryExpression && isText(given);
        if (!right) {
            complaints.add(
                    given,
                    "the value of a variable in environment must be a text in quotes, a call, or texts joined by +, not "
                            + given.getText());
        }
    }

    private static boolean isText(Expression given) {
        return given instanceof BinaryExpression sum
                ? sum.getOperation().getText().equals("+")
                        && isText(sum.getLeftExpression())
                        && isText(sum.getRightExpression())
                : given instanceof ConstantExpression || given instanceof GStringExpression;
    }
}
