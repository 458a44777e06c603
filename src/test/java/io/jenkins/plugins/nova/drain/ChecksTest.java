package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.ByServer;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.RoomFigures;
import io.jenkins.plugins.nova.plan.Route;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

/** A host that is not there under this name is explained, whichever parameter it was given in. */
public class ChecksTest {

    private static String refusal(Orders orders, List<Hypervisor> hypervisors) {
        Look look = new Look(
                null,
                true,
                null,
                List.of(service("compute1"), service("compute2")),
                hypervisors,
                Map.of(),
                ByServer.one(List.<Server>of(), Server::id),
                Map.of(),
                Set.of(),
                ByServer.one(List.<Migration>of(), Migration::serverId),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Estate.UNKNOWN,
                RoomFigures.NOT_ASKED,
                List.of(),
                Occupancy.NOT_ASKED,
                Map.of());
        return new Checks(orders.make(), look, claim -> Holders.Holding.UNKNOWN)
                .refusal()
                .orElse("");
    }

    private static ComputeService service(String host) {
        return new ComputeService("s-" + host, host, "nova", true, true, false, null, null);
    }

    private static Hypervisor hypervisor(String hostname, String host) {
        return new Hypervisor("h", hostname, host, "QEMU", 1, true, true, null, null, null, null, null, null, null);
    }

    @Test
    public void aHypervisorsNameLeadsToItsHost() {
        List<Hypervisor> known = List.of(hypervisor("node-2.example.org", "compute2"));
        String why = "'node-2.example.org' is the name of a hypervisor; its compute service is 'compute2'. Name that.";
        assertEquals("host: " + why, refusal(Orders.empty("node-2.example.org"), known));
        for (Orders orders : List.of(
                Orders.empty("compute1"), Orders.of(Route.LIVE), Orders.of(Route.COLD), Orders.of(Route.BY_STATE))) {
            assertEquals(
                    "targetHost: " + why + " Or leave it out and let Nova's scheduler choose.",
                    refusal(orders.to("node-2.example.org"), known));
        }
    }

    @Test
    public void aNameThatIsNearOneIsAskedAbout() {
        String words = refusal(Orders.empty("compute1").to("Compute2"), List.of());
        assertTrue(
                words,
                words.startsWith(
                        "targetHost: 'Compute2' has no compute service. Did you mean: compute2? Or leave it out"));
        words = refusal(Orders.empty("compute1").to("far9"), List.of());
        assertTrue(words, words.contains(" There are: compute1, compute2. Or"));
    }

    @Test
    public void aTargetThatIsThereIsFine() {
        assertEquals("", refusal(Orders.empty("compute1").to("compute2"), List.of()));
    }
}
