package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A host is held by who is named in the reason of its cordon. */
public class ClaimContractTest {

    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final String STEP = "1a2b3c4d-0000-4000-8000-000000000000";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private CloudFixture settings;
    private StepRunner runner;

    @Before
    public void configure() {
        Login.Password admin = cloud.login(CloudUnderTest.Role.ADMIN);
        settings = CloudFixture.begin()
                .credential(CloudFixture.password("admin", admin.user(), admin.password(), admin.project()))
                .cloud("nova", cloud.identityUrl(), null, "admin");
        runner = cloud.inItsTime(new StepRunner(folder.getRoot()));
    }

    @After
    public void end() {
        runner.close();
        settings.close();
    }

    /** Cordons the first host under a claim; as Nova tells it then. */
    private ComputeService held(Claim claim) {
        ComputeService service = cloud.service(cloud.host(1));
        cloud.admin().disableService(service.id(), claim.reason());
        return cloud.service(cloud.host(1));
    }

    @Test
    public void theLongestClaimIsReadBackAsItWasWritten() {
        Claim claim = Claim.of("Nachtschicht Süd/".repeat(30) + "drain#12", STEP, "https://jenkins/", Instant.now());
        ComputeService service = held(claim);
        assertEquals(255, service.disabledReason().length());
        assertEquals(claim.reason(), service.disabledReason());
        assertTrue(Claim.parse(service.disabledReason()).orElseThrow().same(claim));
    }

    @Test
    public void aHostHeldElsewhereIsRefusedAndTakenOverOnlyWhenThePipelineSaysSo() throws Exception {
        Claim other = Claim.of("ops/drain#12", STEP, "https://another.jenkins/", Instant.now());
        String reason = held(other).disabledReason();
        Throwable refusal = runner.start(new NodeEvacuateStep(cloud.host(1))).failure(BOUND);
        assertTrue(
                refusal.getMessage(),
                refusal.getMessage().contains("is held by ops/drain#12 of https://another.jenkins/"));
        assertEquals(reason, cloud.service(cloud.host(1)).disabledReason());
        NodeEvacuateStep step = new NodeEvacuateStep(cloud.host(1));
        step.setTakeOver(true);
        Map<?, ?> result = (Map<?, ?>) runner.start(step).value(BOUND);
        assertEquals("DONE", result.get("outcome"));
        Claim now = Claim.parse(cloud.service(cloud.host(1)).disabledReason()).orElseThrow();
        assertEquals(runner.run().getExternalizableId(), now.build());
    }
}
