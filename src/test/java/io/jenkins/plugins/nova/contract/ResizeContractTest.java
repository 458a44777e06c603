package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import org.junit.Rule;
import org.junit.Test;

/** An owner's resize to another flavor: a cold migration of another type, with the same two ways out. */
public class ResizeContractTest {
    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private String resized(Boot boot) {
        String id = cloud.bootHere(boot);
        cloud.scene().resize(id, cloud.otherFlavorId());
        cloud.awaitStatus(id, "VERIFY_RESIZE");
        return id;
    }

    private String flavorOf(String id) {
        return cloud.admin().server(id).flavor().name();
    }

    private String nameOf(String flavor) {
        Flavor found = cloud.admin().flavor(flavor);
        return found.name();
    }

    @Test
    public void goesToAnotherHostAndWaitsInVerifyResizeWithItsNewFlavor() {
        String id = resized(Boot.named("grows"));
        Server server = cloud.admin().server(id);
        assertEquals("resized", server.vmState());
        assertNotEquals(cloud.host(1), server.host());
        assertEquals(nameOf(cloud.otherFlavorId()), server.flavor().name());
        Migration migration = cloud.newest(id);
        assertEquals("resize finished", migration.type() + " " + migration.status());
        assertEquals(cloud.host(1), migration.sourceHost());
        assertEquals(server.host(), migration.targetHost());
    }

    @Test
    public void confirmedKeepsTheNewFlavor() {
        String id = resized(Boot.named("grows"));
        String host = cloud.admin().server(id).host();
        cloud.admin().confirmResize(id);
        Server server = cloud.awaitStatus(id, "ACTIVE");
        assertEquals(host, server.host());
        assertEquals(nameOf(cloud.otherFlavorId()), flavorOf(id));
        assertEquals("resize confirmed", cloud.newest(id).type() + " " + cloud.migrationStatus(id));
    }

    @Test
    public void revertedHasItsOldHostAndFlavor() {
        String id = resized(Boot.named("back").in(Boot.State.SHUTOFF));
        cloud.admin().revertResize(id);
        Server server = cloud.awaitStatus(id, "SHUTOFF");
        assertEquals(cloud.host(1), server.host());
        assertEquals(nameOf(cloud.flavorId()), flavorOf(id));
        assertEquals("resize reverted", cloud.newest(id).type() + " " + cloud.migrationStatus(id));
    }

    @Test
    public void aColdMigrationOfAServerThatWaitsIsRefused() {
        String id = resized(Boot.named("grows"));
        assertRefused(
                409,
                "Cannot 'migrate' instance " + id + " while it is in vm_state resized",
                () -> cloud.admin().migrate(id, null));
    }

    @Test
    public void theSameFlavorAnUnknownOneAndTheWrongStateAreRefused() {
        String id = cloud.bootHere("stays");
        assertTrue(
                refusal(id, cloud.flavorId()),
                refusal(id, cloud.flavorId()).matches("POST .*: 400 .*When resizing, instances must change flavor!.*"));
        assertTrue(
                refusal(id, "nosuch"),
                refusal(id, "nosuch").matches("POST .*: 400 .*Flavor nosuch could not be found.*"));
        String paused = cloud.bootHere(Boot.named("frozen").in(Boot.State.PAUSED));
        assertTrue(
                refusal(paused, cloud.otherFlavorId()),
                refusal(paused, cloud.otherFlavorId())
                        .matches("POST .*: 409 .*Cannot 'resize' instance " + paused
                                + " while it is in vm_state paused.*"));
    }

    private String refusal(String id, String flavor) {
        try {
            cloud.scene().resize(id, flavor);
        } catch (AssertionError refused) {
            return refused.getMessage().replace('\n', ' ');
        }
        return "taken";
    }
}
