package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** What may stand in {@code steps} and in {@code post}: calls of steps, each as its form says, and anything in {@code script}. */
final class StepRules {
    private static final Map<String, String> BLOCKED = Map.of(
            "stage", "stages stand in \"stages\" or \"parallel\"",
            "properties", "a Declarative Pipeline has \"options\", \"parameters\" and \"triggers\" instead",
            "parallel", "it must be the only step of \"steps\"; better is the section \"parallel\" of the stage");

    private final Complaints complaints;
    private final CallRules calls;
    private final KnownSteps known;

    StepRules(Complaints complaints, CallRules calls, KnownSteps known) {
        this.complaints = complaints;
        this.calls = calls;
        this.known = known;
    }

    /**
     * The block of {@code steps}, which alone may be one {@code parallel}.
     *
     * @param nested whether the stage stands in parallel already
     */
    void steps(MethodCallExpression section, ClosureExpression block, boolean nested) {
        List<Statement> statements = Nodes.statements(block);
        if (statements.size() == 1) {
            MethodCallExpression call = Nodes.call(statements.get(0)).orElse(null);
            if (call != null && call.getMethodAsString().equals("parallel")) {
                if (nested) {
                    complaints.add(call, "a stage in parallel cannot have parallel branches of its own");
                } else {
                    branches(call);
                }
                return;
            }
        }
        check(section, block);
    }

    private void branches(MethodCallExpression call) {
        List<MapEntryExpression> entries = new ArrayList<>();
        for (Expression argument : Nodes.arguments(call)) {
            if (argument instanceof MapExpression map) {
                entries.addAll(map.getMapEntryExpressions());
            }
        }
        Set<String> names = new HashSet<>();
        int branches = 0;
        for (MapEntryExpression entry : entries) {
            String name = entry.getKeyExpression().getText();
            if (!names.add(name)) {
                complaints.add(entry, "the parallel branch \"" + name + "\" is there twice");
            }
            if (entry.getValueExpression() instanceof ClosureExpression branch) {
                branches++;
                check(call, branch);
            } else if (!name.equals("failFast")) {
                complaints.add(entry, "the parallel branch \"" + name + "\" must be a block");
            } else if (!(entry.getValueExpression() instanceof ConstantExpression flag
                    && flag.getValue() instanceof Boolean)) {
                complaints.add(entry, "failFast must be true or false");
            }
        }
        if (branches == 0) {
            complaints.add(call, "parallel has no branches");
        }
    }

    /** A block that must have steps. */
    void check(MethodCallExpression section, ClosureExpression block) {
        if (Nodes.statements(block).isEmpty()) {
            complaints.add(section, "No steps specified in " + section.getMethodAsString());
        }
        inside(block);
    }

    private void inside(ClosureExpression block) {
        for (Statement statement : Nodes.statements(block)) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call != null) {
                step(call);
            } else if (statement instanceof ExpressionStatement line
                    && line.getExpression() instanceof MethodCallExpression) {
                complaints.add(statement, "Method calls on objects not allowed outside \"script\" blocks.");
            } else {
                complaints.add(statement, "Expected a step");
            }
        }
    }

    private void step(MethodCallExpression call) {
        String name = call.getMethodAsString();
        if (BLOCKED.containsKey(name)) {
            complaints.add(call, "the step " + name + " may not stand here: " + BLOCKED.get(name));
        } else if (name.equals("script")) {
            if (Nodes.block(call).isEmpty()) {
                complaints.add(call, "script needs a block");
            }
        } else {
            known.form(name).ifPresent(form -> calls.step(call, form));
            if (known.form(name).isPresent()
                    && known.takesBlock(name)
                    && Nodes.block(call).isEmpty()) {
                complaints.add(call, "the step " + name + " needs a block");
            }
            Nodes.block(call).ifPresent(this::inside);
        }
    }
}
