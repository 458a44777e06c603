package io.jenkins.plugins.nova.rehearsal.build;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import io.jenkins.plugins.nova.rehearsal.engine.Engine;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The global variables and symbols of a Jenkinsfile. */
public final class Variables implements Engine.Globals {
    private static final Set<String> SYMBOLS = Set.of(
            "string",
            "booleanParam",
            "choice",
            "text",
            "password",
            "usernamePassword",
            "usernameColonPassword",
            "file",
            "sshUserPrivateKey",
            "certificate",
            "scmGit",
            "cloneOption",
            "cleanBeforeCheckout",
            "cleanAfterCheckout",
            "localBranch",
            "submodule",
            "lfs",
            "durabilityHint",
            "stringParam",
            "textParam",
            "choiceParam",
            "preserveStashes",
            "quietPeriod",
            "rateLimitBuilds",
            "disableResume",
            "overrideIndexTriggers",
            "credentials",
            "parameters",
            "pipelineTriggers",
            "buildDiscarder",
            "disableConcurrentBuilds",
            "logRotator",
            "cron",
            "pollSCM",
            "upstream");

    /** The step in whose block a name that is not defined is null. */
    public static final String LENIENTLY = "environmentValue";

    private final Build build;
    private final Function<Object, Object> pipeline;
    private final Predicate<String> stubbed;
    private final CurrentBuild currentBuild;
    private final EnvVariable env;

    /**
     * @param around where Groovy runs at this moment
     * @param pipeline runs the model of a Declarative Pipeline
     * @param stubbed whether the operator lets pass what has that name
     * @param sandbox whether the script is held to what a controller's sandbox grants
     */
    public Variables(
            Build build,
            Supplier<Surroundings> around,
            Function<Object, Object> pipeline,
            Predicate<String> stubbed,
            boolean sandbox) {
        this.build = build;
        this.pipeline = pipeline;
        this.stubbed = stubbed;
        this.currentBuild = new CurrentBuild(build, sandbox);
        this.env = new EnvVariable(build, around);
    }

    @Override
    public Optional<Object> find(String name, Surroundings around) {
        switch (name) {
            case "env":
                return Optional.of(env);
            case "params":
                return Optional.of(build.parameters().values());
            case "currentBuild":
                return Optional.of(currentBuild);
            case "scm":
                return Optional.of(new Described("scm", java.util.Map.of()));
            default:
                return variable(name, around);
        }
    }

    private Optional<Object> variable(String name, Surroundings around) {
        try {
            return Optional.ofNullable(build.environment(around).get(name));
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("the environment cannot be read", failure);
        }
    }

    /** Marks the surroundings where a name that is not defined is null. */
    public record Lenient() {}

    @Override
    public boolean undefinedIsNull(Surroundings around) {
        return around.get(Lenient.class).isPresent();
    }

    @Override
    public boolean isStubbed(String name) {
        return stubbed.test(name);
    }

    @Override
    public void mismatch(String line) {
        build.console().error(Surroundings.outermost(), line);
    }

    @Override
    public boolean isCalled(String name) {
        return name.equals("pipeline") || SYMBOLS.contains(name) || isGroup(name);
    }

    @Override
    public Object call(String name, Object arguments) {
        if (name.equals("pipeline")) {
            return pipeline.apply(arguments);
        }
        return SYMBOLS.contains(name)
                ? Described.of(name, arguments)
                : new UninstantiatedDescribable(name, null, named(arguments));
    }

    /** Whether a nested argument of the plugin's steps is made by this name, such as {@code budget(maxAway: 2)}. */
    private static boolean isGroup(String name) {
        return ExtensionList.lookup(Descriptor.class).stream()
                .filter(descriptor -> !(descriptor instanceof StepDescriptor))
                .map(descriptor -> descriptor.getClass().getAnnotation(Symbol.class))
                .anyMatch(symbol -> symbol != null && Set.of(symbol.value()).contains(name));
    }

    private static Map<String, Object> named(Object arguments) {
        List<?> given = arguments instanceof Object[] array ? Arrays.asList(array) : Arrays.asList(arguments);
        if (given.size() == 1 && given.get(0) instanceof Map<?, ?> map) {
            Map<String, Object> named = new LinkedHashMap<>();
            map.forEach((key, value) -> named.put(String.valueOf(key), value));
            return named;
        }
        return given.isEmpty()
                ? Map.of()
                : Collections.singletonMap(UninstantiatedDescribable.ANONYMOUS_KEY, given.get(0));
    }
}
