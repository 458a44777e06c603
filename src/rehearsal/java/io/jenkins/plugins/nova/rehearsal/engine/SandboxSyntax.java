package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Looks at what does not become continuations, where {@link SandboxInvoker} is not asked: methods with {@code @NonCPS},
 * constructors and fields. What they may not use is refused before anything runs.
 */
public final class SandboxSyntax extends CompilationCustomizer {

    /** Works on the tree after names have become classes. */
    public SandboxSyntax() {
        super(CompilePhase.CANONICALIZATION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        Visitor visitor = new Visitor(source);
        type.getMethods().stream().filter(SandboxSyntax::isNotTransformed).forEach(visitor::visitMethod);
        type.getDeclaredConstructors().forEach(visitor::visitConstructor);
        type.getFields().forEach(visitor::visitField);
        type.getObjectInitializerStatements().forEach(statement -> statement.visit(visitor));
    }

    private static boolean isNotTransformed(AnnotatedNode method) {
        return Stream.of("com.cloudbees.groovy.cps.NonCPS", "NonCPS")
                        .anyMatch(name -> method.getAnnotations().stream()
                                .anyMatch(each -> each.getClassNode().getName().equals(name)))
                || method instanceof MethodNode each && each.getName().equals("<clinit>");
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

        private void refuse(ASTNode where, String what) {
            source.getErrorCollector()
                    .addErrorAndContinue(new SyntaxErrorMessage(
                            new SyntaxException(
                                    new RejectedAccess(what).getMessage(),
                                    where.getLineNumber(),
                                    where.getColumnNumber()),
                            source));
        }

        private void type(ASTNode where, String kind, ClassNode type) {
            if (SandboxRules.refusesClass(type.getName())) {
                refuse(where, kind + type.getName());
            }
        }

        private void name(Expression where, Expression name) {
            if (!(name instanceof ConstantExpression)) {
                refuse(where, "a name that is made while it runs: " + name.getText());
            } else if (SandboxRules.refusesName(name.getText())) {
                refuse(where, "method " + name.getText());
            }
        }

        @Override
        public void visitConstructorCallExpression(ConstructorCallExpression call) {
            if (!call.isSpecialCall()) {
                type(call, "new ", call.getType());
            }
            super.visitConstructorCallExpression(call);
        }

        @Override
        public void visitClassExpression(ClassExpression expression) {
            if (!expression.getType().getName().equals(System.class.getName())) {
                type(expression, "", expression.getType());
            }
            super.visitClassExpression(expression);
        }

        @Override
        public void visitCastExpression(CastExpression cast) {
            type(cast, "new ", cast.getType());
            super.visitCastExpression(cast);
        }

        @Override
        public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
            type(call, "staticMethod ", call.getOwnerType());
            super.visitStaticMethodCallExpression(call);
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            name(call, call.getMethod());
            ofSystem(call, call.getObjectExpression(), call.getMethodAsString());
            super.visitMethodCallExpression(call);
        }

        private void ofSystem(Expression where, Expression of, String name) {
            if (of instanceof ClassExpression type && type.getType().getName().equals(System.class.getName())) {
                try {
                    SandboxRules.call(System.class, String.valueOf(name));
                } catch (RejectedAccess rejected) {
                    refuse(where, "staticMethod java.lang.System " + name);
                }
            }
        }

        @Override
        public void visitPropertyExpression(PropertyExpression property) {
            name(property, property.getProperty());
            ofSystem(property, property.getObjectExpression(), property.getPropertyAsString());
            super.visitPropertyExpression(property);
        }

        @Override
        public void visitMethodPointerExpression(MethodPointerExpression pointer) {
            name(pointer, pointer.getMethodName());
            super.visitMethodPointerExpression(pointer);
        }

        @Override
        public void visitField(FieldNode field) {
            if (field.getInitialExpression() != null) {
                field.getInitialExpression().visit(this);
            }
        }
    }
}
