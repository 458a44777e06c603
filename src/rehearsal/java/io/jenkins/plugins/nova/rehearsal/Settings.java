package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.rehearsal.build.Answers;
import io.jenkins.plugins.nova.rehearsal.steps.Reach;
import io.jenkins.plugins.nova.rehearsal.steps.Stubs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the command line asks for.
 *
 * @param jenkinsfile what to run
 * @param parameters the build's parameters
 * @param answers the answers to inputs that are given beforehand
 * @param cloud which cloud it is
 * @param clouds the names that the cloud has, each with the id of its credential or an empty text; empty for all that the
 *     Jenkinsfile uses
 * @param branch the branch that the Jenkinsfile is of in a multibranch job, if it is in one
 * @param reach what else is real, and which steps are let pass
 * @param kills when the controller is killed, from the build's beginning on
 * @param workspace where files go
 */
record Settings(
        Jenkinsfile jenkinsfile,
        Map<String, String> parameters,
        Answers answers,
        CloudChoice cloud,
        Map<String, String> clouds,
        Optional<String> branch,
        Reach reach,
        List<Duration> kills,
        Path workspace) {
    private static final String TIME = "([0-9]{1,6})([smh]?)";

    /**
     * Reads the options.
     *
     * @param property the value of an option by its name, null for one that is not given
     * @param names those that may be given
     * @throws IllegalArgumentException names the option, its value and what it may be
     */
    static Settings read(UnaryOperator<String> property, Collection<String> names) {
        CloudChoice cloud = CloudChoice.read(or(property.apply("cloud"), ""), or(property.apply("speed"), ""));
        return new Settings(
                Jenkinsfile.named(or(property.apply("jenkinsfile"), "")),
                parameters(or(property.apply("params"), "")),
                new Answers(or(property.apply("answer"), ""), family("answer.", property, names)),
                cloud,
                clouds(or(property.apply("clouds"), "")),
                Optional.of(or(property.apply("branch"), "")).filter(name -> !name.isEmpty()),
                new Reach(
                        commands(or(property.apply("sh"), cloud.real() ? "run" : "show")),
                        sandbox(or(property.apply("sandbox"), "on")),
                        Stubs.of(stubs(or(property.apply("stub"), "")), family("stub.", property, names)),
                        Folders.checkout(or(property.apply("checkout"), "")),
                        Folders.libraries(or(property.apply("library"), ""))),
                kills(or(property.apply("kill"), "")),
                Path.of(or(property.apply("workspace"), "target/rehearsal")));
    }

    private static List<String> stubs(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<Duration> kills(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(time -> !time.isEmpty())
                .map(Settings::time)
                .sorted()
                .toList();
    }

    private static Duration time(String text) {
        Matcher time = Pattern.compile(TIME).matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException(
                    "-Dkill must be times after the beginning of the build, such as 90, 20m or"
                            + " 3h, separated by commas, not '" + text + "'");
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** The options that begin so, by what follows. */
    private static Map<String, String> family(String prefix, UnaryOperator<String> property, Collection<String> names) {
        Map<String, String> family = new LinkedHashMap<>();
        for (String name : names) {
            if (name.startsWith(prefix)) {
                family.put(name.substring(prefix.length()), property.apply(name));
            }
        }
        return family;
    }

    private static boolean commands(String text) {
        return switch (text) {
            case "run" -> true;
            case "show" -> false;
            default -> throw new IllegalArgumentException("-Dsh must be run or show, not '" + text + "'");
        };
    }

    private static boolean sandbox(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("-Dsandbox must be on or off, not '" + text + "'");
        };
    }

    /** Whether the cloud is the one that OS_* variables name. */
    boolean realCloud() {
        return cloud.real();
    }

    /** The variables that the build has from its job. */
    Map<String, String> variables() {
        return branch.map(name -> Map.of("BRANCH_NAME", name)).orElse(Map.of());
    }

    /** What is real of it and what is not, beside the cloud: lines for the operator. */
    String reality(String user) {
        String commands = reach.commands()
                ? "sh really runs, on this machine as " + user
                        + ", and files outside the workspace are its own; -Dsh=show" + " shows it only"
                : "sh, bat, powershell, pwsh and httpRequest are shown, not run; files outside the workspace are neither"
                        + " read nor written. -Dsh=run really runs sh, on this machine as " + user + ".";
        return reach.sandbox()
                ? commands
                : commands + "\nWhat the script itself calls (files, processes, connections) is real: -Dsandbox=off";
    }

    private static String or(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.split("(?<!\\\\),")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals).trim(),
                        pair.substring(equals + 1).replace("\\,", ","));
            } else if (!pair.isBlank()) {
                throw new IllegalArgumentException(
                        "-Dparams: '" + pair + "' must be NAME=value; pairs are separated by commas");
            }
        }
        return parameters;
    }

    private static Map<String, String> clouds(String text) {
        Map<String, String> clouds = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            int colon = pair.lastIndexOf(':');
            String name = (colon < 0 ? pair : pair.substring(0, colon)).trim();
            String id = colon < 0 ? "" : pair.substring(colon + 1).trim();
            if (name.isEmpty() && !pair.isBlank() || colon >= 0 && id.isEmpty()) {
                throw new IllegalArgumentException("-Dclouds: '" + pair.trim()
                        + "' must be CLOUD or CLOUD:CREDENTIAL, as the Jenkinsfile names them; several are separated by"
                        + " commas");
            }
            if (!name.isEmpty() && clouds.putIfAbsent(name, id) != null) {
                throw new IllegalArgumentException("-Dclouds: '" + name + "' is there twice");
            }
        }
        return clouds;
    }
}
