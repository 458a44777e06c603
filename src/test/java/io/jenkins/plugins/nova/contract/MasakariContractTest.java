package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.step.NodeMaintenanceStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A host on maintenance in Masakari: how the value is read, set and put back, and who may. */
public class MasakariContractTest {
    private static final Duration BOUND = Duration.ofMinutes(5);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private CloudFixture settings;
    private String host;

    @Before
    public void free() {
        host = cloud.host(3);
        List<HostSetting> found;
        try {
            found = cloud.admin().hostSettings(HostSetting.Kind.INSTANCE_HA, host);
        } catch (NovaException.Missing none) {
            Assume.assumeNoException("this cloud has no Masakari", none);
            return;
        }
        Assume.assumeFalse("the host is in no segment", found.isEmpty());
        change(found.get(0), false);
    }

    @After
    public void end() {
        if (settings != null) {
            settings.close();
        }
    }

    private HostSetting setting() {
        List<HostSetting> all = cloud.admin().hostSettings(HostSetting.Kind.INSTANCE_HA, host);
        assertEquals(all.toString(), 1, all.size());
        return all.get(0);
    }

    private HostSetting change(HostSetting read, boolean held) {
        return cloud.admin()
                .changeHostSetting(new HostSetting(read.kind(), read.id(), read.name(), held, null, null), false);
    }

    private static void sameWrite(HostSetting one, HostSetting other) {
        Duration apart = Duration.between(one.changed(), other.changed()).abs();
        assertTrue(one + " and " + other, apart.compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @Test
    public void itIsSetAndPutBackAndTellsWhenItWasWritten() {
        HostSetting free = setting();
        assertFalse(free.held());
        assertEquals("host " + host + " of segment rack1", free.name());
        HostSetting answer = change(free, true);
        assertTrue(answer.held());
        HostSetting held = setting();
        assertTrue(held.held());
        assertEquals(free.id(), held.id());
        sameWrite(answer, held);
        change(held, true);
        sameWrite(held, setting());
        assertFalse(change(held, false).held());
        assertFalse(setting().held());
    }

    /** What keeps the segment's hosts from being changed is told with the host, and with the refusal. */
    @Test
    public void aNotificationIsNamedAndKeepsEachHostOfTheSegment() {
        Assume.assumeTrue("Masakari's notifications cannot be settled here", cloud.controlled());
        HostSetting free = setting();
        assertEquals(List.of(), free.works());
        try {
            for (String failed : List.of(host, cloud.host(2))) {
                cloud.hostFailed(failed);
                HostSetting.Work work = setting().works().get(0);
                assertTrue(
                        work.words(),
                        work.words()
                                .matches("notification [0-9a-f-]{36} \\(COMPUTE_HOST, new, about " + failed
                                        + ", of \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\)"));
                assertEquals(failed.equals(host), work.evacuates());
                NovaException.Refused busy = assertThrows(NovaException.Refused.class, () -> change(free, true));
                assertEquals(409, busy.status());
                assertTrue(busy.getMessage(), busy.getMessage().contains(" Unsettled: " + work.words()));
                cloud.settled(failed);
                assertEquals(List.of(), setting().works());
                assertTrue(change(free, true).held());
                change(free, false);
            }
        } finally {
            cloud.settled(host);
        }
    }

    @Test
    public void aHostInNoSegmentHasNone() {
        assertEquals(List.of(), cloud.admin().hostSettings(HostSetting.Kind.INSTANCE_HA, "no-such-host"));
    }

    @Test
    public void theHostIsOnMaintenanceWhileTheBlockIsAtWork() throws Exception {
        settings = CloudFixture.begin();
        Login.Password admin = cloud.login(CloudUnderTest.Role.ADMIN);
        settings.credential(CloudFixture.password("admin", admin.user(), admin.password(), admin.project()));
        settings.cloud("nova", cloud.identityUrl(), null, "admin");
        cloud.boot(Boot.named("web").on(host));
        NodeMaintenanceStep maintenance = new NodeMaintenanceStep(host);
        maintenance.setBeside("masakari");
        HandBlock block = new HandBlock();
        try (StepRunner runner = cloud.inItsTime(new StepRunner(folder.getRoot()))) {
            RunningStep step = runner.start(maintenance, block);
            block.awaitBegin(BOUND);
            assertTrue(setting().held());
            block.end();
            Map<?, ?> result = (Map<?, ?>) step.value(BOUND);
            assertEquals("DONE", result.get("outcome"));
            assertEquals("putBack", ((Map<?, ?>) ((List<?>) result.get("beside")).get(0)).get("state"));
        }
        assertFalse(setting().held());
    }
}
