package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads the sections of a Declarative Pipeline into a map that the interpreter walks. */
final class ModelReader {
    private static final Set<String> OF_PIPELINE =
            Set.of("agent", "stages", "post", "environment", "options", "parameters", "triggers", "tools", "libraries");
    private static final Set<String> OF_STAGE = Set.of(
            "agent",
            "steps",
            "stages",
            "parallel",
            "matrix",
            "post",
            "environment",
            "options",
            "when",
            "input",
            "tools",
            "failFast");
    private static final Set<String> MISSING = Set.of("tools", "libraries", "matrix");
    private static final Set<String> CONDITIONS = Set.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "success",
            "unsuccessful",
            "unstable",
            "failure",
            "notBuilt",
            "cleanup");

    private final Complaints complaints;
    private final WhenReader when;
    private final StepRules steps;
    private final Collection<String> available;

    /**
     * @param available the names of the steps that there are
     * @param required the parameter that a step of that name cannot be called without, if there is one
     */
    ModelReader(Complaints complaints, Collection<String> available, Function<String, Optional<String>> required) {
        this.available = available;
        this.complaints = complaints;
        this.when = new WhenReader(complaints);
        this.steps = new StepRules(complaints, required);
    }

    MapExpression pipeline(MethodCallExpression call, ClosureExpression body) {
        Map<String, MethodCallExpression> sections = sections("pipeline", body, OF_PIPELINE);
        if (!sections.containsKey("stages")) {
            complaints.add(call, "Missing required section \"stages\"");
        }
        if (!sections.containsKey("agent")) {
            complaints.add(call, "Missing required section \"agent\"");
        }
        return common(
                call,
                sections,
                "parameters",
                directives(sections.get("parameters")),
                "triggers",
                directives(sections.get("triggers")),
                "stages",
                stages(sections.get("stages")));
    }

    private MapExpression common(
            MethodCallExpression call, Map<String, MethodCallExpression> sections, Object... more) {
        Object[] all = new Object[more.length + 8];
        Object[] shared = {
            "agent", agent(sections.get("agent")),
            "environment", environment(sections.get("environment")),
            "options", options(sections.get("options")),
            "post", post(sections.get("post"))
        };
        System.arraycopy(shared, 0, all, 0, shared.length);
        System.arraycopy(more, 0, all, shared.length, more.length);
        return Nodes.map(call, all);
    }

    private Map<String, MethodCallExpression> sections(String of, ClosureExpression body, Set<String> known) {
        Map<String, MethodCallExpression> sections = new LinkedHashMap<>();
        for (Statement statement : Nodes.statements(body)) {
            String name = Nodes.call(statement)
                    .map(MethodCallExpression::getMethodAsString)
                    .orElse("");
            if (!known.contains(name)) {
                complaints.add(
                        statement,
                        name.isEmpty()
                                ? "Not a valid section definition in " + of + ": \"" + statement.getText() + "\""
                                : "Undefined section \"" + name + "\" in " + of);
            } else if (MISSING.contains(name)) {
                complaints.add(statement, "the rehearsal does not have the section \"" + name + "\"");
            } else if (sections.put(name, Nodes.call(statement).orElseThrow()) != null) {
                complaints.add(statement, "Multiple occurrences of the " + name + " section");
            }
        }
        return sections;
    }

    private ListExpression stages(MethodCallExpression section) {
        List<Expression> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (section == null) {
            return null;
        }
        for (Statement statement : body(section)) {
            MethodCallExpression call = Nodes.call(statement)
                    .filter(each -> each.getMethodAsString().equals("stage"))
                    .orElse(null);
            if (call == null) {
                complaints.add(statement, "Expected a stage");
            } else {
                MapExpression stage = stage(call, names);
                if (stage != null) {
                    read.add(stage);
                }
            }
        }
        if (read.isEmpty()) {
            complaints.add(section, "No stages specified");
        }
        return Nodes.list(read);
    }

    private MapExpression stage(MethodCallExpression call, Set<String> siblings) {
        if (!(Nodes.arguments(call).get(0) instanceof ConstantExpression name)
                || Nodes.block(call).isEmpty()) {
            complaints.add(call, "Expected a stage: stage('name') {…}");
            return null;
        }
        if (!siblings.add(name.getText())) {
            complaints.add(call, "Duplicate stage name: \"" + name.getText() + "\"");
        }
        Map<String, MethodCallExpression> sections =
                sections("stage", Nodes.block(call).get(), OF_STAGE);
        long bodies = sections.keySet().stream()
                .filter(Set.of("steps", "stages", "parallel", "matrix")::contains)
                .count();
        if (bodies != 1) {
            complaints.add(
                    call,
                    "Expected one of \"steps\", \"stages\", or \"parallel\" for stage \"" + name.getText() + "\"");
        }
        MethodCallExpression failFast = sections.get("failFast");
        return common(
                call,
                sections,
                "name",
                name,
                "steps",
                steps(sections.get("steps")),
                "stages",
                stages(sections.get("stages")),
                "parallel",
                stages(sections.get("parallel")),
                "failFast",
                failFast == null ? null : Nodes.arguments(failFast).get(0),
                "input",
                input(sections.get("input")),
                "when",
                when.read(sections.get("when")));
    }

    private ClosureExpression steps(MethodCallExpression section) {
        if (section == null || Nodes.block(section).isEmpty()) {
            return null;
        }
        ClosureExpression block = Nodes.block(section).get();
        steps.check(block);
        return block;
    }

    private MapExpression agent(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        Expression first = Nodes.arguments(section).get(0);
        if (first instanceof VariableExpression word && Set.of("any", "none").contains(word.getName())) {
            return Nodes.map(section, "kind", Nodes.text(word.getName()));
        }
        if (first instanceof ClosureExpression block) {
            for (Statement statement : Nodes.statements(block)) {
                String kind = Nodes.call(statement)
                        .map(MethodCallExpression::getMethodAsString)
                        .orElse("");
                if (kind.equals("label") || kind.equals("node")) {
                    return Nodes.map(section, "kind", Nodes.text("any"));
                }
                complaints.add(
                        statement, "the rehearsal has the agents any, none, label and node, not \"" + kind + "\"");
            }
            return Nodes.map(section, "kind", Nodes.text("any"));
        }
        complaints.add(section, "Invalid argument for agent - it must be any, none or a block");
        return null;
    }

    private ListExpression environment(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        List<Expression> read = new ArrayList<>();
        for (Statement statement : body(section)) {
            if (statement instanceof ExpressionStatement line
                    && line.getExpression() instanceof BinaryExpression assignment
                    && assignment.getOperation().getText().equals("=")
                    && assignment.getLeftExpression() instanceof VariableExpression name) {
                read.add(Nodes.map(
                        statement,
                        "name",
                        Nodes.text(name.getName()),
                        "value",
                        Nodes.later(assignment.getRightExpression())));
            } else {
                complaints.add(statement, "Expected NAME = value in environment");
            }
        }
        return Nodes.list(read);
    }

    private ListExpression options(MethodCallExpression section) {
        if (section != null) {
            body(section).stream().flatMap(each -> Nodes.call(each).stream()).forEach(option -> {
                String name = option.getMethodAsString();
                if (!Settings.has(name) && !available.contains(name)) {
                    complaints.add(option, "the rehearsal does not have the option \"" + name + "\"");
                }
            });
        }
        return directives(section);
    }

    /** Sections that are a row of calls: options, parameters, triggers. */
    private ListExpression directives(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        List<Expression> read = new ArrayList<>();
        for (Statement statement : body(section)) {
            Nodes.call(statement)
                    .ifPresentOrElse(
                            call -> read.add(Nodes.map(
                                    call,
                                    "name",
                                    Nodes.text(call.getMethodAsString()),
                                    "args",
                                    Nodes.argumentsLater(call))),
                            () -> complaints.add(statement, "Expected a call in " + section.getMethodAsString()));
        }
        return Nodes.list(read);
    }

    private MapExpression input(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        MapExpression input = Nodes.map(section);
        for (Statement statement : body(section)) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call == null
                    || !Set.of("message", "id", "ok", "submitter", "submitterParameter", "parameters")
                            .contains(call.getMethodAsString())) {
                complaints.add(statement, "Undefined field in input: \"" + statement.getText() + "\"");
            } else if (call.getMethodAsString().equals("parameters")) {
                input.addMapEntryExpression(Nodes.text("parameters"), directives(call));
            } else {
                input.addMapEntryExpression(
                        Nodes.text(call.getMethodAsString()),
                        Nodes.later(Nodes.arguments(call).get(0)));
            }
        }
        return input;
    }

    private MapExpression post(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        MapExpression post = Nodes.map(section);
        for (Statement statement : body(section)) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call == null
                    || !CONDITIONS.contains(call.getMethodAsString())
                    || Nodes.block(call).isEmpty()) {
                complaints.add(
                        statement,
                        "Invalid condition \"" + (call == null ? statement.getText() : call.getMethodAsString())
                                + "\" - valid conditions are "
                                + CONDITIONS.stream().sorted().toList());
            } else {
                steps.check(Nodes.block(call).get());
                post.addMapEntryExpression(
                        Nodes.text(call.getMethodAsString()), Nodes.block(call).get());
            }
        }
        return post;
    }

    private List<Statement> body(MethodCallExpression section) {
        if (Nodes.block(section).isEmpty()) {
            complaints.add(section, section.getMethodAsString() + " needs a block");
            return List.of();
        }
        return Nodes.statements(Nodes.block(section).get());
    }
}
