package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.Optional;
import java.util.function.Function;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** What may stand in {@code steps} and in {@code post}: calls of steps, and anything inside {@code script}. */
final class StepRules {
    private final Complaints complaints;
    private final Function<String, Optional<String>> required;

    /** @param required the parameter that a step of that name cannot be called without, if there is one */
    StepRules(Complaints complaints, Function<String, Optional<String>> required) {
        this.complaints = complaints;
        this.required = required;
    }

    void check(ClosureExpression block) {
        for (Statement statement : Nodes.statements(block)) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call != null) {
                required.apply(call.getMethodAsString())
                        .filter(name -> Nodes.named(call)
                                .filter(names -> !names.contains(name))
                                .isPresent())
                        .ifPresent(name -> complaints.add(statement, "Missing required parameter: \"" + name + "\""));
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
