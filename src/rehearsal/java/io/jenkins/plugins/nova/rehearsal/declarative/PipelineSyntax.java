package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
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

    private final Collection<String> steps;
    private final Function<String, Optional<String>> required;

    /**
     * Works on the tree as it was parsed, so that variables of the script are still found by the closures of the model.
     *
     * @param steps the names of the steps that there are
     * @param required the parameter that a step of that name cannot be called without, if there is one
     */
    public PipelineSyntax(Collection<String> steps, Function<String, Optional<String>> required) {
        super(CompilePhase.CONVERSION);
        this.steps = steps;
        this.required = required;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        if (!type.isScript()) {
            return;
        }
        BlockStatement script = source.getAST().getStatementBlock();
        for (Statement statement : script.getStatements()) {
            if (statement instanceof ExpressionStatement line
                    && line.getExpression() instanceof MethodCallExpression call
                    && call.isImplicitThis()
                    && "pipeline".equals(call.getMethodAsString())
                    && call.getArguments() instanceof ArgumentListExpression arguments
                    && arguments.getExpressions().size() == 1
                    && arguments.getExpression(0) instanceof ClosureExpression body) {
                Expression model = new ModelReader(new Complaints(source), steps, required).pipeline(call, body);
                call.setArguments(new ArgumentListExpression(List.of(model)));
            }
        }
    }
}
