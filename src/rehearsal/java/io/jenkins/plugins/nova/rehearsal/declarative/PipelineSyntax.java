package io.jenkins.plugins.nova.rehearsal.declarative;

import io.jenkins.plugins.nova.rehearsal.engine.Needs;
import java.util.List;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Turns {@code pipeline {…}} into a call of the interpreter with the pipeline's model, and refuses what Declarative
 * Pipeline refuses before anything runs.
 */
public final class PipelineSyntax extends CompilationCustomizer {

    private final KnownSteps steps;
    private final Needs needs;

    /**
     * Works on the tree as it was parsed, so that variables of the script are still found by the closures of the model.
     *
     * @param steps the steps that there are
     * @param needs told of options, agents and their like that there are not
     */
    public PipelineSyntax(KnownSteps steps, Needs needs) {
        super(CompilePhase.CONVERSION);
        this.steps = steps;
        this.needs = needs;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        if (!type.isScript()) {
            return;
        }
        Complaints complaints = new Complaints(source, needs);
        MethodCallExpression first = null;
        for (Statement statement : source.getAST().getStatementBlock().getStatements()) {
            MethodCallExpression call = Nodes.call(statement)
                    .filter(each -> each.getMethodAsString().equals("pipeline"))
                    .orElse(null);
            if (call == null) {
                statement.visit(new Inside(complaints));
            } else if (first != null) {
                complaints.add(
                        call,
                        "a second pipeline: a Jenkinsfile has one, and this one has one in line "
                                + first.getLineNumber());
            } else if (Nodes.arguments(call).size() != 1 || Nodes.block(call).isEmpty()) {
                complaints.add(call, "pipeline needs a block and nothing else");
            } else {
                first = call;
                Expression model = new ModelReader(complaints, steps)
                        .pipeline(call, Nodes.block(call).get());
                call.setArguments(new ArgumentListExpression(List.of(model)));
            }
        }
    }

    /** Finds a pipeline in a block, where there may be none. */
    private static final class Inside extends CodeVisitorSupport {
        private final Complaints complaints;

        Inside(Complaints complaints) {
            this.complaints = complaints;
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            if (call.isImplicitThis()
                    && "pipeline".equals(call.getMethodAsString())
                    && Nodes.block(call).isPresent()) {
                complaints.add(call, "pipeline must stand at the top of the Jenkinsfile and not in a block");
            }
            super.visitMethodCallExpression(call);
        }
    }
}
