package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.Settle;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.step.ColdMigrateStep;
import io.jenkins.plugins.nova.step.LiveMigrateStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.NovaStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The steps, from their parameters to where the servers are in the end. */
public class StepsContractTest {
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
        credential("admin", cloud.login(CloudUnderTest.Role.ADMIN));
        credential("member", cloud.login(CloudUnderTest.Role.MEMBER));
        Login.Password admin = cloud.login(CloudUnderTest.Role.ADMIN);
        credential("mistyped", CloudUnderTest.password(admin.user(), "wr0ng-p4ssword", admin.project()));
        settings.cloud("nova", cloud.identityUrl(), null, "admin");
        runner = cloud.inItsTime(new StepRunner(folder.getRoot()));
    }

    private void credential(String id, Login.Password login) {
        settings.credential(CloudFixture.password(id, login.user(), login.password(), login.project()));
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

    // --- running a step

    @SuppressWarnings("unchecked")
    private Map<String, Object> evacuate(NodeEvacuateStep step) throws InterruptedException {
        return (Map<String, Object>) runner.start(step).value(BOUND);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> move(NovaStep step) throws InterruptedException {
        return servers((Map<String, Object>) runner.start(step).value(BOUND));
    }

    private String refusal(NovaStep step) throws InterruptedException {
        return runner.start(step).failure(BOUND).getMessage();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> servers(Map<String, Object> result) {
        return (List<Map<String, Object>>) result.get("servers");
    }

    /** How often each outcome occurs. */
    private static Map<Object, Long> outcomes(List<Map<String, Object>> servers) {
        return servers.stream().collect(Collectors.groupingBy(s -> s.get("outcome"), Collectors.counting()));
    }

    private void assertNothingWasAsked(String id) {
        assertEquals(List.of(), cloud.admin().migrations(MigrationQuery.of(id)));
        assertEquals(cloud.host(1), cloud.admin().server(id).host());
    }

    // --- a whole host

    @Test
    public void aHostOfTwentyMixedServersIsEmptied() throws Exception {
        List<Boot> wanted = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Boot.State state = i < 12 ? Boot.State.ACTIVE : i < 17 ? Boot.State.SHUTOFF : Boot.State.PAUSED;
            wanted.add(Boot.named("guest-" + i).on(cloud.host(1)).in(state));
        }
        List<String> ids = cloud.boot(wanted.toArray(Boot[]::new));
        NodeEvacuateStep step = new NodeEvacuateStep(cloud.host(1));
        step.setConfirm("auto");
        step.setConcurrency(4);
        Map<String, Object> result = evacuate(step);
        assertEquals(cloud.host(1), result.get("host"));
        assertEquals("DONE", result.get("outcome"));
        assertEquals(List.of(), result.get("awaitingConfirm"));
        assertEquals(Map.of("MOVED", 15L, "CONFIRMED", 5L), outcomes(servers(result)));
        assertEquals(List.of(), cloud.admin().serversOn(cloud.host(1)));
        Map<String, Server> after = new HashMap<>();
        ids.forEach(id -> after.put(id, cloud.admin().server(id)));
        for (int i = 0; i < ids.size(); i++) {
            Server server = after.get(ids.get(i));
            assertEquals(server.name(), wanted.get(i).state().name(), server.status());
            assertNotEquals(cloud.host(1), server.host());
        }
        ComputeService service = cloud.service(cloud.host(1));
        assertFalse(service.enabled());
        assertTrue(service.disabledReason(), service.disabledReason().contains("maintenance"));
    }

    @Test
    public void withManualConfirmItEndsWithWhatWaits() throws Exception {
        String live = cloud.bootHere("live");
        String off = cloud.boot(Boot.named("off").on(cloud.host(1)).in(Boot.State.SHUTOFF));
        Map<String, Object> result = evacuate(new NodeEvacuateStep(cloud.host(1)));
        assertEquals("AWAITING_CONFIRM", result.get("outcome"));
        assertEquals(List.of(off), result.get("awaitingConfirm"));
        assertEquals("VERIFY_RESIZE", cloud.admin().server(off).status());
        assertNotEquals(cloud.host(1), cloud.admin().server(live).host());

        List<Map<String, Object>> confirmed = move(Settle.confirm(result.get("awaitingConfirm")));
        assertEquals(Map.of("CONFIRMED", 1L), outcomes(confirmed));
        assertEquals("SHUTOFF", cloud.awaitStatus(off, "SHUTOFF").status());
    }

    @Test
    public void dryRunChangesNothing() throws Exception {
        String id = cloud.bootHere("web");
        NodeEvacuateStep step = new NodeEvacuateStep(cloud.host(1));
        step.setDryRun(true);
        Map<String, Object> result = evacuate(step);
        assertEquals("PLANNED", result.get("outcome"));
        assertEquals(Map.of("PLANNED", 1L), outcomes(servers(result)));
        assertNothingWasAsked(id);
        assertTrue(cloud.service(cloud.host(1)).enabled());
    }

    @Test
    public void aKilledHostIsRebuiltElsewhere() throws Exception {
        List<String> ids = cloud.boot(
                Boot.named("web").on(cloud.host(1)),
                Boot.named("off").on(cloud.host(1)).in(Boot.State.SHUTOFF));
        cloud.kill(cloud.host(1));
        NodeEvacuateStep step = new NodeEvacuateStep(cloud.host(1));
        step.setDeadHost(Groups.deadHost(true, true));
        Map<String, Object> result = evacuate(step);
        assertEquals("DONE", result.get("outcome"));
        assertEquals(Map.of("REBUILT", 2L), outcomes(servers(result)));
        assertEquals("ACTIVE", cloud.admin().server(ids.get(0)).status());
        assertEquals("SHUTOFF", cloud.admin().server(ids.get(1)).status());
        ids.forEach(
                id -> assertNotEquals(cloud.host(1), cloud.admin().server(id).host()));
        assertTrue(cloud.service(cloud.host(1)).forcedDown());
    }

    @Test
    public void aDeadHostThatNobodyFencedIsNotTouched() throws Exception {
        String id = cloud.bootHere("web");
        cloud.killAndForceDown(cloud.host(1));
        String message = refusal(new NodeEvacuateStep(cloud.host(1)));
        assertTrue(message, message.contains("fenced"));
        assertNothingWasAsked(id);
    }

    @Test
    public void aHypervisorsFailureBlocksNobodyElse() throws Exception {
        List<String> ids = cloud.boot(
                Boot.named("good").on(cloud.host(1)),
                Boot.named("bad").on(cloud.host(1)),
                Boot.named("ugly").on(cloud.host(1)).in(Boot.State.SHUTOFF));
        cloud.needControl();
        cloud.fails("bad", Operation.LIVE);
        cloud.fails("ugly", Operation.COLD);
        NodeEvacuateStep step = new NodeEvacuateStep(cloud.host(1));
        step.setPropagate(false);
        Map<String, Object> result = evacuate(step);
        assertEquals("INCOMPLETE", result.get("outcome"));
        Map<Object, Map<String, Object>> byName =
                servers(result).stream().collect(Collectors.toMap(s -> s.get("name"), s -> s));
        assertEquals("MOVED", byName.get("good").get("outcome"));
        assertEquals("FAILED", byName.get("bad").get("outcome"));
        assertEquals("FAILED", byName.get("ugly").get("outcome"));
        String reason = (String) byName.get("ugly").get("reason");
        assertTrue(reason, reason.contains("told to fail cold of ugly"));
        assertEquals(cloud.host(1), cloud.admin().server(ids.get(1)).host());
        assertFalse(cloud.service(cloud.host(1)).enabled());

        String message = refusal(new NodeEvacuateStep(cloud.host(1)));
        assertTrue(message, message.contains("bad") && message.contains("ugly") && !message.contains("good"));
    }

    @Test
    public void withNoValidHostTheReasonIsNovas() throws Exception {
        String id = cloud.bootHere("web");
        cloud.admin().computeServices().stream()
                .filter(service -> !service.host().equals(cloud.host(1)))
                .forEach(service -> cloud.admin().disableService(service.id(), "contract"));
        String message = refusal(new NodeEvacuateStep(cloud.host(1)));
        assertTrue(message, message.contains("No valid host was found."));
        assertEquals(cloud.host(1), cloud.admin().server(id).host());
    }

    // --- chosen servers

    @Test
    public void liveToANamedHost() throws Exception {
        String id = cloud.bootHere("web");
        LiveMigrateStep step = new LiveMigrateStep("web");
        step.setTargetHost(cloud.host(3));
        List<Map<String, Object>> result = move(step);
        assertEquals(Map.of("MOVED", 1L), outcomes(result));
        assertEquals(cloud.host(3), result.get(0).get("to"));
        assertEquals(cloud.host(3), cloud.admin().server(id).host());
    }

    @Test
    public void coldThenConfirmed() throws Exception {
        String id = cloud.bootHere("web");
        ColdMigrateStep cold = new ColdMigrateStep(id);
        cold.setTargetHost(cloud.host(2));
        assertEquals(Map.of("AWAITING_CONFIRM", 1L), outcomes(move(cold)));
        assertEquals("VERIFY_RESIZE", cloud.admin().server(id).status());
        assertEquals(Map.of("CONFIRMED", 1L), outcomes(move(Settle.confirm(id))));
        assertEquals(cloud.host(2), cloud.awaitStatus(id, "ACTIVE").host());
    }

    @Test
    public void coldThenReverted() throws Exception {
        String id = cloud.bootHere("web");
        assertEquals(Map.of("AWAITING_CONFIRM", 1L), outcomes(move(new ColdMigrateStep(id))));
        assertEquals(Map.of("REVERTED", 1L), outcomes(move(Settle.revert(id))));
        assertEquals(cloud.host(1), cloud.awaitStatus(id, "ACTIVE").host());
    }

    @Test
    public void unknownAndAmbiguousServersAreRefused() throws Exception {
        List<String> twins = cloud.boot(
                Boot.named("twin").on(cloud.host(1)), Boot.named("twin").on(cloud.host(1)));
        String ambiguous = refusal(new LiveMigrateStep("twin"));
        assertTrue(ambiguous, twins.stream().allMatch(ambiguous::contains));
        String unknown = refusal(new LiveMigrateStep("no such server"));
        assertTrue(unknown, unknown.contains("no such server"));
        twins.forEach(this::assertNothingWasAsked);
    }

    @Test
    public void unknownAndCordonedTargetsAreRefused() throws Exception {
        String id = cloud.bootHere("web");
        LiveMigrateStep step = new LiveMigrateStep(id);
        step.setTargetHost("nosuch");
        String unknown = refusal(step);
        assertTrue(unknown, unknown.contains("targetHost") && unknown.contains("'nosuch'"));
        cloud.admin().disableService(cloud.service(cloud.host(2)).id(), "contract");
        step.setTargetHost(cloud.host(2));
        String cordoned = refusal(step);
        assertTrue(cordoned, cordoned.contains("targetHost") && cordoned.contains("disabled"));
        assertNothingWasAsked(id);
    }

    @Test
    public void aServerThatIsThereAlreadyIsSkipped() throws Exception {
        String id = cloud.bootHere("web");
        LiveMigrateStep step = new LiveMigrateStep(id);
        step.setTargetHost(cloud.host(1));
        assertEquals(Map.of("SKIPPED", 1L), outcomes(move(step)));
        assertNothingWasAsked(id);
    }

    @Test
    public void anUnknownHostIsRefused() throws Exception {
        String message = refusal(new NodeEvacuateStep("nosuch"));
        assertTrue(message, message.contains("host") && message.contains("'nosuch'"));
    }

    @Test
    public void aLockedServerMovesForAnAdmin() throws Exception {
        String id = cloud.bootHere("web");
        cloud.scene().lock(id, "do not touch");
        assertEquals(Map.of("MOVED", 1L), outcomes(move(new LiveMigrateStep(id))));
    }

    @Test
    public void aMembersCredentialIsRefusedBeforeAnythingMoves() throws Exception {
        String id = cloud.bootHere("web");
        NodeEvacuateStep step = new NodeEvacuateStep(cloud.host(1));
        step.setCredentialsId("member");
        String message = refusal(step);
        assertTrue(message, message.contains("credentialsId"));
        assertNothingWasAsked(id);
        assertTrue(cloud.service(cloud.host(1)).enabled());
    }

    @Test
    public void aWrongPasswordIsToldWithoutShowingIt() throws Exception {
        String id = cloud.bootHere("web");
        LiveMigrateStep step = new LiveMigrateStep(id);
        step.setCredentialsId("mistyped");
        String message = refusal(step);
        assertTrue(message, message.contains("the credential is not accepted"));
        assertFalse(message, message.contains("wr0ng-p4ssword"));
        assertNothingWasAsked(id);
    }
}
