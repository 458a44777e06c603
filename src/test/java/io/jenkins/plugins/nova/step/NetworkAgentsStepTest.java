package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.util.List;
import org.junit.Test;

/** Neutron's agents through the steps: down for the block once what they serve is elsewhere, up again. */
public class NetworkAgentsStepTest extends BesideSteps {

    @Test
    public void agentsGoDownForTheBlockOnceWhatTheyServeIsElsewhere() throws Exception {
        start(networked()
                .router("ha1", true, HOST, "compute2")
                .router("legacy1", false, HOST)
                .router("other", false, "compute2")
                .network("net1", HOST)
                .network("net2", HOST, "compute2"));
        cloud.setAgent(L3, HOST, true, "rack 4");
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertFalse(cloud.agentUp(L3, HOST));
        assertFalse(cloud.agentUp(DHCP, HOST));
        assertTrue("it moves the servers", cloud.agentUp("Open vSwitch agent", HOST));
        assertTrue("a neighbour", cloud.agentUp(L3, "compute2"));
        has(cloud.agentDescription(L3, HOST), "rack 4 | nova-maintenance: ");
        assertEquals(List.of("compute2"), cloud.servedOn("legacy1"));
        assertEquals("active elsewhere", "compute2", cloud.servedOn("ha1").get(0));
        assertEquals(List.of(HOST, "compute2"), cloud.servedOn("net1"));
        block.end();
        assertEquals(List.of("putBack", "putBack"), states(step.value(BOUND)));
        assertTrue(cloud.agentUp(L3, HOST));
        assertTrue(cloud.agentUp(DHCP, HOST));
        assertEquals("rack 4", cloud.agentDescription(L3, HOST));
        assertEquals("", cloud.agentDescription(DHCP, HOST));
        assertEquals("not moved back", List.of("compute2"), cloud.servedOn("legacy1"));
        has(
                step.console(),
                "Neutron's L3 agent of compute1 is administratively down; led elsewhere before: router legacy1",
                "Neutron's DHCP agent of compute1 is administratively down; led elsewhere before: network net1",
                "Neutron's L3 agent of compute1 is administratively up again.");
    }

    @Test
    public void whatNothingElseCanServe() throws Exception {
        record Row(CloudBuilder cloud, Object beside, String refusal) {}
        CloudBuilder lonely = hosts().agent(L3, HOST).agent(DHCP, HOST);
        for (Row row : List.of(
                new Row(lonely.router("legacy1", false, HOST), null, "it alone serves router legacy1"),
                new Row(networked().router("ha1", true, HOST), null, "it alone serves router ha1"),
                new Row(
                        hosts().agent(L3, HOST).agent(DHCP, HOST).network("net1", HOST),
                        "neutron",
                        "it alone serves network net1"))) {
            start(row.cloud());
            NodeEvacuateStep step = new NodeEvacuateStep(HOST);
            step.setBeside(row.beside());
            has(runner.start(step).failure(BOUND).getMessage(), row.refusal(), "out of beside");
            assertTrue(cloud.enabled(HOST));
            assertTrue(cloud.agentUp(L3, HOST));
            assertEquals(HOST, cloud.server("web1").host());
            again();
        }
        // a network's leases last, and the rest goes on
        start(hosts().agent(L3, HOST).agent(DHCP, HOST).network("net1", HOST));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(List.of("set", "notSet"), states(step.value(BOUND)));
        assertTrue(cloud.agentUp(DHCP, HOST));
    }

    @Test
    public void whatIsNotSwitchedIsTold() throws Exception {
        start(hosts().l3Agent(HOST, "dvr").agent(GATEWAY, HOST).gatewaysWithoutPriorities());
        cloud.faults().on("GET", "^/ports$").always().status(403, "not allowed");
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(List.of(), states(step.value(BOUND)));
        assertTrue(cloud.agentUp(L3, HOST));
        has(
                step.console(),
                "Neutron's L3 agent of compute1 routes for the host's own servers (mode dvr)",
                "Neutron's OVN Controller Gateway agent of compute1 carries gateways of routers");
    }

    /** What routes for the host's own servers stays on; what it has for all goes elsewhere first, and stays there. */
    @Test
    public void whatADistributedRouterHasInOnePlaceIsLedElsewhere() throws Exception {
        start(hosts().l3Agent(HOST, "dvr_snat")
                .agent(L3, "compute2")
                .l3Agent("compute3", "dvr_snat")
                .distributedRouter("dvr1", HOST)
                .router("legacy1", false, HOST));
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals("no legacy agent takes it", List.of("compute3"), cloud.servedOn("dvr1"));
        assertEquals("the one with the least", List.of("compute2"), cloud.servedOn("legacy1"));
        assertTrue(cloud.agentUp(L3, HOST));
        block.end();
        assertEquals(List.of("putBack"), states(step.value(BOUND)));
        assertEquals(List.of("compute3"), cloud.servedOn("dvr1"));
        has(
                step.console(),
                "Neutron's L3 agent of compute1 is relieved of its central routers; led elsewhere before: the SNAT of"
                        + " router dvr1 (",
                "Neutron's L3 agent of compute1 gets none of its central routers back.");
    }

    @Test
    public void aSnatThatNoOtherAgentCanTake() throws Exception {
        start(hosts().l3Agent(HOST, "dvr_snat").agent(L3, "compute2").distributedRouter("dvr1", HOST));
        has(
                runner.start(new NodeEvacuateStep(HOST)).failure(BOUND).getMessage(),
                "Neutron's L3 agent of compute1 must not go down: it alone serves the SNAT of router dvr1",
                "leave 'neutron' out of beside");
        assertEquals(List.of(HOST), cloud.servedOn("dvr1"));
        assertTrue(cloud.enabled(HOST));
    }

    /** Where the other agents are fewer than the networks, these are asked what they have. */
    @Test
    public void manyNetworksAreNotAskedForOneByOne() throws Exception {
        CloudBuilder builder = networked().network("alone", HOST);
        for (int i = 0; i < 30; i++) {
            builder.network("net" + i, HOST, "compute2").router("ha" + i, true, HOST, "compute2");
        }
        start(builder);
        RunningStep step = runner.start(new MaintenancePlanStep(HOST));
        step.value(BOUND);
        long asked = cloud.audit().entries().stream()
                .filter(entry -> entry.service().equals("network"))
                .count();
        assertTrue("requests to Neutron: " + asked, asked <= 12);
        nextBuild();
        RunningStep drain = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals("what nobody else has is led", List.of(HOST, "compute2"), cloud.servedOn("alone"));
        block.end();
        assertEquals(List.of("putBack", "putBack"), states(drain.value(BOUND)));
    }

    /** What is settled, and what is put back, is not read anew; each look has one list of the host's agents, or two. */
    @Test
    public void whatWasSettledIsNotAskedForAgain() throws Exception {
        CloudBuilder builder = hosts().agent(GATEWAY, HOST).agent(GATEWAY, "compute2");
        for (int i = 0; i < 20; i++) {
            builder.gateway("standby" + i, "compute2", HOST);
        }
        start(builder.gateway("web", HOST, "compute2"));
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        block.end();
        step.value(BOUND);
        String standby = SimulatedCloud.routerId("standby7");
        long asked = cloud.audit().entries().stream()
                .filter(entry -> entry.path().contains(standby))
                .count();
        assertTrue("in the first look, and in those before it is set: " + asked, asked <= 3);
    }

    @Test
    public void aDryRunSaysWhatWouldBeLedElsewhere() throws Exception {
        start(networked().router("legacy1", false, HOST).network("net2", HOST, "compute2"));
        RunningStep step = runner.start(new MaintenancePlanStep(HOST));
        assertEquals(List.of("untouched", "untouched"), states(step.value(BOUND)));
        has(
                step.console(),
                "Neutron's L3 agent of compute1 would be taken administratively down; led elsewhere before: router legacy1",
                "Neutron's DHCP agent of compute1 would be taken administratively down.");
        assertEquals(List.of(HOST), cloud.servedOn("legacy1"));
    }

    @Test
    public void neutronsAccessRulesAreEnough() throws Exception {
        start(
                networked()
                        .router("legacy1", false, HOST)
                        .router("ha1", true, HOST, "compute2")
                        .network("net1", HOST),
                AccessRuleFiles.rules("access-rules.json", "access-rules-neutron.json"));
        NodeMaintenanceStep maintenance = new NodeMaintenanceStep(HOST);
        maintenance.setBeside("neutron");
        RunningStep step = runner.start(maintenance, block);
        block.awaitBegin(BOUND).end();
        assertEquals(List.of("putBack", "putBack"), states(step.value(BOUND)));
    }

    @Test
    public void whereNeutronMayNotBeAskedOneLineSaysSo() throws Exception {
        start(networked(), AccessRuleFiles.rules("access-rules.json"));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(List.of(), states(step.value(BOUND)));
        has(step.console(), "Neutron is left alone: list Neutron's agents of compute1: ");
        assertTrue(cloud.agentUp(L3, HOST));
    }

    @Test
    public void anAgentThatDoesNotReportStaysDownAndIsTold() throws Exception {
        start(networked());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.agentAlive(L3, HOST, false);
        block.end();
        assertEquals(List.of("notPutBack", "putBack"), states(step.value(BOUND)));
        assertFalse(cloud.agentUp(L3, HOST));
        has(
                step.console(),
                "Neutron's L3 agent of compute1 is still administratively down, which could not be taken back: it does not"
                        + " report to Neutron. To do so: openstack network agent set --enable ");
    }

    /** Whatever becomes of it, a router is not left without an agent. */
    @Test
    public void aRouterThatNobodyTakesIsGivenBack() throws Exception {
        start(networked().router("legacy1", false, HOST));
        cloud.faults()
                .on("POST", "/agents/" + cloud.agentId(L3, "compute2") + "/l3-routers$")
                .always()
                .status(409, "The router cannot be hosted.");
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        has(step.failure(BOUND).getMessage(), "The router cannot be hosted.", "Nothing was moved.");
        assertEquals(List.of(HOST), cloud.servedOn("legacy1"));
        assertTrue(cloud.agentUp(L3, HOST));
        assertTrue("the cordon is taken back", cloud.enabled(HOST));
    }

    /** An answer that is lost is looked up: what has gone elsewhere does not go once more. */
    @Test
    public void whatWasLedElsewhereIsLedOnceWhateverBecomesOfTheAnswer() throws Exception {
        start(networked()
                .agent(L3, "compute3")
                .agent(DHCP, "compute3")
                .router("legacy1", false, HOST)
                .network("net1", HOST));
        cloud.faults().on("POST", "/agents/.*/dhcp-networks$").dropAfterActing();
        cloud.faults().on("POST", "/agents/.*/l3-routers$").dropAfterActing();
        assertEquals(
                List.of("set", "set"),
                states(runner.start(new NodeEvacuateStep(HOST)).value(BOUND)));
        assertEquals(2, cloud.servedOn("net1").size());
        assertEquals(1, cloud.servedOn("legacy1").size());
        assertFalse(cloud.servedOn("legacy1").contains(HOST));
    }
}
