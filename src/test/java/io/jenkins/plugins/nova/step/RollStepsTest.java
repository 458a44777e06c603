package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A roll as Pipeline runs it: rollPlan, and beside each other a nodeMaintenance for each host, on the simulated cloud in driven time. */
public class RollStepsTest {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final List<String> RACK = List.of("c1", "c2", "c3", "c4");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;
    private DrivenTime time;
    private Map<String, Object> roll;
    private final Map<String, RunningStep> steps = new LinkedHashMap<>();
    private final Map<String, HandBlock> blocks = new LinkedHashMap<>();

    @Before
    public void begin() throws IOException {
        clouds = CloudFixture.begin();
        runner = new StepRunner(folder.newFolder());
        CloudBuilder builder = SimulatedCloud.builder().host("spare");
        for (String host : RACK) {
            builder.host(host);
            builder.server(host + "-a", server -> server.on(host));
            builder.server(host + "-b", server -> server.on(host));
        }
        cloud = builder.aggregate("rack7", null, Map.of(), RACK.toArray(new String[0]))
                .user("operator", "secret", "ops", "admin")
                .startingAt(Instant.now())
                .start();
        time = DrivenTime.of(cloud);
        runner.in(time);
        clouds.credential(CloudFixture.password("openstack", "operator", "secret", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack")
                .cloud("other", cloud.identityUrl(), "RegionOne", "openstack");
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    private RunningStep plan(Consumer<RollPlanStep> how) {
        RollPlanStep step = new RollPlanStep();
        step.setCloud("sim");
        step.setAggregate("rack7");
        step.setBudget(Groups.budget(2, 0, null));
        step.setCanary(false);
        how.accept(step);
        return runner.start(step);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> planned(Consumer<RollPlanStep> how) throws InterruptedException {
        return (Map<String, Object>) plan(how).value(BOUND);
    }

    private static NodeMaintenanceStep step(String host, Object roll) {
        NodeMaintenanceStep step = new NodeMaintenanceStep(host);
        step.setCloud("sim");
        step.setRoll(roll);
        return step;
    }

    /** All branches of the roll, as {@code parallel} begins them. */
    private void startAll() {
        steps.clear();
        blocks.clear();
        for (String host : hosts()) {
            blocks.put(host, new HandBlock());
            steps.put(host, runner.start(step(host, roll), blocks.get(host)));
        }
    }

    @SuppressWarnings("unchecked")
    private List<String> hosts() {
        return (List<String>) roll.get("hosts");
    }

    private Set<String> away() {
        Set<String> away = new TreeSet<>();
        RACK.stream().filter(host -> !cloud.enabled(host)).forEach(away::add);
        return away;
    }

    private Map<?, ?> result(String host) throws InterruptedException {
        return (Map<?, ?>) steps.get(host).value(BOUND);
    }

    private void nextBuild() throws IOException {
        StepRunner first = runner;
        runner = first.nextBuild(folder.newFolder());
        first.close();
    }

    private static void has(String text, String... parts) {
        for (String part : parts) {
            assertTrue("no '" + part + "' in:\n" + text, text.contains(part));
        }
    }

    private DrainReport report(String host) {
        return HostMaintenanceAction.of(runner.run()).getDrains().stream()
                .filter(one -> host.equals(one.host()))
                .reduce((one, later) -> later)
                .orElseThrow();
    }

    @Test
    public void fourHostsTwoAtATimeAndEachServerMovesOnce() throws Exception {
        roll = planned(step -> {});
        assertEquals(8, roll.get("moves"));
        startAll();
        int moved = 0;
        for (int pair = 0; pair < 4; pair += 2) {
            List<String> two = hosts().subList(pair, pair + 2);
            for (String host : two) {
                blocks.get(host).awaitBegin(BOUND);
                assertEquals(List.of(), cloud.serversOn(host));
            }
            time.advance(Duration.ofMinutes(10));
            assertEquals("only these two", new TreeSet<>(two), away());
            if (pair == 0) {
                has(steps.get(hosts().get(2)).status(), "waits for");
                DrainReport waiting = report(hosts().get(3));
                assertTrue(waiting.running());
                assertNull("no cordon of its own", waiting.hostState());
                has(waiting.message(), "waits for");
            }
            for (String host : two) {
                blocks.get(host).end();
            }
            for (String host : two) {
                Map<?, ?> result = result(host);
                assertEquals("DONE", result.get("outcome"));
                moved += ((List<?>) result.get("servers")).size();
            }
        }
        assertEquals(8, moved);
        assertEquals(Set.of(), away());
        assertEquals(4, report(hosts().get(0)).roll().hosts());
        assertEquals("aggregate:rack7", report(hosts().get(0)).roll().key());
    }

    @Test
    public void theCanaryGoesAloneAndIsLookedAtForAWhile() throws Exception {
        roll = planned(step -> {
            step.setCanary(true);
            step.setBurnIn(30);
        });
        String canary = hosts().get(0);
        assertEquals(canary, roll.get("canary"));
        startAll();
        blocks.get(canary).awaitBegin(BOUND);
        time.advance(Duration.ofMinutes(10));
        assertEquals(Set.of(canary), away());
        blocks.get(canary).end();
        result(canary);
        time.advance(Duration.ofMinutes(25));
        assertEquals(Set.of(), away());
        has(steps.get(hosts().get(1)).status(), "must show itself");
        blocks.get(hosts().get(1)).awaitBegin(BOUND);
    }

    @Test
    public void afterAFailureNothingBeginsAndTheSameJobGoesOn() throws Exception {
        roll = planned(step -> {});
        Object id = roll.get("roll");
        startAll();
        List<String> order = List.copyOf(hosts());
        String failed = order.get(0);
        String ended = order.get(1);
        blocks.get(ended).awaitBegin(BOUND);
        blocks.get(failed).awaitBegin(BOUND).fail(new AbortException("no firmware"));
        assertEquals("no firmware", steps.get(failed).failure(BOUND).getMessage());
        for (String host : order.subList(2, 4)) {
            has(
                    steps.get(host).failure(BOUND).getMessage(),
                    "Host " + host + " is not begun: " + failed + " failed (stopAfter: 1)");
            assertEquals("NOT_BEGUN", report(host).outcome());
            assertTrue(cloud.enabled(host));
            assertEquals(
                    2,
                    cloud.serversOn(host).stream()
                            .map(ServerState::name)
                            .filter(name -> name.startsWith(host))
                            .count());
        }
        blocks.get(ended).end();
        assertEquals(
                "what was under way comes to its end", "DONE", result(ended).get("outcome"));
        assertEquals(Set.of(failed), away());

        nextBuild();
        RunningStep planning = plan(step -> {});
        @SuppressWarnings("unchecked")
        Map<String, Object> again = (Map<String, Object>) planning.value(BOUND);
        roll = again;
        assertEquals(id, roll.get("roll"));
        assertEquals("the failed one first", failed, hosts().get(0));
        assertEquals("the done one last", ended, hosts().get(3));
        assertEquals(Set.of(ended), ((Map<?, ?>) roll.get("done")).keySet());
        has(planning.console(), ended + " is passed over: maintenance#1 has done it at ", failed + " failed in it");
        Map<?, ?> first = (Map<?, ?>) ((List<?>) roll.get("turns")).get(0);
        assertEquals("our own cordon goes", "CLEAR", first.get("state"));
        startAll();
        Map<?, ?> over = result(ended);
        assertEquals("DONE_BEFORE", over.get("outcome"));
        has(String.valueOf(over.get("message")), "Host " + ended + " is passed over: maintenance#1 has done it at ");
        assertEquals(0, blocks.get(ended).times());
        for (String host : hosts().subList(0, 3)) {
            blocks.get(host).awaitBegin(BOUND).end();
            assertEquals("DONE", result(host).get("outcome"));
        }

        nextBuild();
        roll = planned(step -> {});
        assertNotEquals("that roll is over", id, roll.get("roll"));
        assertEquals(Map.of(), roll.get("done"));
    }

    @Test
    public void aNewRollIsBegunWhereOneIsAskedFor() throws Exception {
        roll = planned(step -> {});
        startAll();
        String first = hosts().get(0);
        blocks.get(first).awaitBegin(BOUND).fail(new AbortException("no"));
        steps.get(first).failure(BOUND);
        blocks.get(hosts().get(1)).awaitBegin(BOUND).end();
        result(hosts().get(1));
        nextBuild();
        Map<String, Object> fresh = planned(step -> step.setFresh(true));
        assertNotEquals(roll.get("roll"), fresh.get("roll"));
        assertEquals(Map.of(), fresh.get("done"));
        Map<String, Object> others = planned(step -> {
            step.setAggregate(null);
            step.setHosts(RACK);
        });
        assertNotEquals("other hosts are another roll", roll.get("roll"), others.get("roll"));
        has(String.valueOf(others.get("key")), "hosts:");
    }

    /** One is done, one is worked on, two wait. */
    @Test
    public void aControllerThatDiesInTheMiddleGoesOn() throws Exception {
        roll = planned(step -> step.setBudget(Groups.budget(1, 0, null)));
        startAll();
        String done = hosts().get(0);
        blocks.get(done).awaitBegin(BOUND).end();
        result(done);
        String worked = hosts().get(1);
        blocks.get(worked).awaitBegin(BOUND);
        List<String> rest = hosts().subList(1, 4);
        for (String host : rest) {
            ((MaintenanceExecution) steps.get(host).execution()).suspend();
        }
        for (String host : rest) {
            steps.get(host).crash();
        }
        time.advance(Duration.ofMinutes(10));
        assertEquals("nothing begins beside what goes on", Set.of(worked), away());
        blocks.get(worked).end();
        for (String host : rest) {
            if (!host.equals(worked)) {
                blocks.get(host).awaitBegin(BOUND);
                assertEquals(Set.of(host), away());
                blocks.get(host).end();
            }
            assertEquals("DONE", result(host).get("outcome"));
            assertEquals("the block ran once", 1, blocks.get(host).times());
            has(steps.get(host).console(), "going on from the saved state");
        }
        assertEquals(Set.of(), away());
    }

    /** What has ended is known of the build's page. */
    @Test
    public void aFailureIsKnownAfterARestart() throws Exception {
        roll = planned(step -> step.setStopAfter(2));
        startAll();
        String failed = hosts().get(0);
        String worked = hosts().get(1);
        blocks.get(worked).awaitBegin(BOUND);
        blocks.get(failed).awaitBegin(BOUND).fail(new AbortException("no"));
        steps.get(failed).failure(BOUND);
        time.advance(Duration.ofMinutes(10));
        List<String> rest = hosts().subList(1, 4);
        for (String host : rest) {
            ((MaintenanceExecution) steps.get(host).execution()).suspend();
        }
        for (String host : rest) {
            steps.get(host).crash();
        }
        time.advance(Duration.ofMinutes(10));
        assertEquals("the failed one counts as away", Set.of(failed, worked), away());
        blocks.get(worked).fail(new AbortException("no"));
        steps.get(worked).failure(BOUND);
        for (String host : hosts().subList(2, 4)) {
            has(steps.get(host).failure(BOUND).getMessage(), "is not begun: ", failed, worked, "(stopAfter: 2)");
        }
    }

    @Test
    public void anAbortOfABranchThatWaitsEndsItAtOnce() throws Exception {
        roll = planned(step -> {});
        startAll();
        blocks.get(hosts().get(0)).awaitBegin(BOUND);
        String waits = hosts().get(3);
        steps.get(waits).stop();
        assertEquals(
                FlowInterruptedException.class, steps.get(waits).failure(BOUND).getClass());
        has(
                steps.get(waits).console(),
                "ABORTED: Aborted by the test. Host " + waits
                        + " was not begun: it is as it was, and its servers are where they were.");
        assertTrue(cloud.enabled(waits));
        assertFalse(report(waits).roll().begun());
        assertEquals(0, blocks.get(waits).times());
    }

    @Test
    public void aRollThatWillNotDoIsRefusedBeforeAnythingHappens() throws Exception {
        roll = planned(step -> step.setCanary(true));
        int changes = cloud.audit().changes().size();
        Map<Object, String> rows = new LinkedHashMap<>();
        rows.put(roll.get("planHash"), "give the map that rollPlan returned, not its planHash");
        rows.put(roll.get("hosts"), "give the map that rollPlan returned, not its planHash nor its hosts");
        for (String key : List.of(
                "roll",
                "key",
                "cloud",
                "hosts",
                "budget",
                "burnIn",
                "stopAfter",
                "blockMinutes",
                "blockMigration",
                "approve",
                "leave",
                "done",
                "turns",
                "seats")) {
            rows.put(but(key, null), "roll." + key + ": is missing in this map");
            rows.put(but(key, List.of(Map.of("x", List.of()))), "roll." + key);
        }
        for (String key : List.of("burnIn", "stopAfter", "blockMinutes")) {
            for (Object bad : List.of(-1, 1L << 40, "7", 1.5, true)) {
                rows.put(but(key, bad), "roll." + key + ": '" + bad + "' will not do; give a whole number from ");
            }
        }
        rows.put(but("stopAfter", 0), "roll.stopAfter: '0' will not do; give a whole number from 1 ");
        rows.put(but("canary", "c9"), "roll.canary: 'c9' will not do; name one of roll.hosts");
        rows.put(but("hosts", List.of("c1", "c1")), "roll.hosts: '[c1, c1]' will not do");
        rows.put(but("hosts", List.of("c2", "c3", "c4")), "c1");
        rows.put(
                but("cloud", "other"),
                "roll.cloud: the roll was planned on the cloud 'other', and this step works on 'sim'");
        rows.put(but("budget", Map.of("maxAway", -2, "minFree", 0)), "roll.budget.maxAway: '-2' will not do");
        rows.put(but("window", Map.of("hours", "22-5")), "roll.window.hours: '22-5' will not do");
        rows.put(
                but("blockMigration", "maybe"), "roll.blockMigration: 'maybe' will not do; give 'auto', true or false");
        rows.put(
                but("done", Map.of("c1", Map.of("build", "x#1", "at", "noon"))), "roll.done.c1.at: 'noon' will not do");
        rows.put(but("done", Map.of("c7", Map.of("build", "x#1", "at", "noon"))), "roll.done: 'c7' will not do");
        rows.put(
                but("turns", List.of(Map.of("host", "c1", "begins", 10, "ends", 5))),
                "roll.turns.ends: '5' will not do");
        rows.put(but("turns", List.of(Map.of("host", "c1", "takes", -1))), "roll.turns.takes: '-1' will not do");
        rows.put(
                but("seats", List.of(Map.of("id", "a", "from", "c1", "action", "FLY"))),
                "roll.seats.action: 'FLY' will not do");
        for (Map.Entry<Object, String> row : rows.entrySet()) {
            Throwable refusal =
                    runner.start(step("c1", row.getKey()), new HandBlock()).failure(BOUND);
            assertEquals(AbortException.class, refusal.getClass());
            has(refusal.getMessage(), row.getValue());
            assertTrue(refusal.getMessage(), refusal.getMessage().startsWith("roll"));
        }
        has(
                runner.start(step("spare", roll), new HandBlock())
                        .failure(BOUND)
                        .getMessage(),
                "roll: host 'spare' is none of its hosts",
                "plan the roll with it");
        Map<Consumer<NodeMaintenanceStep>, String> beside = new LinkedHashMap<>();
        beside.put(step -> step.setPlan("0123456789ab"), "roll, plan: both are given");
        beside.put(step -> step.setBudget(Groups.budget(1, 0, null)), "roll, budget: both are given");
        beside.put(step -> step.setBringHome(true), "roll, bringHome: both are given");
        beside.put(step -> step.setManifest(List.of()), "roll, manifest: both are given");
        beside.put(step -> step.setDryRun(true), "roll, dryRun: both are given; rollPlan is the dry run");
        for (Map.Entry<Consumer<NodeMaintenanceStep>, String> row : beside.entrySet()) {
            NodeMaintenanceStep step = step("c1", roll);
            row.getKey().accept(step);
            has(runner.start(step, new HandBlock()).failure(BOUND).getMessage(), row.getValue());
        }
        assertEquals(changes, cloud.audit().changes().size());
        assertEquals(
                "no page of a step that did not begin",
                List.of(),
                new ArrayList<>(HostMaintenanceAction.of(runner.run()).getDrains()));
    }

    /** The map with one key changed, or without it. */
    private Map<String, Object> but(String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>(roll);
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
        return map;
    }

    @Test
    public void whatRollPlanIsAskedIsInTheMapAndWhatWillNotDoIsRefused() throws Exception {
        MaintenanceWindow window = new MaintenanceWindow("00:00-24:00");
        window.setZone("UTC");
        Map<String, Object> asked = planned(step -> {
            step.setWindow(window);
            step.setStopAfter(2);
            step.setBlockMinutes(7);
        });
        assertEquals(Map.of("hours", "00:00-24:00", "zone", "UTC"), asked.get("window"));
        assertEquals(2, asked.get("stopAfter"));
        assertEquals(7, asked.get("blockMinutes"));
        assertEquals(0, asked.get("burnIn"));
        assertEquals("sim", asked.get("cloud"));
        assertEquals(Map.of("maxAway", 2, "minFree", 0), asked.get("budget"));
        assertFalse(asked.containsKey("canary"));
        Map<Consumer<RollPlanStep>, String> rows = new LinkedHashMap<>();
        rows.put(step -> step.setStopAfter(0), "stopAfter: '0' will not do; ");
        rows.put(step -> step.setBurnIn(-1), "burnIn: '-1' will not do; ");
        rows.put(step -> step.setBurnIn(5), "burnIn: '5' will not do; it follows the canary host");
        rows.put(step -> step.setWindow(new MaintenanceWindow("soon")), "window.hours: 'soon' will not do");
        for (Map.Entry<Consumer<RollPlanStep>, String> row : rows.entrySet()) {
            has(plan(row.getKey()).failure(BOUND).getMessage(), row.getValue());
        }
    }
}
