package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.Settle;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.step.ColdMigrateStep;
import io.jenkins.plugins.nova.step.LiveMigrateStep;
import io.jenkins.plugins.nova.step.MaintenancePlanStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.NodeReturnStep;
import io.jenkins.plugins.nova.step.NovaStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The steps with an application credential that may do what docs/examples/access-rules.json lists and nothing else. Only a
 * real Keystone makes such credentials, and only Nova's own middleware holds requests against their rules.
 */
public class AccessRulesContractTest {

    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final Path RULES = Path.of("docs/examples/access-rules.json");
    private static final Path NAME_RULES = Path.of("docs/examples/access-rules-names.json");
    private static final Path OCTAVIA_RULES = Path.of("docs/examples/access-rules-octavia.json");
    private static final Path CINDER_RULES = Path.of("docs/examples/access-rules-cinder.json");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private CloudFixture settings;
    private StepRunner runner;
    private Backstage keystone;
    private String credential;
    private RunningStep console;

    @Before
    public void begin() {
        assumeTrue("skipped: access rules need a real Keystone", cloud instanceof RealCloudUnderTest);
        settings = CloudFixture.begin();
        runner = cloud.inItsTime(new StepRunner(folder.getRoot()));
        keystone = new Backstage(cloud.identityUrl(), cloud.login(CloudUnderTest.Role.ADMIN));
    }

    @After
    public void end() {
        if (credential != null) {
            keystone.deleteApplicationCredential(credential);
        }
        if (runner != null) {
            runner.close();
            settings.close();
        }
    }

    private static ArrayNode documented() throws Exception {
        return (ArrayNode) new ObjectMapper().readTree(RULES.toFile());
    }

    /** All documented rules, and those of another file besides. */
    private static ArrayNode documentedAnd(Path more) throws Exception {
        return documented().addAll((ArrayNode) new ObjectMapper().readTree(more.toFile()));
    }

    private Login.ApplicationCredential boundTo(JsonNode rules) {
        JsonNode made = keystone.applicationCredential("nova-maintenance-" + UUID.randomUUID(), rules);
        credential = made.path("id").asText();
        String secret = made.path("secret").asText();
        settings.credential(CloudFixture.application("bound", credential, secret));
        settings.cloud("nova", cloud.identityUrl(), null, "bound");
        return new Login.ApplicationCredential(credential, secret);
    }

    private Map<?, ?> drained(NovaStep step) throws InterruptedException {
        Map<?, ?> result = (Map<?, ?>) runner.start(step).value(BOUND);
        assertEquals(result.toString(), "DONE", result.get("outcome"));
        return result;
    }

    private void moved(String outcome, NovaStep step) throws InterruptedException {
        List<?> servers = (List<?>) ((Map<?, ?>) runner.start(step).value(BOUND)).get("servers");
        assertEquals(servers.toString(), outcome, ((Map<?, ?>) servers.get(0)).get("outcome"));
    }

    @Test
    public void theDocumentedRulesDoForALivingHost() throws Exception {
        boundTo(documented());
        String web = cloud.bootHere("web");
        String off = cloud.boot(Boot.named("off").on(cloud.host(1)).in(Boot.State.SHUTOFF));

        runner.start(new MaintenancePlanStep(cloud.host(1))).value(BOUND);
        NodeEvacuateStep evacuate = new NodeEvacuateStep(cloud.host(1));
        evacuate.setConfirm("auto");
        drained(evacuate);
        assertEquals(List.of(), cloud.admin().serversOn(cloud.host(1)));
        drained(new NodeReturnStep(cloud.host(1)));
        assertTrue(cloud.service(cloud.host(1)).enabled());

        moved("MOVED", new LiveMigrateStep(web));
        moved("AWAITING_CONFIRM", new ColdMigrateStep(off));
        moved("REVERTED", Settle.revert(off));
        moved("AWAITING_CONFIRM", new ColdMigrateStep(off));
        moved("CONFIRMED", Settle.confirm(off));
    }

    @Test
    public void theDocumentedRulesDoForADeadHost() throws Exception {
        cloud.needControl();
        boundTo(documented());
        cloud.boot(Boot.named("web").on(cloud.host(2)));
        cloud.kill(cloud.host(2));
        NodeEvacuateStep evacuate = new NodeEvacuateStep(cloud.host(2));
        evacuate.setDeadHost(Groups.deadHost(true, true));
        drained(evacuate);
        assertTrue(cloud.service(cloud.host(2)).forcedDown());
    }

    private Map<?, ?> planned(JsonNode rules, String server) throws Exception {
        boundTo(rules);
        console = runner.start(new MaintenancePlanStep(cloud.host(1)));
        List<?> servers = (List<?>) ((Map<?, ?>) console.value(BOUND)).get("servers");
        return servers.stream()
                .map(one -> (Map<?, ?>) one)
                .filter(one -> server.equals(one.get("id")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void withTheRulesForNamesThePlanHasNames() throws Exception {
        String web = cloud.bootHere("web");
        Map<?, ?> planned = planned(documentedAnd(NAME_RULES), web);
        assertEquals(cloud.login(CloudUnderTest.Role.BOSS).user(), planned.get("ownerName"));
        assertEquals(cloud.login(CloudUnderTest.Role.BOSS).project(), planned.get("projectName"));
    }

    /** Keystone itself holds to the rules since 2023.1 (bug 1999068); an older one tells names all the same. */
    @Test
    public void withoutThemIdsDoAndThePlanIsMade() throws Exception {
        String web = cloud.bootHere("web");
        Object owner = planned(documented(), web).get("ownerName");
        boolean held = console.console().contains("ids stand for them");
        assertEquals(held ? null : cloud.login(CloudUnderTest.Role.BOSS).user(), owner);
        assertTrue(console.console(), !held || console.console().contains("GET /v3/users/*"));
    }

    /** Whose service must be the one that Cinder's [keystone_authtoken] calls its service_type. */
    @Test
    public void cindersRulesDoForItsServicesWhicheverWayTheyAreEnabled() throws Exception {
        String service = cloud.host(2) + "@lvm";
        assumeTrue("skipped: this cloud has no volume service " + service, hasVolumes(cloud.host(2)));
        Nova bound = cloud.connect(boundTo(documentedAnd(CINDER_RULES)));
        NodeEvacuateStep evacuate = new NodeEvacuateStep(cloud.host(2));
        evacuate.setBeside("cinder");
        drained(evacuate);
        HostSetting held = bound.hostSettings(HostSetting.Kind.VOLUME_SERVICE, cloud.host(2))
                .get(0);
        assertTrue(held.text(), held.text().startsWith("nova-maintenance: "));
        drained(new NodeReturnStep(cloud.host(2)));
        bound.changeHostSetting(new HostSetting(held.kind(), held.id(), held.name(), false, null, null), true);
        assertFalse(bound.hostSettings(HostSetting.Kind.VOLUME_SERVICE, cloud.host(2))
                .get(0)
                .held());
    }

    @Test
    public void octaviasRulesDoForAnAmphora() throws Exception {
        cloud.needControl();
        String balancer = cloud.balancer(cloud.host(1), false);
        boundTo(documentedAnd(OCTAVIA_RULES));
        NodeEvacuateStep evacuate = new NodeEvacuateStep(cloud.host(1));
        evacuate.setBeside("octavia");
        List<?> servers = (List<?>) drained(evacuate).get("servers");
        assertEquals(servers.toString(), "FAILED_OVER", ((Map<?, ?>) servers.get(0)).get("outcome"));
        assertEquals("ACTIVE", cloud.admin().loadBalancerStatus(balancer));
    }

    private boolean hasVolumes(String host) {
        try {
            return !cloud.admin()
                    .hostSettings(HostSetting.Kind.VOLUME_SERVICE, host)
                    .isEmpty();
        } catch (NovaException.Missing none) {
            return false;
        }
    }

    /** All documented rules but those of one method on a path that begins so. */
    private static JsonNode without(String method, String path) throws Exception {
        ArrayNode rules = documented();
        for (int i = rules.size() - 1; i >= 0; i--) {
            JsonNode rule = rules.get(i);
            if (rule.path("method").asText().equals(method)
                    && rule.path("path").asText().startsWith(path)) {
                rules.remove(i);
            }
        }
        return rules;
    }

    private String refused(NovaStep step, String server) throws Exception {
        String message = runner.start(step).failure(BOUND).getMessage();
        assertTrue(message, message.contains("access rules"));
        assertEquals(cloud.host(1), cloud.admin().server(server).host());
        return message;
    }

    @Test
    public void aRuleThatIsMissingForTheCordonIsSaid() throws Exception {
        boundTo(without("PUT", "/v2.1/os-services"));
        String web = cloud.bootHere("web");
        String message = refused(new NodeEvacuateStep(cloud.host(1)), web);
        assertTrue(message, message.contains("PUT …/os-services/"));
    }

    @Test
    public void aRuleThatIsMissingForTheMoveIsSaid() throws Exception {
        boundTo(without("POST", "/v2.1/servers/"));
        String web = cloud.bootHere("web");
        String message = refused(new LiveMigrateStep(web), web);
        assertTrue(message, message.contains("POST …/servers/" + web + "/action"));
    }

    @Test
    public void aRuleThatIsMissingForTheFirstLookIsSaid() throws Exception {
        boundTo(without("GET", "/v2.1/os-services"));
        String web = cloud.bootHere("web");
        String message = refused(new NodeEvacuateStep(cloud.host(1)), web);
        assertTrue(message, message.contains("GET …/os-services"));
    }
}
