package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.build.Operator;
import io.jenkins.plugins.nova.rehearsal.build.Parameters;
import io.jenkins.plugins.nova.rehearsal.build.Secrets;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.rehearsal.time.JumpingTime;
import io.jenkins.plugins.nova.rehearsal.time.TwinThreads;
import io.jenkins.plugins.nova.rehearsal.twin.SnapshotCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * {@code java -jar nova-rehearsal.jar}, or {@code mvn -q -Prehearse}: runs a Jenkinsfile without a controller. {@link Usage#TEXT}
 * says how.
 */
public final class Rehearse {
    private static final int ABORT_BOUND_SECONDS = 60;

    private Rehearse() {}

    /**
     * Runs the rehearsal that the arguments and the system properties describe, and exits with the build's {@link Ending}.
     *
     * @param arguments those of {@link CommandLine}
     */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) throws InterruptedException, IOException {
        try {
            if (arguments.length > 0 && arguments[0].equals(SnapshotCommand.NAME)) {
                List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
                PrintStream file = new PrintStream(System.out, false, StandardCharsets.UTF_8);
                new SnapshotCommand(System::getenv, file, System.err).run(rest, Path.of(""));
                return 0;
            }
            CommandLine line = CommandLine.read(arguments);
            if (line.help()) {
                System.out.print(Usage.TEXT);
                return 0;
            }
            UnaryOperator<String> option = line.over(System::getProperty);
            Set<String> names = new TreeSet<>(System.getProperties().stringPropertyNames());
            names.addAll(line.options().keySet());
            Settings settings = Settings.read(option, names);
            String jenkinsfile = settings.jenkinsfile().text();
            try (Cloud cloud = Cloud.open(settings.cloud(), settings.clouds(), jenkinsfile, System::getenv)) {
                return rehearse(settings, option, jenkinsfile, cloud).status();
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return Ending.NOT_RUNNABLE.status();
        }
    }

    private static Ending rehearse(Settings settings, UnaryOperator<String> option, String jenkinsfile, Cloud cloud)
            throws InterruptedException, IOException {
        boolean terminal = Terminal.isThere();
        Optional<JumpingTime> time = cloud.time();
        Console console = new Console(
                System.out,
                Terminal.charset(),
                terminal,
                time.map(JumpingTime::clock).orElse(Clock.systemUTC()));
        cloud.secrets().forEach(console::hide);
        Path folder = settings.workspace().toAbsolutePath().normalize();
        makeFolder(folder);
        RehearsedRun run = RehearsedRun.begin(
                settings.jenkinsfile().job(),
                Files.createDirectories(folder.resolve("build")).toFile());
        String operator = System.getProperty("user.name");
        BufferedReader typing =
                terminal ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)) : null;
        Build build = new Build(
                run,
                console,
                folder.resolve("workspace"),
                new Parameters(settings.parameters()),
                new Secrets(option, System::getenv),
                new Operator(settings.answers(), typing, !settings.realCloud(), operator),
                new TreeMap<>(settings.variables()));
        console.note(
                Surroundings.outermost(),
                settings.jenkinsfile().name() + " on " + cloud.description() + "\n" + settings.reality(operator));
        long begun = System.nanoTime();
        cloud.drive();
        try (Rehearsal rehearsal = new Rehearsal(build, settings.reach(), time.orElse(null))) {
            time.ifPresent(each -> each.begin(rehearsal::waitsForTime));
            rehearsal.killed(settings.kills());
            return abortable(rehearsal, operator, () -> {
                Ending ending = rehearsal.run(jenkinsfile);
                time.ifPresent(each -> console.note(
                        Surroundings.outermost(),
                        Console.clockwise(console.elapsed()) + " of the cloud's time took "
                                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s here"));
                ReportFile.write(run, folder).ifPresent(page -> System.out.println("Report: " + page.toUri()));
                return ending;
            });
        } finally {
            TwinThreads.drive(null);
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException impossible) {
            throw new IllegalArgumentException(
                    "-Dworkspace: the folder " + folder + " cannot be made ("
                            + impossible.getClass().getSimpleName() + ")",
                    impossible);
        }
    }

    /** A whole rehearsal, its report included. */
    private interface Work {
        Ending run() throws InterruptedException, IOException;
    }

    /**
     * Runs it so that ctrl-C aborts the build as a user of Jenkins does, and once more ends it at once; and so that an order to
     * terminate stops the steps, waits for them a bounded time, and exits as aborted.
     */
    private static Ending abortable(Rehearsal rehearsal, String operator, Work work)
            throws InterruptedException, IOException {
        CountDownLatch ended = new CountDownLatch(1);
        Interrupts.handle(
                () -> {
                    System.out.println("Aborting; ctrl-C once more ends it at once, whatever is under way.");
                    rehearsal.abort(operator);
                },
                () -> Runtime.getRuntime().halt(Ending.ABORTED.status()));
        Thread hook = new Thread(() -> {
            if (ended.getCount() == 0) {
                return;
            }
            rehearsal.abort(operator);
            boolean orderly = false;
            try {
                orderly = ended.await(ABORT_BOUND_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException again) {
                Thread.currentThread().interrupt();
            }
            if (!orderly) {
                System.out.println("The steps have not stopped within " + ABORT_BOUND_SECONDS + " s; giving up.");
            }
            System.out.flush();
            Runtime.getRuntime().halt(Ending.ABORTED.status());
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.run();
        } finally {
            ended.countDown();
        }
    }
}
