package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.step.LiveMigrateStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the plan says of servers, and that Nova sees it so. */
public class PlanContractTest {
    private static final Duration BOUND = Duration.ofMinutes(5);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private CloudFixture settings;
    private StepRunner runner;

    @Before
    public void configure() {
        settings = CloudFixture.begin();
        var admin = cloud.login(CloudUnderTest.Role.ADMIN);
        settings.credential(CloudFixture.password("admin", admin.user(), admin.password(), admin.project()));
        settings.cloud("nova", cloud.identityUrl(), null, "admin");
        runner = cloud.inItsTime(new StepRunner(folder.getRoot()));
    }

    @After
    public void end() {
        if (runner != null) {
            runner.close();
        }
        if (settings != null) {
            settings.close();
        }
    }

    private Boot boot(String name) {
        return Boot.named(name).on(cloud.host(1));
    }

    private NodeEvacuateStep evacuation() {
        NodeEvacuateStep step = new NodeEvacuateStep(cloud.host(1));
        step.setConfirm("auto");
        step.setPropagate(false);
        return step;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> run(NodeEvacuateStep step) throws InterruptedException {
        return (Map<String, Object>) runner.start(step).value(BOUND);
    }

    /** Each server's map by its name. */
    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> servers(Map<String, Object> result) {
        Map<String, Map<String, Object>> byName = new HashMap<>();
        ((List<Map<String, Object>>) result.get("servers"))
                .forEach(server -> byName.put((String) server.get("name"), server));
        return byName;
    }

    private static void assertSays(Map<String, Object> server, String action, String reason) {
        assertEquals(server.toString(), action, server.get("action"));
        String said = (String) server.get("reason");
        assertTrue(said, said.contains(reason));
    }

    /** What Nova's conductor says of a live migration that the API took and that cannot be made. */
    private String refusal(String id, String target) {
        Receipt receipt = cloud.admin().liveMigrate(id, target, BlockMigration.AUTO);
        String said = cloud.await(
                "the refusal of a live migration of " + id,
                () -> details(id, receipt.requestId()),
                words -> !words.isEmpty());
        cloud.awaitStatus(id, "ACTIVE");
        return said;
    }

    private String details(String id, String request) {
        return cloud.admin().action(id, request).events().stream()
                .map(InstanceAction.Event::details)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    @Test
    public void statesThatHoldAServerAreToldAndHoldNobodyElse() throws Exception {
        cloud.boot(
                boot("suspended").in(Boot.State.SUSPENDED),
                boot("rescued").in(Boot.State.RESCUE),
                boot("broken").in(Boot.State.ERROR),
                boot("paused").in(Boot.State.PAUSED),
                boot("off").in(Boot.State.SHUTOFF),
                boot("web"));
        NodeEvacuateStep dry = evacuation();
        dry.setDryRun(true);
        Map<String, Map<String, Object>> plan = servers(run(dry));
        assertSays(plan.get("suspended"), "BLOCKED", "SUSPENDED");
        assertSays(plan.get("rescued"), "BLOCKED", "RESCUE");
        assertSays(plan.get("broken"), "BLOCKED", "ERROR");
        assertSays(plan.get("paused"), "LIVE", "");
        assertSays(plan.get("off"), "COLD", "");
        assertSays(plan.get("web"), "LIVE", "");

        Map<String, Object> result = run(evacuation());
        assertEquals("INCOMPLETE", result.get("outcome"));
        assertEquals("MOVED", servers(result).get("web").get("outcome"));
        assertEquals("MOVED", servers(result).get("paused").get("outcome"));
        assertEquals("CONFIRMED", servers(result).get("off").get("outcome"));
        assertEquals("BLOCKED", servers(result).get("rescued").get("outcome"));
    }

    @Test
    public void whatOwnersSayIsKept() throws Exception {
        List<String> ids = cloud.boot(
                boot("stays").saying("skip"),
                boot("asks").saying("ask"),
                boot("odd").saying("sunday"),
                boot("stops").saying("cold"),
                boot("runs").saying("live"));
        Map<String, Object> result = run(evacuation());
        assertEquals("INCOMPLETE", result.get("outcome"));
        Map<String, Map<String, Object>> servers = servers(result);
        assertSays(servers.get("stays"), "SKIP", "maintenance: skip");
        assertSays(servers.get("asks"), "BLOCKED", "maintenance: ask");
        assertSays(servers.get("odd"), "BLOCKED", "'sunday'");
        assertEquals("COLD", servers.get("stops").get("action"));
        assertEquals("CONFIRMED", servers.get("stops").get("outcome"));
        assertEquals("LIVE", servers.get("runs").get("action"));
        for (int i = 0; i < 3; i++) {
            assertEquals(cloud.host(1), cloud.admin().server(ids.get(i)).host());
        }

        NodeEvacuateStep approved = evacuation();
        approved.setApprove(List.of("stays", "asks", ids.get(2)));
        assertEquals("DONE", run(approved).get("outcome"));
        ids.forEach(
                id -> assertNotEquals(cloud.host(1), cloud.admin().server(id).host()));
    }

    @Test
    public void anAffinityGroupStaysAndNovaSaysSoToo() throws Exception {
        String group = cloud.scene().group("filters-together", "affinity");
        String id = cloud.boot(boot("tied").ofGroup(group));
        assertTrue(refusal(id, null).contains("No valid host"));
        assertTrue(refusal(id, cloud.host(2)).contains("No valid host"));
        Map<String, Object> result = run(evacuation());
        assertEquals("INCOMPLETE", result.get("outcome"));
        assertSays(servers(result).get("tied"), "BLOCKED", "policy affinity");
    }

    @Test
    public void anAntiAffinityGroupIsKeptApartAndNovaSaysSoToo() throws Exception {
        String group = cloud.scene().group("filters-apart", "anti-affinity");
        String one = cloud.boot(boot("one").ofGroup(group));
        cloud.boot(Boot.named("two").on(cloud.host(2)).ofGroup(group));
        assertTrue(refusal(one, cloud.host(2)).contains("No valid host"));
        LiveMigrateStep step = new LiveMigrateStep(one);
        step.setTargetHost(cloud.host(2));
        String message = runner.start(step).failure(BOUND).getMessage();
        assertTrue(message, message.contains("anti-affinity") && message.contains("filters-apart"));
        assertEquals("DONE", run(evacuation()).get("outcome"));
        assertNotEquals(cloud.host(2), cloud.admin().server(one).host());
    }
}
