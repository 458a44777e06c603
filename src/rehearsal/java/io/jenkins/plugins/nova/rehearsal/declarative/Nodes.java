package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/** Small readers and makers of syntax tree nodes. */
final class Nodes {
    /** A longer one is no literal to groovy-cps. */
    private static final int LONGEST_LIST = 250;

    private Nodes() {}

    static List<Statement> statements(ClosureExpression closure) {
        return closure.getCode() instanceof BlockStatement block ? block.getStatements() : List.of(closure.getCode());
    }

    /** A statement that is a call without receiver. */
    static Optional<MethodCallExpression> call(Statement statement) {
        return statement instanceof ExpressionStatement line
                        && line.getExpression() instanceof MethodCallExpression call
                        && call.isImplicitThis()
                        && call.getMethodAsString() != null
                ? Optional.of(call)
                : Optional.empty();
    }

    static List<Expression> arguments(MethodCallExpression call) {
        return call.getArguments() instanceof TupleExpression tuple
                ? tuple.getExpressions()
                : List.of(call.getArguments());
    }

    /** Whether the only argument is a map in brackets, which is an argument and no row of named ones. */
    static boolean isLiteralMap(MethodCallExpression call) {
        return call.getArguments() instanceof ArgumentListExpression list
                && list.getExpressions().size() == 1;
    }

    /** The block that ends a call. */
    static Optional<ClosureExpression> block(MethodCallExpression call) {
        List<Expression> arguments = arguments(call);
        return !arguments.isEmpty() && arguments.get(arguments.size() - 1) instanceof ClosureExpression closure
                ? Optional.of(closure)
                : Optional.empty();
    }

    /** A closure that evaluates an expression when the interpreter asks. */
    static ClosureExpression later(Expression expression) {
        ClosureExpression closure = new ClosureExpression(
                Parameter.EMPTY_ARRAY,
                new BlockStatement(List.of(new ExpressionStatement(expression)), new VariableScope()));
        closure.setVariableScope(new VariableScope());
        closure.setSourcePosition(expression);
        return closure;
    }

    /** The arguments of a call, as a closure that gives a list. */
    static ClosureExpression argumentsLater(MethodCallExpression call) {
        ListExpression list = new ListExpression();
        arguments(call)
                .forEach(each -> list.addExpression(
                        each instanceof NamedArgumentListExpression named
                                ? new MapExpression(named.getMapEntryExpressions())
                                : each));
        list.setSourcePosition(call);
        return later(list);
    }

    static ConstantExpression text(Object value) {
        return new ConstantExpression(value);
    }

    /** A map of the model: names and values by turns; a null value is left out. */
    static MapExpression map(ASTNode where, Object... namesAndValues) {
        MapExpression map = new MapExpression();
        map.addMapEntryExpression(text("line"), text(where.getLineNumber()));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                map.addMapEntryExpression(text(namesAndValues[i]), (Expression) namesAndValues[i + 1]);
            }
        }
        map.setSourcePosition(where);
        return map;
    }

    static Expression list(List<? extends Expression> elements) {
        List<? extends Expression> first = elements.subList(0, Math.min(LONGEST_LIST, elements.size()));
        Expression list = new ListExpression(new ArrayList<>(first));
        return first.size() == elements.size()
                ? list
                : new BinaryExpression(
                        list,
                        Token.newSymbol(Types.PLUS, -1, -1),
                        list(elements.subList(first.size(), elements.size())));
    }
}
