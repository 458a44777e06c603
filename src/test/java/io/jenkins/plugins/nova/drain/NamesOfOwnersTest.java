package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.openstack4j.Connections;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.Faults;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.Test;

/** Names of projects and owners are read once, with the plan; and whatever comes of that, nothing else does. */
public class NamesOfOwnersTest {

    private static final Duration LONG = Duration.ofHours(8);
    private static final String NAMES = "^/(projects|users)/";

    private static final List<Orders> ORDERS = List.of(
            Orders.empty("compute1").autoConfirm(),
            Orders.empty("compute1").dryRun(),
            Orders.of(Route.LIVE, "web1", "web2"));

    private static SimulatedCloud cloud() {
        return SimulatedCloud.builder()
                .user("alice", "secret", "webshop", "member")
                .user("a-federated-user-from-a-directory@payments.example.org", "secret", "webshop", "member")
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1", server -> server.owner("alice"))
                .server("web2", server -> server.owner("a-federated-user-from-a-directory@payments.example.org"))
                .server("mine", server -> server.owner("admin"))
                .server("off1", server -> server.status("SHUTOFF"))
                .start();
    }

    private static DrainBench bench(SimulatedCloud cloud) {
        DrainBench bench = new DrainBench(cloud);
        bench.nova = new Connections(bench.executor.clock())
                .connect(
                        new CloudEndpoint(cloud.identityUrl(), null, Facing.PUBLIC),
                        new Login.Password("admin", "Default", "secret", "admin", "Default"),
                        // so long is a name waited for at most
                        new Transport(HttpClient::newBuilder, Duration.ofSeconds(5), Duration.ofMillis(800), null));
        return bench;
    }

    private static List<AuditEntry> asked(SimulatedCloud cloud) {
        return cloud.audit().entries().stream()
                .filter(entry ->
                        entry.service().equals("identity") && !entry.path().equals("/auth/tokens"))
                .toList();
    }

    private static List<String> notes(DrainBench bench) {
        return bench.console.stream()
                .filter(line -> line.contains("ids stand for"))
                .toList();
    }

    private static Map<String, Outcome> outcomes(DrainState last) {
        Map<String, Outcome> all = new LinkedHashMap<>();
        last.servers().forEach(server -> all.put(server.name(), server.outcome()));
        return all;
    }

    @Test
    public void theTableTellsThemAndTheStateKeepsThem() {
        try (SimulatedCloud cloud = cloud()) {
            DrainBench bench = bench(cloud).begin(ORDERS.get(0).make());
            DrainState last = bench.finish(LONG);
            assertEquals(bench.text(), HostOutcome.DONE, last.outcome());
            String table = bench.text();
            assertTrue(table, table.contains(" webshop"));
            assertTrue(table, table.matches("(?s).* LIVE +web1 .* webshop +alice\n.*"));
            assertTrue(table, table.matches("(?s).* LIVE +mine .* admin +admin\n.*"));
            assertTrue(
                    "what has no place in its column follows\n" + table,
                    table.contains("Owner: a-federated-user-from-a-directory@payments.example.org."));
            assertEquals(List.of(), notes(bench));
            assertEquals("demo", last.names().project(server(last, "off1").project()));
            assertEquals(
                    "alice", last.names().user(server(last, "web1").planned().owner()));
            assertEquals(last, DrainCodec.read(DrainCodec.write(last)));
        }
    }

    /** Moves of seconds and of many minutes, names of all lengths. */
    @Test
    public void theColumnsStandBelowTheirHeads() {
        try (SimulatedCloud cloud = SimulatedCloud.rehearsal(java.time.Instant.parse("2026-11-28T01:00:00Z"))) {
            DrainBench bench = bench(cloud).begin(ORDERS.get(1).make());
            DrainState last = bench.finish(LONG);
            List<String> rows = bench.console.stream()
                    .filter(line -> line.startsWith("  LIVE ") || line.startsWith("  COLD "))
                    .toList();
            assertEquals(bench.text(), last.servers().size(), rows.size());
            String head = bench.console.stream()
                    .filter(line -> line.startsWith("  ACTION"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(bench.text(), rows.stream().anyMatch(row -> row.contains("~12 min")));
            for (String row : rows) {
                ServerState server = server(last, row.strip().split(" +")[1]);
                for (Map.Entry<String, String> column : Map.of(
                                "PROJECT", last.names().project(server.project()),
                                "OWNER", last.names().user(server.planned().owner()))
                        .entrySet()) {
                    int at = head.indexOf(column.getKey());
                    assertTrue(bench.text(), row.startsWith(" " + column.getValue(), at - 1));
                }
            }
        }
    }

    private static ServerState server(DrainState state, String name) {
        return state.servers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Two projects and three users that are not the token's own, each once; nothing in the ticks that follow. */
    @Test
    public void eachIsReadOnceAndNoneInATickThatFollows() {
        try (SimulatedCloud cloud = cloud()) {
            DrainBench bench = bench(cloud).begin(ORDERS.get(0).make());
            bench.finish(LONG);
            List<AuditEntry> asked = asked(cloud);
            assertEquals(asked.toString(), 5, asked.size());
            long first = asked.get(0).number();
            assertTrue(
                    "together",
                    cloud.audit().entries().stream()
                            .filter(entry -> entry.number() >= first && entry.number() < first + 5)
                            .allMatch(asked::contains));
            long moved = cloud.audit().changes().stream()
                    .filter(entry -> entry.path().endsWith("/action"))
                    .mapToLong(AuditEntry::number)
                    .min()
                    .orElseThrow();
            assertTrue("before anything is moved", first < moved);
        }
    }

    /** A restart in the middle of the moves has them in its state. */
    @Test
    public void aResumedDrainAsksForNone() {
        try (SimulatedCloud cloud = cloud()) {
            DrainBench bench = bench(cloud).begin(ORDERS.get(0).make());
            bench.untilServer("web1", ServerState::underWay);
            bench.executor.shutdown();
            int before = asked(cloud).size();
            DrainBench after = bench(cloud).resume(Moment.lastSaved(bench));
            DrainState last = after.finish(LONG);
            assertEquals(before, asked(cloud).size());
            assertEquals(
                    "alice", last.names().user(server(last, "web1").planned().owner()));
        }
    }

    /** What may become of every request for a name. */
    private static Map<String, Consumer<Faults.Rule>> troubles() {
        Map<String, Consumer<Faults.Rule>> all = new LinkedHashMap<>();
        all.put("refused by policy", rule -> rule.status(403, "You are not authorized: identity:get_project."));
        all.put("left out by access rules", rule -> rule.status(401, "Not authorized."));
        all.put("gone", rule -> rule.status(404, "Could not find it."));
        all.put("throttled", rule -> rule.status(429, Duration.ofMinutes(10), "text/plain", "slow down"));
        all.put("broken", rule -> rule.status(500, "An unexpected error prevented the server from answering."));
        all.put("asks for peace", rule -> rule.status(503, Duration.ofMinutes(10), "text/plain", "busy"));
        all.put("a proxy's page", rule -> rule.html(200));
        all.put("a redirect", rule -> rule.redirect(302, "http://127.0.0.1:1/"));
        all.put("cut off", Faults.Rule::cutOff);
        all.put("truncated", Faults.Rule::truncated);
        all.put("dropped", Faults.Rule::drop);
        all.put("too large", rule -> rule.oversized(3 << 20));
        all.put("silent", rule -> rule.late(Duration.ofMillis(1500)));
        all.put("another's", rule -> rule.status(200, null, "application/json", """
                {"project": {"id": "x", "name": "y"}, "user": {"id": "x", "name": "y"}}"""));
        all.put("no name", rule -> rule.status(200, null, "application/json", "{\"project\": 1, \"user\": null}"));
        return all;
    }

    @Test
    public void whateverComesOfThemThePlanAndTheDrainAreTheSame() {
        for (Orders orders : ORDERS) {
            DrainState whole;
            List<String> undisturbed;
            try (SimulatedCloud cloud = cloud()) {
                whole = bench(cloud).begin(orders.make()).finish(LONG);
                undisturbed = changes(cloud);
            }
            assertNotNull(whole.planHash());
            troubles().forEach((trouble, how) -> {
                try (SimulatedCloud cloud = cloud()) {
                    how.accept(cloud.faults().on("GET", NAMES).always());
                    DrainBench bench = bench(cloud).begin(orders.make());
                    DrainState last = bench.finish(LONG);
                    String which = trouble + "\n" + bench.text();
                    assertEquals(which, whole.planHash(), last.planHash());
                    assertEquals(which, whole.outcome(), last.outcome());
                    assertEquals(which, outcomes(whole), outcomes(last));
                    assertEquals(which, whole.notes(), last.notes());
                    assertEquals(which, undisturbed, changes(cloud));
                    assertEquals(
                            which, trouble.equals("gone") ? 0 : 1, notes(bench).size());
                    assertNull(
                            which,
                            last.names().user(server(last, "web1").planned().owner()));
                    assertFalse(which, bench.text().contains("alice"));
                    assertTrue(
                            which,
                            bench.text()
                                    .contains(server(last, "web1")
                                            .planned()
                                            .owner()
                                            .substring(0, 8)));
                    // the first two; both at once, where nothing keeps the second
                    assertTrue(which, trouble.equals("gone") || asked(cloud).size() <= 2);
                }
            });
        }
    }

    /** An application credential whose rules allow names, or do not: nothing else differs. */
    @Test
    public void accessRulesAllowNamesOrLeaveIds() {
        List<String> hashes = new ArrayList<>();
        for (boolean allowed : List.of(true, false)) {
            List<String> rules = new ArrayList<>(List.of(
                    "compute GET /v2.1/",
                    "compute GET /v2.1/*",
                    "compute GET /v2.1/*/*",
                    "compute GET /v2.1/*/*/*",
                    "placement GET /*",
                    "placement GET /*/*/*"));
            if (allowed) {
                rules.addAll(List.of("identity GET /v3/projects/*", "identity GET /v3/users/*"));
            }
            try (SimulatedCloud cloud = SimulatedCloud.builder()
                    .userWithCredential("robot", "secret", "ops", "cred-1", "s3cr3t", "admin")
                    .accessRules("robot", rules.toArray(String[]::new))
                    .host("compute2")
                    .host("compute1")
                    .server("web1")
                    .start()) {
                DrainBench bench = new DrainBench(cloud);
                bench.nova = new Connections(bench.executor.clock())
                        .connect(
                                new CloudEndpoint(cloud.identityUrl(), null, Facing.PUBLIC),
                                new Login.ApplicationCredential("cred-1", "s3cr3t"),
                                new Transport(
                                        HttpClient::newBuilder, Duration.ofSeconds(5), Duration.ofSeconds(5), null));
                DrainState last = bench.begin(ORDERS.get(1).make()).finish(LONG);
                assertEquals(bench.text(), HostOutcome.PLANNED, last.outcome());
                String owner = server(last, "web1").planned().owner();
                assertEquals(bench.text(), allowed ? "demo" : null, last.names().user(owner));
                assertEquals(bench.text(), allowed ? 0 : 1, notes(bench).size());
                assertTrue(bench.text(), allowed || notes(bench).get(0).contains("GET /v3/users/*"));
                hashes.add(last.planHash());
            }
        }
        assertEquals(hashes.get(0), hashes.get(1));
    }

    /** What was asked of the cloud to be changed, in any order. */
    private static List<String> changes(SimulatedCloud cloud) {
        List<String> all = new ArrayList<>();
        cloud.audit().changes().forEach(entry -> all.add(entry.method() + " " + entry.path() + " " + entry.action()));
        all.sort(String::compareTo);
        return all;
    }

    /** One of each kind fails, whichever it is. */
    @Test
    public void oneFailureAmongThemIsOneIdAmongNames() {
        for (int n = 1; n <= 5; n++) {
            try (SimulatedCloud cloud = cloud()) {
                cloud.faults().on("GET", NAMES).nth(n).status(404, "Could not find it.");
                DrainBench bench = bench(cloud).begin(ORDERS.get(1).make());
                DrainState last = bench.finish(LONG);
                assertEquals(bench.text(), HostOutcome.PLANNED, last.outcome());
                // the token's own two are known without a request
                assertEquals(
                        bench.text(),
                        2 + 5 - 1,
                        last.names().projects().size() + last.names().users().size());
                assertEquals(List.of(), notes(bench));
            }
        }
    }

    /** Names that two domains have. */
    @Test
    public void aNameThatTwoHaveIsToldWithTheBeginningOfTheId() {
        DrainState state = Drained.with(
                Drained.drain(
                        Orders.empty("compute1"),
                        Drained.waiting("a", io.jenkins.plugins.nova.plan.Action.LIVE),
                        Drained.waiting("b", io.jenkins.plugins.nova.plan.Action.LIVE)),
                edit -> {
                    edit.planHash = "abc";
                    edit.names = new Names(Map.of("project", "demo", "0123456789abcdef", "demo"), Map.of(), null);
                });
        DrainState before = Drained.with(state, edit -> edit.planHash = null);
        String table =
                String.join("\n", new io.jenkins.plugins.nova.drain.tell.Narrator().lines(before, state, Drained.NOW));
        assertTrue(table, table.contains(" demo (project)"));
    }
}
