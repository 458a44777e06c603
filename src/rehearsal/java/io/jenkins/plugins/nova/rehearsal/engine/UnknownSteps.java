package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Finds the steps of other plugins before anything runs: a rehearsal on a real cloud must not stop half way because of a
 * mail step. Names that are no known step may be anything, and are looked at when they are called.
 */
public final class UnknownSteps extends CompilationCustomizer {
    private final Collection<String> available;

    /**
     * @param available the names that the rehearsal has
     */
    public UnknownSteps(Collection<String> available) {
        super(CompilePhase.CONVERSION);
        this.available = available;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        Set<String> own = new HashSet<>();
        type.getMethods().forEach(method -> own.add(method.getName()));
        Visitor visitor = new Visitor(source, own);
        Stream.of(
                        source.getAST().getImports(),
                        source.getAST().getStarImports(),
                        source.getAST().getStaticImports().values(),
                        source.getAST().getStaticStarImports().values())
                .flatMap(Collection::stream)
                .forEach(visitor::libraries);
        visitor.visitClass(type);
    }

    private final class Visitor extends ClassCodeVisitorSupport {
        private final SourceUnit source;
        private final Set<String> own;

        Visitor(SourceUnit source, Set<String> own) {
            this.source = source;
            this.own = own;
        }

        @Override
        protected SourceUnit getSourceUnit() {
            return source;
        }

        /** A shared library is on a controller, and all that it defines. */
        void libraries(AnnotatedNode node) {
            for (AnnotationNode annotation : node.getAnnotations()) {
                if (annotation.getClassNode().getNameWithoutPackage().equals("Library")) {
                    complain(annotation, "the rehearsal does not have shared libraries: @Library");
                }
            }
        }

        private void complain(ASTNode where, String what) {
            source.getErrorCollector()
                    .addErrorAndContinue(new SyntaxErrorMessage(
                            new SyntaxException(what, where.getLineNumber(), where.getColumnNumber()), source));
        }

        @Override
        public void visitDeclarationExpression(DeclarationExpression declaration) {
            libraries(declaration);
            if (!declaration.isMultipleAssignmentDeclaration()) {
                own.add(declaration.getVariableExpression().getName());
            }
            super.visitDeclarationExpression(declaration);
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            String name = call.getMethodAsString();
            if (call.isImplicitThis()
                    && name != null
                    && KnownPlugins.knows(name)
                    && !available.contains(name)
                    && !own.contains(name)) {
                complain(call, KnownPlugins.unknown(name, 0));
            }
            super.visitMethodCallExpression(call);
        }
    }
}
