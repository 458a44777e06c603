package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads the sections that are a row of calls: options, parameters, triggers. */
final class DirectiveReader {
    private final Complaints complaints;
    private final CallRules calls;
    private final KnownSteps known;

    DirectiveReader(Complaints complaints, CallRules calls, KnownSteps known) {
        this.complaints = complaints;
        this.calls = calls;
        this.known = known;
    }

    Expression options(MethodCallExpression section, boolean inStage) {
        Set<String> names = new HashSet<>();
        return row(section, option -> {
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

    Expression parameters(MethodCallExpression section) {
        return row(section, this::parameter);
    }

    private void parameter(MethodCallExpression call) {
        directive(call, Forms.PARAMETERS, "parameter");
    }

    Expression triggers(MethodCallExpression section) {
        Set<String> names = new HashSet<>();
        return row(section, trigger -> {
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
    Expression row(MethodCallExpression section, Consumer<MethodCallExpression> rule) {
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

    void notEmpty(MethodCallExpression section, List<Statement> statements) {
        if (statements.isEmpty() && Nodes.block(section).isPresent()) {
            complaints.add(section, "the section \"" + section.getMethodAsString() + "\" is empty");
        }
    }

    List<Statement> body(MethodCallExpression section) {
        if (Nodes.block(section).isEmpty()) {
            complaints.add(section, section.getMethodAsString() + " needs a block");
            return List.of();
        }
        return Nodes.statements(Nodes.block(section).get());
    }
}
