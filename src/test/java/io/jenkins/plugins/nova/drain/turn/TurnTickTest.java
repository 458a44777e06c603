package io.jenkins.plugins.nova.drain.turn;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.ApprovedPlan.OnDrift;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.drain.json.StateJson;
import io.jenkins.plugins.nova.drain.observe.RollReader;
import io.jenkins.plugins.nova.drain.observe.RollRequest;
import io.jenkins.plugins.nova.drain.turn.RollBoard.Standing;
import io.jenkins.plugins.nova.drain.turn.RollBoard.State;
import io.jenkins.plugins.nova.drain.turn.Yield.Why;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.filter.Filters;
import io.jenkins.plugins.nova.plan.roll.NextHost;
import io.jenkins.plugins.nova.plan.roll.RollClouds;
import io.jenkins.plugins.nova.plan.roll.Window;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.Test;

/** One tick of a host that waits for its turn: each rule as a table. It is c2 of c1, c2, c3; c4 is not of the roll. */
public class TurnTickTest {

    /** A Friday. */
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private static final String CONTROLLER = "https://jenkins.example.org/";
    private static final Claim OWN = Claim.of("ops/roll#8", "1a2b3c4d-0000", CONTROLLER, NOW);
    private static final Claim OTHER = Claim.of("ops/drain#3", "9f8e7d6c-0000", CONTROLLER, NOW.minusSeconds(600));

    private static final String ITS_TURN = "waits for its turn";

    private final RollClouds clouds = new RollClouds()
            .host("c1", "az", 64, 32)
            .host("c2", "az", 64, 32)
            .host("c3", "az", 64, 32)
            .host("c4", "az", 64, 32)
            .server("a", "c1", 20)
            .server("b", "c2", 20)
            .server("c", "c3", 20);

    private final Map<String, Standing> board = new LinkedHashMap<>();
    private final List<String> reads = new ArrayList<>();

    private Map<String, String> done = Map.of();
    private Budget budget = Budget.NONE;
    private String canary;
    private Duration burnIn = Duration.ZERO;
    private int stopAfter = 1;
    private Window window;
    private Map<String, Action> approved = Map.of("id-b", Action.LIVE);
    private OnDrift onDrift = OnDrift.FAIL;
    private boolean quiet;
    private boolean takeOver;
    private Holding holding = Holding.UNKNOWN;
    private Yield yielded;
    private Stop stop;

    private TurnOrder order() {
        return new TurnOrder(
                "roll-1",
                "c2",
                List.of("c1", "c2", "c3"),
                done,
                new RollRequest(
                        List.of("c1", "c2", "c3"),
                        null,
                        null,
                        budget,
                        canary != null,
                        BlockMigration.AUTO,
                        List.of(),
                        List.of(),
                        Duration.ofMinutes(20)),
                canary,
                burnIn,
                stopAfter,
                window,
                Duration.ofMinutes(45),
                approved,
                onDrift);
    }

    /** That it has looked already, an hour ago. */
    private TurnState looked() {
        TurnState.Edit edit =
                TurnState.begin(order(), NOW.minus(Duration.ofHours(1))).edit();
        edit.waitsFor = "its turn";
        edit.yields = yielded;
        edit.stop = stop;
        return edit.done();
    }

    private final TurnLook look = new TurnLook() {
        @Override
        public Estate site() {
            reads.add("site");
            return clouds.cloud().estate();
        }

        @Override
        public CordonOwnership ownership(ComputeService service) {
            return CordonOwnership.of(service, OWN, takeOver, claim -> holding);
        }

        @Override
        public RollReader.Next plan(Collection<String> hosts, Map<String, String> outstanding) {
            reads.add("plan" + new TreeSet<>(hosts));
            NextHost next = NextHost.of(
                    Filters.planner(), clouds.cloud(), RollClouds.order(0, 0, true, hosts), "c2", outstanding);
            return new RollReader.Next(next, List.of());
        }
    };

    private TurnTick.Decided tick(TurnState state) {
        reads.clear();
        return new TurnTick(state, board, quiet, look, NOW).decided();
    }

    private TurnState decided() {
        return tick(looked()).state();
    }

    /** What a state says: its outcome with the first line of the message, or what it waits for, whom it lets go, until when. */
    private static String told(TurnState state) {
        if (state.over()) {
            return (state.outcome() + " " + state.message().lines().findFirst().orElse("")).strip();
        }
        Yield yields = state.yields();
        return "waits for " + state.waitsFor()
                + (state.until() == null ? "" : " until " + state.until())
                + (yields == null
                        ? ""
                        : " letting " + (yields.to() == null ? "all" : new TreeSet<>(yields.to())) + " go ("
                                + yields.why() + ")");
    }

    private TurnTickTest with(String host, State state) {
        return with(host, state, NOW.minusSeconds(60));
    }

    private TurnTickTest with(String host, State state, Instant since) {
        board.put(host, new Standing(state, Map.of(), since));
        return this;
    }

    private TurnTickTest underWay(String host, Map<String, String> seats) {
        board.put(host, new Standing(State.UNDER_WAY, seats, NOW.minusSeconds(60)));
        return this;
    }

    private TurnTickTest yielding(String host, Why why, Set<String> to) {
        board.put(host, new Standing(State.WAITING, Map.of(), NOW, new Yield(why, NOW.minusSeconds(30), to)));
        return this;
    }

    private void says(String what) {
        assertEquals(what, told(decided()));
    }

    private void readsNothing() {
        assertEquals(List.of(), reads);
    }

    // ---- its turn

    @Test
    public void whereNothingKeepsItItBeginsWithSeats() {
        TurnState begins = decided();
        assertEquals("BEGINS", told(begins));
        assertEquals(Map.of("id-b", "c4"), begins.seats());
        assertEquals(List.of(), begins.notes());
        assertEquals(NOW, begins.ended());
        assertEquals(List.of("site", "plan[c1, c2, c3]"), reads);
    }

    /** Their servers are off the list of what is to be emptied, and they take servers. */
    @Test
    public void hostsThatAreDoneTakeItsServers() {
        done = Map.of("c1", "by build 7");
        with("c3", State.DONE);
        clouds.state("c4", false, true);
        TurnState begins = decided();
        assertEquals(List.of("site", "plan[c2]"), reads);
        assertEquals(Map.of("id-b", "c1"), begins.seats());
    }

    // ---- it is not its turn, and never will be

    /** One thing each that keeps it from beginning; each of a test of its own. */
    private static List<TurnTickTest> scenes() {
        List<Consumer<TurnTickTest>> all = List.of(
                test -> {},
                test -> test.with("c1", State.WAITING),
                test -> test.with("c1", State.FAILED),
                test -> test.with("c1", State.NOT_RESUMED),
                test -> test.quiet = true,
                test -> test.window = night(),
                test -> {
                    test.budget = new Budget(1, 0, null);
                    test.clouds.state("c1", false, true);
                },
                test -> test.canary = "c1",
                test -> test.with("c1", State.UNDER_WAY).canary = "c1",
                test -> test.yielding("c3", Why.WINDOW, null).yielded = new Yield(Why.SEATS, NOW, null),
                test -> test.underWay("c1", Map.of("id-a", "c2")),
                test -> test.clouds.state("c2", true, false),
                test -> test.clouds.server(suspended()),
                test -> test.underWay("c1", Map.of()).clouds.server(suspended()),
                test -> test.underWay("c1", Map.of()).clouds.state("c4", false, true),
                test -> test.clouds.closed("c2", OTHER.reason()),
                test -> test.underWay("c1", Map.of()).clouds.closed("c2", OTHER.reason()),
                test -> test.approved = Map.of("id-b", Action.COLD));
        return all.stream()
                .map(how -> {
                    TurnTickTest test = new TurnTickTest();
                    how.accept(test);
                    return test;
                })
                .toList();
    }

    @Test
    public void anAbortEndsItWhateverElseThereIs() {
        for (TurnTickTest scene : scenes()) {
            scene.stop = new Stop(NOW, "Aborted by jane");
            scene.says("ABORTED Aborted by jane. Host c2 was not begun: it is as it was, and its servers are where"
                    + " they were.");
            scene.readsNothing();
        }
    }

    @Test
    public void aHostThatIsDoneIsPassedOverAtOnceWithTheProof() {
        for (TurnTickTest scene : scenes()) {
            scene.done = Map.of("c2", "ops/roll#7 brought it back at 2026-11-26T23:10:00Z");
            String passed = "DONE_BEFORE Host c2 is passed over: ops/roll#7 brought it back at 2026-11-26T23:10:00Z";
            scene.says(passed);
            scene.readsNothing();
            assertEquals(
                    passed, told(scene.tick(TurnState.begin(scene.order(), NOW)).state()));
            scene.readsNothing();
        }
    }

    /** After a restart it looks anew, asks nobody for a tick, and then decides what it would have. */
    @Test
    public void aRestartChangesNothingOfWhatItDecides() {
        for (TurnTickTest scene : scenes()) {
            scene.yielded = null;
            TurnState whole = scene.decided();
            TurnState saved = StateJson.read(StateJson.write(whole), TurnState.class, "turn", one -> 1, 1);
            assertEquals(whole, saved);
            TurnState resumed = TurnRunner.resume(saved, NOW);
            if (saved.over() && saved.outcome() != TurnOutcome.BEGINS) {
                assertEquals(saved, resumed);
                continue;
            }
            assertFalse("hours may have passed: nothing begins by what was so before", resumed.over());
            assertEquals(Map.of(), resumed.seats());
            TurnState first = scene.tick(resumed).state();
            assertEquals(ITS_TURN, told(first));
            scene.readsNothing();
            assertEquals(whole, scene.tick(first).state());
        }
    }

    @Test
    public void soManyFailuresEndIt() {
        record Row(int stopAfter, Map<String, State> board, String says) {}
        String goOn = " To go on with the roll, see to ";
        for (Row row : List.of(
                new Row(
                        1,
                        Map.of("c1", State.FAILED),
                        "NOT_BEGUN Host c2 is not begun: c1 failed (stopAfter: 1)." + goOn + "c1"),
                new Row(
                        1,
                        Map.of("c3", State.FAILED),
                        "NOT_BEGUN Host c2 is not begun: c3 failed (stopAfter: 1)." + goOn + "c3"),
                new Row(
                        1,
                        Map.of("c1", State.FAILED, "c3", State.UNDER_WAY),
                        "NOT_BEGUN Host c2 is not begun: c1 failed (stopAfter: 1). What is under way comes to its end."
                                + goOn + "c1"),
                new Row(2, Map.of("c1", State.FAILED), "BEGINS"),
                new Row(
                        2,
                        Map.of("c1", State.FAILED, "c3", State.FAILED),
                        "NOT_BEGUN Host c2 is not begun: c1 failed, c3 failed (stopAfter: 2)." + goOn + "c1, c3"),
                new Row(1, Map.of("c1", State.NOT_BEGUN, "c3", State.NOT_BEGUN), "BEGINS"),
                new Row(1, Map.of("c1", State.DONE, "c3", State.UNDER_WAY), "BEGINS"))) {
            stopAfter = row.stopAfter();
            board.clear();
            row.board().forEach(this::with);
            String end = row.says().startsWith("NOT") ? " and run the same job again." : "";
            says(row.says() + end);
        }
    }

    /** It counts itself for nothing: a failed one is tried first when the job is run again. */
    @Test
    public void itsOwnStandingIsNoneOfTheOthers() {
        with("c2", State.FAILED);
        says("BEGINS");
        with("c2", State.UNDER_WAY);
        says("BEGINS");
    }

    @Test
    public void whoHasNotGoneOnAfterARestartIsWaitedForAndThenHasFailed() {
        with("c3", State.NOT_RESUMED, NOW.minusSeconds(299));
        says("waits for c3, which has not gone on since the controller's restart until " + NOW.plusSeconds(1));
        readsNothing();
        with("c3", State.NOT_RESUMED, NOW.minusSeconds(300));
        says("NOT_BEGUN Host c2 is not begun: c3 has not gone on since the controller's restart (stopAfter: 1)."
                + " To go on with the roll, see to c3 and run the same job again.");
        stopAfter = 2;
        says("BEGINS");
    }

    /** Its drain would be refused for that, and count as one that failed. */
    @Test
    public void aHostThatAnotherHoldsIsWaitedForAsLongAsItsEndCanBe() {
        String other = "ops/drain#3 of " + CONTROLLER + " (since 2026-11-27T11:50:00Z)";
        String waits = "waits for " + other + ", which holds it letting all go (BLOCKED)";
        String refused = "NOT_BEGUN Host c2 is not begun: host: 'c2' is held by " + other + ", of which this controller"
                + " knows nothing. Nothing was changed. Look there; once you are sure that it has ended, say takeOver:"
                + " true, or enable the host (openstack compute service set --enable c2 nova-compute).";
        record Row(String reason, Holding holding, boolean takeOver, Map<String, State> board, String says) {}
        Map<String, State> alone = Map.of();
        Map<String, State> others = Map.of("c1", State.UNDER_WAY);
        for (Row row : List.of(
                new Row(OTHER.reason(), Holding.RUNNING, false, alone, waits),
                new Row(OTHER.reason(), Holding.RUNNING, false, others, waits),
                new Row(OTHER.reason(), Holding.RUNNING, true, alone, waits),
                new Row(OTHER.reason(), Holding.UNKNOWN, false, others, waits),
                new Row(OTHER.reason(), Holding.UNKNOWN, false, alone, refused),
                new Row(OTHER.reason(), Holding.UNKNOWN, true, alone, "BEGINS"),
                new Row(OTHER.reason(), Holding.ENDED, false, alone, "BEGINS"),
                new Row(OTHER.reason() + " failed: no room", Holding.RUNNING, false, alone, "BEGINS"),
                new Row(OWN.reason(), Holding.RUNNING, false, alone, "BEGINS"),
                new Row("memory errors", Holding.RUNNING, false, alone, "BEGINS"))) {
            clouds.closed("c2", row.reason());
            holding = row.holding();
            takeOver = row.takeOver();
            board.clear();
            row.board().forEach(this::with);
            says(row.says());
        }
    }

    // ---- it waits

    @Test
    public void atTheFirstLookNobodyBegins() {
        TurnTick.Decided first = tick(TurnState.begin(order(), NOW));
        assertEquals(ITS_TURN, told(first.state()));
        assertEquals(TurnTick.SOON, first.pause());
        readsNothing();
    }

    @Test
    public void aControllerThatPreparesForShutdownBeginsNothing() {
        quiet = true;
        says("waits for the controller, which prepares for shutdown and begins nothing new");
        readsNothing();
        quiet = false;
        says("BEGINS");
    }

    @Test
    public void theCanaryGoesFirstAndAlone() {
        canary = "c3";
        burnIn = Duration.ofMinutes(30);
        for (State state : List.of(State.WAITING, State.UNDER_WAY)) {
            with("c3", state);
            says("waits for the canary c3, which goes first and alone");
            readsNothing();
        }
        with("c3", State.DONE, NOW.minus(burnIn).plusSeconds(1));
        says("waits for the end of the 30 min in which the canary c3 must show itself until " + NOW.plusSeconds(1));
        readsNothing();
        with("c3", State.DONE, NOW.minus(burnIn));
        says("BEGINS");
        for (State state : List.of(State.FAILED, State.NOT_BEGUN)) {
            stopAfter = 9;
            with("c3", state);
            says("NOT_BEGUN Host c2 is not begun: the canary c3 " + (state == State.FAILED ? "failed" : "was not begun")
                    + ". To go on with the roll, see to c3 and run the same job again.");
        }
        board.clear();
        done = Map.of("c3", "by build 7");
        says("BEGINS");
    }

    @Test
    public void theCanaryItselfWaitsForNobody() {
        canary = "c2";
        with("c3", State.WAITING).with("c1", State.DONE);
        says("BEGINS");
    }

    /** They wait for it: a canary that waited for them, whatever keeps it, would have the roll stand still for ever. */
    @Test
    public void aCanaryThatCannotBeginDoesNotWaitForTheOthers() {
        canary = "c2";
        with("c3", State.WAITING);
        for (Why why : List.of(Why.BLOCKED, Why.SEATS)) {
            yielded = new Yield(why, NOW.minusSeconds(1), null);
            assertEquals(why.toString(), null, decided().yields());
            readsNothing();
        }
        yielded = null;
        clouds.server(suspended());
        assertEquals(TurnOutcome.NOT_BEGUN, decided().outcome());
        clouds.state("c2", true, false);
        assertEquals(TurnOutcome.NOT_BEGUN, decided().outcome());
    }

    /** Or all of a build that has no step for it would wait for ever. */
    @Test
    public void aCanaryOfWhichNoStepBeginsIsWaitedForAndThenSaid() {
        canary = "c3";
        TurnState waits = decided();
        String what = "waits for the canary c3, of which no step has begun in this build until ";
        assertEquals(what + NOW.plus(TurnTick.MISSING), told(waits));
        assertEquals(
                "the time does not start anew", told(waits), told(tick(waits).state()));
        TurnState.Edit late = waits.edit();
        late.until = NOW;
        assertEquals(
                "NOT_BEGUN Host c2 is not begun: the canary c3 goes first, and no step of this build is for it. Give it a"
                        + " branch with nodeMaintenance, or plan the roll with canary: false.",
                told(tick(late.done()).state()));
    }

    @Test
    public void hostsBeforeItGoFirstUnlessTheyLetItGo() {
        record Row(String host, State state, Yield yields, boolean waits) {}
        for (Row row : List.of(
                new Row("c1", State.WAITING, null, true),
                new Row("c3", State.WAITING, null, false),
                new Row("c9", State.WAITING, null, false),
                new Row("c1", State.UNDER_WAY, null, false),
                new Row("c1", State.DONE, null, false),
                new Row("c1", State.NOT_BEGUN, null, false),
                new Row("c1", State.WAITING, new Yield(Why.WINDOW, NOW, null), false),
                new Row("c1", State.WAITING, new Yield(Why.BLOCKED, NOW, null), false),
                new Row("c1", State.WAITING, new Yield(Why.SEATS, NOW, null), false),
                new Row("c1", State.WAITING, new Yield(Why.BUDGET, NOW, Set.of("c2")), false),
                new Row("c1", State.WAITING, new Yield(Why.BUDGET, NOW, Set.of("c9")), true))) {
            board.clear();
            board.put(row.host(), new Standing(row.state(), Map.of(), NOW, row.yields()));
            says(row.waits() ? ITS_TURN : "BEGINS");
            if (row.waits()) {
                readsNothing();
            }
        }
    }

    /** Who is next takes over soon; who is far back costs nothing. */
    @Test
    public void theNearerItsTurnTheMoreOftenItLooks() {
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            hosts.add("h" + i);
            with("h" + i, State.WAITING);
        }
        hosts.add("c2");
        TurnOrder whole = order();
        for (int before : new int[] {1, 3, 7, 8, 200}) {
            TurnOrder order = new TurnOrder(
                    whole.roll(),
                    "c2",
                    hosts.subList(200 - before, 201),
                    Map.of(),
                    whole.request(),
                    null,
                    null,
                    1,
                    null,
                    whole.takes(),
                    Map.of(),
                    OnDrift.FAIL);
            TurnState.Edit edit = TurnState.begin(order, NOW).edit();
            edit.waitsFor = "its turn";
            assertEquals(
                    Duration.ofSeconds(Math.min(15, 2L * before)),
                    tick(edit.done()).pause());
            readsNothing();
        }
    }

    private static Window night() {
        return new Window(LocalTime.of(22, 0), LocalTime.of(5, 0), EnumSet.allOf(DayOfWeek.class), ZoneOffset.UTC);
    }

    @Test
    public void outsideItsWindowItWaitsAndLetsShorterOnesGo() {
        window = night();
        says("waits for a window that leaves 45 min for it until 2026-11-27T22:00:00Z letting all go (WINDOW)");
        readsNothing();
        assertEquals(
                "others are seen meanwhile", TurnTick.LONGEST, tick(looked()).pause());
        window = new Window(LocalTime.of(11, 30), LocalTime.of(12, 44), EnumSet.allOf(DayOfWeek.class), ZoneOffset.UTC);
        says("waits for a window that leaves 45 min for it until 2026-11-28T11:30:00Z letting all go (WINDOW)");
        window = new Window(LocalTime.of(11, 30), LocalTime.of(12, 45), EnumSet.allOf(DayOfWeek.class), ZoneOffset.UTC);
        says("BEGINS");
        window = new Window(LocalTime.of(11, 30), LocalTime.of(12, 14), EnumSet.allOf(DayOfWeek.class), ZoneOffset.UTC);
        says("NOT_BEGUN Host c2 is not begun: no window is as long as it is likely to be away (45 min). Give the roll a"
                + " longer window.");
    }

    /** The opening of a window is seen by all at once: each takes its place in the order before one begins. */
    @Test
    public void whoLetOthersGoIsInLineForATickBeforeItBegins() {
        yielded = new Yield(Why.WINDOW, NOW.minusSeconds(9000), null);
        TurnTick.Decided back = tick(looked());
        assertEquals(ITS_TURN, told(back.state()));
        assertEquals(TurnTick.SOON, back.pause());
        readsNothing();
        assertEquals("BEGINS", told(tick(back.state()).state()));
    }

    @Test
    public void whatKeptItIsLookedAtAgainWhenItMayBeOver() {
        record Row(String name, Why why, long since, Runnable scene, boolean again) {}
        Runnable underWay = () -> underWay("c1", Map.of());
        for (Row row : List.of(
                new Row("a host is done since", Why.SEATS, 90, () -> with("c1", State.DONE), true),
                new Row(
                        "it was done before",
                        Why.SEATS,
                        30,
                        () -> with("c1", State.DONE).with("c3", State.WAITING),
                        false),
                new Row(
                        "owners act whatever is done",
                        Why.BLOCKED,
                        90,
                        () -> with("c1", State.DONE).with("c3", State.WAITING),
                        false),
                new Row("somebody is under way", Why.SEATS, 90, underWay, false),
                new Row("somebody is under way", Why.BLOCKED, 90, underWay, false),
                new Row("it may be settled", Why.BLOCKED, 120, underWay, true),
                new Row("another may begin", Why.BLOCKED, 9000, () -> with("c3", State.WAITING), false),
                new Row("another may begin", Why.SEATS, 9000, () -> with("c3", State.WAITING), false),
                new Row("another waits for the night", Why.SEATS, 9000, () -> yielding("c3", Why.WINDOW, null), false),
                new Row(
                        "another waits for the budget",
                        Why.SEATS,
                        9000,
                        () -> yielding("c3", Why.BUDGET, Set.of("c2")),
                        false),
                new Row("the other cannot either", Why.SEATS, 1, () -> yielding("c3", Why.BLOCKED, null), true),
                new Row("nobody else is there", Why.BLOCKED, 1, () -> {}, true),
                new Row("all others are over", Why.SEATS, 1, () -> with("c3", State.NOT_BEGUN), true))) {
            board.clear();
            row.scene().run();
            yielded = new Yield(row.why(), NOW.minusSeconds(row.since()), null);
            TurnState then = decided();
            assertEquals(row.toString(), row.again() ? null : yielded, then.yields());
            assertEquals("its turn", then.waitsFor());
            readsNothing();
        }
    }

    @Test
    public void aHostToWhichServersAreOnTheirWayIsNotEmptied() {
        underWay("c1", Map.of("id-a", "c2"));
        says("waits for servers of c1, which come to it letting all go (SEATS)");
        readsNothing();
        underWay("c1", Map.of("id-a", "c4"));
        says("BEGINS");
    }

    // ---- the budget

    @Test
    public void aFullBudgetIsWaitedFor() {
        budget = new Budget(2, 0, null);
        says("BEGINS");
        clouds.state("c1", false, true);
        says("BEGINS");
        clouds.state("c3", true, false);
        TurnTick.Decided full = tick(looked());
        assertEquals(
                "waits for the budget: 2 (c1, c3) of the 4 hosts of the availability zone az are away, and 2 may be",
                told(full.state()));
        assertTrue(full.toString(), full.pause().compareTo(TurnTick.HEAD) >= 0);
        assertTrue(full.toString(), full.pause().compareTo(TurnTick.LONG) < 0);
        assertEquals("no more is read than that", List.of("site"), reads);
        budget = new Budget(3, 0, null);
        says("BEGINS");
    }

    /** It may be cordoned by a build before, or by its own before a restart. */
    @Test
    public void theHostItselfCountsOnce() {
        budget = new Budget(1, 0, null);
        clouds.state("c2", false, true);
        says("BEGINS");
    }

    /** One of this build that has begun a moment ago is not cordoned yet. */
    @Test
    public void whoIsUnderWayCountsBeforeTheCloudShowsIt() {
        budget = new Budget(1, 0, null);
        underWay("c1", Map.of());
        says("waits for the budget: 1 (c1) of the 4 hosts of the availability zone az is away, and 1 may be");
        clouds.state("c1", false, true);
        says("waits for the budget: 1 (c1) of the 4 hosts of the availability zone az is away, and 1 may be");
        with("c1", State.FAILED);
        stopAfter = 2;
        says("waits for the budget: 1 (c1) of the 4 hosts of the availability zone az is away, and 1 may be");
    }

    /** Each zone has a budget of its own: the first that waits for one does not keep the others. */
    @Test
    public void hostsOfOtherZonesNeedNotWaitForIt() {
        clouds.host("c3", "other", 64, 32).state("c1", false, true);
        budget = new Budget(1, 0, null);
        says(
                "waits for the budget: 1 (c1) of the 3 hosts of the availability zone az is away, and 1 may be letting [c3] go"
                        + " (BUDGET)");
        clouds.aggregate("rack7", Map.of(), "c1", "c2", "c3");
        budget = new Budget(1, 0, "rack7");
        says("waits for the budget: 1 (c1) of the 3 hosts of the aggregate rack7 is away, and 1 may be");
        yielded = new Yield(Why.BUDGET, NOW, Set.of("c3"));
        says("waits for the budget: 1 (c1) of the 3 hosts of the aggregate rack7 is away, and 1 may be");
    }

    /** Or one of the same zone would keep for the first what the first does not keep. */
    @Test
    public void whoWaitsBehindOneThatLetsOthersGoLetsThemGoToo() {
        yielding("c1", Why.BUDGET, Set.of("c3"));
        says(ITS_TURN + " letting [c3] go (BUDGET)");
        readsNothing();
        with("c1", State.WAITING);
        says(ITS_TURN);
        yielding("c1", Why.BUDGET, Set.of("c9"));
        says(ITS_TURN);
        yielding("c1", Why.BUDGET, Set.of("c2", "c3"));
        says("BEGINS");
    }

    @Test
    public void whatIsAskedToBeFreeIsWaitedForToo() {
        budget = new Budget(0, 1, null);
        says("waits for the budget: no host of the availability zone az besides 'c2' is free, and 1 must be");
    }

    @Test
    public void aHostThatIsDownOrGoneIsNotBegun() {
        clouds.state("c2", true, false);
        says("NOT_BEGUN Host c2 is not begun: its compute service is down. See to it and run the same job again; a dead"
                + " host's servers are rebuilt by nodeEvacuate with deadHost.");
        underWay("c1", Map.of());
        says("waits for its compute service to be up letting all go (BLOCKED)");
        budget = new Budget(1, 0, "rack7");
        clouds.state("c2", true, true);
        says("NOT_BEGUN Host c2 is not begun: budget.aggregate: there is no aggregate called exactly 'rack7'. Name one"
                + " that 'c2' is in, or leave it out for its availability zone.");
    }

    // ---- the plan made anew

    private static Server suspended() {
        return Servers.named("s")
                .on("c2")
                .fromVolume()
                .flavor(1 << 10, 0, 0, 0)
                .in("az")
                .is("SUSPENDED", "suspended")
                .make();
    }

    @Test
    public void whatBlocksIsWaitedForWhileTheRollGoesOnAndThenSaidWithItsOwner() {
        clouds.server(suspended());
        TurnState alone = decided();
        assertEquals(TurnOutcome.NOT_BEGUN, alone.outcome());
        assertTrue(
                alone.message(),
                alone.message()
                        .startsWith(
                                "Host c2 is not begun: 1 server keeps it from being emptied. Nothing of it was changed."
                                        + "\n  s (id-s, owner user, project project): "));
        for (Runnable scene : goesOn()) {
            board.clear();
            scene.run();
            TurnState waits = decided();
            assertTrue(told(waits), told(waits).startsWith("waits for somebody to see to 1 server of it: s "));
            assertTrue(told(waits), told(waits).endsWith(" letting all go (BLOCKED)"));
        }
    }

    /** Others are under way, or may begin. */
    private List<Runnable> goesOn() {
        return List.of(
                () -> underWay("c1", Map.of()),
                () -> with("c3", State.WAITING),
                () -> yielding("c3", Why.WINDOW, null));
    }

    @Test
    public void seatsAreWaitedForWhileTheRollGoesOnAndThenWhatIsShortIsSaid() {
        clouds.server("d", "c4", 60).server("e", "c1", 30).server("f", "c3", 40);
        TurnState alone = decided();
        assertEquals(
                "Host c2 is not begun: 1 server of it has no seat. Nothing of it was changed. Make room, then run the same"
                        + " job again.\n  no seat is left for 'b' of c2 (20 GiB memory, 1 vCPU): the most free memory is 14"
                        + " GiB on c1.",
                alone.message());
        assertEquals(TurnOutcome.NOT_BEGUN, alone.outcome());
        for (Runnable scene : goesOn()) {
            board.clear();
            scene.run();
            says("waits for seats for 1 server of it: b (the most free memory is 14 GiB on c1) letting all go (SEATS)");
        }
    }

    /** Of the seats that are promised to hosts under way. */
    @Test
    public void seatsThatArePromisedAreNotPromisedTwice() {
        clouds.server("d", "c4", 30).state("c1", false, true).state("c3", false, true);
        says("BEGINS");
        underWay("c1", Map.of("id-a", "c4"));
        says("waits for seats for 1 server of it: b (the most free memory is 14 GiB on c4) letting all go (SEATS)");
    }

    @Test
    public void aSecondMoveIsAvoidedWhileTheRollGoesOnAndThenSaid() {
        clouds.state("c4", false, true);
        for (Runnable scene : goesOn()) {
            board.clear();
            scene.run();
            says("waits for seats from which 1 server of it need not move once more letting all go (SEATS)");
        }
        board.clear();
        TurnState begins = decided();
        assertEquals("BEGINS", told(begins));
        assertEquals(
                List.of(
                        "b goes to c1 and will move once more: no host that is done or not of this roll had room for it then,"
                                + " so it goes to one that is emptied later."),
                begins.notes());
    }

    /** All others wait for it, so that nothing that it lacks would come of waiting for them. */
    @Test
    public void theCanaryDoesNotWaitForThoseThatWaitForIt() {
        Map<String, Consumer<RollClouds>> lacks = new LinkedHashMap<>();
        lacks.put("BEGINS", cloud -> cloud.state("c4", false, true));
        lacks.put(
                "NOT_BEGUN Host c2 is not begun: 1 server keeps it from being emptied. Nothing of it was changed.",
                cloud -> cloud.state("c4", true, true).server(suspended()));
        lacks.put(
                "NOT_BEGUN Host c2 is not begun: its compute service is down. See to it and run the same job again; a dead"
                        + " host's servers are rebuilt by nodeEvacuate with deadHost.",
                cloud -> cloud.state("c2", true, false));
        canary = "c2";
        lacks.forEach((told, lack) -> {
            lack.accept(clouds);
            for (Runnable scene : goesOn().subList(1, 3)) {
                board.clear();
                scene.run();
                says(told);
            }
        });
    }

    @Test
    public void whatCannotBePlannedIsRefused() {
        TurnLook refuses = new TurnLook() {
            @Override
            public CordonOwnership ownership(ComputeService service) {
                return look.ownership(service);
            }

            @Override
            public Estate site() {
                return clouds.cloud().estate();
            }

            @Override
            public RollReader.Next plan(Collection<String> hosts, Map<String, String> outstanding) {
                throw new IllegalArgumentException("approve: 'db' is the name of 2 servers.");
            }
        };
        assertEquals(
                "REFUSED approve: 'db' is the name of 2 servers. Nothing of c2 was changed.",
                told(new TurnTick(looked(), board, false, refuses, NOW)
                        .decided()
                        .state()));
    }

    // ---- against what was approved

    private static Server of(String name, String status, boolean cold) {
        Servers server = Servers.named(name)
                .on("c2")
                .fromVolume()
                .flavor(1 << 10, 0, 0, 0)
                .in("az")
                .is(status, status.equals("SHUTOFF") ? "stopped" : "active");
        return (cold ? server.metadata("maintenance", "cold") : server).make();
    }

    @Test
    public void aServerThatWouldBeStoppedWithoutApprovalBreaksIt() {
        record Row(String name, Server server, Action was, String breaks, List<String> notes) {}
        for (Row row : List.of(
                new Row("live as approved", of("s", "ACTIVE", false), Action.LIVE, null, List.of()),
                new Row("cold as approved", of("s", "ACTIVE", true), Action.COLD, null, List.of()),
                new Row(
                        "cold, and live was approved",
                        of("s", "ACTIVE", true),
                        Action.LIVE,
                        "s would be stopped and moved cold, which was to be moved live (its owner wants it shut down and"
                                + " moved cold (maintenance: cold))",
                        List.of()),
                new Row(
                        "came, and would be stopped",
                        of("s", "ACTIVE", true),
                        null,
                        "s would be stopped and moved cold, which came after the approval (its owner wants it shut down and"
                                + " moved cold (maintenance: cold))",
                        List.of()),
                new Row(
                        "came, and moves live",
                        of("s", "ACTIVE", false),
                        null,
                        null,
                        List.of("Came to c2 after the roll was approved: s (live).")),
                new Row(
                        "came, and is off",
                        of("s", "SHUTOFF", false),
                        null,
                        null,
                        List.of("Came to c2 after the roll was approved: s (cold).")),
                new Row(
                        "was on, and is off",
                        of("s", "SHUTOFF", false),
                        Action.LIVE,
                        null,
                        List.of("Moved cold, where live was approved, for the guest does not run: s (cold).")),
                new Row(
                        "was off, and is on",
                        of("s", "ACTIVE", false),
                        Action.COLD,
                        null,
                        List.of("Moved live, where cold was approved: s (live).")))) {
            for (OnDrift how : OnDrift.values()) {
                TurnTickTest test = new TurnTickTest();
                test.clouds.server(row.server());
                test.approved = new TreeMap<>(Map.of("id-b", Action.LIVE));
                if (row.was() != null) {
                    test.approved.put("id-s", row.was());
                }
                test.onDrift = how;
                TurnState state = test.decided();
                String name = row.name() + ", " + how;
                TurnOutcome outcome = row.breaks() == null || how == OnDrift.CONTINUE
                        ? TurnOutcome.BEGINS
                        : how == OnDrift.ASK ? TurnOutcome.DRIFTED : TurnOutcome.REFUSED;
                assertEquals(name, outcome, state.outcome());
                if (row.breaks() != null) {
                    String said = how == OnDrift.CONTINUE ? String.join("\n", state.notes()) : state.message();
                    assertTrue(
                            name + ": " + said,
                            said.contains("what was approved for c2 does not hold any more: " + row.breaks() + "."));
                } else {
                    assertEquals(name, row.notes(), state.notes());
                }
            }
        }
    }

    @Test
    public void whoIsGoneIsTold() {
        approved = Map.of("id-b", Action.LIVE, "id-x", Action.COLD, "id-y", Action.LIVE);
        assertEquals(
                List.of("Since the roll was approved: 2 servers of c2 left it, or will not be moved."),
                decided().notes());
    }
}
