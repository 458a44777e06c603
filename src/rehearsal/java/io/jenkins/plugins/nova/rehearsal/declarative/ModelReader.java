package io.jenkins.plugins.nova.rehearsal.declarative;

import io.jenkins.plugins.nova.rehearsal.engine.Libraries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
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

    private static final Set<String> BODIES = Set.of("steps", "stages", "parallel", "matrix");
    private static final Set<String> OF_INPUT =
            Set.of("message", "id", "ok", "submitter", "submitterParameter", "parameters");

    private final Complaints complaints;
    private final CallRules calls;
    private final WhenReader when;
    private final StepRules steps;
    private final AgentReader agents;
    private final MatrixReader axes;
    private final KnownSteps known;

    /** @param known the steps that there are */
    ModelReader(Complaints complaints, KnownSteps known) {
        this.complaints = complaints;
        this.known = known;
        this.agents = new AgentReader(complaints, known);
        this.axes = new MatrixReader(complaints);
        this.calls = new CallRules(complaints);
        this.when = new WhenReader(complaints, calls);
        this.steps = new StepRules(complaints, calls, known);
    }

    MapExpression pipeline(MethodCallExpression call, ClosureExpression body) {
        Map<String, MethodCallExpression> sections = sections("pipeline", body, OF_PIPELINE);
        if (!sections.containsKey("stages")) {
            complaints.add(call, "Missing required section \"stages\"");
        }
        if (!sections.containsKey("agent")) {
            complaints.add(call, "Missing required section \"agent\"");
        }
        libraries(sections.get("libraries"));
        return common(
                call,
                sections,
                false,
                "parameters",
                directives(sections.get("parameters"), this::parameter),
                "needsEnvironment",
                needsEnvironment(sections),
                "triggers",
                triggers(sections.get("triggers")),
                "stages",
                stages(sections.get("stages"), false));
    }

    private MapExpression common(
            MethodCallExpression call, Map<String, MethodCallExpression> sections, boolean inStage, Object... more) {
        Object[] all = new Object[more.length + 10];
        Object[] shared = {
            "agent", agents.read(sections.get("agent")),
            "environment", environment(sections.get("environment")),
            "options", options(sections.get("options"), inStage),
            "post", post(sections.get("post")),
            "tools", tools(sections.get("tools"))
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
        for (Statement statement : body(section)) {
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
                input(sections.get("input")),
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
                input(sections.get("input")),
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

    /** What a controller has installed is not known; a type that is let pass is told when it comes to its turn. */
    private Expression tools(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        List<Expression> read = new ArrayList<>();
        List<Statement> statements = body(section);
        for (Statement statement : statements) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call == null
                    || Nodes.arguments(call).size() != 1
                    || Nodes.block(call).isPresent()) {
                complaints.add(statement, "Expected a type and a name in tools, such as maven '3.9'");
            } else {
                String type = call.getMethodAsString();
                if (!known.isStubbed(type)) {
                    complaints.need(
                            call,
                            type,
                            "the rehearsal does not have tools, and which of the type \"" + type
                                    + "\" a controller has it cannot know; -Dstub=" + type
                                    + " lets the stages run without");
                }
                read.add(Nodes.map(
                        call,
                        "type",
                        Nodes.text(type),
                        "name",
                        Nodes.later(Nodes.arguments(call).get(0))));
            }
        }
        notEmpty(section, statements);
        return Nodes.list(read);
    }

    private void libraries(MethodCallExpression section) {
        if (section == null) {
            return;
        }
        List<Statement> statements = body(section);
        for (Statement statement : statements) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            boolean right = call != null
                    && call.getMethodAsString().equals("lib")
                    && Nodes.arguments(call).size() == 1;
            if (!right) {
                complaints.add(statement, "Expected lib('name') in libraries");
            } else if (!(Nodes.arguments(call).get(0) instanceof ConstantExpression)) {
                complaints.add(statement, "the rehearsal has lib with a name in quotes and without ${…} only");
            } else if (!known.asksForLibrary(Nodes.arguments(call).get(0).getText())) {
                complaints.add(
                        call, Libraries.missing(Nodes.arguments(call).get(0).getText()));
            }
        }
        notEmpty(section, statements);
    }

    private Expression environment(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        List<Statement> variables = body(section);
        notEmpty(section, variables);
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

    private Expression options(MethodCallExpression section, boolean inStage) {
        Set<String> names = new HashSet<>();
        return directives(section, option -> {
            String name = option.getMethodAsString();
            Optional<Form> setting = Forms.SETTINGS.find(name);
            if (!names.add(name)) {
                complaints.add(option, "the option " + name + " is there twice");
            }
            if (setting.isPresent()) {
                calls.directive(option, setting.get(), "option");
                if (name.equals("preserveStashes")) {
                    stashes(option);
                }
                if (inStage && !Forms.SETTINGS_OF_STAGE.contains(name)) {
                    complaints.add(option, "the option " + name + " is of the whole pipeline, and no stage has it");
                }
            } else if (!known.has(name)) {
                complaints.need(
                        option,
                        name,
                        "the rehearsal does not have the option \"" + name + "\"; -Dstub=" + name + " lets it stand");
            } else if (!known.takesBlock(name) || Forms.NO_OPTIONS.contains(name)) {
                complaints.add(option, "the step " + name + " is no option");
            } else {
                known.form(name)
                        .ifPresentOrElse(
                                form -> calls.directive(option, form, "option"),
                                () -> calls.noBlocks(option, "option"));
            }
        });
    }

    /** As StashManager has it: from 1 to 50 builds keep their stashes. */
    private void stashes(MethodCallExpression option) {
        option.getArguments().visit(new CodeVisitorSupport() {
            @Override
            public void visitConstantExpression(ConstantExpression count) {
                if (count.getValue() instanceof Integer builds && (builds < 1 || builds > 50)) {
                    complaints.add(
                            option, "the option preserveStashes: buildCount must be from 1 to 50, not " + builds);
                }
            }

            @Override
            public void visitUnaryMinusExpression(UnaryMinusExpression negative) {
                complaints.add(option, "the option preserveStashes: buildCount must be from 1 to 50, not negative");
            }
        });
    }

    private void parameter(MethodCallExpression call) {
        directive(call, Forms.PARAMETERS, "parameter");
    }

    private Expression triggers(MethodCallExpression section) {
        Set<String> names = new HashSet<>();
        return directives(section, trigger -> {
            String name = trigger.getMethodAsString();
            if (!names.add(name)) {
                complaints.add(trigger, "the trigger " + name + " is there twice");
            }
            if (Forms.OTHER_TRIGGERS.contains(name)) {
                calls.noBlocks(trigger, "trigger");
            } else {
                directive(trigger, Forms.TRIGGERS, "trigger");
            }
            if (Set.of("cron", "pollSCM").contains(name)
                    && Nodes.arguments(trigger).size() == 1
                    && Nodes.arguments(trigger).get(0) instanceof ConstantExpression spec
                    && spec.getValue() instanceof String times) {
                CronSyntax.wrong(times).ifPresent(why -> complaints.add(trigger, "the trigger " + name + ": " + why));
            }
        });
    }

    private void directive(MethodCallExpression call, Forms forms, String kind) {
        String name = call.getMethodAsString();
        Optional<Form> form = forms.find(name);
        if (form.isPresent()) {
            calls.directive(call, form.get(), kind);
        } else if (known.has(name)) {
            calls.noBlocks(call, kind);
        } else {
            complaints.need(
                    call,
                    name,
                    "the rehearsal does not have the " + kind + " \"" + name + "\""
                            + Nearest.to(name, forms.names())
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("")
                            + "; it has " + forms.names() + ", and -Dstub=" + name + " lets it stand");
        }
    }

    /** Sections that are a row of calls: options, parameters, triggers. Each is looked at by the rule. */
    private Expression directives(MethodCallExpression section, Consumer<MethodCallExpression> rule) {
        if (section == null) {
            return null;
        }
        List<Expression> read = new ArrayList<>();
        List<Statement> statements = body(section);
        for (Statement statement : statements) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call == null) {
                complaints.add(statement, "Expected a call in " + section.getMethodAsString());
            } else {
                rule.accept(call);
                read.add(Nodes.map(
                        call, "name", Nodes.text(call.getMethodAsString()), "args", Nodes.argumentsLater(call)));
            }
        }
        notEmpty(section, statements);
        return Nodes.list(read);
    }

    private void notEmpty(MethodCallExpression section, List<Statement> statements) {
        if (statements.isEmpty() && Nodes.block(section).isPresent()) {
            complaints.add(section, "the section \"" + section.getMethodAsString() + "\" is empty");
        }
    }

    private MapExpression input(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        MapExpression input = Nodes.map(section);
        Set<String> seen = new HashSet<>();
        for (Statement statement : body(section)) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            String field = call == null ? "" : call.getMethodAsString();
            if (!OF_INPUT.contains(field)) {
                complaints.add(statement, "Undefined field in input: \"" + statement.getText() + "\"");
            } else if (!seen.add(field)) {
                complaints.add(statement, "the field " + field + " is there twice in input");
            } else if (field.equals("parameters")) {
                input.addMapEntryExpression(Nodes.text(field), directives(call, this::parameter));
            } else if (Nodes.arguments(call).size() != 1 || Nodes.block(call).isPresent()) {
                complaints.add(statement, "the field " + field + " of input takes one value");
            } else {
                input.addMapEntryExpression(
                        Nodes.text(field), Nodes.later(Nodes.arguments(call).get(0)));
            }
        }
        if (!seen.contains("message")) {
            complaints.add(section, "Missing required parameter: \"message\" of input");
        }
        return input;
    }

    private MapExpression post(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        MapExpression post = Nodes.map(section);
        Set<String> seen = new HashSet<>();
        List<Statement> conditions = body(section);
        notEmpty(section, conditions);
        for (Statement statement : conditions) {
            MethodCallExpression call = Nodes.call(statement).orElse(null);
            if (call == null
                    || !CONDITIONS.contains(call.getMethodAsString())
                    || Nodes.block(call).isEmpty()) {
                complaints.add(
                        statement,
                        "Invalid condition \"" + (call == null ? statement.getText() : call.getMethodAsString())
                                + "\" - valid conditions are "
                                + CONDITIONS.stream().sorted().toList());
            } else if (!seen.add(call.getMethodAsString())) {
                complaints.add(statement, "the condition " + call.getMethodAsString() + " is there twice in post");
            } else {
                steps.check(call, Nodes.block(call).get());
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
