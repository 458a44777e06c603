package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Settle;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A controller that goes down while the build waits at its gate between drain and confirm. No step is in flight then: all that
 * the program has is what nodeEvacuate returned, in a variable, as bytes.
 */
public class GateTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;
    private DrivenTime time;

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web1")
                .server("off1", server -> server.status("SHUTOFF"))
                .server("off2", server -> server.status("SHUTOFF"))
                .server("off3", server -> server.status("SHUTOFF"))
                .start();
        up();
    }

    private void up() {
        clouds = CloudFixture.begin()
                .credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        time = DrivenTime.of(cloud);
        runner = new StepRunner(folder.getRoot()).in(time);
    }

    private void down() {
        runner.close();
        clouds.close();
    }

    @After
    public void end() {
        down();
        cloud.close();
    }

    private static byte[] bytes(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private Map<?, ?> drainedAndBack() throws Exception {
        RunningStep drain = runner.start(new NodeEvacuateStep("compute1"));
        byte[] program = bytes(drain.value(BOUND));
        down();
        up();
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(program))) {
            return (Map<?, ?>) in.readObject();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> outcomes(Object result) {
        return ((List<Map<String, Object>>) ((Map<?, ?>) result).get("servers"))
                .stream().collect(Collectors.toMap(server -> server.get("name"), server -> server.get("outcome")));
    }

    @Test
    public void whatTheDrainReturnedIsConfirmedAfterwards() throws Exception {
        Map<?, ?> drained = drainedAndBack();
        assertEquals("AWAITING_CONFIRM", drained.get("outcome"));
        int moves = cloud.migrations().size();
        Object confirmed =
                runner.start(Settle.confirm(drained.get("awaitingConfirm"))).value(BOUND);
        assertEquals(Map.of("off1", "CONFIRMED", "off2", "CONFIRMED", "off3", "CONFIRMED"), outcomes(confirmed));
        assertEquals("nothing is moved again", moves, cloud.migrations().size());
    }

    @Test
    public void whatOwnersDidMeanwhileIsSaid() throws Exception {
        Map<?, ?> drained = drainedAndBack();
        TestClient owner = TestClient.as(cloud, "admin");
        owner.act(cloud.id("off1"), "{'confirmResize':null}");
        owner.act(cloud.id("off2"), "{'revertResize':null}");
        String off3 = cloud.id("off3");
        cloud.delete("off3");
        time.until(() -> List.of("off1", "off2").stream()
                .allMatch(name -> cloud.server(name).status().equals("SHUTOFF")));
        RunningStep confirm = runner.start(Settle.confirm(drained.get("awaitingConfirm")));
        Throwable failure = confirm.failure(BOUND);
        String said = failure.getMessage();
        assertTrue(said, said.contains("off2") && said.contains("revert"));
        assertEquals("compute1", cloud.server("off2").host());
        assertEquals("compute2", cloud.server("off1").host());
        assertTrue(confirm.console(), confirm.console().contains("SKIP     off1 "));
        assertTrue(said, said.contains("1 of 3 servers did not succeed"));
    }
}
