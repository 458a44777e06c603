package io.jenkins.plugins.nova.drain.host;

import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.down;
import static io.jenkins.plugins.nova.drain.Look.up;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** A host that is not there under this name is explained, whichever parameter it was given in. */
public class PreconditionsTest {

    private static String refusal(Orders orders, Look look) {
        return new Preconditions(orders.make(), look.make(), claim -> Holders.Holding.UNKNOWN)
                .refusal()
                .orElse("");
    }

    private static String refusal(Orders orders, List<Hypervisor> hypervisors) {
        return refusal(
                orders,
                new Look()
                        .services(up("compute1"), up("compute2"))
                        .hypervisors(hypervisors.toArray(Hypervisor[]::new)));
    }

    private static Hypervisor hypervisor(String hostname, String host) {
        return new Hypervisor("h", hostname, host, "QEMU", 1, true, true, null, null, null, null, null, null, null);
    }

    @Test
    public void aHypervisorsNameLeadsToItsHost() {
        List<Hypervisor> known =
                List.of(hypervisor("node-1.example.org", "compute1"), hypervisor("node-2.example.org", "compute2"));
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

    /** An error is to be read, not scrolled. */
    @Test
    public void ofManyNamesTenAreShown() {
        for (int hosts : new int[] {10, 11}) {
            Look look = new Look();
            for (int i = 0; i < hosts; i++) {
                look.services(up("rack" + (char) ('a' + i)));
            }
            String words = refusal(Orders.empty("far9"), look);
            assertEquals(
                    "host: there is no compute service on a host called exactly 'far9'. There are: racka, rackb, rackc,"
                            + " rackd, racke, rackf, rackg, rackh, racki, rackj" + (hosts > 10 ? ", …." : "."),
                    words);
        }
        String longer = refusal(Orders.empty("compute1.example.org"), List.of());
        assertTrue(longer, longer.endsWith("Did you mean: compute1?"));
    }

    @Test
    public void aCredentialThatDoesNotSeeAllIsRefusedFirst() {
        String words = refusal(Orders.empty("far9"), new Look().notAll());
        assertEquals(
                "The user 'ops' in project 'operations' (roles [admin]) does not see the servers of all projects on"
                        + " https://keystone/v3, so an empty list would prove nothing. Use a credential with the admin role"
                        + " (parameter credentialsId).",
                words);
    }

    // ---- the host's state

    private static ComputeService service(boolean up, boolean forced, Instant heard) {
        return new ComputeService("s-compute1", "compute1", "nova", true, up, forced, null, heard);
    }

    /** Law 9: of a host that is down nothing is done before it is said to be fenced. */
    @Test
    public void aHostThatIsDownIsNotEmptiedUnlessItIsFenced() {
        Instant heard = Instant.parse("2026-11-27T12:00:00Z");
        record Row(ComputeService service, String is) {}
        for (Row row : List.of(
                new Row(service(false, false, heard), "down since 2026-11-27T12:00:00Z"),
                new Row(service(false, false, null), "down"),
                new Row(service(false, true, heard), "forced down"))) {
            Look look = new Look().services(row.service());
            String words = refusal(Orders.empty("compute1"), look);
            assertTrue(words, words.startsWith("host: the compute service of 'compute1' is " + row.is() + ". Its"));
            assertEquals("", refusal(Orders.empty("compute1").fenced(), look));
            assertEquals("", refusal(Orders.residue(Route.CONFIRM, "compute1"), look));
        }
        assertEquals("", refusal(Orders.empty("compute1"), new Look().services(up("compute1"))));
        Look unknown = new Look().services(ComputeService.unknown("compute1"));
        for (Orders orders :
                List.of(Orders.empty("compute1"), Orders.empty("compute1").fenced())) {
            String words = refusal(orders, unknown);
            assertTrue(words, words.startsWith("host: Nova cannot tell anything about the compute service"));
        }
    }

    // ---- the target

    @Test
    public void aTargetMustBeAbleToTakeServers() {
        record Row(ComputeService service, String problem) {}
        for (Row row : List.of(
                new Row(
                        ComputeService.unknown("compute2"),
                        "is UNKNOWN to Nova, for its cell does not answer: it counts as down"),
                new Row(down("compute2", null), "is down"),
                new Row(closed("compute2", "broken fan"), "is disabled (broken fan)"))) {
            assertEquals(
                    "targetHost: 'compute2' " + row.problem()
                            + ". Name another, or leave it out and let Nova's scheduler" + " choose.",
                    refusal(
                            Orders.empty("compute1").to("compute2"),
                            new Look().services(up("compute1"), row.service())));
        }
        String itself = refusal(Orders.empty("compute1").to("compute1"), List.of());
        assertTrue(itself, itself.startsWith("targetHost: 'compute1' is the host that is to be emptied. Name another"));
    }

    // ---- the servers

    @Test
    public void aServerThatIsNamedMustBeOne() {
        Server a = Servers.named("a").make();
        Server b = Servers.named("b").on("compute2").make();
        Orders orders = Orders.of(Route.LIVE, "web");
        assertEquals("", refusal(orders, new Look().reference("web", a)));
        assertEquals("", refusal(orders, new Look().reference("id-a").gone("a")));
        assertEquals(
                "server: there is no server with the id or exact name 'web'.",
                refusal(orders, new Look().reference("web")));
        OddRow odd = new OddRow(OddRow.Kind.SERVER, "", "", "its 'id' is not a text");
        OddRow other = new OddRow(OddRow.Kind.MIGRATION, "", "", "its 'id' is not a number");
        assertEquals(
                "server: there is no server with the id or exact name 'web', as far as Nova tells; it may be one that was"
                        + " set aside, a server without an id: its 'id' is not a text.",
                refusal(orders, new Look().reference("web").setAside(other, odd)));
        assertEquals(
                "server: 'web' is the name of 2 servers; name one by its id: id-a (ACTIVE on compute1, project project),"
                        + " id-b (ACTIVE on compute2, project project) server: there is no server with the id or exact name"
                        + " 'x'.",
                refusal(orders, new Look().reference("web", a, b).reference("x")));
    }

    @Test
    public void aNameThatTwoServersHaveIsNoPermission() {
        Server one = new Look()
                .reference("x", Servers.named("a").make())
                .make()
                .references()
                .get("x")
                .get(0);
        Server other = new Server(
                "id-2",
                "a",
                "p",
                "u",
                "ACTIVE",
                "active",
                null,
                1,
                "compute1",
                "compute1",
                "nova",
                null,
                one.flavor(),
                "image",
                List.of(),
                false,
                false,
                null,
                Map.of(),
                List.of(),
                List.of(),
                null,
                "UP",
                null,
                null,
                0,
                Map.of());
        Look look = new Look().services(up("compute1")).listed(one, other);
        String words = refusal(Orders.empty("compute1").approve("a"), look);
        assertTrue(words, words.startsWith("approve: 'a'"));
    }

    @Test
    public void aCanaryThatCannotBeBootedIsRefusedBeforeTheHostIsEmptied() {
        Look look = new Look().services(up("compute1")).noCanary("canary: there is no image 'x'.");
        assertEquals("canary: there is no image 'x'.", refusal(Orders.empty("compute1"), look));
    }
}
