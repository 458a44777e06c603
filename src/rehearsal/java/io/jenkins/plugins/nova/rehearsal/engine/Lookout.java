package io.jenkins.plugins.nova.rehearsal.engine;

import groovy.lang.Closure;
import groovy.lang.Script;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NotExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.DefaultGroovyStaticMethods;
import org.codehaus.groovy.syntax.SyntaxException;

/** Walks over one script twice: first for the libraries that it asks for, then to say what of it there is not. */
final class Lookout extends ClassCodeVisitorSupport {
    /** What everything can be called by in Groovy. */
    private static final Set<String> OF_GROOVY = Stream.of(
                    Stream.of(Script.class.getMethods()),
                    Stream.of(Closure.class.getMethods()),
                    Stream.of(DefaultGroovyMethods.class.getMethods()),
                    Stream.of(DefaultGroovyStaticMethods.class.getMethods()))
            .flatMap(each -> each)
            .map(java.lang.reflect.Method::getName)
            .collect(Collectors.toUnmodifiableSet());

    /** Those of Groovy's methods that hand the names in their block to something else first. */
    private static final Set<String> DELEGATING = Set.of("with", "tap", "use", "identity");

    private final SourceUnit source;
    private final Set<String> own;
    private final UnknownSteps.Known known;
    private final Needs needs;
    private final Scripts scripts;
    private boolean second;
    private boolean inScript;
    private int foreign;

    Lookout(SourceUnit source, Set<String> own, UnknownSteps.Known known, Needs needs, Scripts scripts) {
        this.source = source;
        this.own = own;
        this.known = known;
        this.needs = needs;
        this.scripts = scripts;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return source;
    }

    /** All libraries are known now; the next walk is the second. */
    void knowsLibraries() {
        second = true;
    }

    @Override
    public void visitClass(ClassNode type) {
        inScript = type.isScript();
        super.visitClass(type);
    }

    private String at(ASTNode where) {
        return new Place(Place.shown(source.getName()), where.getLineNumber()).before();
    }

    private void needs(String name, ASTNode where, String what) {
        needs.add(name, at(where) + what);
    }

    private void complain(ASTNode where, String what) {
        source.getErrorCollector()
                .addErrorAndContinue(new SyntaxErrorMessage(
                        new SyntaxException(what, where.getLineNumber(), where.getColumnNumber()), source));
    }

    /** A shared library is on a controller, and all that it defines. */
    void libraries(AnnotatedNode node) {
        for (AnnotationNode annotation : node.getAnnotations()) {
            if (annotation.getClassNode().getNameWithoutPackage().equals("Library")) {
                Optional.ofNullable(annotation.getMember("value"))
                        .ifPresent(names -> UnknownSteps.texts(names).forEach(name -> library(annotation, name)));
            }
        }
    }

    /** The library step: with its one argument, or with names. */
    private void libraries(MethodCallExpression call, Expression given) {
        Expression identifier = given;
        if (given instanceof MapExpression named) {
            identifier = named.getMapEntryExpressions().stream()
                    .filter(entry -> entry.getKeyExpression().getText().equals("identifier"))
                    .map(MapEntryExpression::getValueExpression)
                    .findFirst()
                    .orElse(given);
        }
        UnknownSteps.texts(identifier).forEach(each -> library(call, each));
    }

    private void library(ASTNode where, String name) {
        if (!scripts.asksFor(name)) {
            complain(where, Libraries.missing(name));
        }
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        if (!second) {
            libraries(declaration);
        }
        super.visitDeclarationExpression(declaration);
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
        String name = variable.getName();
        if (second && !own.contains(name)) {
            scripts.mentions(name);
            if (KnownPlugins.knowsGlobal(name) && !known.isStubbed(name) && !scripts.hasVariable(name)) {
                needs(name, variable, KnownPlugins.unknown(name));
            }
        }
        super.visitVariableExpression(variable);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        String name = call.getMethodAsString();
        boolean ofSteps = call.getObjectExpression() instanceof VariableExpression of
                && (inScript ? Set.of("this", "steps") : Set.of("steps", "script")).contains(of.getName());
        if (name != null && (call.isImplicitThis() && inScript || ofSteps)) {
            called(call, name);
        }
        boolean delegates = !call.isImplicitThis()
                && !ofSteps
                && (DELEGATING.contains(String.valueOf(name)) || !OF_GROOVY.contains(String.valueOf(name)));
        call.getObjectExpression().visit(this);
        call.getMethod().visit(this);
        foreign += delegates ? 1 : 0;
        call.getArguments().visit(this);
        foreign -= delegates ? 1 : 0;
    }

    private void called(MethodCallExpression call, String name) {
        if (own.contains(name)) {
            return;
        }
        if (!second) {
            if (name.equals("library") && !known.isStubbed(name)) {
                arguments(call).findFirst().ifPresent(first -> libraries(call, first));
            }
            return;
        }
        scripts.mentions(name);
        if (Set.of("step", "wrap").contains(name) && !known.isStubbed(name)) {
            ofClass(call);
        }
        if (known.isCalled(name)) {
            Optional.ofNullable(known.isStubbed(name) ? null : known.hindrance(name))
                    .ifPresent(why -> needs(name, call, why));
        } else if (!scripts.hasVariable(name) && (KnownPlugins.knows(name) || isAnybodys(call, name))) {
            needs(name, call, KnownPlugins.unknown(name));
        }
    }

    /** Whether a name that nobody knows can only be meant for the script. */
    private boolean isAnybodys(MethodCallExpression call, String name) {
        return inScript
                && foreign == 0
                && call.getLineNumber() > 0
                && call.isImplicitThis()
                && !OF_GROOVY.contains(name);
    }

    private void ofClass(MethodCallExpression call) {
        arguments(call)
                .filter(MapExpression.class::isInstance)
                .flatMap(map -> ((MapExpression) map).getMapEntryExpressions().stream())
                .filter(entry -> entry.getKeyExpression().getText().equals("$class"))
                .map(MapEntryExpression::getValueExpression)
                .filter(ConstantExpression.class::isInstance)
                .map(type -> ClassNames.simple(type.getText()))
                .filter(type -> ClassNames.step(type) == null && !known.isStubbed(type))
                .forEach(type -> needs(type, call, KnownPlugins.unknownClass(type)));
    }

    private static Stream<Expression> arguments(MethodCallExpression call) {
        return call.getArguments() instanceof TupleExpression several
                ? several.getExpressions().stream()
                : Stream.of(call.getArguments());
    }

    /** Here every node is a Unix one: what is for another is not reached. */
    @Override
    public void visitIfElse(IfStatement choice) {
        Expression condition = choice.getBooleanExpression().getExpression();
        boolean unix = isUnix(condition);
        boolean notUnix = condition instanceof NotExpression not && isUnix(not.getExpression());
        if (unix || notUnix) {
            (unix ? choice.getIfBlock() : choice.getElseBlock()).visit(this);
        } else {
            super.visitIfElse(choice);
        }
    }

    private static boolean isUnix(Expression condition) {
        return condition instanceof MethodCallExpression call
                && "isUnix".equals(call.getMethodAsString())
                && List.of("this", "steps").contains(call.getObjectExpression().getText());
    }
}
