package io.jenkins.plugins.nova.rehearsal.declarative;

import io.jenkins.plugins.nova.rehearsal.engine.Libraries;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads {@code tools} and {@code libraries}. */
final class ToolReader {
    private final Complaints complaints;
    private final DirectiveReader directives;
    private final KnownSteps known;

    ToolReader(Complaints complaints, DirectiveReader directives, KnownSteps known) {
        this.complaints = complaints;
        this.directives = directives;
        this.known = known;
    }

    /** What a controller has installed is not known; a type that is let pass is told when it comes to its turn. */
    Expression read(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        List<Expression> read = new ArrayList<>();
        List<Statement> statements = directives.body(section);
        for (Statement statement : statements) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call == null
                    || Nodes.arguments(call).size() != 1
                    || Nodes.block(call).isPresent()) {
                complaints.add(statement, "Expected a type and a name in tools, such as maven '3.9'");
            } else {
                String type = call.getMethodAsString();
                if (!known.isStubbed(type)) {
                    complaints.need(
                            call,
                            type,
                            "the rehearsal does not have tools, and which of the type \"" + type
                                    + "\" a controller has it cannot know; -Dstub=" + type
                                    + " lets the stages run without");
                }
                read.add(Nodes.map(
                        call,
                        "type",
                        Nodes.text(type),
                        "name",
                        Nodes.later(Nodes.arguments(call).get(0))));
            }
        }
        directives.notEmpty(section, statements);
        return Nodes.list(read);
    }

    void libraries(MethodCallExpression section) {
        if (section == null) {
            return;
        }
        List<Statement> statements = directives.body(section);
        for (Statement statement : statements) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            boolean right = call != null
                    && call.getMethodAsString().equals("lib")
                    && Nodes.arguments(call).size() == 1;
            if (!right) {
                complaints.add(statement, "Expected lib('name') in libraries");
            } else if (!(Nodes.arguments(call).get(0) instanceof ConstantExpression)) {
                complaints.add(statement, "the rehearsal has lib with a name in quotes and without ${…} only");
            } else if (!known.asksForLibrary(Nodes.arguments(call).get(0).getText())) {
                complaints.add(
                        call, Libraries.missing(Nodes.arguments(call).get(0).getText()));
            }
        }
        directives.notEmpty(section, statements);
    }
}
