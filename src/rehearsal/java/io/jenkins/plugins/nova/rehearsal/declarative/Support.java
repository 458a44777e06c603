package io.jenkins.plugins.nova.rehearsal.declarative;

import groovy.lang.GString;
import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Described;
import io.jenkins.plugins.nova.rehearsal.build.Stage;
import io.jenkins.plugins.nova.rehearsal.build.Variables;
import io.jenkins.plugins.nova.rehearsal.engine.Kept;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import io.jenkins.plugins.nova.rehearsal.steps.CredentialBindings;
import io.jenkins.plugins.nova.rehearsal.steps.Failures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the interpreter of Declarative Pipelines asks of Java. VM thread only. */
public final class Support implements Kept {
    private final Build build;
    private final Supplier<Surroundings> around;
    private final PostConditions post;
    private final boolean checkout;
    private final Consumer<Described> durability;

    /**
     * @param around where Groovy runs at this moment
     * @param checkout whether there is a folder to check out
     * @param durability takes over the option durabilityHint
     */
    public Support(Build build, Supplier<Surroundings> around, boolean checkout, Consumer<Described> durability) {
        this.durability = durability;
        this.build = build;
        this.checkout = checkout;
        this.around = around;
        this.post = new PostConditions(build.run());
    }

    /** The pipeline begins: says what would start it. */
    public void begin(List<Described> triggers) {
        for (Described trigger : triggers) {
            build.console()
                    .note(
                            around.get(),
                            "on a controller this is started by " + trigger.symbol() + " "
                                    + trigger.arguments().values().stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(", ")));
        }
    }

    /** The option durabilityHint, if it is there. */
    public void durability(List<Described> hints) {
        hints.forEach(durability);
    }

    /** Declares the parameters. */
    public void parameters(List<Described> declared) {
        if (!declared.isEmpty()) {
            build.parameters().declare(declared);
        }
    }

    /** One directive with its arguments. */
    public Described described(String name, List<?> arguments) {
        return Described.of(name, arguments.toArray());
    }

    /** A line of Declarative's own. */
    public void say(String text) {
        build.console().say(around.get(), text);
    }

    /** Whether an option is a step around the stages; if not it is a setting, which is no matter in a rehearsal. */
    public boolean wraps(String option) {
        return Forms.SETTINGS.find(option).isEmpty();
    }

    /** Whether the option skipStagesAfterUnstable is set and the build is unstable. */
    public boolean skipsUnstable(List<Map<String, Object>> options) {
        return has(options, "skipStagesAfterUnstable") && build.run().currentResult() == Result.UNSTABLE;
    }

    /** Whether the option parallelsAlwaysFailFast is set. */
    public boolean alwaysFailsFast(List<Map<String, Object>> options) {
        return has(options, "parallelsAlwaysFailFast");
    }

    private static boolean has(List<Map<String, Object>> options, String name) {
        return options != null && options.stream().anyMatch(each -> name.equals(each.get("name")));
    }

    /** The stage under way. */
    public Stage stage() {
        return around.get().get(Stage.class).orElseThrow();
    }

    /** The step that evaluates a value of {@code environment}: a name that is not defined is null there. */
    public String leniently() {
        return Variables.LENIENTLY;
    }

    /** One variable of {@code environment}, as withEnv takes it; several for credentials. */
    public List<String> variables(String name, Object value) throws IOException {
        if (value instanceof Described described && described.symbol().equals("credentials")) {
            return pairs(new CredentialBindings(build).environment(name, described.text("value")));
        }
        if (value == null) {
            throw new IllegalArgumentException("One or more variables have some issues with their values: " + name);
        }
        return List.of(name + "=" + value);
    }

    /** What a stage's input gives to its environment. */
    public List<String> inputVariables(Map<String, Object> asked, Object answered) {
        List<?> parameters = (List<?>) asked.get("parameters");
        if (answered instanceof Map<?, ?> several) {
            return pairs(several);
        }
        if (asked.get("submitterParameter") != null) {
            return List.of(asked.get("submitterParameter") + "=" + answered);
        }
        return parameters.isEmpty()
                ? List.of()
                : List.of(((Described) parameters.get(0)).text("name") + "=" + answered);
    }

    private static List<String> pairs(Map<?, ?> variables) {
        List<String> pairs = new ArrayList<>();
        variables.forEach((name, value) -> pairs.add(name + "=" + value));
        return pairs;
    }

    /** The conditions branch, environment and equals. */
    public boolean holds(String kind, List<?> packed) throws IOException, InterruptedException {
        Described arguments = Described.of(kind, packed.toArray());
        Map<String, String> env = build.environment(around.get());
        return switch (kind) {
            case "branch" -> matches(arguments, env.get("BRANCH_NAME"));
            case "environment" -> {
                String value = env.get(arguments.text("name"));
                boolean ignoreCase = Boolean.parseBoolean(arguments.text("ignoreCase"));
                yield value != null
                        && (ignoreCase
                                ? value.equalsIgnoreCase(arguments.text("value"))
                                : value.equals(arguments.text("value")));
            }
            case "equals" ->
                Objects.equals(
                        plain(arguments.arguments().get("expected")),
                        plain(arguments.arguments().get("actual")));
            case "buildingTag" -> env.get("TAG_NAME") != null;
            case "tag" -> matches(arguments, env.get("TAG_NAME"));
            case "triggeredBy" ->
                Set.of("UserIdCause", "hudson.model.Cause$UserIdCause")
                        .contains(String.valueOf(first(arguments, "cause")));
            case "changeRequest" -> env.get("CHANGE_ID") != null;
            case "changelog", "changeset" -> {
                regular(kind, arguments);
                build.console()
                        .say(around.get(), "Warning, empty changelog. Probably because this is the first build.");
                yield false;
            }
            case "isRestartedRun" -> false;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Object plain(Object value) {
        return value instanceof GString text ? text.toString() : value;
    }

    /** The pattern of changelog is a regular expression, and judged though there is nothing to hold against it. */
    private static void regular(String kind, Described arguments) {
        try {
            if (kind.equals("changelog")) {
                Pattern.compile(String.valueOf(first(arguments, "pattern")));
            }
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "\"" + first(arguments, "pattern") + "\" is not a valid regular expression.", wrong);
        }
    }

    private static String first(Described arguments, String name) {
        String given = arguments.text(name);
        return given == null ? arguments.text("value") : given;
    }

    private static boolean matches(Described arguments, String name) {
        String pattern = first(arguments, "pattern");
        return pattern != null
                && name != null
                && Comparator.named(arguments.text("comparator")).holds(pattern, name);
    }

    /** The combinations of a matrix that run: each a map with its name and its variables. */
    public List<Map<String, Object>> cells(List<Map<String, Object>> axes, List<List<Map<String, Object>>> excludes) {
        return MatrixCells.of(axes, excludes);
    }

    /** What is said of tools and agents that are let pass. */
    public void passed(String what) {
        build.console().note(around.get(), what);
    }

    /** Whether a stage that gets a node begins with a checkout. */
    public boolean checksOut(List<Map<String, Object>> options, List<Map<String, Object>> ofStage) {
        return checkout && Stream.of(options, ofStage).noneMatch(Support::skipsCheckout);
    }

    /** Where the checkout goes to; null for the workspace itself. */
    public String subdirectory(List<Map<String, Object>> options) {
        return options.stream()
                .filter(each -> "checkoutToSubdirectory".equals(each.get("name")))
                .map(each ->
                        each.get("value") instanceof Map<?, ?> named ? named.get("subdirectory") : each.get("value"))
                .map(String::valueOf)
                .findFirst()
                .orElse(null);
    }

    private static boolean skipsCheckout(List<Map<String, Object>> options) {
        return options != null
                && options.stream()
                        .filter(each -> "skipDefaultCheckout".equals(each.get("name")))
                        .anyMatch(each -> !Boolean.FALSE.equals(each.get("value")));
    }

    /** What the variable scm is. */
    public Object scm() {
        return new Described("scm", Map.of());
    }

    /** What a checkout tells, as withEnv takes it. */
    public List<String> told(Object checkout) {
        return checkout instanceof Map<?, ?> variables ? pairs(variables) : List.of();
    }

    /** The post conditions in the order in which they run. */
    public List<String> conditionOrder() {
        return PostConditions.ORDER;
    }

    /** Whether a post condition holds. */
    public boolean condition(String name, Throwable error, Stage stage) {
        return post.holds(name, error, stage);
    }

    /** Whether any of the given post conditions holds. */
    public boolean anyHolds(Map<String, Object> given, Throwable error, Stage stage) {
        return PostConditions.ORDER.stream()
                .anyMatch(name -> given.containsKey(name) && post.holds(name, error, stage));
    }

    /** A post condition begins: its block sees the result that the build would have. */
    public Object enterPost(Throwable error, Stage stage) {
        return post.enter(error, stage);
    }

    /** A post condition has ended. */
    public void leavePost(Object entered) {
        post.leave(entered);
    }

    /** What went wrong, in words. */
    public String words(Throwable failure) {
        return Failures.words(failure);
    }
}
