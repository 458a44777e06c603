package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import org.junit.Rule;
import org.junit.Test;

/** Cordon and uncordon: the state of compute services. */
public class CordonContractTest {
    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    @Test
    public void aCordonedHostShowsItsReasonAndTakesNoServer() {
        ComputeService service = cloud.service(cloud.host(1));
        assertTrue(service.enabled() && service.up() && !service.forcedDown());
        assertNull(service.disabledReason());
        cloud.admin().disableService(service.id(), "maintenance: „Ölwechsel\" & <more> by job/42");
        ComputeService cordoned = cloud.service(cloud.host(1));
        assertFalse(cordoned.enabled());
        assertTrue(cordoned.up());
        assertEquals("maintenance: „Ölwechsel\" & <more> by job/42", cordoned.disabledReason());
        Hypervisor hypervisor = cloud.admin().hypervisors().stream()
                .filter(h -> h.host().equals(cloud.host(1)))
                .findFirst()
                .orElseThrow();
        assertFalse(hypervisor.enabled());
        assertTrue(hypervisor.up());

        String id = cloud.request(Boot.named("late").on(cloud.host(1)));
        assertEquals("No valid host was found. ", cloud.awaitStatus(id, "ERROR").fault());

        cloud.admin().enableService(service.id());
        ComputeService uncordoned = cloud.service(cloud.host(1));
        assertTrue(uncordoned.enabled());
        assertNull(uncordoned.disabledReason());
    }

    @Test
    public void forcedDownReadsDownAtOnceAndUpAgain() {
        ComputeService service = cloud.service(cloud.host(1));
        cloud.admin().forceDown(service.id(), true);
        ComputeService down = cloud.service(cloud.host(1));
        assertTrue(down.forcedDown() && !down.up() && down.enabled());
        cloud.admin().forceDown(service.id(), false);
        cloud.await("up again", () -> cloud.service(cloud.host(1)), ComputeService::up);
        assertFalse(cloud.service(cloud.host(1)).forcedDown());
    }

    @Test
    public void anUnknownServiceIsRefused() {
        String unknown = "00000000-0000-4000-8000-000000000000";
        assertRefused(
                404,
                "Service " + unknown + " could not be found.",
                () -> cloud.admin().disableService(unknown, "contract"));
    }

    @Test
    public void aReasonLongerThan255IsRefused() {
        ComputeService service = cloud.service(cloud.host(1));
        String reason = "x".repeat(256);
        assertRefused(
                400,
                "Invalid input for field/attribute disabled_reason. Value: " + reason + ". '" + reason
                        + "' is too long",
                () -> cloud.admin().disableService(service.id(), reason));
        assertTrue(cloud.service(cloud.host(1)).enabled());
    }
}
