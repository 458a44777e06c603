package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.List;

/**
 * How a step is called.
 *
 * @param name the name in a Jenkinsfile
 * @param plugin short name of the plugin that has the step on a controller
 * @param sole the parameter that a single unnamed argument means; null if it takes only named ones
 * @param parameters all parameters; null if any will do
 * @param takesBody whether a block follows
 * @param needsNode whether the step works only inside {@code node} or an agent
 */
public record StepSignature(
        String name, String plugin, String sole, List<String> parameters, boolean takesBody, boolean needsNode) {

    /** A step with the given parameters, of which the first is the sole one; neither body nor node. */
    public static StepSignature of(String name, String plugin, String... parameters) {
        return new StepSignature(
                name, plugin, parameters.length == 0 ? null : parameters[0], List.of(parameters), false, false);
    }

    /** A step of which nothing is known: takes any arguments, and a block if one is given. */
    public static StepSignature anything(String name) {
        return new StepSignature(name, null, "arguments", null, true, false);
    }

    /** Whether nothing is known of its parameters. */
    public boolean takesAnything() {
        return parameters == null;
    }

    /** The same with a body. */
    public StepSignature withBody() {
        return new StepSignature(name, plugin, sole, parameters, true, needsNode);
    }

    /** The same with a need for a node. */
    public StepSignature onNode() {
        return new StepSignature(name, plugin, sole, parameters, takesBody, true);
    }

    /** The same without a sole parameter. */
    public StepSignature namedOnly() {
        return new StepSignature(name, plugin, null, parameters, takesBody, needsNode);
    }
}
