package io.jenkins.plugins.nova.rehearsal;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;

/**
 * The clouds and credentials that the plugin's steps of a Jenkinsfile name as plain texts.
 *
 * @param clouds the steps' {@code cloud}
 * @param credentials their {@code credentialsId}
 */
record NamedClouds(Set<String> clouds, Set<String> credentials) {

    /**
     * Looks for them.
     *
     * @param steps whether a name is that of a step of the plugin
     * @return none where the text is no Groovy: whoever runs it says so
     */
    static NamedClouds of(String jenkinsfile, Predicate<String> steps) {
        NamedClouds found = new NamedClouds(new TreeSet<>(), new TreeSet<>());
        CompilationUnit unit = new CompilationUnit();
        unit.addSource("Jenkinsfile", jenkinsfile);
        try {
            unit.compile(Phases.CONVERSION);
        } catch (CompilationFailedException noGroovy) {
            return found;
        }
        CodeVisitorSupport visitor = new CodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(MethodCallExpression call) {
                if (call.isImplicitThis() && steps.test(String.valueOf(call.getMethodAsString()))) {
                    found.take(call.getArguments());
                }
                super.visitMethodCallExpression(call);
            }
        };
        unit.getAST().getModules().forEach(module -> {
            module.getStatementBlock().visit(visitor);
            module.getClasses().stream()
                    .flatMap(type -> type.getMethods().stream())
                    .map(MethodNode::getCode)
                    .filter(code -> code != null)
                    .forEach(code -> code.visit(visitor));
        });
        return found;
    }

    private void take(ASTNode arguments) {
        Collection<? extends ASTNode> given =
                arguments instanceof TupleExpression several ? several.getExpressions() : Set.of(arguments);
        for (ASTNode each : given) {
            if (each instanceof MapExpression map) {
                map.getMapEntryExpressions().forEach(this::take);
            }
        }
    }

    private void take(MapEntryExpression entry) {
        if (entry.getValueExpression() instanceof ConstantExpression value
                && value.getValue() instanceof String text
                && !text.isBlank()) {
            String name = entry.getKeyExpression().getText();
            if (name.equals("cloud")) {
                clouds.add(text.strip());
            } else if (name.equals("credentialsId")) {
                credentials.add(text.strip());
            }
        }
    }
}
