package io.jenkins.plugins.nova.rehearsal.declarative;

import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** What may stand in {@code steps} and in {@code post}: calls of steps, and anything inside {@code script}. */
final class StepRules {
    private final Complaints complaints;

    StepRules(Complaints complaints) {
        this.complaints = complaints;
    }

    void check(ClosureExpression block) {
        for (Statement statement : Nodes.statements(block)) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call != null) {
                if (!call.getMethodAsString().equals("script")) {
                    Nodes.block(call).ifPresent(this::check);
                }
            } else if (statement instanceof ExpressionStatement line
                    && line.getExpression() instanceof MethodCallExpression) {
                complaints.add(statement, "Method calls on objects not allowed outside \"script\" blocks.");
            } else {
                complaints.add(statement, "Expected a step");
            }
        }
    }
}
