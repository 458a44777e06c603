package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.step.ColdMigrateStep;
import io.jenkins.plugins.nova.step.ConfirmResizeStep;
import io.jenkins.plugins.nova.step.MaintenancePlanStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A plan that was approved, the world that changes, and the look at a server before its old copy is given up. */
public class ApprovedPlanContractTest {
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

    private Map<?, ?> plan() throws InterruptedException {
        MaintenancePlanStep step = new MaintenancePlanStep(cloud.host(1));
        step.setConfirm("auto");
        return (Map<?, ?>) runner.start(step).value(BOUND);
    }

    private Map<?, ?> drain(Object plan) throws InterruptedException {
        NodeEvacuateStep step = new NodeEvacuateStep(cloud.host(1));
        step.setConfirm("auto");
        step.setPlan(plan);
        step.setOnDrift("ask");
        step.setPropagate(false);
        return (Map<?, ?>) runner.start(step).value(BOUND);
    }

    private static Map<?, ?> server(Object result, String id) {
        List<?> servers = (List<?>) ((Map<?, ?>) result).get("servers");
        return servers.stream()
                .map(one -> (Map<?, ?>) one)
                .filter(one -> id.equals(one.get("id")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void whatWasPlannedIsDoneAndWhatHasChangedIsToldFirst() throws Exception {
        List<String> ids = cloud.boot(boot("plan-web"), boot("plan-off").in(Boot.State.SHUTOFF));
        Map<?, ?> plan = plan();
        assertEquals("PLANNED", plan.get("outcome"));
        Map<?, ?> web = server(plan, ids.get(0));
        assertEquals("LIVE", web.get("action"));
        assertNotNull("Nova tells whose it is", web.get("owner"));
        assertFalse("and its flavor", String.valueOf(web.get("flavor")).isEmpty());
        assertEquals(
                "nothing was changed",
                cloud.host(1),
                cloud.admin().server(ids.get(1)).host());
        assertEquals("the same world, the same plan", plan.get("planHash"), plan().get("planHash"));

        cloud.scene().delete(ids.get(1));
        cloud.await("the deletion of plan-off", () -> gone(ids.get(1)), gone -> gone);
        Map<?, ?> drifted = drain(plan);
        assertEquals("DRIFTED", drifted.get("outcome"));
        assertTrue(drifted.toString(), ((List<?>) drifted.get("drift")).contains("- COLD plan-off (gone)"));
        assertEquals(cloud.host(1), cloud.admin().server(ids.get(0)).host());

        Map<?, ?> done = drain(drifted.get("planHash"));
        assertEquals(done.toString(), "DONE", done.get("outcome"));
        assertNotEquals(cloud.host(1), cloud.admin().server(ids.get(0)).host());
    }

    private boolean gone(String id) {
        try {
            cloud.admin().server(id);
            return false;
        } catch (NovaException.Refused e) {
            return e.status() == 404;
        }
    }

    @Test
    public void theEvidenceIsSeenBeforeAConfirmAndTheResidueIsPlanned() throws Exception {
        String id = cloud.boot(boot("plan-moved"));
        ColdMigrateStep move = new ColdMigrateStep(id);
        Object moved = runner.start(move).value(BOUND);
        assertEquals("AWAITING_CONFIRM", server(moved, id).get("outcome"));
        Map<?, ?> residue = server(plan(), id);
        assertEquals("AWAITING_CONFIRM", residue.get("outcome"));
        assertTrue(String.valueOf(residue.get("hint")).contains("confirmResize"));

        ConfirmResizeStep confirm = new ConfirmResizeStep();
        confirm.setHost(cloud.host(1));
        Map<?, ?> confirmed = server(runner.start(confirm).value(BOUND), id);
        assertEquals(confirmed.toString(), "CONFIRMED", confirmed.get("outcome"));
        assertNotNull(confirmed.toString(), confirmed.get("evidence"));
        assertEquals("ACTIVE", cloud.admin().server(id).status());
    }

    @Test
    public void aResidueThatItsOwnerConfirmsMeanwhileIsNoServerOfThePlanAnyMore() throws Exception {
        String id = cloud.boot(boot("plan-owner"));
        runner.start(new ColdMigrateStep(id)).value(BOUND);
        Object before = plan().get("planHash");
        cloud.admin().confirmResize(id);
        cloud.awaitStatus(id, "ACTIVE");
        Map<?, ?> after = plan();
        assertTrue(
                after.toString(),
                ((List<?>) after.get("awaitingConfirm")).stream().noneMatch(id::equals));
        assertEquals("what waits from before is not in the hash", before, after.get("planHash"));
    }
}
