package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a map with {@code $class} describes, in the words of the symbols that stand for these classes today. */
public final class ClassNames {
    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("ParametersDefinitionProperty", "parameters"),
            Map.entry("BuildDiscarderProperty", "buildDiscarder"),
            Map.entry("DisableConcurrentBuildsJobProperty", "disableConcurrentBuilds"),
            Map.entry("DurabilityHintJobProperty", "durabilityHint"),
            Map.entry("PipelineTriggersJobProperty", "pipelineTriggers"),
            Map.entry("LogRotator", "logRotator"),
            Map.entry("TimerTrigger", "cron"),
            Map.entry("SCMTrigger", "pollSCM"),
            Map.entry("ReverseBuildTrigger", "upstream"),
            Map.entry("StringParameterDefinition", "string"),
            Map.entry("BooleanParameterDefinition", "booleanParam"),
            Map.entry("ChoiceParameterDefinition", "choice"),
            Map.entry("TextParameterDefinition", "text"),
            Map.entry("PasswordParameterDefinition", "password"),
            Map.entry("FileParameterDefinition", "file"),
            Map.entry("CredentialsParameterDefinition", "credentials"),
            Map.entry("StringBinding", "string"),
            Map.entry("UsernamePasswordMultiBinding", "usernamePassword"),
            Map.entry("UsernamePasswordBinding", "usernameColonPassword"),
            Map.entry("FileBinding", "file"),
            Map.entry("SSHUserPrivateKeyBinding", "sshUserPrivateKey"),
            Map.entry("CertificateMultiBinding", "certificate"));
    private static final Map<String, String> STEPS =
            Map.of("ArtifactArchiver", "archiveArtifacts", "TimestamperBuildWrapper", "timestamps");

    private ClassNames() {}

    /** A class's name without its package. */
    public static String simple(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    /** The step that does what the build step or wrapper of that class does; null for none. */
    public static String step(String type) {
        return STEPS.get(simple(type));
    }

    /** The symbol that stands for a class; the class's own name if there is none. */
    public static String symbol(String type) {
        return SYMBOLS.getOrDefault(simple(type), simple(type));
    }

    /** The entries of a map but for its class. */
    public static Map<String, Object> arguments(Map<?, ?> map) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        map.forEach((name, value) -> arguments.put(String.valueOf(name), value));
        arguments.remove("$class");
        return arguments;
    }
}
