package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Which of Neutron's agents have to report before a host is opened. */
public class ReturningAgentsStepTest extends BesideSteps {

    private static final String OVS = "Open vSwitch agent";
    private static final String METADATA = "Metadata agent";

    private static Object silent(Object result) {
        return ((Map<?, ?>) result).get("silentAgents");
    }

    /** As without nova-compute: every server that came to it would fail. */
    @Test
    public void aHostWhosePortsNobodyBindsStaysClosed() throws Exception {
        for (String type : List.of(OVS, "Linux bridge agent", "OVN Controller agent", GATEWAY)) {
            start(hosts().agent(type, HOST).agent(METADATA, HOST));
            HandBlock at = new HandBlock();
            NodeMaintenanceStep maintenance = new NodeMaintenanceStep(HOST);
            maintenance.setReadyTimeout(10);
            RunningStep step = runner.start(maintenance, at);
            at.awaitBegin(BOUND);
            cloud.agentAlive(type, HOST, false);
            at.end();
            has(
                    step.failure(BOUND).getMessage(),
                    "not fit after 10 min, still waiting for its " + type.replace(" Gateway", "")
                            + " to report to Neutron");
            assertFalse(cloud.enabled(HOST));
            // another return goes on once it does
            cloud.agentAlive(type, HOST, true);
            nextBuild();
            assertEquals(
                    List.of(), silent(runner.start(new NodeReturnStep(HOST)).value(BOUND)));
            assertTrue(cloud.enabled(HOST));
            again();
        }
        start(hosts());
    }

    @Test
    public void otherAgentsAreWaitedForAWhileAndTold() throws Exception {
        start(hosts().agent(OVS, HOST).agent(METADATA, HOST).agent("NIC Switch agent", HOST));
        cloud.agentAlive("NIC Switch agent", HOST, false);
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.agentAlive(METADATA, HOST, false);
        cloud.agentAlive(OVS, HOST, false);
        cloud.after(Duration.ofSeconds(60), () -> cloud.agentAlive(OVS, HOST, true));
        Instant begun = cloud.clock().instant();
        block.end();
        assertEquals("not that of before", List.of(METADATA), silent(step.value(BOUND)));
        assertTrue(cloud.enabled(HOST));
        long waited = Duration.between(begun, cloud.clock().instant()).toSeconds();
        assertTrue(waited + " s", waited >= 180 && waited < 420);
        String told = "Not waited for any longer: its Metadata agent to report to Neutron. See to it: openstack network"
                + " agent list --host compute1.";
        has(step.console(), "Waiting for its Open vSwitch agent to report to Neutron", "Note: " + told);
        assertTrue(
                HostMaintenanceAction.of(runner.run()).getDrains().get(0).log().contains(told));
    }

    /** Of a host of which nothing is known what is listed now is judged; an old agent may be listed for ever. */
    @Test
    public void aReturnAloneJudgesWhatIsListed() throws Exception {
        record Row(List<String> alive, List<String> silent, boolean opened) {}
        for (Row row : List.of(
                new Row(List.of(OVS, METADATA), List.of(), true),
                new Row(List.of(METADATA), List.of(OVS), false),
                new Row(List.of(GATEWAY), List.of(OVS), true),
                new Row(List.of(), List.of(), true))) {
            CloudBuilder builder = hosts();
            row.alive().forEach(type -> builder.agent(type, HOST));
            row.silent().forEach(type -> builder.agent(type, HOST));
            start(builder);
            row.silent().forEach(type -> cloud.agentAlive(type, HOST, false));
            runner.start(new NodeEvacuateStep(HOST)).value(BOUND);
            runner.run().setResult(Result.SUCCESS);
            nextBuild();
            NodeReturnStep look = new NodeReturnStep(HOST);
            look.setDryRun(true);
            String looked = String.valueOf(runner.start(look).value(BOUND));
            assertEquals(
                    looked, !row.silent().isEmpty(), looked.contains("its Open vSwitch agent to report to Neutron"));
            nextBuild();
            NodeReturnStep back = new NodeReturnStep(HOST);
            back.setReadyTimeout(5);
            RunningStep step = runner.start(back);
            if (row.opened()) {
                assertEquals(row.silent(), silent(step.value(BOUND)));
            } else {
                has(step.failure(BOUND).getMessage(), "still waiting for its Open vSwitch agent to report to Neutron");
            }
            assertEquals(row.toString(), row.opened(), cloud.enabled(HOST));
            again();
        }
        start(hosts());
    }

    /**
     * Of use open, though Neutron does not answer, or does not tell any more what it told before the block; and what is left out is not
     * asked about.
     */
    @Test
    public void agentsThatCannotBeLookedAtKeepNoHostClosedAndAreTold() throws Exception {
        record Row(String beside, int status, boolean told) {}
        for (Row row : List.of(
                new Row(null, 503, true),
                new Row(null, 403, true),
                new Row(null, 401, true),
                new Row("none", 503, false))) {
            start(hosts().agent(OVS, HOST));
            HandBlock at = new HandBlock();
            NodeMaintenanceStep maintenance = new NodeMaintenanceStep(HOST);
            maintenance.setBeside(row.beside());
            RunningStep step = runner.start(maintenance, at);
            at.awaitBegin(BOUND);
            cloud.agentAlive(OVS, HOST, false);
            cloud.faults().on("GET", "^/agents$").always().status(row.status(), "away");
            at.end();
            assertEquals(List.of(), silent(step.value(BOUND)));
            assertTrue(cloud.enabled(HOST));
            assertEquals(
                    row + step.console(),
                    row.told(),
                    step.console().contains("Not waited for any longer: its network agents to be told by Neutron ("));
            again();
        }
        start(hosts());
    }

    /** Neutron takes it for alive for 75 s more, and a block may be shorter. */
    @Test
    public void anAgentThatDiesInAShortBlockIsNotTakenForAlive() throws Exception {
        for (boolean maintains : List.of(true, false)) {
            start(hosts().agent(OVS, HOST).agent("L3 agent", HOST));
            RunningStep step;
            if (maintains) {
                HandBlock at = new HandBlock();
                NodeMaintenanceStep maintenance = new NodeMaintenanceStep(HOST);
                maintenance.setReadyTimeout(5);
                step = runner.start(maintenance, at);
                at.awaitBegin(BOUND);
                cloud.agentDies(OVS, HOST);
                at.end();
            } else {
                cloud.agentDies(OVS, HOST);
                NodeReturnStep back = new NodeReturnStep(HOST);
                back.setReadyTimeout(5);
                step = runner.start(back);
            }
            has(step.failure(BOUND).getMessage(), "still waiting for its Open vSwitch agent to report to Neutron");
            again();
        }
        start(hosts());
    }
}
