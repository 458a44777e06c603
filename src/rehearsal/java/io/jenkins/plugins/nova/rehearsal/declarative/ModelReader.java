package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
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
    private static final Set<String> OF_MATRIX =
            Set.of("axes", "excludes", "stages", "agent", "environment", "input", "options", "post", "tools", "when");

    private static final Set<String> BODIES = Set.of("steps", "stages", "parallel", "matrix");

    private final Complaints complaints;
    private final WhenReader when;
    private final StepRules steps;
    private final AgentReader agents;
    private final MatrixReader axes;
    private final DirectiveReader directives;
    private final ToolReader tools;
    private final InputReader input;
    private final PostReader post;

    /** @param known the steps that there are */
    ModelReader(Complaints complaints, KnownSteps known) {
        this.complaints = complaints;
        this.agents = new AgentReader(complaints, known);
        this.axes = new MatrixReader(complaints);
        CallRules calls = new CallRules(complaints);
        this.when = new WhenReader(complaints, calls);
        this.steps = new StepRules(complaints, calls, known);
        this.directives = new DirectiveReader(complaints, calls, known);
        this.tools = new ToolReader(complaints, directives, known);
        this.input = new InputReader(complaints, directives);
        this.post = new PostReader(complaints, directives, steps);
    }

    MapExpression pipeline(MethodCallExpression call, ClosureExpression body) {
        Map<String, MethodCallExpression> sections = sections("pipeline", body, OF_PIPELINE);
        if (!sections.containsKey("stages")) {
            complaints.add(call, "Missing required section \"stages\"");
        }
        if (!sections.containsKey("agent")) {
            complaints.add(call, "Missing required section \"agent\"");
        }
        tools.libraries(sections.get("libraries"));
        return common(
                call,
                sections,
                false,
                "parameters",
                directives.parameters(sections.get("parameters")),
                "needsEnvironment",
                needsEnvironment(sections),
                "triggers",
                directives.triggers(sections.get("triggers")),
                "stages",
                stages(sections.get("stages"), false));
    }

    private MapExpression common(
            MethodCallExpression call, Map<String, MethodCallExpression> sections, boolean inStage, Object... more) {
        Object[] all = new Object[more.length + 10];
        Object[] shared = {
            "agent", agents.read(sections.get("agent")),
            "environment", environment(sections.get("environment")),
            "options", directives.options(sections.get("options"), inStage),
            "post", post.read(sections.get("post")),
            "tools", tools.read(sections.get("tools"))
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
            } else if (sections.put(name, Nodes.call(statement).orElseThrow()) != null) {
                complaints.add(statement, "Multiple occurrences of the " + name + " section");
            }
        }
        return sections;
    }

    /** @param inParallel whether one of the stages around these runs beside others */
    private Expression stages(MethodCallExpression section, boolean inParallel) {
        List<Expression> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (section == null) {
            return null;
        }
        boolean beside = inParallel || section.getMethodAsString().equals("parallel");
        for (Statement statement : directives.body(section)) {
            MethodCallExpression call = Nodes.call(statement)
                    .filter(each -> each.getMethodAsString().equals("stage"))
                    .orElse(null);
            if (call == null) {
                complaints.add(statement, "Expected a stage");
            } else {
                MapExpression stage = stage(call, names, beside);
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

    private MapExpression stage(MethodCallExpression call, Set<String> siblings, boolean inParallel) {
        List<Expression> arguments = Nodes.arguments(call);
        if (arguments.size() != 2
                || !(arguments.get(0) instanceof ConstantExpression name)
                || Nodes.block(call).isEmpty()) {
            complaints.add(call, "Expected a stage: stage('name') {…}");
            return null;
        }
        if (!siblings.add(name.getText())) {
            complaints.add(call, "Duplicate stage name: \"" + name.getText() + "\"");
        }
        Map<String, MethodCallExpression> sections =
                sections("stage", Nodes.block(call).get(), OF_STAGE);
        bodies(call, name.getText(), sections, inParallel);
        MethodCallExpression failFast = sections.get("failFast");
        return common(
                call,
                sections,
                true,
                "name",
                name,
                "steps",
                steps(sections.get("steps"), inParallel),
                "stages",
                stages(sections.get("stages"), inParallel),
                "parallel",
                stages(sections.get("parallel"), inParallel),
                "matrix",
                matrix(sections.get("matrix")),
                "failFast",
                failFast == null ? null : failFast(failFast, sections),
                "input",
                input.read(sections.get("input")),
                "when",
                when.read(sections.get("when")));
    }

    /** What a stage does: exactly one of four, and nothing that the branches have themselves. */
    private void bodies(
            MethodCallExpression call, String name, Map<String, MethodCallExpression> sections, boolean inParallel) {
        List<String> bodies =
                sections.keySet().stream().filter(BODIES::contains).toList();
        if (bodies.size() != 1) {
            complaints.add(call, "Expected one of \"steps\", \"stages\", or \"parallel\" for stage \"" + name + "\"");
        }
        for (String branching : List.of("parallel", "matrix")) {
            if (sections.containsKey(branching)) {
                if (inParallel) {
                    complaints.add(
                            sections.get(branching),
                            "the stage \"" + name + "\" runs in parallel already and cannot have \"" + branching
                                    + "\"");
                }
                for (String own : List.of("agent", "tools")) {
                    if (sections.containsKey(own)) {
                        complaints.add(
                                sections.get(own),
                                "the stage \"" + name + "\" has \"" + branching + "\" and so no \"" + own
                                        + "\": its branches may have one each");
                    }
                }
            }
        }
    }

    private MapExpression matrix(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        if (Nodes.block(section).isEmpty()) {
            complaints.add(section, "matrix needs a block");
            return null;
        }
        Map<String, MethodCallExpression> sections =
                sections("matrix", Nodes.block(section).get(), OF_MATRIX);
        if (!sections.containsKey("stages")) {
            complaints.add(section, "Missing required section \"stages\" of matrix");
        }
        MapExpression cell = common(
                section,
                sections,
                true,
                "stages",
                stages(sections.get("stages"), true),
                "input",
                input.read(sections.get("input")),
                "when",
                when.read(sections.get("when")));
        return Nodes.map(
                section,
                "axes",
                axes.axes(section, sections.get("axes")),
                "excludes",
                axes.excludes(sections.get("excludes")),
                "cell",
                cell);
    }

    private Expression failFast(MethodCallExpression call, Map<String, MethodCallExpression> sections) {
        List<Expression> arguments = Nodes.arguments(call);
        if (arguments.size() != 1
                || !(arguments.get(0) instanceof ConstantExpression flag && flag.getValue() instanceof Boolean)) {
            complaints.add(call, "failFast must be true or false");
            return null;
        }
        if (!sections.containsKey("parallel") && !sections.containsKey("matrix")) {
            complaints.add(call, "failFast is of a stage with \"parallel\"");
        }
        return arguments.get(0);
    }

    private ClosureExpression steps(MethodCallExpression section, boolean inParallel) {
        if (section == null) {
            return null;
        }
        if (Nodes.block(section).isEmpty()) {
            complaints.add(section, "steps needs a block");
            return null;
        }
        ClosureExpression block = Nodes.block(section).get();
        steps.steps(section, block, inParallel);
        return block;
    }

    private Expression environment(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        List<Statement> variables = directives.body(section);
        directives.notEmpty(section, variables);
        return new EnvironmentReader(complaints).read(variables);
    }

    /** Whether parameters or triggers name variables of the pipeline's own environment. */
    private static Expression needsEnvironment(Map<String, MethodCallExpression> sections) {
        if (!sections.containsKey("environment")) {
            return null;
        }
        Set<String> own = EnvironmentReader.assigned(sections.get("environment").getArguments());
        boolean needs = Stream.of("parameters", "triggers")
                .map(sections::get)
                .filter(Objects::nonNull)
                .flatMap(section -> EnvironmentReader.names(section.getArguments()).stream())
                .anyMatch(own::contains);
        return needs ? Nodes.text(true) : null;
    }
}
