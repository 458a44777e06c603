package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.util.List;
import org.junit.Test;

/** OVN's gateways through the steps: led away for the block, and back. */
public class RouterGatewaysStepTest extends BesideSteps {

    @Test
    public void gatewaysAreLedAwayForTheBlockAndBack() throws Exception {
        start(gateways());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals("compute2", cloud.gatewayOn("web"));
        assertEquals("compute2", cloud.gatewayOn("db"));
        assertEquals("below all others", 0, (int) cloud.gatewayPriority("db", HOST));
        assertEquals("what is a standby stays", 1, (int) cloud.gatewayPriority("mail", HOST));
        block.end();
        assertEquals(List.of("putBack", "putBack"), states(step.value(BOUND)));
        assertEquals(2, (int) cloud.gatewayPriority("web", HOST));
        assertEquals(3, (int) cloud.gatewayPriority("db", HOST));
        assertEquals(2, (int) cloud.gatewayPriority("db", "compute2"));
        has(
                step.console(),
                "Neutron's gateway of router web (",
                ") on compute1: each is led elsewhere.",
                ") on compute1: each has its priority again.");
    }

    /** Two of the same are refused, and below nothing there is nothing: then the other is raised. */
    @Test
    public void whereNoNumberIsFreeBelowTheOtherIsRaised() throws Exception {
        start(hosts().agent(GATEWAY, HOST).agent(GATEWAY, "compute2").gateway("web", HOST, "compute2"));
        cloud.setGatewayPriority("web", "compute2", 0);
        cloud.setGatewayPriority("web", HOST, 1);
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals("compute2", cloud.gatewayOn("web"));
        assertEquals(2, (int) cloud.gatewayPriority("web", "compute2"));
        block.end();
        assertEquals(List.of("putBack"), states(step.value(BOUND)));
        assertEquals(0, (int) cloud.gatewayPriority("web", "compute2"));
        assertEquals(1, (int) cloud.gatewayPriority("web", HOST));
    }

    /** What somebody has set meanwhile is his, and what Neutron has rescheduled is Neutron's. */
    @Test
    public void aPriorityThatIsNotOursAnyMoreStays() throws Exception {
        start(gateways());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.setGatewayPriority("web", HOST, 9);
        cloud.setGatewayPriority("db", HOST, null);
        block.end();
        assertEquals(List.of("found", "found"), states(step.value(BOUND)));
        assertEquals(9, (int) cloud.gatewayPriority("web", HOST));
        assertEquals(null, cloud.gatewayPriority("db", HOST));
        has(step.console(), "each was changed by somebody else meanwhile; it stays as it is.");
    }

    @Test
    public void aPriorityWhosePlaceIsTakenIsTold() throws Exception {
        start(hosts().agent(GATEWAY, HOST).agent(GATEWAY, "compute2").gateway("web", HOST, "compute2"));
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.setGatewayPriority("web", "compute2", 2);
        block.end();
        assertEquals(List.of("notPutBack"), states(step.value(BOUND)));
        has(
                step.console(),
                "its priority before, 2, is another's now. To do so: PUT /v2.0/agents/",
                "{\"ha_chassis_priority\": 2}");
        assertEquals(0, (int) cloud.gatewayPriority("web", HOST));
    }

    @Test
    public void aGatewayThatNoOtherChassisCanTake() throws Exception {
        for (CloudBuilder builder : List.of(
                hosts().agent(GATEWAY, HOST).gateway("web", HOST),
                hosts().agent(GATEWAY, HOST).agent(GATEWAY, "compute2").gateway("web", HOST, "compute2"))) {
            start(builder);
            if (cloud.gatewayPriority("web", HOST) == 2) {
                cloud.agentAlive(GATEWAY, "compute2", false);
            }
            has(
                    runner.start(new NodeEvacuateStep(HOST)).failure(BOUND).getMessage(),
                    "Neutron's gateway of router web (",
                    "must not go down: it alone serves router web",
                    "leave 'neutron' out of beside");
            assertTrue(cloud.enabled(HOST));
            nextBuild();
            NodeEvacuateStep without = new NodeEvacuateStep(HOST);
            without.setBeside("none");
            runner.start(without).value(BOUND);
            again();
        }
        start(hosts());
    }

    /** What one build has led away the next leads back, from what stands on its page. */
    @Test
    public void aReturnInAnotherBuildLeadsGatewaysBack() throws Exception {
        for (boolean maintains : List.of(false, true)) {
            start(gateways());
            HandBlock failing = new HandBlock();
            RunningStep step = runner.start(new NodeMaintenanceStep(HOST), failing);
            failing.awaitBegin(BOUND).fail(new AbortException("no"));
            step.failure(BOUND);
            assertEquals("as the cordon", 0, (int) cloud.gatewayPriority("web", HOST));
            nextBuild();
            Object result;
            if (maintains) {
                HandBlock second = new HandBlock();
                RunningStep again = runner.start(new NodeMaintenanceStep(HOST), second);
                second.awaitBegin(BOUND).end();
                result = again.value(BOUND);
            } else {
                result = runner.start(new NodeReturnStep(HOST)).value(BOUND);
            }
            assertEquals(List.of("putBack", "putBack"), states(result));
            assertEquals(2, (int) cloud.gatewayPriority("web", HOST));
            assertEquals(3, (int) cloud.gatewayPriority("db", HOST));
            again();
        }
        start(hosts());
    }

    @Test
    public void gatewaysThatCannotBeLedAreNamedWhereThatIsKnown() throws Exception {
        record Row(CloudBuilder cloud, String said) {}
        String id = SimulatedCloud.routerId("web");
        for (Row row : List.of(
                new Row(
                        gateways().gatewaysWithoutPriorities(),
                        "Neutron's OVN Controller Gateway agent of compute1 carries the gateways of routers " + id),
                // chassis that nobody has marked as gateways have them too
                new Row(
                        hosts().agent("OVN Controller agent", HOST).gateway("web", HOST),
                        "Neutron's OVN Controller agent of compute1 carries the gateway of router " + id
                                + ", which goes elsewhere only once the host is down: nothing is done about it."))) {
            start(row.cloud());
            RunningStep step = runner.start(new NodeEvacuateStep(HOST));
            assertEquals(List.of(), states(step.value(BOUND)));
            has(step.console(), row.said());
            again();
        }
        start(gateways());
        NodeEvacuateStep named = new NodeEvacuateStep(HOST);
        named.setBeside("neutron");
        assertEquals(List.of("set", "set"), states(runner.start(named).value(BOUND)));
    }

    @Test
    public void theAccessRulesAreEnoughForGateways() throws Exception {
        for (boolean told : List.of(true, false)) {
            start(
                    told ? gateways() : gateways().gatewaysWithoutPriorities(),
                    AccessRuleFiles.rules("access-rules.json", "access-rules-neutron.json"));
            HandBlock at = new HandBlock();
            RunningStep step = runner.start(new NodeMaintenanceStep(HOST), at);
            at.awaitBegin(BOUND).end();
            assertEquals(told ? List.of("putBack", "putBack") : List.of(), states(step.value(BOUND)));
            assertFalse(step.console(), step.console().contains("left alone"));
            again();
        }
        start(hosts());
    }
}
