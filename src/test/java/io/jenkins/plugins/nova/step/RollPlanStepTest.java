package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** rollPlan as Pipeline runs it: what it returns, prints and refuses, and how little it asks of the cloud. */
public class RollPlanStepTest {

    private static final Duration BOUND = Duration.ofSeconds(90);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        clouds = CloudFixture.begin();
        clouds.credential(CloudFixture.password("openstack", "operator", "secret", "ops"))
                .credential(CloudFixture.password("guest", "guest", "secret", "ops"));
        runner = new StepRunner(folder.getRoot());
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
        assertTrue("nothing is changed", cloud.audit().changes().isEmpty());
    }

    private void start(CloudBuilder builder) {
        cloud = builder.user("operator", "secret", "ops", "admin")
                .user("guest", "secret", "ops", "member")
                .realTime(10)
                .start();
        clouds.cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    private static CloudBuilder small() {
        return SimulatedCloud.builder()
                .host("compute1")
                .host("compute2")
                .host("compute3", host -> host.disabled("memory errors"))
                .host("spare")
                .server("web1", server -> server.on("compute1"))
                .server("web2", server -> server.on("compute2"))
                .server("asked", server -> server.on("compute2").metadata("maintenance", "ask"))
                .server("=1+1", server -> server.on("compute2").status("SUSPENDED"))
                .server("was1", server -> server.on("spare").resizedFrom("compute1"))
                .aggregate("rack7", null, Map.of(), "compute1", "compute2");
    }

    private static RollPlanStep of(Consumer<RollPlanStep> how) {
        RollPlanStep step = new RollPlanStep();
        how.accept(step);
        return step;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> plan(RollPlanStep step) throws InterruptedException {
        return (Map<String, Object>) runner.start(step).value(BOUND);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Map<String, Object> result, String key) {
        return (List<Map<String, Object>>) result.get(key);
    }

    @Test
    public void theWholeIsReturnedAsPlainData() throws Exception {
        start(small());
        Map<String, Object> roll = plan(of(step -> {
            step.setAggregate("rack7");
            step.setBudget(Groups.budget(1, 0, "rack7"));
            step.setBlockMinutes(30);
        }));
        // what waits in VERIFY_RESIZE still has its old room on compute1, which so frees less
        assertEquals(List.of("compute2", "compute1"), roll.get("hosts"));
        assertEquals(2, roll.get("moves"));
        assertEquals(2, roll.get("servers"));
        assertEquals(2, roll.get("bound"));
        assertTrue(String.valueOf(roll.get("planHash")).matches("[0-9a-f]{12}"));
        Map<String, Object> first = maps(roll, "turns").get(0);
        assertEquals("BLOCKED", first.get("state"));
        assertEquals(0, first.get("begins"));
        assertEquals(1800, (Integer) first.get("worked") - (Integer) first.get("drained"));
        assertEquals(List.of(), maps(roll, "short"));
        assertEquals(
                List.of("was1", "=1+1", "asked"),
                maps(roll, "blocked").stream().map(one -> one.get("name")).toList());
        assertEquals("approve", maps(roll, "blocked").get(2).get("override"));
        assertTrue(maps(roll, "seats").toString(), maps(roll, "seats").get(0).get("to") != null);
        String owners = (String) roll.get("owners");
        assertEquals(4, owners.lines().count());
        assertTrue(owners, owners.startsWith("owner,project,host,server,name,status,reason,hint,parameter\r\n"));
        assertTrue("no formula for a spreadsheet: " + owners, owners.contains(",'=1+1,SUSPENDED,"));
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(roll);
    }

    /** The forecast knows the window: what is not as long as a host takes is told of it, and how long that is. */
    @Test
    public void aWindowIsInTheForecastAndInTheHash() throws Exception {
        start(SimulatedCloud.builder().host("compute1").host("spare"));
        Map<String, Object> always = plan(of(step -> step.setHosts("compute1")));
        RunningStep running = runner.start(of(step -> {
            step.setHosts("compute1");
            step.setWindow(new MaintenanceWindow("22:00-22:10"));
        }));
        @SuppressWarnings("unchecked")
        Map<String, Object> roll = (Map<String, Object>) running.value(BOUND);
        Map<String, Object> turn = maps(roll, "turns").get(0);
        assertEquals("TOO_LONG", turn.get("state"));
        assertEquals(maps(always, "turns").get(0).get("takes"), turn.get("takes"));
        assertEquals(1_500, turn.get("takes"));
        assertEquals(null, turn.get("begins"));
        String told =
                "it takes 25 min, and no window (22:00-22:10 every day, " + ZoneId.systemDefault() + ") is as long";
        assertEquals(told, turn.get("reason"));
        assertTrue(running.console(), running.console().contains("1  compute1  TOO_LONG"));
        assertTrue(running.console(), running.console().contains("it takes 25 min, and no window (22:00-22:10"));
        assertTrue(String.valueOf(roll.get("terms")).contains("window=22:00-22:10 every day"));
        assertTrue(!always.get("planHash").equals(roll.get("planHash")));
    }

    @Test
    public void theConsoleShowsTheTurnsAndWhatBlocksByOwner() throws Exception {
        start(small());
        RunningStep running = runner.start(of(step -> step.setAggregate("rack7")));
        running.value(BOUND);
        String console = running.console();
        assertTrue(console, console.contains("[rollPlan]   TURN  HOST"));
        assertTrue(console, console.contains("will block"));
        assertTrue(console, console.contains("owner "));
        console.lines()
                .filter(line -> line.startsWith("[rollPlan]"))
                .forEach(line -> assertTrue(line.length() + ": " + line, line.length() <= 120));
    }

    @Test
    public void whatIsApprovedOrLeftBlocksNoMoreAndTheHashTells() throws Exception {
        start(small());
        Map<String, Object> before = plan(of(step -> step.setHosts("compute2")));
        Map<String, Object> after = plan(of(step -> {
            step.setHosts(List.of("compute2"));
            step.setApprove("asked");
            step.setLeave("=1+1");
        }));
        assertEquals(2, maps(before, "blocked").size());
        assertEquals(List.of(), maps(after, "blocked"));
        assertTrue(!before.get("planHash").equals(after.get("planHash")));
        assertTrue(
                after.get("notes").toString(), after.get("notes").toString().contains("approve: 'asked' is server "));
    }

    @Test
    public void aWrongArgumentIsRefusedWithTheWayOut() throws Exception {
        start(small());
        Map<Consumer<RollPlanStep>, String> rows = new LinkedHashMap<>();
        rows.put(step -> {}, "hosts, aggregate, zone: none of them is given; give exactly one.");
        rows.put(
                step -> {
                    step.setZone("nova");
                    step.setAggregate("rack7");
                },
                "hosts, aggregate, zone: 2 of them are given; give exactly one.");
        rows.put(
                step -> step.setHosts(List.of("compute1", "compute9")),
                "rollPlan: hosts: there is no compute service on a host called exactly 'compute9'; there are: 'compute1',"
                        + " 'compute2', 'compute3', 'spare'.");
        rows.put(
                step -> step.setAggregate("rack8"),
                "rollPlan: aggregate: there is none called exactly 'rack8'; there are: rack7.");
        rows.put(step -> step.setZone("east"), "rollPlan: zone: there is none called exactly 'east'; there are: nova.");
        rows.put(
                step -> {
                    step.setHosts("compute3");
                    step.setBudget(Groups.budget(1, 0, "rack7"));
                },
                "rollPlan: budget.aggregate: 'compute3' is not in the aggregate 'rack7'. Name one that it is in, or leave it"
                        + " out for its availability zone.");
        rows.put(
                step -> {
                    step.setHosts("compute1");
                    step.setBlockMinutes(-1);
                },
                "blockMinutes: '-1' will not do; give whole minutes from 0 to 10000.");
        rows.put(
                step -> {
                    step.setHosts("compute1");
                    step.setLeave("*");
                },
                "leave: '*' will not do; name the servers whose owners agreed, one by one.");
        for (Map.Entry<Consumer<RollPlanStep>, String> row : rows.entrySet()) {
            Throwable failure = runner.start(of(row.getKey())).failure(BOUND);
            assertEquals(AbortException.class, failure.getClass());
            assertEquals(row.getValue(), failure.getMessage());
        }
    }

    @Test
    public void whoDoesNotSeeAllServersGetsNoPlan() throws Exception {
        start(small());
        String refusal = runner.start(of(step -> {
                    step.setHosts("compute1");
                    step.setCredentialsId("guest");
                }))
                .failure(BOUND)
                .getMessage();
        assertTrue(refusal, refusal.contains("credentialsId"));
    }

    /** 50 hosts and 1,000 servers: a request for each page of servers and for each resource class, and a dozen besides. */
    @Test
    public void whatItAsksDoesNotGrowWithServersOrHosts() throws Exception {
        CloudBuilder builder = SimulatedCloud.builder().maxLimit(200);
        for (int host = 0; host <= 50; host++) {
            builder.host("c" + (100 + host));
        }
        for (int server = 0; server < 1_000; server++) {
            int on = 100 + server % 50;
            builder.server("s" + server, one -> one.on("c" + on));
        }
        start(builder);
        Map<String, Object> roll = plan(of(step -> step.setZone("nova")));
        assertEquals(1_000, roll.get("servers"));
        assertEquals(1_000, roll.get("moves"));
        List<AuditEntry> asked = cloud.audit().entries().stream()
                .filter(entry -> !entry.service().equals("identity"))
                .toList();
        assertTrue(asked.size() + " requests: " + asked, asked.size() <= 20);
        assertEquals(
                "pages of servers",
                5,
                asked.stream()
                        .filter(entry -> entry.path().endsWith("/servers/detail"))
                        .count(),
                1);
        assertTrue(asked.stream().noneMatch(entry -> entry.path().matches(".*/servers/[0-9a-f-]{36}.*")));
    }

    @Test
    public void withoutPlacementTheHypervisorsTell() throws Exception {
        start(small().withoutPlacement());
        Map<String, Object> roll = plan(of(step -> step.setHosts("compute1")));
        assertEquals(1, roll.get("moves"));
        assertTrue(
                roll.get("notes").toString(),
                roll.get("notes").toString().contains("is known by the hypervisors' memory"));
    }
}
