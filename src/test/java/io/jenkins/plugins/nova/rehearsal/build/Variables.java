package io.jenkins.plugins.nova.rehearsal.build;

import io.jenkins.plugins.nova.rehearsal.engine.Engine;
import io.jenkins.plugins.nova.rehearsal.engine.KnownPlugins;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

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
            "credentials",
            "parameters",
            "pipelineTriggers",
            "buildDiscarder",
            "disableConcurrentBuilds",
            "logRotator",
            "cron",
            "pollSCM",
            "upstream");

    private final Build build;
    private final Function<Object, Object> pipeline;
    private final CurrentBuild currentBuild;
    private final EnvVariable env;

    /**
     * @param around where Groovy runs at this moment
     * @param pipeline runs the model of a Declarative Pipeline
     */
    public Variables(Build build, Supplier<Surroundings> around, Function<Object, Object> pipeline) {
        this.build = build;
        this.pipeline = pipeline;
        this.currentBuild = new CurrentBuild(build);
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
                if (KnownPlugins.knows(name)) {
                    throw new NotRunnable(KnownPlugins.unknown(name, 0));
                }
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

    @Override
    public Optional<Object> call(String name, Object arguments) {
        if (name.equals("pipeline")) {
            return Optional.ofNullable(pipeline.apply(arguments));
        }
        return SYMBOLS.contains(name) ? Optional.of(Described.of(name, arguments)) : Optional.empty();
    }
}
