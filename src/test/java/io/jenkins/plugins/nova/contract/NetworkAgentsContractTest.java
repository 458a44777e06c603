package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.NetworkScene.DHCP;
import static io.jenkins.plugins.nova.contract.NetworkScene.L3;
import static io.jenkins.plugins.nova.contract.NetworkScene.OVS;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.NodeMaintenanceStep;
import io.jenkins.plugins.nova.step.NodeReturnStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Neutron's agents of a host: what they serve, how that is led elsewhere, how they are set and put back, and who may. */
public class NetworkAgentsContractTest {
    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final String CLAIM = "nova-maintenance: ops#1 ".concat("x".repeat(231));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.withNetworkAgents();

    private final HandBlock block = new HandBlock();
    private NetworkScene scene;
    private CloudFixture settings;
    private StepRunner runner;
    private String credential;
    private String host;
    private String other;
    private String third;

    @Before
    public void begin() {
        host = cloud.host(1);
        other = cloud.host(2);
        third = cloud.host(3);
        scene = new NetworkScene(cloud);
        scene.report(host, other);
    }

    @After
    public void end() {
        if (credential != null) {
            cloud.onTheWire().deleteApplicationCredential(credential);
        }
        if (runner != null) {
            runner.close();
            settings.close();
        }
        if (scene != null) {
            scene.strike();
        }
    }

    private HostSetting setting(String type) {
        return cloud.admin().hostSettings(HostSetting.Kind.NETWORK_AGENT, host).stream()
                .filter(one -> one.name().equals(type + " of " + host))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> fates(HostSetting setting) {
        return setting.serves().stream()
                .filter(served -> !served.name().startsWith("HA network tenant"))
                .map(served -> served.what() + " " + served.id() + " " + served.fate())
                .toList();
    }

    private void change(HostSetting read, boolean held, String text) {
        cloud.admin()
                .changeHostSetting(
                        new HostSetting(read.kind(), read.id(), read.name(), held, null, text, List.of(), null, null),
                        false);
    }

    @Test
    public void theAgentsThatCanBeSetAreThoseOfTheHost() {
        List<HostSetting> all = cloud.admin().hostSettings(HostSetting.Kind.NETWORK_AGENT, host).stream()
                .sorted((one, another) -> one.name().compareTo(another.name()))
                .toList();
        assertEquals(
                List.of("DHCP agent of " + host, "L3 agent of " + host),
                all.stream().map(HostSetting::name).toList());
        for (HostSetting one : all) {
            assertFalse(one.held());
            assertEquals(null, one.fixed());
            assertEquals(null, one.unready());
            assertEquals(List.of(), fates(one));
        }
        assertEquals(
                List.of(),
                cloud.admin().hostSettings(HostSetting.Kind.NETWORK_AGENT, host + "0").stream()
                        .toList());
    }

    @Test
    public void anAgentGoesDownWithALongClaimAndUpAgainAsItWas() {
        change(setting(L3), true, CLAIM);
        HostSetting down = setting(L3);
        assertTrue(down.held());
        assertEquals(255, CLAIM.length());
        assertEquals(CLAIM, down.text());
        assertTrue("the other agent is as it was", scene.up(DHCP, host));
        change(down, false, null);
        assertFalse(setting(L3).held());
        assertEquals(null, scene.description(L3, host));
    }

    @Test
    public void aLegacyRouterIsLedToAnotherAgent() {
        String router = scene.router("legacy", host);
        HostSetting before = setting(L3);
        assertEquals(List.of("ROUTER " + router + " LED"), fates(before));
        cloud.admin().changeHostSetting(before, false);
        assertEquals(List.of(other), scene.routerOn(router));
        cloud.admin().changeHostSetting(before, false);
        assertEquals("it is led once", List.of(other), scene.routerOn(router));
        assertEquals(List.of(), fates(setting(L3)));
        assertTrue("one thing at a time", scene.up(L3, host));
    }

    @Test
    public void aNetworkGetsASecondAgentAndKeepsTheFirst() {
        String network = scene.network("lone", host);
        HostSetting before = setting(DHCP);
        assertEquals(List.of("NETWORK " + network + " LED"), fates(before));
        cloud.admin().changeHostSetting(before, false);
        cloud.admin().changeHostSetting(before, false);
        assertEquals(List.of(host, other), scene.networkOn(network));
        assertEquals(List.of(), fates(setting(DHCP)));
    }

    @Test
    public void whatWasDeletedMeanwhileNeedsNotBeLed() {
        String router = scene.router("legacy", host);
        String network = scene.network("lone", host);
        HostSetting routers = setting(L3);
        HostSetting networks = setting(DHCP);
        scene.delete("/routers/" + router);
        scene.delete("/networks/" + network);
        cloud.admin().changeHostSetting(routers, false);
        cloud.admin().changeHostSetting(networks, false);
        assertEquals(List.of(), fates(setting(L3)));
        assertEquals(List.of(), fates(setting(DHCP)));
    }

    @Test
    public void anHaRouterIsActiveElsewhereOnceItsAgentIsDown() {
        String router = scene.haRouter("ha", host);
        assertEquals(List.of(host, other), scene.routerOn(router));
        assertEquals("the other agent has it", List.of(), fates(setting(L3)));
        change(setting(L3), true, CLAIM);
        cloud.await("the router has gone elsewhere", () -> fates(setting(L3)), List.of()::equals);
        assertEquals(List.of(other), scene.active(router));
        assertEquals("it stays on both", List.of(host, other), scene.routerOn(router));
    }

    @Test
    public void withNobodyElseAliveAllIsStrandedAndTheHostIsNotEmptied() throws Exception {
        String ha = scene.haRouter("ha", host);
        String router = scene.router("legacy", host);
        String network = scene.network("lone", host);
        scene.report(host);
        assertEquals(
                List.of("ROUTER " + ha + " STRANDED", "ROUTER " + router + " STRANDED"),
                fates(setting(L3)).stream()
                        .sorted((one, another) -> Boolean.compare(one.contains(router), another.contains(router)))
                        .toList());
        assertEquals(List.of("NETWORK " + network + " STRANDED"), fates(setting(DHCP)));

        asAdmin();
        String web = cloud.bootHere("web");
        String message = runner.start(new NodeEvacuateStep(host)).failure(BOUND).getMessage();
        assertTrue(message, message.contains("it alone serves router"));
        assertTrue(message, message.contains("Nothing was changed"));
        assertEquals(host, cloud.admin().server(web).host());
        assertTrue(cloud.service(host).enabled());
        assertTrue(scene.up(L3, host) && scene.up(DHCP, host));
        assertEquals(List.of(host), scene.routerOn(router));
    }

    @Test
    public void oneThatDoesNotReportIsNotReady() {
        scene.report(other);
        assertEquals("it does not report to Neutron", setting(L3).unready());
        assertEquals("it does not report to Neutron", setting(DHCP).unready());
        scene.report(host, other);
        assertEquals(null, setting(L3).unready());
    }

    @Test
    public void whoIsNoAdminIsToldOfNone() {
        assertEquals(
                List.of(),
                cloud.as(CloudUnderTest.Role.MEMBER).hostSettings(HostSetting.Kind.NETWORK_AGENT, host).stream()
                        .toList());
    }

    private void asAdmin() {
        settings = CloudFixture.begin();
        Login.Password admin = cloud.login(CloudUnderTest.Role.ADMIN);
        settings.credential(CloudFixture.password("admin", admin.user(), admin.password(), admin.project()));
        settings.cloud("nova", cloud.identityUrl(), null, "admin");
        runner = cloud.inItsTime(new StepRunner(folder.getRoot()));
    }

    /** Neutron's alone: a return puts back what tests before have left of the other services, too. */
    private static List<String> states(Map<?, ?> result) {
        return ((List<?>) result.get("beside"))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> "neutron".equals(one.get("service")))
                        .map(one -> String.valueOf(one.get("state")))
                        .toList();
    }

    private static NodeMaintenanceStep maintenance(String host) {
        NodeMaintenanceStep step = new NodeMaintenanceStep(host);
        step.setBeside("neutron");
        return step;
    }

    /** Routers of both kinds, a network and a server are on the host; a whole maintenance of it, by whoever was configured. */
    private void maintained() throws Exception {
        String ha = scene.haRouter("ha", host);
        scene.report(host, other, third);
        scene.setAgent(L3, host, true, "rack 4");
        String web = cloud.bootHere("web");
        String router = scene.router("legacy", host);
        String network = scene.network("lone", host);
        RunningStep step = runner.start(maintenance(host), block);
        block.awaitBegin(BOUND);
        assertFalse(scene.up(L3, host) || scene.up(DHCP, host));
        assertTrue("it moves the servers", scene.up(OVS, host));
        String claim = scene.description(L3, host);
        assertTrue(claim, claim.startsWith("rack 4 | nova-maintenance: "));
        assertFalse(scene.active(ha).contains(host));
        assertFalse(scene.routerOn(router).contains(host));
        assertEquals(1, scene.routerOn(router).size());
        assertEquals(2, scene.networkOn(network).size());
        assertFalse(host.equals(cloud.admin().server(web).host()));
        block.end();
        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);
        assertEquals("DONE", result.get("outcome"));
        assertEquals(List.of("putBack", "putBack"), states(result));
        assertTrue(scene.up(L3, host) && scene.up(DHCP, host));
        assertEquals("rack 4", scene.description(L3, host));
        assertFalse("not moved back", scene.routerOn(router).contains(host));
        assertTrue(cloud.service(host).enabled());
    }

    @Test
    public void aWholeMaintenance() throws Exception {
        asAdmin();
        maintained();
    }

    @Test
    public void anAgentThatIsSilentAfterTheBlockIsWaitedFor() throws Exception {
        asAdmin();
        RunningStep step = runner.start(maintenance(host), block);
        block.awaitBegin(BOUND);
        scene.report(other);
        block.end();
        AtomicInteger looks = new AtomicInteger();
        cloud.await(
                "it was looked at",
                () -> {
                    assertFalse(scene.up(L3, host));
                    return looks.incrementAndGet();
                },
                count -> count > 20);
        cloud.report(host, other);
        assertEquals(List.of("putBack", "putBack"), states((Map<?, ?>) step.value(BOUND)));
        assertTrue(scene.up(L3, host) && scene.up(DHCP, host));
    }

    @Test
    public void whatAnEvacuationHasSetAReturnPutsBack() throws Exception {
        asAdmin();
        NodeEvacuateStep evacuate = new NodeEvacuateStep(host);
        evacuate.setBeside("neutron");
        assertEquals(
                List.of("set", "set"), states((Map<?, ?>) runner.start(evacuate).value(BOUND)));
        assertFalse(scene.up(L3, host) || scene.up(DHCP, host));
        assertEquals(List.of("putBack", "putBack"), states((Map<?, ?>)
                runner.start(new NodeReturnStep(host)).value(BOUND)));
        assertTrue(scene.up(L3, host) && scene.up(DHCP, host));
    }

    /** Only a real Keystone makes such credentials, and only Neutron's own middleware holds requests against their rules. */
    @Test
    public void theDocumentedAccessRulesDo() throws Exception {
        assumeTrue("skipped: access rules need a real Keystone", CloudUnderTest.isReal());
        ArrayNode rules = rules("access-rules.json");
        rules.addAll(rules("access-rules-neutron.json"));
        JsonNode made = cloud.onTheWire().applicationCredential("nova-maintenance-" + UUID.randomUUID(), rules);
        credential = made.path("id").asText();
        settings = CloudFixture.begin();
        settings.credential(CloudFixture.application(
                "bound", credential, made.path("secret").asText()));
        settings.cloud("nova", cloud.identityUrl(), null, "bound");
        runner = cloud.inItsTime(new StepRunner(folder.getRoot()));
        maintained();
    }

    private static ArrayNode rules(String file) throws Exception {
        return (ArrayNode)
                new ObjectMapper().readTree(Path.of("docs/examples", file).toFile());
    }
}
