package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** hosts reads what an operator asks before a host is emptied, and changes nothing. */
public class HostsStepTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder()
                .user("operator", "secret", "ops", "admin")
                .user("guest", "secret", "ops", "member")
                .realTime(10)
                .host("compute2", host -> host.disabled("memory errors"))
                .host(
                        "compute3",
                        host -> host.disabled("nova-maintenance: ops/drain#12").down())
                .host("compute1")
                .server("web1")
                .server("web2")
                .server("off1", server -> server.status("SHUTOFF"))
                .aggregate("rack7", null, Map.of(), "compute1", "compute2")
                .start();
        clouds = CloudFixture.begin();
        clouds.credential(CloudFixture.password("openstack", "operator", "secret", "ops"))
                .credential(CloudFixture.password("guest", "guest", "secret", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        runner = new StepRunner(folder.getRoot());
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> read(HostsStep step) throws InterruptedException {
        return (List<Map<String, Object>>) runner.start(step).value(BOUND);
    }

    @Test
    public void eachHostIsToldByNameWithItsStateAndItsServers() throws Exception {
        List<Map<String, Object>> hosts = read(new HostsStep());
        assertEquals(
                List.of("compute1", "compute2", "compute3"),
                hosts.stream().map(host -> host.get("host")).toList());
        Map<String, Object> first = hosts.get(0);
        assertEquals("up", first.get("state"));
        assertEquals("enabled", first.get("status"));
        assertNull(first.get("reason"));
        assertEquals(3, first.get("servers"));
        assertEquals(Map.of("ACTIVE", 2, "SHUTOFF", 1), first.get("statuses"));
        assertEquals(List.of("rack7"), first.get("aggregates"));
        assertEquals("memory errors", hosts.get(1).get("reason"));
        assertNull(hosts.get(1).get("cordonedBy"));
        assertEquals("ops/drain#12", hosts.get(2).get("cordonedBy"));
        assertEquals("down", hosts.get(2).get("state"));
        assertEquals("disabled", hosts.get(2).get("status"));
    }

    @Test
    public void thoseOfAnAggregateOrAZone() throws Exception {
        HostsStep step = new HostsStep();
        step.setAggregate("rack7");
        assertEquals(2, read(step).size());
        step.setZone("nova");
        assertEquals(2, read(step).size());
        step.setAggregate(null);
        assertEquals(3, read(step).size());
    }

    @Test
    public void whatThereIsNotIsRefusedWithWhatThereIs() throws Exception {
        HostsStep step = new HostsStep();
        step.setAggregate("rack-7");
        assertEquals("hosts: aggregate: there is none called exactly 'rack-7'; there are: rack7.", refusal(step));
        step = new HostsStep();
        step.setZone("east");
        assertEquals("hosts: zone: there is none called exactly 'east'; there are: nova.", refusal(step));
    }

    @Test
    public void whoDoesNotSeeAllServersIsToldNoCounts() throws Exception {
        HostsStep step = new HostsStep();
        step.setCredentialsId("guest");
        assertTrue(refusal(step), refusal(step).contains("credentialsId"));
    }

    private String refusal(HostsStep step) throws InterruptedException {
        Throwable failure = runner.start(step).failure(BOUND);
        assertEquals(AbortException.class, failure.getClass());
        return failure.getMessage();
    }
}
