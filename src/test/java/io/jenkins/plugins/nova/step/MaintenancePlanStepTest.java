package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.PlanReport;
import io.jenkins.plugins.nova.report.data.PlanRow;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The plan of a host, and a drain that is held to it. */
public class MaintenancePlanStepTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String LONG_NAME =
            "a-server-whose-owner-gave-it-a-name-as-long-as-names-may-become-in-some-tenants";
    private static final String SECRET = "s3cr3t-4dm1n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private CloudFixture clouds;
    private SimulatedCloud cloud;
    private StepRunner runner;

    @Before
    public void start() {
        clouds = CloudFixture.begin();
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1")
                .server("off1", server -> server.status("SHUTOFF"))
                .server("asleep", server -> server.status("SUSPENDED"))
                .server("left1", server -> server.on("compute2").resizedFrom("compute1"))
                .server("web9", server -> server.on("compute2"))
                .server(LONG_NAME, server -> server.on("compute2").metadata("maintenance", "ask"))
                .user("operator", SECRET, "ops", "admin")
                .startingAt(Instant.now())
                .start();
        clouds.credential(CloudFixture.password("openstack", "operator", SECRET, "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        runner = new StepRunner(folder.getRoot()).in(DrivenTime.of(cloud));
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    private Map<?, ?> plan() throws InterruptedException {
        return (Map<?, ?>) runner.start(new MaintenancePlanStep("compute1")).value(BOUND);
    }

    private static NodeEvacuateStep evacuate(Object plan, String onDrift) {
        NodeEvacuateStep step = new NodeEvacuateStep("compute1");
        step.setPlan(plan);
        step.setOnDrift(onDrift);
        step.setPropagate(false);
        return step;
    }

    private Map<?, ?> drain(Object plan, String onDrift) throws InterruptedException {
        return (Map<?, ?>) runner.start(evacuate(plan, onDrift)).value(BOUND);
    }

    @Test
    public void thePlanIsToldAndNothingIsChanged() throws Exception {
        RunningStep step = runner.start(new MaintenancePlanStep("compute1"));
        Map<?, ?> plan = (Map<?, ?>) step.value(BOUND);
        assertEquals("PLANNED", plan.get("outcome"));
        assertEquals(Map.of("live", 1L, "cold", 1L, "blocked", 1L, "residue", 1L), plan.get("counts"));
        assertEquals(List.of(cloud.id("left1")), plan.get("awaitingConfirm"));
        assertTrue((Long) plan.get("seconds") > 0);
        Map<?, ?> terms = (Map<?, ?>) plan.get("terms");
        assertEquals("manual", terms.get("confirm"));
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(plan);
        assertTrue(cloud.audit().changes().toString(), cloud.audit().changes().isEmpty());
        assertTrue(cloud.enabled("compute1"));
        assertEquals(
                plan.get("planHash"),
                HostMaintenanceAction.of(runner.run()).getDrains().get(0).planHash());
    }

    @Test
    public void thePlanIsOnTheBuildsPageAndStaysThereBesideWhatBecameOfIt() throws Exception {
        MaintenancePlanStep step = new MaintenancePlanStep("compute1");
        step.setBudget(Groups.budget(1, 0, null));
        Map<?, ?> plan = (Map<?, ?>) runner.start(step).value(BOUND);
        cloud.delete("asleep");
        drain(plan, "continue");
        List<DrainReport> drains = HostMaintenanceAction.of(runner.run()).getDrains();
        PlanReport planned = drains.get(0).plan();
        assertEquals(plan.get("planHash"), planned.hash());
        assertNull(planned.approved());
        assertEquals(plan.get("seconds"), planned.seconds());
        assertEquals(
                List.of("live web1", "cold off1", "blocked asleep", "residue left1"),
                planned.rows().stream()
                        .map(row -> row.action() + " " + row.name())
                        .toList());
        PlanRow first = planned.rows().get(0);
        assertEquals("ACTIVE", first.status());
        assertEquals(0, first.startSeconds());
        assertTrue(first.endSeconds() > 0);
        assertTrue(planned.room().toString(), planned.room().fits());
        assertEquals(
                List.of("budget.maxAway 1: with 'compute1' 1 of the 3 hosts of the availability zone nova in"
                        + " maintenance, within the budget."),
                planned.budget());
        PlanReport carriedOut = drains.get(1).plan();
        assertEquals(planned.hash(), carriedOut.approved());
        assertEquals(List.of("- BLOCKED asleep (gone)"), carriedOut.drift());
        assertEquals("live", carriedOut.rows().get(0).action());
        assertEquals("MOVED", drains.get(1).servers().get(0).outcome());
        assertTrue(HostMaintenanceAction.of(runner.run()).getFragment().contains("Changed since plan"));
    }

    @Test
    public void theTableIsReadInAReviewAndWhatOverridesAVerdictIsReturned() throws Exception {
        RunningStep step = runner.start(new MaintenancePlanStep("compute2"));
        Map<?, ?> plan = (Map<?, ?>) step.value(BOUND);
        List<String> table = step.console()
                .lines()
                .dropWhile(line -> !line.contains("ACTION"))
                .takeWhile(line -> !line.contains("To do exactly this"))
                .toList();
        assertTrue(table.get(0), table.get(0).matches(".*ACTION +SERVER +STATUS +MEMORY +TAKES +PROJECT +OWNER"));
        assertTrue(
                String.join("\n", table),
                table.stream().anyMatch(line -> line.matches(".* LIVE +web9 +ACTIVE +.* demo +demo")));
        assertTrue(table.stream().anyMatch(line -> line.endsWith("Parameter: approve.")));
        table.stream()
                .filter(line -> !line.contains(LONG_NAME))
                .forEach(line -> assertTrue(line.length() + ": " + line, line.length() <= 120));
        Map<?, ?> asks = server(plan, LONG_NAME);
        assertEquals("approve", asks.get("override"));
        assertEquals("Agree with its owner; then name it in approve.", asks.get("hint"));
        assertEquals("BLOCKED", asks.get("action"));
        Map<?, ?> resized = server(plan, "left1");
        assertNull("nothing overrides a state", resized.get("override"));
        assertFalse(String.valueOf(resized.get("hint")).isEmpty());
        Map<?, ?> web = server(plan, "web9");
        assertEquals(32, String.valueOf(web.get("owner")).length());
        assertEquals(32, String.valueOf(web.get("project")).length());
        assertEquals("demo", web.get("projectName"));
        assertEquals("demo", web.get("ownerName"));
        PlanRow row = HostMaintenanceAction.of(runner.run()).getDrains().get(0).plan().rows().stream()
                .filter(one -> one.name().equals("web9"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of("demo", "demo"), List.of(row.projectName(), row.ownerName()));
        assertTrue(HostMaintenanceAction.of(runner.run()).getFragment().contains("owner demo, id " + row.owner()));
    }

    /** The same plan of who may not ask Keystone for names: ids stand for them, and one line tells why. */
    @Test
    public void whereNamesMayNotBeReadIdsStandForThem() throws Exception {
        cloud.faults()
                .on("GET", "^/(projects|users)/")
                .always()
                .status(403, "You are not authorized to perform the requested action: identity:get_project.");
        RunningStep step = runner.start(new MaintenancePlanStep("compute1"));
        Map<?, ?> plan = (Map<?, ?>) step.value(BOUND);
        Map<?, ?> web = server(plan, "web1");
        assertNull(web.get("projectName"));
        assertNull(web.get("ownerName"));
        assertEquals(32, String.valueOf(web.get("owner")).length());
        List<String> notes = step.console()
                .lines()
                .filter(line -> line.contains("ids stand for them"))
                .toList();
        assertEquals(step.console(), 1, notes.size());
        assertTrue(notes.get(0), notes.get(0).contains("(identity:get_project, identity:get_user)"));
        String page = HostMaintenanceAction.of(runner.run()).getFragment();
        assertTrue(page.contains("owner " + String.valueOf(web.get("owner")).substring(0, 8) + "…"));
        cloud.faults().clear();
        Map<?, ?> again = plan();
        assertEquals("demo", server(again, "web1").get("ownerName"));
        assertEquals(plan.get("planHash"), again.get("planHash"));
    }

    private static Map<?, ?> server(Map<?, ?> plan, String name) {
        return ((List<?>) plan.get("servers"))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> name.equals(one.get("name")))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    public void theDrainDoesWhatThePlanSaid() throws Exception {
        Map<?, ?> result = drain(plan(), "fail");
        assertEquals(List.of(), result.get("drift"));
        assertEquals("INCOMPLETE", result.get("outcome"));
        assertFalse("compute1".equals(cloud.server("web1").host()));
    }

    @Test
    public void fromTheMapTheDifferenceIsKnown() throws Exception {
        Map<?, ?> plan = plan();
        cloud.delete("web1");
        Map<?, ?> result = drain(plan, "fail");
        assertEquals("REFUSED", result.get("outcome"));
        assertEquals(List.of("~ blockMigration: auto -> none", "- LIVE web1 (gone)"), result.get("drift"));
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void fromTheHashTheDifferenceIsKnownInTheSameBuild() throws Exception {
        Object hash = plan().get("planHash");
        cloud.delete("web1");
        assertEquals(
                List.of("~ blockMigration: auto -> none", "- LIVE web1 (gone)"),
                drain(hash, "fail").get("drift"));
    }

    @Test
    public void askedItReturnsTheDifferenceAndGoesOnWithTheNewPlan() throws Exception {
        Map<?, ?> plan = plan();
        cloud.delete("asleep");
        Map<?, ?> drifted = drain(plan, "ask");
        assertEquals("DRIFTED", drifted.get("outcome"));
        assertEquals(List.of("- BLOCKED asleep (gone)"), drifted.get("drift"));
        assertFalse(cloud.enabled("compute1"));
        assertEquals("compute1", cloud.server("web1").host());
        Map<?, ?> result = drain(drifted.get("planHash"), "ask");
        assertEquals("AWAITING_CONFIRM", result.get("outcome"));
    }

    @Test
    public void aMapThatIsNoPlanIsSaid() throws Exception {
        Throwable failure =
                runner.start(evacuate(Map.of("host", "compute1"), "fail")).failure(BOUND);
        assertEquals(AbortException.class, failure.getClass());
        assertTrue(failure.getMessage(), failure.getMessage().startsWith("plan: this map has no planHash"));
        failure = runner.start(evacuate("abc", "perhaps")).failure(BOUND);
        assertTrue(failure.getMessage(), failure.getMessage().startsWith("onDrift: 'perhaps' will not do"));
    }
}
