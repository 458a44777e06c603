package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Set;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Refuses annotations that download or run something while the script is compiled, as a controller does. */
public final class SandboxAnnotations extends CompilationCustomizer {
    private static final Set<String> REFUSED =
            Set.of("ASTTest", "AnnotationCollector", "Grab", "GrabConfig", "GrabExclude", "GrabResolver", "Grapes");

    /** Works on the tree as it was parsed, before any of them is followed. */
    public SandboxAnnotations() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        Visitor visitor = new Visitor(source);
        source.getAST().getImports().forEach(visitor::visitAnnotations);
        source.getAST().getStarImports().forEach(visitor::visitAnnotations);
        source.getAST().getStaticImports().values().forEach(visitor::visitAnnotations);
        source.getAST().getStaticStarImports().values().forEach(visitor::visitAnnotations);
        visitor.visitClass(type);
    }

    private static final class Visitor extends ClassCodeVisitorSupport {
        private final SourceUnit source;

        Visitor(SourceUnit source) {
            this.source = source;
        }

        @Override
        protected SourceUnit getSourceUnit() {
            return source;
        }

        void visitAnnotations(ImportNode node) {
            visitAnnotations((AnnotatedNode) node);
        }

        @Override
        public void visitDeclarationExpression(DeclarationExpression declaration) {
            visitAnnotations(declaration);
            super.visitDeclarationExpression(declaration);
        }

        @Override
        public void visitAnnotations(AnnotatedNode node) {
            for (AnnotationNode annotation : node.getAnnotations()) {
                if (REFUSED.contains(annotation.getClassNode().getNameWithoutPackage())) {
                    source.getErrorCollector()
                            .addErrorAndContinue(new SyntaxErrorMessage(
                                    new SyntaxException(
                                            "the annotation @"
                                                    + annotation.getClassNode().getNameWithoutPackage()
                                                    + " cannot be used in the sandbox",
                                            annotation.getLineNumber(),
                                            annotation.getColumnNumber()),
                                    source));
                }
            }
        }
    }
}
