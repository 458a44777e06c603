package io.jenkins.plugins.nova.rehearsal.declarative;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/** Holds a call to its {@link Form}: names and number of its arguments, and the types of those that are literals. */
final class CallRules {
    private static final Set<String> BLOCKED_INSIDE = Set.of("stage", "node", "parallel", "properties");

    private final Complaints complaints;

    CallRules(Complaints complaints) {
        this.complaints = complaints;
    }

    /** A step, with or without a block behind its arguments. */
    void step(MethodCallExpression call, Form form) {
        List<Expression> given = new ArrayList<>(Nodes.arguments(call));
        if (Nodes.block(call).isPresent()) {
            given.remove(given.size() - 1);
        }
        arguments(call, given, form, "step");
    }

    /** An option, trigger, parameter or condition: no block may stand among its arguments. */
    void directive(MethodCallExpression call, Form form, String kind) {
        if (noBlocks(call, kind)) {
            arguments(call, Nodes.arguments(call), form, kind);
        }
    }

    /** Whether no block stands among the arguments of a directive. */
    boolean noBlocks(MethodCallExpression call, String kind) {
        for (Expression argument : Nodes.arguments(call)) {
            if (argument instanceof ClosureExpression) {
                complaints.add(argument, "the " + kind + " " + call.getMethodAsString() + " takes no block");
                return false;
            }
            if (argument instanceof MethodCallExpression nested && nested.isImplicitThis()) {
                nested(nested);
            }
            if (argument instanceof MapExpression map) {
                for (MapEntryExpression entry : map.getMapEntryExpressions()) {
                    if (entry.getValueExpression() instanceof MethodCallExpression inner && inner.isImplicitThis()) {
                        nested(inner);
                    }
                }
            }
        }
        return true;
    }

    private void nested(MethodCallExpression call) {
        String name = call.getMethodAsString();
        if (name != null && BLOCKED_INSIDE.contains(name)) {
            complaints.add(call, "the step " + name + " may not stand in an argument");
        } else if (noBlocks(call, "argument") && name != null) {
            Forms.NESTED.find(name).ifPresent(form -> arguments(call, Nodes.arguments(call), form, "argument"));
        }
    }

    private void arguments(MethodCallExpression call, List<Expression> given, Form form, String kind) {
        MapExpression named = given.stream()
                .filter(MapExpression.class::isInstance)
                .map(MapExpression.class::cast)
                .findFirst()
                .orElse(null);
        boolean ofAClass = named != null
                && named.getMapEntryExpressions().stream()
                        .anyMatch(entry -> entry.getKeyExpression().getText().equals("$class"));
        if (named != null && form.sole() != null && (ofAClass || Nodes.isLiteralMap(call))) {
            return;
        }
        if (named != null && given.size() > 1) {
            complaints.add(
                    call,
                    "the " + kind + " " + form.name() + " has arguments with a name and without: give all of them one");
        } else if (named != null) {
            named(call, named, form, kind);
        } else if (given.size() > 1) {
            complaints.add(
                    call,
                    "the " + kind + " " + form.name() + " takes one argument without a name at most, not "
                            + given.size() + "; its parameters are "
                            + form.types().keySet());
        } else if (given.isEmpty()) {
            form.required().forEach(name -> missing(call, name, form, kind));
        } else if (form.sole() == null) {
            complaints.add(
                    call,
                    "the " + kind + " " + form.name() + " takes no argument without a name"
                            + (form.types().isEmpty()
                                    ? ""
                                    : "; its parameters are " + form.types().keySet()));
        } else {
            type(given.get(0), form.sole(), form, kind);
        }
    }

    private void named(MethodCallExpression call, MapExpression named, Form form, String kind) {
        Set<String> seen = new HashSet<>();
        boolean known = true;
        for (MapEntryExpression entry : named.getMapEntryExpressions()) {
            String name = entry.getKeyExpression().getText();
            if (!seen.add(name)) {
                complaints.add(
                        entry, "the parameter '" + name + "' of the " + kind + " " + form.name() + " is given twice");
            }
            if (form.types().containsKey(name)) {
                type(entry.getValueExpression(), name, form, kind);
            } else {
                known = false;
                complaints.add(
                        entry,
                        "the " + kind + " " + form.name() + " has no parameter '" + name + "'"
                                + Nearest.to(name, form.types().keySet())
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("")
                                + (form.types().isEmpty()
                                        ? "; it has none"
                                        : "; it has " + form.types().keySet()));
            }
        }
        if (known) {
            form.required().stream()
                    .filter(name -> !seen.contains(name))
                    .forEach(name -> missing(call, name, form, kind));
        }
    }

    private void missing(ASTNode where, String parameter, Form form, String kind) {
        complaints.add(where, "Missing required parameter: \"" + parameter + "\" of the " + kind + " " + form.name());
    }

    /**
     * A literal of a type that cannot be meant. As a controller has it: text and number are not made of one another, whatever
     * else Groovy casts is taken.
     */
    private void type(Expression given, String parameter, Form form, String kind) {
        Class<?> type = form.types().get(parameter);
        Object value = literal(given);
        if (value == null || type == Object.class) {
            return;
        }
        boolean mixed = type == String.class && (value instanceof Number || value instanceof Boolean)
                || isWhole(type) && (value instanceof String || value instanceof Boolean);
        if (mixed || isWhole(type) && !fits((Number) value, type) || !casts(value, type)) {
            complaints.add(
                    given,
                    "the parameter '" + parameter + "' of the " + kind + " " + form.name() + " must be " + words(type)
                            + ", not "
                            + (value instanceof String ? "the text '" + value + "'" : String.valueOf(value)));
        }
    }

    private static Object literal(Expression given) {
        if (given instanceof ConstantExpression constant) {
            return constant.getValue();
        }
        return given instanceof UnaryMinusExpression minus
                        && minus.getExpression() instanceof ConstantExpression constant
                        && constant.getValue() instanceof Number number
                ? new BigDecimal(number.toString()).negate()
                : null;
    }

    private static boolean isWhole(Class<?> type) {
        return type == int.class || type == long.class;
    }

    private static boolean fits(Number value, Class<?> type) {
        BigDecimal exact = new BigDecimal(value.toString());
        BigDecimal most = BigDecimal.valueOf(type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE);
        return exact.abs().compareTo(most) <= 0;
    }

    private static boolean casts(Object value, Class<?> type) {
        try {
            DefaultTypeTransformation.castToType(value, type);
            return true;
        } catch (RuntimeException impossible) {
            return false;
        }
    }

    private static String words(Class<?> type) {
        if (type == String.class) {
            return "a text in quotes";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (isWhole(type) || Number.class.isAssignableFrom(type)) {
            return "a number without quotes";
        }
        if (type.isEnum()) {
            return "one of " + List.of(type.getEnumConstants());
        }
        return type == List.class ? "a list" : "a " + type.getSimpleName();
    }
}
