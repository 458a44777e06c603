package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Octavia's amphorae: how they are told, what a failover does, when it is refused, and a host that has some is emptied. */
public class OctaviaContractTest {
    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final String DENIED = "Policy does not allow this request to be performed.";
    private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private String host;

    @Before
    public void choose() {
        cloud.needControl();
        host = cloud.host(1);
    }

    private static List<Amphora> of(Nova nova, String balancer) {
        return nova.amphorae().stream()
                .filter(amphora -> balancer.equals(amphora.loadBalancer()))
                .toList();
    }

    private static String immutable(String balancer) {
        return "Load Balancer " + balancer + " is immutable and cannot be updated.";
    }

    @Test
    public void aFailoverBootsANewOneAndDeletesTheOld() {
        String balancer = cloud.balancer(host, false);
        Nova octavia = cloud.as(CloudUnderTest.Role.ADMIN);
        Amphora old = of(octavia, balancer).get(0);
        assertEquals("STANDALONE", old.role());
        assertTrue(old.allocated());
        assertEquals(host, octavia.server(old.serverId()).host());
        Nova member = cloud.as(CloudUnderTest.Role.MEMBER);
        assertRefused(403, DENIED, member::amphorae);
        assertRefused(403, DENIED, () -> member.failOver(old.id()));
        assertRefused(403, DENIED, () -> member.loadBalancerStatus(balancer));
        assertRefused(404, "Amphora " + UNKNOWN + " not found.", () -> octavia.failOver(UNKNOWN));
        assertRefused(404, "Load Balancer " + UNKNOWN + " not found.", () -> octavia.loadBalancerStatus(UNKNOWN));

        assertEquals(202, octavia.failOver(old.id()).status());
        assertEquals("PENDING_UPDATE", octavia.loadBalancerStatus(balancer));
        assertRefused(409, immutable(balancer), () -> octavia.failOver(old.id()));
        cloud.await("it has failed over", () -> octavia.loadBalancerStatus(balancer), "ACTIVE"::equals);
        List<Amphora> now = of(octavia, balancer);
        assertEquals(now.toString(), 1, now.size());
        assertNotEquals(old.serverId(), now.get(0).serverId());
        assertEquals("STANDALONE", now.get(0).role());
        assertTrue(now.get(0).allocated());
        assertEquals(
                "ACTIVE", cloud.awaitStatus(now.get(0).serverId(), "ACTIVE").status());
        assertRefused(404, "Instance " + old.serverId() + " could not be found.", () -> octavia.server(old.serverId()));
        assertRefused(404, "Amphora " + old.id() + " not found.", () -> octavia.failOver(old.id()));
    }

    @Test
    public void aFailoverThatNoHostTakesLeavesAnErrorAndTheOldOne() {
        String balancer = cloud.balancer(host, false);
        Nova octavia = cloud.as(CloudUnderTest.Role.ADMIN);
        Amphora old = of(octavia, balancer).get(0);
        octavia.computeServices().forEach(service -> octavia.disableService(service.id(), "contract"));
        octavia.failOver(old.id());
        cloud.await("it has failed", () -> octavia.loadBalancerStatus(balancer), "ERROR"::equals);
        Amphora left = of(octavia, balancer).stream()
                .filter(one -> one.id().equals(old.id()))
                .findFirst()
                .orElseThrow();
        assertEquals(old.serverId(), left.serverId());
        assertEquals("ERROR", left.status());
        assertEquals("ACTIVE", octavia.server(old.serverId()).status());
        assertRefused(409, immutable(balancer), () -> octavia.failOver(old.id()));
    }

    @Test
    public void aHostWithAPairIsEmptiedOneOfThemAfterTheOther() throws Exception {
        String balancer = cloud.balancer(host, true);
        String web = cloud.boot(Boot.named("web").on(host));
        Nova octavia = cloud.as(CloudUnderTest.Role.ADMIN);
        List<Amphora> before = of(octavia, balancer);
        assertEquals(
                before.toString(), 2, before.stream().filter(Amphora::paired).count());
        Login.Password admin = cloud.login(CloudUnderTest.Role.ADMIN);
        Map<?, ?> result;
        try (CloudFixture settings = CloudFixture.begin();
                StepRunner runner = cloud.inItsTime(new StepRunner(folder.getRoot()))) {
            settings.credential(CloudFixture.password("admin", admin.user(), admin.password(), admin.project()));
            settings.cloud("nova", cloud.identityUrl(), null, "admin");
            result = (Map<?, ?>) runner.start(new NodeEvacuateStep(host)).value(BOUND);
        }
        assertEquals(result.toString(), "DONE", result.get("outcome"));
        assertEquals(
                List.of("FAILED_OVER", "FAILED_OVER", "MOVED"),
                ((List<?>) result.get("servers"))
                        .stream()
                                .map(one -> String.valueOf(((Map<?, ?>) one).get("outcome")))
                                .sorted()
                                .toList());
        assertEquals(List.of(), octavia.serversOn(host));
        assertEquals("ACTIVE", octavia.server(web).status());
        assertEquals("ACTIVE", octavia.loadBalancerStatus(balancer));
        List<Amphora> after = of(octavia, balancer);
        assertEquals(
                List.of("BACKUP", "MASTER"),
                after.stream()
                        .filter(Amphora::allocated)
                        .map(Amphora::role)
                        .sorted()
                        .toList());
        for (Amphora old : before) {
            assertTrue(after.stream().noneMatch(one -> one.id().equals(old.id())));
        }
    }
}
