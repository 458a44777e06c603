package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.Lies;
import io.jenkins.plugins.nova.simulator.MigrationState;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Every lie at every list that is read, and every deed of others at every request: a cell is one run with one of them.
 * Nothing that is said at its end may be untrue.
 */
final class LieTable {

    /** What cannot go on because its host is dead ends as soon, with the reason. */
    private static final Duration SOON = Duration.ofMinutes(30);

    private final Stage stage;
    private final Map<String, Object> undisturbed;
    private final List<AuditEntry> requests;
    private final List<Lies.Said> answers;
    private final List<ServerState> servers;
    private final Map<Long, String> kinds = new HashMap<>();
    private final Map<Deed, List<Cell>> deeds = new EnumMap<>(Deed.class);

    LieTable(Stage stage) {
        this.stage = stage;
        try (SimulatedCloud cloud = stage.made().get()) {
            cloud.lies().keepAnswers();
            servers = cloud.servers();
            cloud.lies().beforeEach(request -> possible(cloud, request));
            undisturbed = stage.run().apply(new Stage.Scene(cloud, none -> {})).result();
            requests = cloud.audit().entries();
            answers = cloud.lies().answers();
        }
        Map<RequestKind, Integer> counts = new HashMap<>();
        for (AuditEntry entry : requests) {
            RequestKind kind = RequestKind.of(entry);
            kinds.put(entry.number(), kind + " #" + counts.merge(kind, 1, Integer::sum));
        }
    }

    private void possible(SimulatedCloud cloud, long request) {
        for (Deed deed : Deed.values()) {
            List<Cell> cells = deeds.computeIfAbsent(deed, none -> new ArrayList<>());
            for (int i = 0; i < (deed.eachServer() ? servers.size() : 1); i++) {
                if (deed.possible(cloud, servers.get(i).id())) {
                    cells.add(new Cell(deed, request, i));
                }
            }
        }
    }

    /**
     * One run.
     *
     * @param what a {@link LieKind} or a {@link Deed}
     * @param request at whose answer, or before which
     * @param row of the answer's list, or the number of the server; 0 where there is no choice
     */
    record Cell(Enum<?> what, long request, int row) {}

    /** All cells, kind by kind. */
    Map<Enum<?>, List<Cell>> cells() {
        Map<Enum<?>, List<Cell>> all = new LinkedHashMap<>();
        for (LieKind kind : LieKind.values()) {
            all.put(kind, lies(kind));
        }
        all.putAll(deeds);
        return all;
    }

    private List<Cell> lies(LieKind kind) {
        List<Cell> cells = new ArrayList<>();
        for (Lies.Said said : answers) {
            Optional<Rows> rows = said.service().equals("identity") ? Optional.empty() : Rows.of(said.body());
            if (rows.isEmpty()) {
                continue;
            }
            if (kind == LieKind.STALE) {
                if (earlier(said)) {
                    cells.add(new Cell(kind, said.number(), 0));
                }
                continue;
            }
            for (int row = 0; row < (kind.eachRow() ? rows.get().count() : 1); row++) {
                if (kind.fits(rows.get(), row)) {
                    cells.add(new Cell(kind, said.number(), row));
                }
            }
        }
        return cells;
    }

    /** Whether the same was asked before, and answered otherwise. */
    private boolean earlier(Lies.Said said) {
        return answers.stream()
                .anyMatch(one -> one.number() < said.number()
                        && one.path().equals(said.path())
                        && one.query().equals(said.query())
                        && !one.body().equals(said.body()));
    }

    /** Fills the table, every {@code step}-th cell of each kind. */
    Tally fill(int step) {
        return fill(List.of(this), step);
    }

    /** Fills several, every {@code step}-th cell of each kind in all of them taken together: one of each kind at least. */
    static Tally fill(List<LieTable> tables, int step) {
        Map<Enum<?>, List<Supplier<Tally>>> tries = new LinkedHashMap<>();
        tables.forEach(table -> table.cells()
                .forEach((kind, cells) -> cells.forEach(cell -> tries.computeIfAbsent(kind, none -> new ArrayList<>())
                        .add(() -> table.tried(cell, LieTable::reported)))));
        Tally all = new Tally();
        tries.forEach((kind, cells) -> {
            List<Supplier<Tally>> some = new ArrayList<>();
            for (int i = 0; i < cells.size(); i += step) {
                some.add(cells.get(i));
            }
            String words = kind instanceof LieKind lie ? lie.words() : ((Deed) kind).words();
            all.add(Tally.row(String.format("%-40s", words), Lanes.each(some, Supplier::get)));
        });
        return all;
    }

    /** What ended otherwise than undisturbed and truly, with {@code -Dfire.reported=true}: for whoever judges the words. */
    private static void reported(String line) {
        if (line.startsWith("REPORTED") && Boolean.getBoolean("fire.reported")) {
            System.out.println(line);
        }
    }

    /** Runs one cell by its name, and prints its story; 1 when something was wrong. */
    static int replay(String name, PrintStream out) {
        String[] parts = name.split(":");
        Stage stage = Stage.all().stream()
                .filter(one -> one.name().equals(parts[0]))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("fire.cell: there is no stage '" + parts[0] + "'; there are: "
                                + Stage.all().stream().map(Stage::name).toList()));
        LieTable table = new LieTable(stage);
        Cell cell = table.cells().values().stream()
                .flatMap(List::stream)
                .filter(one -> table.name(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fire.cell: there is no cell '" + name
                        + "'; of this stage and kind there are: " + table.names(parts.length > 1 ? parts[1] : "")));
        Tally tally = table.tried(cell, out::println);
        out.println(table.words(cell));
        tally.wrong().forEach(out::println);
        out.println(tally.cells("lies"));
        return tally.wrong().isEmpty() ? 0 : 1;
    }

    /** The names of some cells of a kind; of all kinds where there is no such. */
    private List<String> names(String kind) {
        List<String> all =
                cells().values().stream().flatMap(List::stream).map(this::name).toList();
        List<String> alike =
                all.stream().filter(name -> name.contains(":" + kind + ":")).toList();
        return (alike.isEmpty() ? all : alike).stream().limit(12).toList();
    }

    /** Its name, by which it is run again with {@code -Dfire.cell}. */
    String name(Cell cell) {
        return stage.name() + ":" + cell.what() + ":" + cell.request() + ":" + cell.row();
    }

    String words(Cell cell) {
        String what = cell.what() instanceof Deed deed
                ? deed.words()
                        + (deed.eachServer() ? " (" + servers.get(cell.row()).name() + ")" : "") + " before "
                : ((LieKind) cell.what()).words() + (((LieKind) cell.what()).eachRow() ? " (" + cell.row() + ")" : "")
                        + " at ";
        return name(cell) + " | " + what + kinds.get(cell.request());
    }

    /** Runs a cell; one that Nova has refused the deed of counts for nothing. */
    Tally tried(Cell cell, Consumer<String> story) {
        String name = words(cell);
        Deeds deeds = new Deeds(cell);
        try (SimulatedCloud cloud = stage.made().get()) {
            arm(cell, cloud, () -> {
                if (((Deed) cell.what()).done(cloud, server(cell))) {
                    deeds.at = cloud.clock().instant();
                }
            });
            Ended ended = stage.run().apply(new Stage.Scene(cloud, story));
            if (cell.what() instanceof Deed && deeds.at == null) {
                return new Tally();
            }
            List<String> untrue = new ArrayList<>(ended.untrue());
            if (deeds.unknowable(cloud)) {
                untrue.clear();
            }
            untrue.removeIf(said -> outlived(said, cell, ended));
            Duration told = deeds.at == null ? Duration.ZERO : Duration.between(deeds.at, ended.at());
            if (cell.what() == Deed.DIE && told.compareTo(SOON) > 0) {
                return new Tally().endless(name + ": over only " + told.toMinutes() + " min after the host's death");
            }
            List<String> different = Evidence.differences(undisturbed, ended.result());
            Tally tally = new Tally()
                    .judge(
                            name,
                            duplicates(cloud, ended, deeds),
                            lost(ended, deeds, cloud),
                            untrue,
                            !different.isEmpty());
            if (tally.wrong().isEmpty() && !different.isEmpty()) {
                story.accept("REPORTED " + name + ": " + different);
            }
            return tally;
        } catch (Drill.Endless e) {
            return cell.what() instanceof Deed && deeds.at == null
                    ? new Tally()
                    : new Tally().endless(name + ": " + e.getMessage());
        } catch (AssertionError | IllegalStateException broken) {
            return new Tally()
                    .judge(name, List.of(), List.of(), List.of("it broke: " + broken + " " + broken.getCause()), true);
        }
    }

    /** The server of a deed's cell. */
    String server(Cell cell) {
        return servers.get(cell.row()).id();
    }

    /**
     * Has a cell's lie told.
     *
     * @param deed does the cell's deed, where it is one
     */
    void arm(Cell cell, SimulatedCloud cloud, Runnable deed) {
        if (cell.what() instanceof Deed) {
            cloud.lies().before(cell.request(), deed);
        } else if (cell.what() == LieKind.STALE) {
            cloud.lies().outdate(cell.request());
        } else {
            cloud.lies().tell(cell.request(), body -> ((LieKind) cell.what()).told(body, cell.row()));
        }
    }

    private List<String> lost(Ended ended, Deeds deeds, SimulatedCloud cloud) {
        if (deeds.unknowable(cloud)) {
            return List.of();
        }
        List<String> lost = new ArrayList<>(ended.lost());
        lost.removeIf(said -> outlived(said, deeds.cell, ended));
        return lost;
    }

    /**
     * Of a confirm or revert of what waits on a host: what its owner has confirmed before is not among it, and what became of a
     * server afterwards is not looked at.
     */
    private boolean outlived(String said, Cell cell, Ended ended) {
        boolean settles = ended.drain() != null && !ended.drain().order().emptiesHost();
        if (!settles || !(cell.what() instanceof Deed deed) || !deed.eachServer()) {
            return false;
        }
        ServerState server = servers.get(cell.row());
        return said.startsWith(server.name() + " is CONFIRMED")
                || said.startsWith(server.name() + " is REVERTED")
                || deed == Deed.RESIZE && said.startsWith("DONE, but " + server.name() + " waits")
                || deed == Deed.CONFIRM && said.equals(server.id() + " is not in the result");
    }

    private static List<String> duplicates(SimulatedCloud cloud, Ended ended, Deeds deeds) {
        List<String> twice = new ArrayList<>();
        if (ended.drain() != null) {
            twice.addAll(new Evidence(cloud, ended.drain())
                    .duplicates(entry -> entry.status() >= 200 && entry.status() < 300, entry -> false));
        }
        Map<String, List<MigrationState>> rebuilt = new HashMap<>();
        cloud.migrations().stream()
                .filter(one -> one.type().equals("evacuation")
                        && !Set.of("failed", "error").contains(one.status()))
                .forEach(one -> rebuilt.computeIfAbsent(one.serverId(), id -> new ArrayList<>())
                        .add(one));
        rebuilt.values().stream()
                .filter(all -> all.size() > 1
                        && all.stream().map(MigrationState::user).distinct().count() > 1)
                // the other tool's on top of ours is the other tool's doing
                .filter(all -> !all.stream()
                        .min(Comparator.comparingLong(MigrationState::id))
                        .map(MigrationState::user)
                        .filter("admin"::equals)
                        .isPresent())
                .filter(all -> deeds.couldBeSeen(cloud, all.get(0).serverId()))
                .forEach(all -> twice.add("evacuated by two: " + all));
        return twice;
    }

    /** What was done by somebody else, and when. */
    private static final class Deeds {
        private final Cell cell;
        private volatile Instant at;

        Deeds(Cell cell) {
            this.cell = cell;
        }

        /** What happens after the last look at it, in the same tick as the last word, nobody can know. */
        boolean unknowable(SimulatedCloud cloud) {
            boolean last = at != null && !at.isBefore(lastLook(cloud));
            return last
                    && cloud.audit().entries().stream()
                            .filter(entry -> entry.number() >= cell.request())
                            .noneMatch(entry -> entry.path().equals("/os-services")
                                    && entry.method().equals("GET"));
        }

        private static Instant lastLook(SimulatedCloud cloud) {
            return cloud.audit().entries().stream()
                    .map(AuditEntry::at)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
        }

        /** Whether a list or the server itself was read between another's evacuation and ours. */
        boolean couldBeSeen(SimulatedCloud cloud, String server) {
            for (AuditEntry entry : cloud.audit().entries()) {
                boolean reads = entry.method().equals("GET")
                        && (entry.path().equals("/servers/detail")
                                || entry.path().equals("/servers/" + server));
                if (entry.number() >= cell.request() && reads) {
                    return true;
                }
                if (entry.number() >= cell.request()
                        && "evacuate".equals(entry.action())
                        && entry.path().contains(server)) {
                    return false;
                }
            }
            return true;
        }
    }
}
