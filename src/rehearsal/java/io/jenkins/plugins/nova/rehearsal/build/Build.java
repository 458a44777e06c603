package io.jenkins.plugins.nova.rehearsal.build;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/**
 * What all steps of one rehearsed build share.
 *
 * @param run the build
 * @param console what the operator sees
 * @param workspace the only node's directory
 * @param parameters the values of the build's parameters
 * @param secrets the credentials that withCredentials finds
 * @param operator who answers input
 * @param variables what the pipeline assigned to {@code env}
 */
public record Build(
        RehearsedRun run,
        Console console,
        Path workspace,
        Parameters parameters,
        Secrets secrets,
        Operator operator,
        Map<String, String> variables) {

    /** Where a controller would be; nobody is there (RFC 2606). */
    private static final String JENKINS_URL = "https://jenkins.invalid/";

    /** The search path that the pipeline sees; a command that really runs has the machine's own in its place. */
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /**
     * Marks the surroundings of steps that have a node.
     *
     * @param workspace its workspace
     * @param directory where on it they work: the workspace, or what a dir around them says
     */
    public record OnNode(Path workspace, Path directory) {}

    /** Where on a node steps work. */
    public static Path directory(Surroundings around) {
        return around.get(OnNode.class).orElseThrow().directory();
    }

    /** These surroundings with another directory on the same node. */
    public static Surroundings at(Surroundings around, Path directory) {
        Path workspace = around.get(OnNode.class).orElseThrow().workspace();
        return around.with(List.of(new OnNode(workspace, directory), new FilePath(directory.toFile())));
    }

    /** The environment as it stands in these surroundings. */
    public EnvVars environment(Surroundings around) throws IOException, InterruptedException {
        EnvVars env = new EnvVars();
        env.put("BUILD_NUMBER", String.valueOf(run.getNumber()));
        env.put("BUILD_ID", run.getId());
        env.put("BUILD_DISPLAY_NAME", run.getDisplayName());
        env.put("BUILD_TAG", "jenkins-" + run.getParent().getName() + "-" + run.getNumber());
        env.put("JOB_NAME", run.getParent().getName());
        env.put("JOB_BASE_NAME", run.getParent().getName());
        String job = JENKINS_URL + "job/" + run.getParent().getName() + "/";
        env.put("CI", "true");
        env.put("JENKINS_URL", JENKINS_URL);
        env.put("HUDSON_URL", JENKINS_URL);
        env.put("JOB_URL", job);
        env.put("JOB_DISPLAY_URL", job + "display/redirect");
        env.put("BUILD_URL", job + run.getNumber() + "/");
        env.put("RUN_DISPLAY_URL", job + run.getNumber() + "/display/redirect");
        parameters.values().forEach((name, value) -> {
            if (value != null) {
                env.put(name, value.toString());
            }
        });
        Optional<OnNode> node = around.get(OnNode.class);
        if (node.isPresent()) {
            env.put("WORKSPACE", node.get().workspace().toString());
            env.put("WORKSPACE_TMP", temporary(node.get().workspace()).toString());
            env.put("NODE_NAME", "rehearsal");
            env.put("NODE_LABELS", "rehearsal");
            env.put("EXECUTOR_NUMBER", "0");
            env.put("PATH", PATH);
        }
        around.get(Stage.class).ifPresent(stage -> env.put("STAGE_NAME", stage.name()));
        env.overrideAll(new TreeMap<>(variables));
        Optional<EnvironmentExpander> expander = around.get(EnvironmentExpander.class);
        if (expander.isPresent()) {
            expander.get().expand(env);
        }
        return env;
    }

    /** The folder for what is not to stay in a workspace. */
    public static Path temporary(Path workspace) {
        return Path.of(workspace + "@tmp");
    }

    /** These surroundings with more variables. */
    public static Surroundings withVariables(Surroundings around, Map<String, String> more) {
        return around.with(EnvironmentExpander.merge(
                around.get(EnvironmentExpander.class).orElse(null), EnvironmentExpander.constant(more)));
    }
}
