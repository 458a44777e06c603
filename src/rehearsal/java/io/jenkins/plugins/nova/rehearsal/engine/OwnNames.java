package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.PropertyNode;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.control.SourceUnit;

/** The names that a script gives to something itself: functions, variables, parameters, fields, classes. */
final class OwnNames extends ClassCodeVisitorSupport {
    private final SourceUnit source;
    private final Set<String> names = new HashSet<>();

    private OwnNames(SourceUnit source) {
        this.source = source;
    }

    static Set<String> of(ModuleNode module) {
        OwnNames visitor = new OwnNames(module.getContext());
        for (ClassNode type : module.getClasses()) {
            visitor.names.add(type.getNameWithoutPackage());
            visitor.visitClass(type);
        }
        module.getMethods().forEach(method -> visitor.names.add(method.getName()));
        module.getImports().forEach(each -> visitor.names.add(each.getAlias()));
        visitor.names.addAll(module.getStaticImports().keySet());
        return visitor.names;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return source;
    }

    private void add(Parameter... parameters) {
        if (parameters != null) {
            Arrays.stream(parameters).map(Parameter::getName).forEach(names::add);
        }
    }

    @Override
    public void visitMethod(MethodNode method) {
        names.add(method.getName());
        add(method.getParameters());
        super.visitMethod(method);
    }

    @Override
    public void visitField(FieldNode field) {
        names.add(field.getName());
        super.visitField(field);
    }

    @Override
    public void visitProperty(PropertyNode property) {
        names.add(property.getName());
        super.visitProperty(property);
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        add(closure.getParameters());
        super.visitClosureExpression(closure);
    }

    @Override
    public void visitCatchStatement(CatchStatement caught) {
        add(caught.getVariable());
        super.visitCatchStatement(caught);
    }

    @Override
    public void visitForLoop(ForStatement loop) {
        add(loop.getVariable());
        super.visitForLoop(loop);
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        assigned(declaration.getLeftExpression());
        super.visitDeclarationExpression(declaration);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression binary) {
        if (binary.getOperation().getText().equals("=")) {
            assigned(binary.getLeftExpression());
        }
        super.visitBinaryExpression(binary);
    }

    private void assigned(Expression left) {
        if (left instanceof VariableExpression variable) {
            names.add(variable.getName());
        } else if (left instanceof TupleExpression several) {
            several.getExpressions().forEach(this::assigned);
        }
    }

    /** Groovy's own visitor fails on an array without sizes. */
    @Override
    public void visitArrayExpression(ArrayExpression array) {
        if (array.getSizeExpression() == null) {
            array.getExpressions().forEach(each -> each.visit(this));
        } else {
            super.visitArrayExpression(array);
        }
    }
}
