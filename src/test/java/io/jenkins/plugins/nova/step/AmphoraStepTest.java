package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Amphorae of Octavia on a host that is emptied, through the steps. */
public class AmphoraStepTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String HOST = "compute1";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private CloudFixture clouds;
    private StepRunner runner;
    private SimulatedCloud cloud;

    @Before
    public void begin() {
        clouds = CloudFixture.begin();
        runner = new StepRunner(folder.getRoot());
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    /** A pair, the machine of another load balancer, and a server of a tenant's; five hosts could take them. */
    private static CloudBuilder balanced() {
        return SimulatedCloud.builder()
                .host("compute2")
                .host(HOST)
                .server("lb-a", server -> server.volumeBacked())
                .server("lb-b", server -> server.volumeBacked())
                .server("single", server -> server.volumeBacked().status("SHUTOFF"))
                .server("web1", server -> server.volumeBacked())
                .amphora("lb-a", "shop", "MASTER")
                .amphora("lb-b", "shop", "BACKUP")
                .amphora("single", "intranet", "STANDALONE");
    }

    private void start(CloudBuilder builder, String... rules) {
        builder.userWithCredential("operator", "s3cr3t", "ops", "app-1", "app-s3cr3t", "admin");
        if (rules.length > 0) {
            builder.accessRules("operator", rules);
        }
        cloud = builder.startingAt(Instant.now()).start();
        runner.in(DrivenTime.of(cloud));
        clouds.credential(
                        rules.length > 0
                                ? CloudFixture.application("openstack", "app-1", "app-s3cr3t")
                                : CloudFixture.password("openstack", "operator", "s3cr3t", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    private long asked() {
        return cloud.audit().entries().stream()
                .filter(entry -> entry.service().equals("load-balancer"))
                .count();
    }

    private static void has(String text, String... parts) {
        for (String part : parts) {
            assertTrue("no '" + part + "' in:\n" + text, text.contains(part));
        }
    }

    /** Counts requests at which a load balancer has none of its pair in service, and failovers asked for. */
    private void watch(AtomicInteger both) {
        cloud.lies().beforeEach(request -> {
            boolean a = cloud.servers().stream().anyMatch(one -> one.name().equals("lb-a") && one.taskState() == null);
            boolean b = cloud.servers().stream().anyMatch(one -> one.name().equals("lb-b") && one.taskState() == null);
            boolean replaced =
                    cloud.servers().stream().anyMatch(one -> one.name().startsWith("amphora-"));
            if (!a && !b && !replaced) {
                both.incrementAndGet();
            }
        });
    }

    private List<String> failovers() {
        return cloud.audit().entries().stream()
                .filter(entry -> entry.service().equals("load-balancer")
                        && entry.method().equals("PUT")
                        && entry.status() == 202)
                .map(entry -> entry.path())
                .toList();
    }

    private static List<String> outcomes(Object result) {
        return ((List<?>) ((Map<?, ?>) result).get("servers"))
                .stream()
                        .map(one -> ((Map<?, ?>) one).get("name") + " " + ((Map<?, ?>) one).get("outcome"))
                        .sorted()
                        .toList();
    }

    private static final List<String> ALL =
            List.of("lb-a FAILED_OVER", "lb-b FAILED_OVER", "single FAILED_OVER", "web1 MOVED");

    @Test
    public void amphoraeAreReplacedByOctaviaOneOfAPairAfterTheOther() throws Exception {
        start(balanced());
        AtomicInteger both = new AtomicInteger();
        watch(both);
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        Object result = step.value(BOUND);
        assertEquals("DONE", ((Map<?, ?>) result).get("outcome"));
        assertEquals(ALL, outcomes(result));
        assertEquals(0, both.get());
        assertEquals(List.of(), cloud.serversOn(HOST));
        assertEquals("each once", 3, failovers().stream().distinct().count());
        assertEquals(3, failovers().size());
        assertEquals("ACTIVE", cloud.loadBalancer("shop"));
        has(
                step.console(),
                "it is an amphora (master) of load balancer ",
                "which is out while Octavia replaces it, for no other amphora works for it",
                "lb-a: FAILED_OVER");
    }

    /** A roll that empties both hosts of a pair together: one of the two works all the time, and no seat is lacking. */
    @Test
    public void bothHostsOfAPairAreEmptiedTogetherInARoll() throws Exception {
        start(SimulatedCloud.builder()
                .host("compute3")
                .host("compute2")
                .host(HOST)
                .server("lb-a", server -> server.volumeBacked().on(HOST))
                .server("web1", server -> server.volumeBacked().on(HOST))
                .server("lb-b", server -> server.volumeBacked().on("compute2"))
                .amphora("lb-a", "shop", "MASTER")
                .amphora("lb-b", "shop", "BACKUP"));
        AtomicInteger none = new AtomicInteger();
        cloud.lies().beforeEach(request -> {
            if (cloud.amphoraeInService("shop") == 0) {
                none.incrementAndGet();
            }
        });
        RollPlanStep plan = new RollPlanStep();
        plan.setHosts(List.of(HOST, "compute2"));
        plan.setCanary(false);
        RunningStep planned = runner.start(plan);
        Map<?, ?> roll = (Map<?, ?>) planned.value(BOUND);
        assertEquals("web1 alone has a seat", 1, roll.get("moves"));
        has(
                String.valueOf(roll.get("notes")),
                "2 amphorae on 2 of these hosts are replaced by Octavia",
                "1 load balancer has amphorae on several of these hosts.");
        Map<String, HandBlock> blocks = new LinkedHashMap<>();
        Map<String, RunningStep> steps = new LinkedHashMap<>();
        for (String host : List.of(HOST, "compute2")) {
            NodeMaintenanceStep step = new NodeMaintenanceStep(host);
            step.setRoll(roll);
            blocks.put(host, new HandBlock());
            steps.put(host, runner.start(step, blocks.get(host)));
        }
        for (HandBlock block : blocks.values()) {
            block.awaitBegin(BOUND);
        }
        assertEquals(List.of(), cloud.serversOn(HOST));
        assertEquals(List.of(), cloud.serversOn("compute2"));
        for (String host : blocks.keySet()) {
            blocks.get(host).end();
            Map<?, ?> result = (Map<?, ?>) steps.get(host).value(BOUND);
            assertEquals("DONE", result.get("outcome"));
            assertTrue(
                    outcomes(result).toString(),
                    outcomes(result).stream().anyMatch(one -> one.endsWith(" FAILED_OVER")));
            assertFalse(steps.get(host).console(), steps.get(host).console().contains("after the roll was approved"));
        }
        assertEquals("one works at every moment", 0, none.get());
        assertEquals("ACTIVE", cloud.loadBalancer("shop"));
    }

    @Test
    public void whereOctaviaMayNotBeAskedARollSaysSo() throws Exception {
        start(balanced(), AccessRuleFiles.rules("access-rules.json"));
        RollPlanStep plan = new RollPlanStep();
        plan.setHosts(HOST);
        RunningStep planned = runner.start(plan);
        Map<?, ?> roll = (Map<?, ?>) planned.value(BOUND);
        assertEquals(4, roll.get("moves"));
        has(planned.console(), "Octavia could not be asked which servers are amphorae");
    }

    @Test
    public void aDeadHostsAmphoraeAreReplacedToo() throws Exception {
        start(balanced());
        cloud.kill(HOST);
        cloud.advance(Duration.ofMinutes(3));
        NodeEvacuateStep step = new NodeEvacuateStep(HOST);
        DeadHost dead = new DeadHost();
        dead.setFenced(true);
        step.setDeadHost(dead);
        Object result = runner.start(step).value(BOUND);
        assertEquals(
                List.of("lb-a FAILED_OVER", "lb-b FAILED_OVER", "single FAILED_OVER", "web1 REBUILT"),
                outcomes(result));
    }

    @Test
    public void aPlanTellsThem() throws Exception {
        start(balanced());
        RunningStep step = runner.start(new MaintenancePlanStep(HOST));
        step.value(BOUND);
        has(step.console(), "3 failover", "it is an amphora (backup) of load balancer ");
        assertEquals(List.of(), failovers());
    }

    @Test
    public void whatOctaviaCannotReplaceIsTold() throws Exception {
        start(balanced());
        cloud.failoversFail(true);
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        has(step.failure(BOUND).getMessage(), "Octavia could not replace it: load balancer ", "reads ERROR");
        assertEquals(
                "not asked again, and its peer is not once the load balancer reads ERROR",
                2,
                failovers().size());
    }

    @Test
    public void aLoadBalancerThatSomebodyChangesIsWaitedFor() throws Exception {
        start(balanced());
        cloud.setLoadBalancer("intranet", "PENDING_UPDATE");
        cloud.after(Duration.ofMinutes(3), () -> cloud.setLoadBalancer("intranet", "ACTIVE"));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(ALL, outcomes(step.value(BOUND)));
        has(step.console(), "is immutable and cannot be updated");
    }

    @Test
    public void oneThatStaysSoIsToldInTheEnd() throws Exception {
        start(balanced());
        cloud.setLoadBalancer("intranet", "PENDING_UPDATE");
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        has(step.failure(BOUND).getMessage(), "could not be changed for 10 min", "openstack loadbalancer show ");
    }

    @Test
    public void whatSomebodyElseFailsOverIsNotAskedForAgain() throws Exception {
        start(balanced());
        cloud.failOver("lb-a");
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertEquals(List.of(), cloud.serversOn(HOST));
        assertEquals("its peer's and the single one's", 2, failovers().size());
    }

    @Test
    public void aLostAnswerIsLookedUpAndNothingIsSentTwice() throws Exception {
        for (boolean acted : new boolean[] {true, false}) {
            start(balanced());
            if (acted) {
                cloud.faults().on("PUT", "/octavia/amphorae/.*/failover").nth(1).dropAfterActing();
            } else {
                cloud.faults().on("PUT", "/octavia/amphorae/.*/failover").nth(1).drop();
            }
            assertEquals(ALL, outcomes(runner.start(new NodeEvacuateStep(HOST)).value(BOUND)));
            assertEquals(Set.of(1), Set.copyOf(cloud.failoversTaken().values()));
            assertEquals(3, cloud.failoversTaken().size());
            cloud.close();
            runner.close();
            clouds.close();
            clouds = CloudFixture.begin();
            runner = new StepRunner(folder.newFolder());
        }
        start(balanced());
    }

    @Test
    public void whereOctaviaMayNotBeAskedTheyAreMovedAsPlainServers() throws Exception {
        start(balanced(), AccessRuleFiles.rules("access-rules.json"));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals("AWAITING_CONFIRM", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        has(step.console(), "Octavia could not be asked which servers are amphorae", "they must allow GET");
        assertFalse(step.console(), step.console().contains("app-s3cr3t"));
        assertEquals(1, asked());
    }

    @Test
    public void whereItDoesNotAnswerTheyAreMovedAsPlainServers() throws Exception {
        start(balanced());
        cloud.faults().on("GET", "/octavia/amphorae").always().status(503, "no");
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals("AWAITING_CONFIRM", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        has(step.console(), "Octavia could not be asked which servers are amphorae");
    }

    @Test
    public void itsAccessRulesAreEnough() throws Exception {
        start(balanced(), AccessRuleFiles.rules("access-rules.json", "access-rules-octavia.json"));
        assertEquals(ALL, outcomes(runner.start(new NodeEvacuateStep(HOST)).value(BOUND)));
    }

    @Test
    public void besideLeavesItOut() throws Exception {
        start(balanced());
        NodeEvacuateStep step = new NodeEvacuateStep(HOST);
        step.setBeside("none");
        assertEquals("AWAITING_CONFIRM", ((Map<?, ?>) runner.start(step).value(BOUND)).get("outcome"));
        assertEquals(0, asked());
    }

    @Test
    public void besideNamesIt() throws Exception {
        start(balanced());
        NodeEvacuateStep step = new NodeEvacuateStep(HOST);
        step.setBeside(List.of("Octavia"));
        assertEquals(ALL, outcomes(runner.start(step).value(BOUND)));
    }

    /** Named, it must be there and tell them: else nothing is changed. */
    @Test
    public void namedAndNotThereOrNotToldTheStepIsRefused() throws Exception {
        record Row(CloudBuilder cloud, String says, String... rules) {}
        CloudBuilder without =
                SimulatedCloud.builder().host("compute2").host(HOST).server("web1");
        for (Row row : List.of(
                new Row(without, "beside: the cloud's catalogue has no Octavia"),
                new Row(
                        balanced(),
                        "beside: Octavia could not be asked",
                        AccessRuleFiles.rules("access-rules.json")))) {
            start(row.cloud(), row.rules());
            NodeEvacuateStep step = new NodeEvacuateStep(HOST);
            step.setBeside("octavia");
            has(runner.start(step).failure(BOUND).getMessage(), row.says(), "Nothing was changed");
            assertTrue(cloud.enabled(HOST));
            assertEquals(0, cloud.audit().where(entry -> entry.action() != null).size());
            cloud.close();
            runner.close();
            clouds.close();
            clouds = CloudFixture.begin();
            runner = new StepRunner(folder.newFolder());
        }
        start(balanced());
    }

    @Test
    public void anUnknownWordIsRefused() throws Exception {
        start(balanced());
        NodeEvacuateStep step = new NodeEvacuateStep(HOST);
        step.setBeside(List.of("octavia", "ironic"));
        has(runner.start(step).failure(BOUND).getMessage(), "beside", "'ironic'", "'octavia'", "'masakari'");
    }

    /** A host that is asked for is nothing that Octavia could go by. */
    @Test
    public void chosenServersArePlainOnes() throws Exception {
        start(balanced());
        assertEquals(
                List.of("lb-a MOVED", "lb-b MOVED"),
                outcomes(runner.start(new LiveMigrateStep(List.of("lb-a", "lb-b")))
                        .value(BOUND)));
        assertEquals(List.of(), failovers());
    }
}
