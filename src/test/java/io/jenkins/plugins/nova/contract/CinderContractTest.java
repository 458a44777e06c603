package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.NodeMaintenanceStep;
import io.jenkins.plugins.nova.step.NodeReturnStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Cinder's volume services of a host: how they are read, disabled and enabled, and what freezing and thawing does to them. */
public class CinderContractTest {
    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final String REASON = "nova-maintenance: lab/drain#7 step 12 „Ölwechsel\" & <more> | x";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private CloudFixture settings;
    private String host;
    private String lvm;
    private String nfs;

    @Before
    public void free() {
        host = cloud.host(1);
        lvm = host + "@lvm";
        nfs = host + "@nfs";
        try {
            Assume.assumeFalse(
                    "the host has no volume service",
                    cloud.admin()
                            .hostSettings(HostSetting.Kind.VOLUME_SERVICE, host)
                            .isEmpty());
        } catch (NovaException.Missing none) {
            Assume.assumeNoException("this cloud has no Cinder", none);
        }
        // a reason stays in a record that is enabled: the services begin without one, as far as anybody can tell
        settings().forEach(one -> cloud.admin().changeHostSetting(wanted(one.id(), null), false));
    }

    @After
    public void end() {
        if (lvm != null) {
            for (HostSetting one : settings()) {
                cloud.admin().changeHostSetting(wanted(one.id(), null), false);
            }
        }
        if (settings != null) {
            settings.close();
        }
    }

    private List<HostSetting> settings() {
        return cloud.admin().hostSettings(HostSetting.Kind.VOLUME_SERVICE, host);
    }

    private HostSetting setting(String id) {
        return settings().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** @param reason null: it is to be enabled */
    private static HostSetting wanted(String id, String reason) {
        return new HostSetting(
                HostSetting.Kind.VOLUME_SERVICE, id, "volume service " + id, reason != null, null, reason);
    }

    private HostSetting disable(String id, String reason) {
        return cloud.admin().changeHostSetting(wanted(id, reason), false);
    }

    /** A service as Cinder itself tells it. */
    private JsonNode row(String id) {
        JsonNode services = cloud.onTheWire()
                .volumes("GET", "/os-services?binary=cinder-volume", null)
                .body()
                .path("services");
        return StreamSupport.stream(services.spliterator(), false)
                .filter(row -> row.path("host").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Backstage.Said ask(String action, String id, String reason) {
        ObjectNode body = Backstage.object().put("host", id);
        if (!action.equals("freeze") && !action.equals("thaw")) {
            body.put("binary", "cinder-volume");
        }
        if (reason != null) {
            body.put("disabled_reason", reason);
        }
        return cloud.onTheWire().volumes("PUT", "/os-services/" + action, body);
    }

    private static String message(Backstage.Said said) {
        return said.status() + " "
                + said.body().path("badRequest").path("message").asText();
    }

    @Test
    public void aHostHasOneForEachBackendAndNoneOfAnother() {
        assertEquals(
                List.of(lvm, nfs),
                settings().stream().map(HostSetting::id).sorted().toList());
        assertFalse(settings().toString(), settings().stream().anyMatch(HostSetting::held));
        assertEquals(
                List.of(cloud.host(2) + "@lvm"),
                cloud.admin().hostSettings(HostSetting.Kind.VOLUME_SERVICE, cloud.host(2)).stream()
                        .map(HostSetting::id)
                        .toList());
        assertEquals(List.of(), cloud.admin().hostSettings(HostSetting.Kind.VOLUME_SERVICE, cloud.host(3)));
        assertEquals(List.of(), cloud.admin().hostSettings(HostSetting.Kind.VOLUME_SERVICE, "compute"));
    }

    @Test
    public void itIsDisabledWithItsReasonAndEnabledAgain() {
        for (String reason : List.of(REASON, "x".repeat(255))) {
            HostSetting answer = disable(lvm, reason);
            assertTrue(answer.held());
            assertEquals(reason, answer.text());
            assertTrue(setting(lvm).held());
            assertEquals(reason, setting(lvm).text());
            assertFalse("its neighbour", setting(nfs).held());
        }
        // one over another is not refused: there is no compare-and-set
        disable(lvm, "INC-9 broken disk");
        assertEquals("INC-9 broken disk", setting(lvm).text());
        assertNull(cloud.admin().changeHostSetting(wanted(lvm, null), false));
        assertFalse(setting(lvm).held());
        assertNull(setting(lvm).text());
        assertEquals(
                "the reason stays in the record",
                "INC-9 broken disk",
                row(lvm).path("disabled_reason").asText());
    }

    @Test
    public void whatIsRefusedChangesNothing() {
        assertRefused(
                404,
                "Service cinder-volume could not be found on host " + host + "@no.",
                () -> disable(host + "@no", REASON));
        assertEquals(400, ask("disable-log-reason", lvm, "x".repeat(256)).status());
        assertEquals(400, ask("disable-log-reason", lvm, " ").status());
        assertEquals("400 No service found with host=" + host + "@no", message(ask("freeze", host + "@no", null)));
        assertFalse(setting(lvm).held());
    }

    @Test
    public void aMemberMayNotListThem() {
        assertRefused(
                403,
                "Policy doesn't allow volume_extension:services:index to be performed.",
                () -> cloud.as(CloudUnderTest.Role.MEMBER).hostSettings(HostSetting.Kind.VOLUME_SERVICE, host));
    }

    /** A freeze writes over whatever reason stands there, and the end of a freeze enables what was disabled before. */
    @Test
    public void aThawEnablesAndIsRefusedWhereNothingIsFrozen() {
        disable(lvm, REASON);
        assertEquals(
                "400 Invalid input received: No service could be changed: frozen in ['" + lvm
                        + "'] must be True to failover.",
                message(ask("thaw", lvm, null)));
        assertEquals(REASON, setting(lvm).text());
        assertEquals(200, ask("freeze", lvm, null).status());
        assertEquals("frozen", setting(lvm).text());
        assertEquals(
                "400 Invalid input received: No service could be changed: frozen in ['" + lvm
                        + "'] must be False to failover.",
                message(ask("freeze", lvm, null)));
        assertEquals(200, ask("thaw", lvm, null).status());
        assertFalse(setting(lvm).held());
        assertFalse(row(lvm).path("frozen").asBoolean());
        assertEquals("", row(lvm).path("disabled_reason").asText());
    }

    @Test
    public void whereEnablingIsNotEnoughAFreezeAndItsThawAre() {
        disable(lvm, REASON);
        cloud.admin().changeHostSetting(wanted(lvm, null), true);
        assertFalse(setting(lvm).held());
        assertFalse(row(lvm).path("frozen").asBoolean());
    }

    /** Disabling and enabling write Cinder's record; a freeze needs the cinder-volume, and what was written of it is taken back. */
    @Test
    public void oneWhoseCinderVolumeIsDownIsDisabledAndEnabledAllTheSame() {
        cloud.needControl();
        String second = cloud.host(2) + "@lvm";
        cloud.stopVolumes(second);
        try {
            cloud.await("it reads down", () -> row(second).path("state").asText(), "down"::equals);
            assertTrue(disable(second, REASON).held());
            assertEquals(REASON, row(second).path("disabled_reason").asText());
            assertRefused(
                    500,
                    "The server has either erred or is incapable of performing the requested operation.",
                    () -> cloud.admin().changeHostSetting(wanted(second, null), true));
            assertFalse(row(second).path("frozen").asBoolean());
            cloud.admin().changeHostSetting(wanted(second, null), false);
            assertEquals("enabled", row(second).path("status").asText());
        } finally {
            cloud.startVolumes(second);
        }
        cloud.await("it runs again", () -> ask("freeze", second, null).status(), status -> status == 200);
        assertEquals(200, ask("thaw", second, null).status());
    }

    private StepRunner runner() {
        settings = CloudFixture.begin();
        Login.Password admin = cloud.login(CloudUnderTest.Role.ADMIN);
        settings.credential(CloudFixture.password("admin", admin.user(), admin.password(), admin.project()));
        settings.cloud("nova", cloud.identityUrl(), null, "admin");
        return cloud.inItsTime(new StepRunner(folder.getRoot()));
    }

    private static List<?> states(RunningStep step) throws InterruptedException {
        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);
        assertEquals(result.toString(), "DONE", result.get("outcome"));
        return ((List<?>) result.get("beside"))
                .stream().map(one -> ((Map<?, ?>) one).get("state")).toList();
    }

    @Test
    public void theServicesAreDisabledWhileTheBlockIsAtWork() throws Exception {
        disable(nfs, "INC-9 broken disk");
        cloud.boot(Boot.named("web").on(host));
        NodeMaintenanceStep maintenance = new NodeMaintenanceStep(host);
        maintenance.setBeside("cinder");
        HandBlock block = new HandBlock();
        try (StepRunner runner = runner()) {
            RunningStep step = runner.start(maintenance, block);
            block.awaitBegin(BOUND);
            assertTrue(setting(lvm).text(), setting(lvm).text().startsWith("nova-maintenance: "));
            assertEquals("INC-9 broken disk", setting(nfs).text());
            block.end();
            assertEquals(List.of("putBack", "found"), states(step));
        }
        assertFalse(setting(lvm).held());
        assertEquals("INC-9 broken disk", setting(nfs).text());
    }

    @Test
    public void aReturnEnablesWhatAnEvacuationDisabled() throws Exception {
        cloud.boot(Boot.named("web").on(host));
        NodeEvacuateStep evacuate = new NodeEvacuateStep(host);
        evacuate.setBeside("cinder");
        try (StepRunner runner = runner()) {
            assertEquals(List.of("set", "set"), states(runner.start(evacuate)));
            assertTrue(setting(lvm).held() && setting(nfs).held());
            disable(nfs, "INC-9 broken disk");
            assertEquals(List.of("putBack"), states(runner.start(new NodeReturnStep(host))));
        }
        assertFalse(setting(lvm).held());
        assertEquals("INC-9 broken disk", setting(nfs).text());
    }
}
