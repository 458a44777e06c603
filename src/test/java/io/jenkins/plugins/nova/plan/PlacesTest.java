package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Microversion;
import io.jenkins.plugins.nova.api.Servers;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Where a server may go: zones, groups, and the host that is asked for. */
public class PlacesTest {

    private static final Wish ANYWHERE = Wish.of(Route.BY_STATE);

    private static Verdict judge(Servers server, Wish wish, Estate estate) {
        return new Planner().judge(server.make(), new PlanContext(wish, estate));
    }

    private static Servers web() {
        return Servers.named("web1");
    }

    private static final Estate THREE = Estates.up("compute1", "compute2", "compute3");

    @Test
    public void anAffinityGroupCannotLeaveItsHost() {
        Estate alone = Estates.group(THREE, "affinity", 1, Map.of("web1", "compute1"));
        Verdict verdict = judge(web(), ANYWHERE, alone);
        assertEquals("not even a group of one", Action.BLOCKED, verdict.action());
        assertTrue(
                verdict.reason(),
                verdict.reason().contains("'web'") && verdict.reason().contains("affinity"));
        Estate together = Estates.group(THREE, "affinity", 1, Map.of("web1", "compute1", "web2", "compute1"));
        assertEquals(Action.BLOCKED, judge(web(), ANYWHERE, together).action());
        assertEquals(
                Action.LIVE,
                judge(web(), ANYWHERE, Estates.group(THREE, "soft-affinity", 1, Map.of("web1", "compute1")))
                        .action());
    }

    @Test
    public void aMemberOfAnAffinityGroupMayGoWhereAnotherOneIs() {
        Estate apart = Estates.group(THREE, "affinity", 1, Map.of("web1", "compute1", "web2", "compute3"));
        assertEquals(Action.LIVE, judge(web(), ANYWHERE, apart).action());
        assertEquals(Action.LIVE, judge(web(), ANYWHERE.to("compute3"), apart).action());
        assertEquals(
                Action.BLOCKED, judge(web(), ANYWHERE.to("compute2"), apart).action());
    }

    @Test
    public void anAntiAffinityGroupNeedsAHostWithoutAMember() {
        Map<String, String> two = Map.of("web1", "compute1", "web2", "compute2");
        Estate room = Estates.group(THREE, "anti-affinity", 1, two);
        assertEquals(Action.LIVE, judge(web(), ANYWHERE, room).action());
        assertEquals(Action.BLOCKED, judge(web(), ANYWHERE.to("compute2"), room).action());
        Estate full = Estates.group(Estates.up("compute1", "compute2"), "anti-affinity", 1, two);
        Verdict verdict = judge(web(), ANYWHERE, full);
        assertEquals(Action.BLOCKED, verdict.action());
        assertTrue(verdict.reason(), verdict.reason().contains("anti-affinity"));
        assertEquals(
                "its rules may allow two on a host",
                Action.LIVE,
                judge(web(), ANYWHERE, Estates.group(Estates.up("compute1", "compute2"), "anti-affinity", 2, two))
                        .action());
    }

    @Test
    public void whereAMembersPlaceIsNotKnownNovaDecides() {
        Estate estate = Estates.group(
                Estates.up("compute1", "compute2"), "anti-affinity", 1, Map.of("web1", "compute1", "web2", "compute2"));
        Estate unknown = estate.groups(estate.groups(), Map.of("id-web1", "compute1"));
        assertEquals(Action.LIVE, judge(web(), ANYWHERE, unknown).action());
    }

    @Test
    public void aPinnedServerStaysInItsZone() {
        Estate zones = Estate.UNKNOWN.services(
                List.of(Estates.in("compute1", "az1"), Estates.in("compute2", "az1"), Estates.in("compute3", "az2")));
        Servers pinned = web().pinnedTo("az1");
        assertEquals(Action.LIVE, judge(pinned, ANYWHERE, zones).action());
        assertEquals(Action.LIVE, judge(pinned, ANYWHERE.to("compute2"), zones).action());
        Verdict away = judge(pinned, ANYWHERE.to("compute3"), zones);
        assertEquals(Action.BLOCKED, away.action());
        assertTrue(away.reason(), away.reason().contains("az1") && away.reason().contains("compute3 is in az2"));
        Estate alone = zones.services(List.of(
                Estates.in("compute1", "az1"),
                Estates.service("compute2", false, true),
                Estates.in("compute3", "az2")));
        assertEquals(Action.BLOCKED, judge(pinned, ANYWHERE, alone).action());
        assertEquals(
                "not pinned",
                Action.LIVE,
                judge(web().in("az1"), ANYWHERE, alone).action());
    }

    @Test
    public void aNovaThatDoesNotTellThePinLeavesARisk() {
        Estate zones = Estate.UNKNOWN
                .services(List.of(Estates.in("compute1", "az1"), Estates.in("compute3", "az2")))
                .newest(Microversion.of(93));
        Verdict risky = judge(web().in("az1"), ANYWHERE.to("compute3"), zones);
        assertEquals(Action.LIVE, risky.action());
        assertTrue(risky.reason(), risky.reason().contains("does not tell whether it is pinned"));
        assertEquals(
                "",
                judge(web().in("az1"), ANYWHERE.to("compute3"), zones.newest(Microversion.of(96)))
                        .reason());
    }

    @Test
    public void anOlderHypervisorAndAnotherCpuAreRisks() {
        Estate older = THREE.hypervisors(List.of(
                Estates.hypervisor("compute1", "QEMU", 8_002_002, "Skylake"),
                Estates.hypervisor("compute2", "QEMU", 7_000_000, "Skylake"),
                Estates.hypervisor("compute3", "QEMU", 8_002_002, "Broadwell")));
        assertTrue(judge(web(), ANYWHERE.to("compute2"), older).reason().contains("older"));
        assertTrue(judge(web(), ANYWHERE.to("compute3"), older).reason().contains("Broadwell"));
        assertEquals("", judge(web(), ANYWHERE, older).reason());
    }

    @Test
    public void withNothingKnownOfTheCloudNothingIsHeldAgainstAServer() {
        assertEquals(
                "",
                judge(web().pinnedTo("az1"), ANYWHERE.to("compute2"), Estate.UNKNOWN)
                        .reason());
    }
}
