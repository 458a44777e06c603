package io.jenkins.plugins.nova.drain.hostreturn;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

/** A host is tried with a server before it is opened: in the cloud's own time, with each thing that can go wrong on the way. */
public class CanaryTrialTest {

    private static final Duration LONG = Duration.ofHours(2);
    private static final String NAME = "nova-maintenance-canary-compute1";
    private static final CanaryOrder SMALL = new CanaryOrder("11111111-1111-4111-8111-111111111111", "1", null);

    private SimulatedCloud cloud;

    @After
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static CloudBuilder hosts() {
        return SimulatedCloud.builder().host("compute2").host("compute3").host("compute1");
    }

    private ReturnBench begin(CloudBuilder builder) {
        cloud = builder.start();
        return new ReturnBench(cloud).begin(SMALL);
    }

    private static ReturnBench until(ReturnBench bench, Canary.Stage stage) {
        bench.until(() -> at(bench.runner.state(), stage), LONG);
        return bench;
    }

    private static boolean at(ReturnState state, Canary.Stage stage) {
        return state.canary() != null && state.canary().stage() == stage;
    }

    /** What was asked of the canary and of the host, in order. */
    private List<String> asked() {
        List<String> asked = new ArrayList<>();
        for (AuditEntry entry : cloud.audit().changes()) {
            String target = entry.body() == null
                    ? ""
                    : entry.body().path("os-migrateLive").path("host").asText("");
            asked.add(
                    entry.action() != null
                            ? entry.action() + (target.equals("null") ? "" : " " + target)
                            : entry.method() + " " + entry.path().split("/")[1]);
        }
        return asked;
    }

    private int times(String method, String path) {
        return cloud.audit().of(method, path).size();
    }

    private void isOpen(ReturnBench bench) {
        assertEquals(bench.text(), ReturnOutcome.READY, bench.finish(LONG).outcome());
        assertTrue(cloud.enabled("compute1"));
        assertEquals(List.of(), cloud.servers());
    }

    private void staysClosed(ReturnBench bench, String... reasons) {
        ReturnState last = bench.finish(LONG);
        assertFalse(bench.text(), cloud.enabled("compute1"));
        assertEquals(ReturnPhase.ENDED, last.phase());
        for (String reason : reasons) {
            String written = cloud.disabledReason("compute1");
            assertTrue(written, written.startsWith(Claim.PREFIX + ReturnBench.BY + " failed: "));
            assertTrue(written + " lacks " + reason, written.contains(reason));
        }
    }

    @Test
    public void itBootsElsewhereComesIsRebootedLeavesComesBackAndIsDeletedBeforeTheHostIsOpened() {
        ReturnBench bench = begin(hosts());

        isOpen(bench);

        assertEquals(
                bench.text(),
                List.of(
                        "PUT os-services",
                        "POST servers",
                        "os-migrateLive compute1",
                        "reboot ",
                        "os-migrateLive ",
                        "os-migrateLive compute1",
                        "DELETE servers",
                        "PUT os-services"),
                asked());
        assertTrue(bench.text(), bench.text().contains("Canary: " + NAME + " is rebooted hard on compute1."));
        assertTrue(bench.text(), bench.text().contains("is deleted on compute1"));
    }

    @Test
    public void withoutACanaryNothingIsBooted() {
        cloud = hosts().start();
        isOpen(new ReturnBench(cloud).begin(null));
        assertEquals(0, times("POST", "/servers"));
    }

    /** The process dies after each save: what was to be sent then was not sent, or it was and nobody heard. */
    @Test
    public void aCrashAtAnyMomentMakesNoSecondCanaryAndLeavesNone() {
        int crashes = 0;
        for (boolean sent : List.of(false, true)) {
            for (int save = 1; ; save++) {
                int wanted = save;
                ReturnBench first = begin(hosts());
                first.until(() -> first.last != null || first.saved.size() >= wanted, LONG);
                if (first.last != null) {
                    break;
                }
                if (sent) {
                    first.until(() -> first.last != null || first.saved.size() > wanted, LONG);
                }
                first.executor.shutdown();
                ReturnBench second = new ReturnBench(cloud).resume(first.saved.get(wanted - 1));
                isOpen(second);
                String when = "after save " + wanted + (sent ? ", sent" : ", not sent") + "\n" + second.text();
                assertEquals(when, 1, times("POST", "^/servers$"));
                assertEquals(when, 4, times("POST", "/action$"));
                cloud.close();
                crashes++;
            }
            cloud.close();
        }
        assertTrue("it is saved at each of its steps: " + crashes, crashes > 40);
    }

    @Test
    public void aLostAnswerIsLookedUpAndNotRepeated() {
        for (String action : new String[] {null, "os-migrateLive", "reboot"}) {
            for (int nth : action == null || action.equals("reboot") ? new int[] {1} : new int[] {1, 2, 3}) {
                cloud = hosts().start();
                if (action == null) {
                    cloud.faults().on("POST", "^/servers$").dropAfterActing();
                } else {
                    cloud.faults()
                            .on("POST", "/action$")
                            .action(action)
                            .nth(nth)
                            .afterActing()
                            .html(504);
                }
                ReturnBench bench = new ReturnBench(cloud).begin(SMALL);
                isOpen(bench);
                assertEquals(bench.text(), 5, times("POST", "^/servers"));
                cloud.close();
            }
        }
        cloud = hosts().start();
        cloud.faults().on("DELETE", "^/servers/").dropAfterActing();
        isOpen(new ReturnBench(cloud).begin(SMALL));
    }

    @Test
    public void aRequestThatIsProvenToHaveDoneNothingIsSentAgain() {
        cloud = hosts().start();
        cloud.faults().on("POST", "^/servers$").drop();
        cloud.faults().on("POST", "/action$").action("reboot").drop();
        cloud.faults().on("POST", "/action$").action("os-migrateLive").nth(2).status(409, "busy");
        isOpen(new ReturnBench(cloud).begin(SMALL));
    }

    @Test
    public void aBootThatFindsNoHostKeepsTheHostClosed() {
        ReturnBench bench = begin(SimulatedCloud.builder()
                .host("compute2", h -> h.disabled("rack"))
                .host("compute1"));
        staysClosed(bench, "its canary ", ": booting failed: No valid host was found.");
        assertEquals(List.of(), cloud.servers());
    }

    @Test
    public void aMoveThatFailsKeepsTheHostClosed() {
        Map<Canary.Stage, String> words = Map.of(
                Canary.Stage.ENTER, "live migrating onto compute1 failed",
                Canary.Stage.LEAVE, "live migrating off compute1 failed",
                Canary.Stage.BACK, "live migrating onto compute1 failed");
        words.forEach((stage, reason) -> {
            ReturnBench bench = until(begin(hosts()), stage);
            cloud.behaviour(NAME).fails(Operation.LIVE);
            staysClosed(bench, reason);
            assertEquals(List.of(), cloud.servers());
            cloud.close();
        });
    }

    /** The reason is Nova's, from the action's event: a live migration with no valid host leaves no fault. */
    @Test
    public void aHostThatNobodyCanBeTakenOffSaysNovasReason() {
        ReturnBench bench =
                until(begin(SimulatedCloud.builder().host("compute2").host("compute1")), Canary.Stage.LEAVE);
        String other = bench.nova().computeServices().stream()
                .filter(service -> service.host().equals("compute2"))
                .findFirst()
                .orElseThrow()
                .id();
        bench.nova().disableService(other, "rack");
        staysClosed(bench, "live migrating off compute1 failed: No valid host was found.");
        assertEquals(List.of(), cloud.servers());
    }

    @Test
    public void aRefusalKeepsTheHostClosed() {
        cloud = hosts().start();
        cloud.faults().on("POST", "^/servers$").status(403, "Quota exceeded for instances: Requested 1");
        ReturnBench bench = new ReturnBench(cloud).begin(SMALL);
        staysClosed(bench, "booting was refused", "HTTP 403: Quota exceeded for instances");
        assertEquals("nothing was made, so nothing is looked for", 0, times("DELETE", "/servers"));
        cloud.close();

        cloud = hosts().start();
        cloud.faults().on("POST", "/action$").action("reboot").status(403, "no reboots here");
        staysClosed(new ReturnBench(cloud).begin(SMALL), "hard rebooting on compute1 was refused", "no reboots here");
        assertEquals(List.of(), cloud.servers());
    }

    @Test
    public void whatNeverArrivesIsGivenUpAfterThreeTimes() {
        cloud = hosts().start();
        cloud.faults().on("POST", "/action$").action("reboot").always().drop();
        ReturnBench bench = new ReturnBench(cloud).begin(SMALL);
        staysClosed(bench, "hard rebooting on compute1 was asked for 3 times without effect");
        assertEquals(3, cloud.audit().actions("reboot").size());
        assertEquals(List.of(), cloud.servers());
    }

    @Test
    public void aMoveWithoutEndIsGivenUpAndTheCanaryDeleted() {
        ReturnBench bench = until(begin(hosts()), Canary.Stage.ENTER);
        cloud.behaviour(NAME).neverConverges();
        staysClosed(bench, "live migrating onto compute1 took longer than 10 min (it is MIGRATING on compute");
        assertEquals(List.of(), cloud.servers());
    }

    @Test
    public void aCanaryThatCannotBeDeletedIsToldByItsIdAndKeepsTheHostClosed() {
        cloud = hosts().start();
        cloud.faults().on("DELETE", "^/servers/").always().status(403, "no deletions here");
        ReturnBench bench = new ReturnBench(cloud).begin(SMALL);
        staysClosed(bench, "it could not be deleted in 5 min", "no deletions here");
        String id = cloud.id(NAME);
        assertTrue(bench.text(), bench.text().contains("Delete it with openstack server delete " + id));
        assertTrue("not without end", times("DELETE", "^/servers/") <= 16);
    }

    @Test
    public void anAbortInAnyStageDeletesTheCanary() {
        for (Canary.Stage stage : List.of(
                Canary.Stage.BOOT,
                Canary.Stage.ENTER,
                Canary.Stage.START,
                Canary.Stage.LEAVE,
                Canary.Stage.BACK,
                Canary.Stage.DELETE)) {
            for (boolean asked : List.of(false, true)) {
                ReturnBench bench = until(begin(hosts()), stage);
                bench.until(() -> !asked || bench.runner.state().canary().ask() != null, LONG);
                bench.runner.stop("Ann has had enough");
                staysClosed(bench, "aborted: Ann has had enough");
                assertEquals(stage + " " + asked, List.of(), cloud.servers());
                cloud.close();
            }
        }
    }

    @Test
    public void aCloudThatIsGoneDoesNotHoldAnAbortUp() {
        ReturnBench bench = until(begin(hosts()), Canary.Stage.START);
        String id = bench.runner.state().canary().id();
        cloud.disconnect();
        bench.runner.stop("Ann has had enough");
        bench.finish(Duration.ofMinutes(5));
        assertEquals(ReturnOutcome.ABORTED, bench.last.outcome());
        assertTrue(bench.text(), bench.text().contains("openstack server delete " + id));
    }

    @Test
    public void aCanaryThatSomebodyDeletesKeepsTheHostClosed() {
        ReturnBench bench = until(begin(hosts()), Canary.Stage.LEAVE);
        cloud.delete(NAME);
        staysClosed(bench, "it was deleted by somebody else");
    }

    @Test
    public void aStateThatCannotBeSavedSendsNothing() {
        ReturnBench bench = until(begin(hosts()), Canary.Stage.CLEAR);
        bench.savesFail = true;
        ReturnState last = bench.finish(LONG);
        assertEquals(ReturnOutcome.NOT_READY, last.outcome());
        assertEquals(0, times("POST", "^/servers"));
    }

    @Test
    public void aStateOfAnEarlierVersionHasNoCanary() {
        ReturnState old = ReturnBench.read("{\"order\":{\"host\":\"compute1\"},\"phase\":\"WAIT\"}");
        assertNull(old.canary());
        assertNull(old.order().canary());
    }
}
