package io.jenkins.plugins.nova.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The arguments of a rehearsal: at most one Jenkinsfile, and options as {@code -Dname=value}, as Maven and Java take them.
 *
 * @param help whether only the usage is asked for
 * @param options the values by name
 */
record CommandLine(boolean help, Map<String, String> options) {
    private static final String JENKINSFILE = "jenkinsfile";
    /** What goes on with a name of the pipeline's own. */
    private static final List<String> FAMILIES = List.of("answer.", "credential.", "stub.");

    private static final Set<String> NAMES = Set.of(
            JENKINSFILE,
            "params",
            "answer",
            "branch",
            "checkout",
            "cloud",
            "clouds",
            "kill",
            "library",
            "sandbox",
            "sh",
            "speed",
            "stub",
            "workspace");

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException names the argument that there is not, or that comes twice
     */
    static CommandLine read(String... arguments) {
        boolean help = false;
        Map<String, String> options = new TreeMap<>();
        for (String argument : arguments) {
            if (argument.equals("--help") || argument.equals("-h")) {
                help = true;
            } else if (argument.startsWith("-D")) {
                int equals = argument.indexOf('=');
                String name = argument.substring(2, equals < 0 ? argument.length() : equals);
                if (!NAMES.contains(name) && FAMILIES.stream().noneMatch(name::startsWith)) {
                    throw unknown("-D" + name);
                }
                if (equals < 0) {
                    throw new IllegalArgumentException("-D" + name + " needs a value: -D" + name + "=…");
                }
                put(options, name, argument.substring(equals + 1));
            } else if (argument.startsWith("-")) {
                throw unknown(argument);
            } else {
                put(options, JENKINSFILE, argument);
            }
        }
        return new CommandLine(help, options);
    }

    private static IllegalArgumentException unknown(String option) {
        return new IllegalArgumentException("there is no option " + option + "; --help shows those that there are");
    }

    /** The value is not repeated in the message: it may be a credential's. */
    private static void put(Map<String, String> options, String name, String value) {
        if (options.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException(
                    name.equals(JENKINSFILE)
                            ? "more than one Jenkinsfile: " + options.get(name) + " and " + value
                            : "-D" + name + " is given twice");
        }
    }

    /** The value of an option by its name: of the arguments, or else of a system property; null for neither. */
    UnaryOperator<String> over(UnaryOperator<String> properties) {
        return name -> Optional.ofNullable(options.get(name)).orElseGet(() -> properties.apply(name));
    }

    /** Without the values: one of them may be a credential's. */
    @Override
    public String toString() {
        return "CommandLine[help=" + help + ", options=" + options.keySet() + "]";
    }
}
