package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.Rule;
import org.junit.Test;

/** What Nova tells of a server's guest: ports and console. A server of the tests has no network, so no port either. */
public class GuestContractTest {
    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    @Test
    public void aServerWithoutNetworkHasNoPorts() {
        String id = cloud.boot(Boot.named("web"));
        assertEquals(List.of(), cloud.admin().ports(id));
    }

    @Test
    public void theConsoleIsCutToItsLastLines() {
        String id = cloud.boot(Boot.named("web"));
        List<String> all = cloud.admin().console(id, 1000).lines().toList();
        assertTrue(all.toString(), all.size() > 2);
        List<String> tail = cloud.admin().console(id, 2).lines().toList();
        assertEquals(all.subList(all.size() - 2, all.size()), tail);
    }

    @Test
    public void readingTheConsoleIsNoActionOfTheServer() {
        String id = cloud.boot(Boot.named("web"));
        int before = cloud.admin().actions(id).size();
        cloud.admin().console(id, 1);
        assertEquals(before, cloud.admin().actions(id).size());
    }

    @Test
    public void theHypervisorTellsWhetherAGuestRuns() {
        List<String> ids = cloud.boot(Boot.named("on"), Boot.named("off").in(Boot.State.SHUTOFF));
        assertTrue(cloud.admin().guestRuns(ids.get(0)));
        assertFalse(cloud.admin().guestRuns(ids.get(1)));
    }

    @Test
    public void theGuestIsLookedAtWhereItWasMoved() {
        String source = cloud.host(1);
        List<String> ids = cloud.boot(
                Boot.named("on").on(source), Boot.named("off").on(source).in(Boot.State.SHUTOFF));
        for (String id : ids) {
            cloud.admin().migrate(id, null);
            cloud.awaitStatus(id, "VERIFY_RESIZE");
        }
        assertTrue(cloud.admin().guestRuns(ids.get(0)));
        assertFalse(cloud.admin().guestRuns(ids.get(1)));
    }

    @Test
    public void onlyAnAdminLooksAtGuests() {
        String id = cloud.boot(Boot.named("web"));
        assertRefused(
                403,
                "Policy doesn't allow os_compute_api:os-server-diagnostics to be performed.",
                () -> cloud.as(CloudUnderTest.Role.MEMBER).guestRuns(id));
    }

    @Test
    public void anUnknownServerHasNeither() {
        String nobody = UUID.randomUUID().toString();
        String words = "Instance " + nobody + " could not be found.";
        assertRefused(404, words, () -> cloud.admin().ports(nobody));
        assertRefused(404, words, () -> cloud.admin().guestRuns(nobody));
        assertRefused(404, words, () -> cloud.admin().console(nobody, 1));
    }
}
