package io.jenkins.plugins.nova.fire;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * All of it, as {@code mvn -q -Pfire verify} runs it: prints the tables and, last, one line of counts for each. Exits with 1
 * when a count that must be 0 is not. {@code -Dfire.seed=N} replays one owners' run instead and prints what happened, {@code
 * -Dfire.cell=stage:lie:request:row} one cell of the lies.
 */
final class Fire {

    private Fire() {}

    public static void main(String[] none) throws IOException {
        String seed = System.getProperty("fire.seed", "");
        String part = System.getProperty("fire.part", "");
        if (!seed.isBlank() && part.equals("roll")) {
            RollTally one = RollTable.owned(Long.parseLong(seed.trim()), System.out::println);
            one.wrong().forEach(System.out::println);
            System.exit(one.wrong().isEmpty() ? 0 : 1);
        }
        if (!seed.isBlank()) {
            OwnersRun run = new OwnersRun(Long.parseLong(seed.trim()));
            List<String> violations = run.violations();
            run.story().forEach(System.out::println);
            violations.forEach(violation -> System.out.println("VIOLATION " + violation));
            System.exit(violations.isEmpty() ? 0 : 1);
        }
        String cell = System.getProperty("fire.cell", "");
        if (!cell.isBlank()) {
            System.exit(replayed(cell.trim()));
        }
        Tally kills = part.isBlank() || part.equals("kills") ? kills() : new Tally();
        Tally faults = part.isBlank() || part.equals("faults") ? faults() : new Tally();
        OwnersTable owners = new OwnersTable();
        if (part.isBlank() || part.equals("owners")) {
            owners.run(1, number("fire.runs", 2_000));
        }
        Tally lies = part.isBlank() || part.equals("lies") ? lies() : new Tally();
        RollTally roll = part.isBlank() || part.equals("roll") ? roll() : new RollTally();
        BesideTable.Found beside = part.isBlank() || part.equals("beside")
                ? BesideTable.fillAll(number("fire.beside.step", 1))
                        .add(new SilenceTable().fill(number("fire.beside.step", 1)))
                : new BesideTable.Found();
        AmphoraTable.Found amphorae = part.isBlank() || part.equals("amphorae")
                ? new AmphoraTable().fill(number("fire.amphorae.step", 1))
                : new AmphoraTable.Found();
        System.exit(told(kills, faults, owners, lies, roll, beside, amphorae, System.out));
    }

    private static int replayed(String cell) {
        try {
            return LieTable.replay(cell, System.out);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    /** Prints what was wrong, and the seven lines of counts; the exit code: 1 when anything was wrong. */
    static int told(
            Tally kills,
            Tally faults,
            OwnersTable owners,
            Tally lies,
            RollTally roll,
            BesideTable.Found beside,
            AmphoraTable.Found amphorae,
            PrintStream out) {
        List<String> wrong = new ArrayList<>(kills.wrong());
        wrong.addAll(faults.wrong());
        wrong.addAll(owners.wrong());
        wrong.addAll(lies.wrong());
        wrong.addAll(roll.wrong());
        wrong.addAll(beside.words());
        wrong.addAll(amphorae.words());
        wrong.forEach(out::println);
        out.println(kills.kills());
        out.println(faults.cells("faults"));
        out.println(owners.line());
        out.println(lies.cells("lies"));
        out.println(roll.line());
        out.println(beside.line());
        out.println(amphorae.line());
        return wrong.isEmpty() ? 0 : 1;
    }

    /** How many, as -D says; an empty property counts as none. */
    private static int number(String property, int otherwise) {
        String given = System.getProperty(property, "");
        return given.isBlank() ? otherwise : Integer.parseInt(given.trim());
    }

    private static Tally kills() throws IOException {
        Tally all = new Tally();
        Path folder = Files.createTempDirectory("fire");
        try {
            SigkillTable real = new SigkillTable(folder, ChildJvm.archived(folder));
            System.out.println(
                    "Steps in JVMs that get SIGKILL: before a request, once it was acted on, once it was answered");
            for (Scenario scenario : Scenario.all()) {
                all.add(printed(real.scenario(scenario, number("fire.sigkill.step", 1))));
            }
        } finally {
            delete(folder);
        }
        KillTable driven = new KillTable(Duration.ZERO, Duration.ofHours(1));
        System.out.println("The same ends without a JVM's death, with the controller away for 0 s and for 1 h");
        Scenario.all().forEach(scenario -> all.add(printed(driven.scenario(scenario, 1))));
        return all;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Tally faults() {
        Tally all = new Tally();
        for (Scenario scenario :
                List.of(Scenario.handful(), Scenario.confirm(), Scenario.revert(), Scenario.rebuild())) {
            System.out.println("Faults at every request of " + scenario.name());
            all.add(printed(new FaultTable(scenario)
                    .fill(List.of(FaultKind.values()), number("fire.reads", Integer.MAX_VALUE))));
        }
        return all;
    }

    private static Tally lies() {
        Tally all = new Tally();
        for (Stage stage : Stage.all()) {
            System.out.println("Lies at every answer, and others' deeds at every request, of " + stage.name());
            all.add(printed(new LieTable(stage).fill(number("fire.lies.step", 1))));
        }
        return all;
    }

    /** Of the kills ten times as many of all as of the rest. */
    private static RollTally roll() {
        int step = number("fire.roll.step", 1);
        RollTable table = new RollTable();
        System.out.println("A roll of eight hosts: killed, each fault, each lie and deed, owners");
        RollTally all = table.kills(Math.max(1, step / 10), Duration.ofMinutes(2));
        all.add(table.faults(step));
        all.add(table.lies(step));
        all.add(table.owners(Math.max(20, 2_000 / step)));
        all.rows().forEach(System.out::println);
        return all;
    }

    private static Tally printed(Tally tally) {
        tally.rows().forEach(System.out::println);
        return tally;
    }
}
