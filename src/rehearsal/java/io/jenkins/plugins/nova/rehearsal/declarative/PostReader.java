package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads {@code post}. */
final class PostReader {
    private static final Set<String> CONDITIONS = Set.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "success",
            "unsuccessful",
            "unstable",
            "failure",
            "notBuilt",
            "cleanup");

    private final Complaints complaints;
    private final DirectiveReader directives;
    private final StepRules steps;

    PostReader(Complaints complaints, DirectiveReader directives, StepRules steps) {
        this.complaints = complaints;
        this.directives = directives;
        this.steps = steps;
    }

    MapExpression read(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        MapExpression post = Nodes.map(section);
        Set<String> seen = new HashSet<>();
        List<Statement> conditions = directives.body(section);
        directives.notEmpty(section, conditions);
        for (Statement statement : conditions) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call == null
                    || !CONDITIONS.contains(call.getMethodAsString())
                    || Nodes.block(call).isEmpty()) {
                complaints.add(
                        statement,
                        "Invalid condition \"" + (call == null ? statement.getText() : call.getMethodAsString())
                                + "\" - valid conditions are "
                                + CONDITIONS.stream().sorted().toList());
            } else if (!seen.add(call.getMethodAsString())) {
                complaints.add(statement, "the condition " + call.getMethodAsString() + " is there twice in post");
            } else {
                steps.check(call, Nodes.block(call).get());
                post.addMapEntryExpression(
                        Nodes.text(call.getMethodAsString()), Nodes.block(call).get());
            }
        }
        return post;
    }
}
