package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * How far the rehearsal agrees with Declarative Pipeline itself: runs the Jenkinsfiles of the tests of
 * pipeline-model-definition-plugin, which are no part of this project, and compares. Not run by itself: docs/rehearsal.md
 * has the command. {@code -Ddeclarative.tests} names the folder pipeline-model-definition/src/test of a clone.
 */
public class DeclarativeMeasure {
    private static final int INVALID_REFUSED = 120;
    private static final double OTHERS_ALIKE = 250.0 / 279;
    private static final Pattern EXPECTATION = Pattern.compile(
            "\\bexpect\\(((?:[^()\"]++|\"[^\"]*+\")*+)\\)((?:[^;\"]++|\"(?:\\\\.|[^\"\\\\]++)*+\")*+);");
    private static final Pattern CALL =
            Pattern.compile("\\.(\\w+)\\(((?:[^()\"]++|\\([^()]*+\\)|\"(?:\\\\.|[^\"\\\\]++)*+\")*+)\\)");
    private static final Pattern AGENT =
            Pattern.compile("env\\(s\\)\\.put\\(\"(\\w+)\",\\s*(?:Result\\.(\\w+)\\.toString\\(\\)|\"([^\"]*)\")\\)");
    private static final Pattern TEXT = Pattern.compile("(?:^|,)\\s*\"((?:\\\\.|[^\"\\\\]++)*+)\"\\s*(?=,|$)");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> report = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private Path tests;

    @Before
    public void begin() {
        String given = System.getProperty("declarative.tests");
        assertTrue("-Ddeclarative.tests names the folder of the tests: docs/rehearsal.md", given != null);
        tests = Path.of(given);
    }

    /** What the plugin's test says of one Jenkinsfile. */
    private record Expectation(
            Path file,
            Ending ending,
            List<String> lines,
            List<String> not,
            Map<Path, String> resources,
            Map<String, String> agent,
            boolean checkedOut) {}

    /** What the rehearsal makes of it. */
    private record Seen(Ending ending, String console) {
        boolean lacksSomething() {
            return ending == Ending.NOT_RUNNABLE
                    && Pattern.compile("(?i)the rehearsal (does not have|has |knows)|which the rehearsal does not have|"
                                    + "no step, function or variable that the rehearsal knows")
                            .matcher(console)
                            .find();
        }
    }

    /** @param resources files that the plugin's test puts beside the Jenkinsfile: where they come from, and their names */
    private Seen rehearse(Path file, Map<Path, String> resources) throws Exception {
        return rehearse(file, resources, Map.of(), false);
    }

    /**
     * @param agent the variables that the test gives to its agent
     * @param checkedOut whether the test's job has its Jenkinsfile from a repository
     */
    private Seen rehearse(Path file, Map<Path, String> resources, Map<String, String> agent, boolean checkedOut)
            throws Exception {
        Path home = folder.newFolder().toPath();
        Rehearsed pipeline = new Rehearsed(home.toFile())
                .commands()
                .answer(true)
                .variable("ONAGENT", "true")
                // as CredentialWrapperStepTest has them
                .secret("cred1", "Some secret text for 1")
                .secret("cred2", "bobby:supersecretpassword+mydogsname")
                .secret("cred3", "Some $secret text for 3")
                .secret("FOOcredentials", "bobby:s3cr37");
        agent.forEach(pipeline::variable);
        if (checkedOut) {
            Path repository = Files.createDirectories(home.resolveSibling(home.getFileName() + "-repository"));
            Files.copy(file, repository.resolve("Jenkinsfile"));
            Files.createDirectories(repository.resolve(".git"));
            Files.writeString(repository.resolve(".git/HEAD"), "0".repeat(40) + "\n");
            pipeline.checkout(repository);
        }
        Path workspace = Files.createDirectories(home.resolve("workspace"));
        for (Map.Entry<Path, String> resource : resources.entrySet()) {
            Path copy = workspace.resolve(resource.getValue());
            Files.createDirectories(copy.getParent());
            Files.copy(resource.getKey(), copy);
        }
        CompletableFuture<Ending> ending = new CompletableFuture<>();
        String text = Files.readString(file);
        Thread thread = new Thread(() -> {
            try {
                ending.complete(pipeline.run(text));
            } catch (Throwable broken) {
                ending.completeExceptionally(broken);
            }
        });
        thread.start();
        try {
            return new Seen(ending.get(60, TimeUnit.SECONDS), pipeline.console());
        } catch (TimeoutException late) {
            if (pipeline.rehearsal() != null) {
                pipeline.rehearsal().abort("measure");
            }
            thread.join(TimeUnit.SECONDS.toMillis(60));
            return new Seen(Ending.ABORTED, pipeline.console() + "\n(too slow)");
        }
    }

    private void count(String kind, String name, String detail) {
        counts.merge(kind, 1, Integer::sum);
        report.add(kind + "  " + name
                + (detail.isEmpty() ? "" : "\n" + detail.indent(8).stripTrailing()));
    }

    private void write(String name) throws IOException {
        Path page = Path.of("target", "declarative-" + name + ".txt");
        report.sort(null);
        report.add(counts.toString());
        Files.write(page, report);
        System.out.println(name + ": " + counts + "; each of them in " + page);
    }

    /**
     * What Declarative refuses is refused before the first step, and nothing of it ends well. Left out is what only an
     * extension refuses that the plugin's tests bring along (validatorContributor and the like).
     */
    @Test
    public void invalid() throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.list(tests.resolve("resources/errors"))) {
            files = all.filter(file -> file.toString().endsWith(".groovy"))
                    .filter(file -> !file.getFileName().toString().endsWith("alidatorContributor.groovy"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Seen seen = rehearse(file, Map.of());
            String kind = seen.ending() != Ending.NOT_RUNNABLE
                    ? "ends " + seen.ending()
                    : seen.lacksSomething() && !seen.console().contains("WorkflowScript") && onlyLacks(seen)
                            ? "refused: lacking"
                            : "refused: invalid";
            boolean begun = seen.console().lines().anyMatch(line -> line.startsWith("== ") || line.startsWith("> "));
            count(
                    begun && seen.ending() == Ending.NOT_RUNNABLE ? "late" : kind,
                    file.getFileName().toString(),
                    seen.console());
        }
        write("invalid");
        int refused = counts.getOrDefault("refused: lacking", 0) + counts.getOrDefault("refused: invalid", 0);
        assertTrue(counts.toString(), refused >= INVALID_REFUSED);
        assertEquals(counts.toString(), null, counts.get("ends SUCCESS"));
    }

    private static boolean onlyLacks(Seen seen) {
        return seen.console()
                .lines()
                .filter(line -> line.startsWith("Jenkinsfile: "))
                .allMatch(line -> line.contains("rehearsal"));
    }

    /**
     * What the other tests expect is what the rehearsal does, or it says what it does not have. Left out is the test of an
     * extension that changes what steps do.
     */
    @Test
    public void others() throws Exception {
        for (Expectation expectation : expectations()) {
            Seen seen = rehearse(
                    expectation.file(), expectation.resources(), expectation.agent(), expectation.checkedOut());
            String name = tests.relativize(expectation.file()) + " " + expectation.ending();
            List<String> missing = expectation.lines().stream()
                    .filter(line -> !seen.console().contains(line))
                    .toList();
            List<String> tooMuch = expectation.not().stream()
                    .filter(line -> seen.console().contains(line))
                    .toList();
            boolean refused = seen.ending() == Ending.NOT_RUNNABLE && expectation.ending() == Ending.FAILURE;
            if (seen.lacksSomething()) {
                count("lacking", name, seen.console());
            } else if (refused || seen.ending() == expectation.ending() && missing.isEmpty() && tooMuch.isEmpty()) {
                count("agree", name, "");
            } else {
                count("differ", name, "not seen: " + missing + "\nseen: " + tooMuch + "\n" + seen.console());
            }
        }
        write("others");
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        int alike = counts.getOrDefault("agree", 0) + counts.getOrDefault("lacking", 0);
        assertTrue(counts.toString(), alike >= OTHERS_ALIKE * all);
    }

    private List<Expectation> expectations() throws IOException {
        List<Expectation> found = new ArrayList<>();
        List<Path> sources;
        try (Stream<Path> all = Files.walk(tests.resolve("java"))) {
            sources = all.filter(file -> file.toString().endsWith("Test.java"))
                    .filter(file -> !file.endsWith("StepRuntimeTransformerContributorTest.java"))
                    .sorted()
                    .toList();
        }
        for (Path source : sources) {
            String text = Files.readString(source);
            String parent = source.endsWith("PostStageTest.java") ? "postStage/" : "";
            Matcher each = EXPECTATION.matcher(text);
            while (each.find()) {
                List<String> names = texts(each.group(1));
                if (names.isEmpty()) {
                    continue;
                }
                Path file = tests.resolve("resources/" + parent + String.join("/", names) + ".groovy");
                if (!Files.exists(file)) {
                    continue;
                }
                Matcher result = Pattern.compile("Result\\.(\\w+)").matcher(each.group(1));
                Ending ending = result.find()
                        ? result.group(1).equals("NOT_BUILT") ? Ending.FAILURE : Ending.valueOf(result.group(1))
                        : Ending.SUCCESS;
                List<String> lines = new ArrayList<>();
                List<String> not = new ArrayList<>();
                Map<Path, String> resources = new LinkedHashMap<>();
                Matcher call = CALL.matcher(each.group(2));
                while (call.find()) {
                    if (call.group(1).startsWith("logContains")) {
                        lines.addAll(shown(call.group(2)));
                    } else if (call.group(1).equals("otherResource")
                            && texts(call.group(2)).size() == 2) {
                        List<String> both = texts(call.group(2));
                        resources.put(tests.resolve("resources/" + both.get(0)), both.get(1));
                    } else if (call.group(1).equals("logNotContains")) {
                        not.addAll(shown(call.group(2)));
                    }
                }
                String before = text.substring(Math.max(0, text.lastIndexOf("@Test", each.start())), each.start());
                Map<String, String> agent = new LinkedHashMap<>();
                AGENT.matcher(before)
                        .results()
                        .forEach(put -> agent.put(put.group(1), put.group(2) == null ? put.group(3) : put.group(2)));
                boolean checkedOut = !each.group(2).contains("runFromRepo(false)");
                found.add(new Expectation(file, ending, lines, not, resources, agent, checkedOut));
            }
        }
        return found;
    }

    private static List<String> texts(String arguments) {
        return TEXT.matcher(arguments)
                .results()
                .map(text -> text.group(1).translateEscapes())
                .toList();
    }

    /** As the rehearsal writes it; what it has no line for is left out. */
    private static List<String> shown(String arguments) {
        return texts(arguments).stream()
                .map(line -> line.replaceFirst("^(?:\\[Pipeline\\] )?\\{ \\(Branch: (.*)\\)$", "[$1] "))
                .map(line -> line.replaceFirst("^\\[Pipeline\\] \\{ \\((.*)\\)$", "== $1"))
                .filter(line -> !line.startsWith("[Pipeline]"))
                .toList();
    }
}
