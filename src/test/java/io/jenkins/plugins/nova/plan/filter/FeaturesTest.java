package io.jenkins.plugins.nova.plan.filter;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Estates;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Wish;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** What servers are made of, and what Nova makes of that in each release. */
public class FeaturesTest {

    private static final int ZED = 93;
    private static final int CARACAL = 96;
    private static final int EPOXY = 100;
    private static final int GAZPACHO = 103;

    private static Servers web() {
        return Servers.named("web1");
    }

    private static Verdict judge(Servers server, Wish wish, Estate estate) {
        return Filters.planner().judge(server.make(), new PlanContext(wish, estate));
    }

    private static Verdict at(int minor, Servers server) {
        return judge(server, Wish.of(Route.BY_STATE), Estates.at(minor));
    }

    private static Verdict route(Route route, Servers server) {
        return judge(server, Wish.of(route).onSharedStorage(), Estates.at(GAZPACHO));
    }

    /** Not live; cold when approved, or asked for. */
    private static void assertColdOnly(int minor, Servers server) {
        Verdict blocked = at(minor, server);
        assertEquals(blocked.toString(), Action.BLOCKED, blocked.action());
        assertEquals("approve", blocked.override());
        Estate estate = Estates.at(minor);
        Verdict approved = judge(server, Wish.of(Route.BY_STATE).approving("id-web1"), estate);
        assertEquals(Action.COLD, approved.action());
        assertTrue(approved.reason(), approved.reason().contains("shut down"));
        assertEquals(Action.COLD, judge(server, Wish.of(Route.COLD), estate).action());
        Verdict live = judge(server, Wish.of(Route.LIVE), estate);
        assertEquals(Action.BLOCKED, live.action());
        assertNull("nothing makes Nova move it live", live.override());
    }

    @Test
    public void aVirtualTpmMovesLiveOnlyWithTheHostsSecretFrom20261() {
        assertColdOnly(ZED, web().extraSpec("hw:tpm_version", "2.0"));
        assertColdOnly(GAZPACHO, web().extraSpec("hw:tpm_version", "2.0"));
        assertColdOnly(GAZPACHO, web().imageProperty("hw_tpm_version", "1.2"));
        Servers host = web().extraSpec("hw:tpm_version", "2.0").extraSpec("hw:tpm_secret_security", "host");
        assertColdOnly(EPOXY, host);
        assertEquals(Action.LIVE, at(GAZPACHO, host).action());
        assertEquals(Action.BLOCKED, route(Route.REBUILD, host).action());
    }

    @Test
    public void encryptedMemoryNeverMovesLive() {
        assertColdOnly(GAZPACHO, web().extraSpec("hw:mem_encryption", "True"));
        assertColdOnly(ZED, web().imageProperty("hw_mem_encryption", "yes"));
        assertEquals(
                Action.LIVE,
                at(ZED, web().extraSpec("hw:mem_encryption", "false")).action());
        assertEquals(
                Action.REBUILD,
                route(Route.REBUILD, web().extraSpec("hw:mem_encryption", "true"))
                        .action());
    }

    @Test
    public void passedThroughDevicesMayMoveLiveFrom20251() {
        Servers device = web().extraSpec("pci_passthrough:alias", "a1:2");
        assertColdOnly(CARACAL, device);
        Verdict live = at(EPOXY, device);
        assertEquals(Action.LIVE, live.action());
        assertTrue(live.reason(), live.reason().contains("live_migratable"));
        assertEquals(
                "cloud not asked",
                Action.LIVE,
                judge(device, Wish.of(Route.BY_STATE), Estate.UNKNOWN).action());
    }

    @Test
    public void aVirtualGpuMovesLiveFrom20241() {
        assertColdOnly(ZED, web().extraSpec("resources:VGPU", "1"));
        assertColdOnly(ZED, web().extraSpec("resources2:VGPU", "1"));
        Verdict live = at(CARACAL, web().extraSpec("resources:VGPU", "1"));
        assertEquals(Action.LIVE, live.action());
        assertTrue(live.reason(), live.reason().contains("QEMU 8.1"));
        assertEquals("", at(ZED, web().extraSpec("resources:VGPU", "0")).reason());
    }

    @Test
    public void acceleratorsStayButForADeadHost() {
        Servers accelerated = web().extraSpec("accel:device_profile", "fpga");
        assertEquals(Action.BLOCKED, at(GAZPACHO, accelerated).action());
        assertEquals(Action.BLOCKED, route(Route.COLD, accelerated).action());
        assertEquals(Action.REBUILD, route(Route.REBUILD, accelerated).action());
    }

    @Test
    public void anAttachedShareHoldsItsServer() {
        Estate shares = Estates.at(EPOXY).shares(Map.of("id-web1", List.of("s-1"), "id-web2", List.of()));
        for (Route route : new Route[] {Route.BY_STATE, Route.LIVE, Route.COLD, Route.REBUILD}) {
            Verdict verdict = judge(web(), Wish.of(route).onSharedStorage(), shares);
            assertEquals(Action.BLOCKED, verdict.action());
            assertTrue(verdict.reason(), verdict.reason().contains("s-1"));
            assertNull(verdict.override());
        }
        assertEquals(
                Action.LIVE,
                judge(Servers.named("web2"), Wish.of(Route.BY_STATE), shares).action());
    }

    @Test
    public void aPausedServerThatCannotMoveLiveCannotMove() {
        Verdict verdict = judge(
                web().is("PAUSED", "paused").extraSpec("hw:mem_encryption", "1"),
                Wish.of(Route.BY_STATE).approving("*"),
                Estates.at(ZED));
        assertEquals(Action.BLOCKED, verdict.action());
        assertTrue(verdict.hint(), verdict.hint().contains("npause"));
    }

    @Test
    public void pinnedCpusAndHugePagesAreARisk() {
        Servers pinned = web().extraSpec("hw:cpu_policy", "dedicated").extraSpec("hw:mem_page_size", "1GB");
        Verdict verdict = at(ZED, pinned);
        assertEquals(Action.LIVE, verdict.action());
        assertTrue(verdict.reason(), verdict.reason().contains("CPUs of its own, huge pages"));
        assertTrue(at(72, pinned).reason(), at(72, pinned).reason().contains("before Train"));
        assertEquals(
                "",
                at(ZED, web().extraSpec("hw:cpu_policy", "shared").extraSpec("hw:mem_page_size", "small"))
                        .reason());
    }

    @Test
    public void aConfigDriveIsCopiedBySshUpTo20242() {
        assertTrue(at(CARACAL, web().configDrive()).reason().contains("ssh"));
        assertEquals("", at(EPOXY, web().configDrive()).reason());
        assertEquals(
                "",
                judge(web().configDrive(), Wish.of(Route.BY_STATE).onSharedStorage(), Estates.at(ZED))
                        .reason());
    }

    @Test
    public void blockMigrationIsHeldToWhatThereIsToCopy() {
        Estate libvirt = Estates.at(ZED).hypervisors(List.of(Estates.hypervisor("compute1", "QEMU", 1, null)));
        Wish copied = Wish.of(Route.BY_STATE).blockMigration(BlockMigration.TRUE);
        Servers volume = web().fromVolume().flavor(512, 0, 0, 0);
        Verdict refused = judge(volume, copied, libvirt);
        assertEquals(Action.BLOCKED, refused.action());
        assertEquals("blockMigration", refused.override());
        assertEquals(Action.LIVE, judge(volume, copied, Estates.at(ZED)).action());
        assertEquals(Action.LIVE, judge(web(), copied, libvirt).action());
        Verdict shared = judge(web(), Wish.of(Route.BY_STATE).blockMigration(BlockMigration.FALSE), libvirt);
        assertEquals(Action.LIVE, shared.action());
        assertTrue(shared.reason(), shared.reason().contains("both hosts share"));
    }

    @Test
    public void aGuestThatNovaHasNotedAsStoppedIsWaitedFor() {
        for (int state : new int[] {4, 6}) {
            Verdict verdict = at(ZED, web().power(state));
            assertEquals(Action.BLOCKED, verdict.action());
            assertTrue(verdict.passing());
        }
        assertEquals("not told", Action.LIVE, at(ZED, web().power(0)).action());
        assertEquals(
                Action.COLD, at(ZED, web().is("SHUTOFF", "stopped").power(4)).action());
    }

    @Test
    public void bareMetalStaysAndVmwareDoesNotEvacuate() {
        Estate metal = Estates.at(ZED).hypervisors(List.of(Estates.hypervisor("compute1", "ironic", 1, null)));
        assertEquals(
                Action.BLOCKED, judge(web(), Wish.of(Route.BY_STATE), metal).action());
        Estate vmware =
                Estates.at(ZED).hypervisors(List.of(Estates.hypervisor("compute1", "VMware vCenter Server", 1, null)));
        assertEquals(Action.LIVE, judge(web(), Wish.of(Route.BY_STATE), vmware).action());
        assertEquals(
                Action.BLOCKED,
                judge(web(), Wish.of(Route.REBUILD).onSharedStorage(), vmware).action());
    }

    /** What is told fits what is there: one or several, which disk, which state, which risk. */
    @Test
    public void whatIsToldFitsTheServer() {
        Estate cloud = Estates.at(GAZPACHO);
        Wish rebuild = Wish.of(Route.REBUILD);
        record Row(Servers server, Wish wish, Estate estate, String told) {}
        Wish byState = Wish.of(Route.BY_STATE);
        for (Row row : List.of(
                new Row(web(), byState, cloud.shares(Map.of("id-web1", List.of("s1"))), "has a share attached (s1)"),
                new Row(
                        web(),
                        byState,
                        cloud.shares(Map.of("id-web1", List.of("s1", "s2"))),
                        "has 2 shares attached (s1, s2)"),
                new Row(web(), rebuild, cloud, "its root disk is on the dead host"),
                new Row(
                        web().fromVolume().flavor(512, 0, 0, 1),
                        rebuild,
                        cloud,
                        "it has local ephemeral or swap disks"),
                new Row(web().power(4), byState, cloud, "has noted its guest as shut down"),
                new Row(web().power(6), byState, cloud, "has noted its guest as crashed"),
                new Row(
                        web().metadata("maintenance", "cold"),
                        Wish.of(Route.LIVE),
                        cloud,
                        "a live migration is the way of this step"),
                new Row(
                        web().is("PAUSED", "paused").metadata("maintenance", "cold"),
                        byState,
                        cloud,
                        "a live migration is the way of this state"),
                new Row(
                        web().extraSpec("hw:numa_nodes", "2"),
                        byState,
                        cloud,
                        "needs NUMA cells free on its next host"),
                new Row(
                        web().extraSpec("hw:tpm_version", "2.0").extraSpec("hw:tpm_secret_security", "host"),
                        byState,
                        cloud,
                        "has a virtual TPM, which moves live once all computes are of 2026.1"))) {
            String reason = judge(row.server(), row.wish(), row.estate()).reason();
            assertTrue(row.told() + ": " + reason, reason.contains(row.told()));
        }
        String plain = judge(web(), byState, cloud).reason();
        assertEquals("a server with nothing special has no risk", "", plain);
    }

    /** Without a copy of disks only what has none can go: that is a risk where there are some, and nothing where there are none. */
    @Test
    public void withoutBlockMigrationTheRiskIsInTheDisks() {
        Wish none = Wish.of(Route.LIVE).blockMigration(BlockMigration.FALSE);
        Estate cloud = Estates.at(GAZPACHO);
        for (int disk : new int[] {0, 1, 20}) {
            Servers server = web().flavor(512, disk, 0, 0);
            assertEquals(disk > 0, judge(server, none, cloud).reason().contains("blockMigration: false fails unless"));
            assertEquals("", judge(server, none.onSharedStorage(), cloud).reason());
            assertEquals(
                    "",
                    judge(web().fromVolume().flavor(512, disk, 0, 0), none, cloud)
                            .reason());
        }
    }
}
