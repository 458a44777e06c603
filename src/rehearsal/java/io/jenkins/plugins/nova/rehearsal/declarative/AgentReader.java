package io.jenkins.plugins.nova.rehearsal.declarative;

import io.jenkins.plugins.nova.rehearsal.engine.KnownPlugins;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads {@code agent}. Those of other plugins, where they are let pass, are the rehearsal's own node. */
final class AgentReader {
    private static final Set<String> OF_NODE = Set.of("label", "customWorkspace", "retries");

    private final Complaints complaints;
    private final KnownSteps known;

    AgentReader(Complaints complaints, KnownSteps known) {
        this.complaints = complaints;
        this.known = known;
    }

    MapExpression read(MethodCallExpression section) {
        if (section == null) {
            return null;
        }
        Expression first = Nodes.arguments(section).isEmpty()
                ? null
                : Nodes.arguments(section).get(0);
        if (first instanceof VariableExpression word && Set.of("any", "none").contains(word.getName())) {
            return Nodes.map(section, "kind", Nodes.text(word.getName()));
        }
        if (first instanceof ClosureExpression block) {
            List<Statement> types = Nodes.statements(block);
            if (types.size() != 1) {
                complaints.add(
                        section, "agent needs one type in its block, such as label 'name', and has " + types.size());
                return Nodes.map(section, "kind", Nodes.text("any"));
            }
            return type(types.get(0));
        }
        complaints.add(section, "Invalid argument for agent - it must be any, none or a block");
        return null;
    }

    private MapExpression type(Statement statement) {
        MethodCallExpression call = Nodes.call(statement).orElse(null);
        String kind = call == null ? "" : call.getMethodAsString();
        boolean block = call != null && Nodes.block(call).isPresent();
        if (kind.equals("label") && !block) {
            if (Nodes.arguments(call).size() != 1) {
                complaints.add(call, "the agent label takes one text");
            }
        } else if (kind.equals("label") || kind.equals("node")) {
            return node(call, kind);
        } else if (call == null) {
            complaints.add(
                    statement,
                    "the rehearsal has the agents any, none, label and node, not \"" + statement.getText() + "\"");
        } else if (known.isStubbed(kind)) {
            return Nodes.map(statement, "kind", Nodes.text("any"), "stubbed", Nodes.text(kind));
        } else {
            complaints.need(
                    statement,
                    kind,
                    "the rehearsal has the agents any, none, label and node, not \"" + kind + "\""
                            + KnownPlugins.ofAgent(kind)
                                    .map(plugin -> ", which is of the plugin " + plugin)
                                    .orElse("")
                            + "; -Dstub=" + kind + " has its stages run on the rehearsal's own node");
        }
        return Nodes.map(statement, "kind", Nodes.text("any"));
    }

    private MapExpression node(MethodCallExpression call, String kind) {
        MapExpression agent = Nodes.map(call, "kind", Nodes.text("any"));
        if (Nodes.block(call).isEmpty()) {
            complaints.add(call, kind + " needs a block");
            return agent;
        }
        Set<String> seen = new HashSet<>();
        for (Statement field : Nodes.statements(Nodes.block(call).get())) {
            MethodCallExpression given = Nodes.call(field).orElse(null);
            String name = given == null ? "" : given.getMethodAsString();
            if (!OF_NODE.contains(name)) {
                complaints.add(
                        field, "the agent " + kind + " has label, customWorkspace and retries, not \"" + name + "\"");
            } else if (!seen.add(name)) {
                complaints.add(field, "the agent " + kind + " has " + name + " twice");
            } else if (name.equals("customWorkspace") && Nodes.arguments(given).size() == 1) {
                agent.addMapEntryExpression(
                        Nodes.text(name), Nodes.later(Nodes.arguments(given).get(0)));
            }
        }
        if (!seen.contains("label")) {
            complaints.add(call, "Missing required parameter: \"label\" of the agent " + kind);
        }
        return agent;
    }
}
