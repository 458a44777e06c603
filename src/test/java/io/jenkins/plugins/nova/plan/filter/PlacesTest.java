package io.jenkins.plugins.nova.plan.filter;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Microversion;
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

/** Where a server may go: zones, groups, and the host that is asked for. */
public class PlacesTest {

    private static final Wish ANYWHERE = Wish.of(Route.BY_STATE);

    private static Verdict judge(Servers server, Wish wish, Estate estate) {
        return Filters.planner().judge(server.make(), new PlanContext(wish, estate));
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

    @Test
    public void theWayOutOfAnAffinityGroupIsOneThatNovaTakes() {
        Estate alone = Estates.group(THREE, "affinity", 1, Map.of("web1", "compute1"));
        Estate together = Estates.group(THREE, "affinity", 1, Map.of("web1", "compute1", "web2", "compute1"));
        assertTrue(judge(web(), ANYWHERE, alone).hint().contains("2.29 live-migration id-web1"));
        String several = judge(web(), ANYWHERE, together).hint();
        assertTrue("nova-compute counts the others: " + several, several.contains("shelve all its members"));
        String off = judge(web().is("SHUTOFF", "stopped"), ANYWHERE, alone).hint();
        assertTrue("what is shut off is not moved live: " + off, off.contains("shelve all its members"));
        Wish rebuild = Wish.of(Route.REBUILD).onSharedStorage();
        assertTrue(judge(web(), rebuild, alone).hint().contains("2.29 evacuate --force id-web1"));
        String dead = judge(web(), rebuild, together).hint();
        assertTrue(dead, dead.contains("disable_group_policy_check_upcall") && !dead.contains("shelve"));
    }

    @Test
    public void anotherTargetHostOverridesWhatATargetHostForbids() {
        Map<String, String> two = Map.of("web1", "compute1", "web2", "compute2");
        Estate apart = Estates.group(THREE, "anti-affinity", 1, two);
        assertEquals("targetHost", judge(web(), ANYWHERE.to("compute2"), apart).override());
        Estate close = Estates.group(THREE, "affinity", 1, Map.of("web1", "compute1", "web2", "compute3"));
        assertEquals("targetHost", judge(web(), ANYWHERE.to("compute2"), close).override());
        Estate full = Estates.group(Estates.up("compute1", "compute2"), "anti-affinity", 1, two);
        assertEquals(
                "no parameter makes room", null, judge(web(), ANYWHERE, full).override());
    }

    @Test
    public void aRevertNeedsBothHostsAndAConfirmTheSourceAlone() {
        Estate down = Estate.UNKNOWN
                .services(List.of(Estates.service("compute1", true, true), Estates.service("compute2", true, false)))
                .resizeSources(Map.of("id-web1", "compute1"));
        Servers moved = web().on("compute2").is("VERIFY_RESIZE", "resized");
        Verdict revert = judge(moved, Wish.of(Route.REVERT), down);
        assertEquals(Action.BLOCKED, revert.action());
        assertTrue(revert.reason(), revert.reason().contains("compute2, where it is, is down"));
        assertEquals(Action.CONFIRM, judge(moved, Wish.of(Route.CONFIRM), down).action());
    }

    @Test
    public void theHintsForADeadHostNeedNothingOfIt() {
        Wish rebuild = Wish.of(Route.REBUILD).onSharedStorage();
        Estate shares = Estates.down("compute1").shares(Map.of("id-web1", List.of("share-1")));
        assertTrue(judge(web(), rebuild, shares).hint().contains("repair the host"));
        String pinned =
                judge(web().pinnedTo("nova"), rebuild, Estates.down("compute1")).hint();
        assertTrue(pinned, pinned.contains("2.104") && !pinned.contains("shelve"));
        String gone = judge(web().is("SOFT_DELETED", "soft-delete"), rebuild, Estates.down("compute1"))
                .hint();
        assertTrue(gone, gone.contains("delete --force"));
    }

    /** Whoever named a target is told of that target and to name another; whoever did not is told of every host. */
    @Test
    public void aRefusalOfAGroupTellsOfTheHostsThatWereAskedAbout() {
        Map<String, String> two = Map.of("web1", "compute1", "web2", "compute2");
        Estate both = Estates.up("compute1", "compute2");
        record Row(String policy, int most, Estate estate, Wish wish, String told, String hint) {}
        Wish there = ANYWHERE.to("compute2");
        for (Row row : List.of(
                new Row(
                        "anti-affinity",
                        1,
                        both,
                        ANYWHERE,
                        "every other host that is up and enabled has a member of it",
                        "Bring a host"),
                new Row(
                        "anti-affinity",
                        1,
                        both,
                        there,
                        "compute2 has a member of it",
                        "Name another targetHost or leave it out, or bring a host"),
                new Row(
                        "affinity",
                        1,
                        Estates.up("compute1", "compute3"),
                        ANYWHERE,
                        "no other host that is up and enabled has one",
                        ""),
                new Row(
                        "affinity",
                        1,
                        Estates.up("compute1", "compute3"),
                        ANYWHERE.to("compute3"),
                        "compute3 has none",
                        ""))) {
            Verdict verdict = judge(web(), row.wish(), Estates.group(row.estate(), row.policy(), row.most(), two));
            assertEquals(row.toString(), Action.BLOCKED, verdict.action());
            assertTrue(verdict.reason(), verdict.reason().endsWith(", and " + row.told()));
            assertTrue(verdict.hint(), verdict.hint().startsWith(row.hint()));
        }
        Map<String, String> three = Map.of("web1", "compute1", "web2", "compute2", "web3", "compute2");
        Verdict several = judge(web(), ANYWHERE, Estates.group(both, "anti-affinity", 2, three));
        assertTrue(several.reason(), several.reason().endsWith("has 2 members of it"));
    }

    /** Of an affinity group with a member that may be anywhere, and of an anti-affinity group that is not read whole, Nova knows more. */
    @Test
    public void noGroupIsHeldAgainstAServerWhoseFellowsMayBeElsewhere() {
        Map<String, String> two = Map.of("web1", "compute1", "web2", "compute2");
        Estate both = Estates.up("compute1", "compute2");
        for (String policy : List.of("affinity", "anti-affinity")) {
            for (Map<String, String> known :
                    List.of(Map.of("id-web1", "compute1"), Map.of("id-web2", "compute2"), Map.<String, String>of())) {
                Estate read = Estates.group(both, policy, 1, two);
                Estate part = read.groups(read.groups(), known);
                assertEquals(
                        policy + known,
                        Action.LIVE,
                        judge(web(), ANYWHERE, part).action());
            }
        }
    }

    @Test
    public void confirmAndRevertAreEachToldByTheirName() {
        Servers moved = web().on("compute2").is("VERIFY_RESIZE", "resized");
        Estate source = Estates.up("compute1", "compute2").resizeSources(Map.of("id-web1", "compute1"));
        Estate down = Estate.UNKNOWN
                .services(List.of(Estates.service("compute1", true, false), Estates.service("compute2", true, true)))
                .resizeSources(Map.of("id-web1", "compute1"));
        Estate silent = Estate.UNKNOWN
                .services(List.of(ComputeService.unknown("compute1"), Estates.service("compute2", true, true)))
                .resizeSources(Map.of("id-web1", "compute1"));
        record Row(Route route, Action action, String verb, String step) {}
        for (Row row : List.of(
                new Row(Route.CONFIRM, Action.CONFIRM, "confirm", "confirmResize"),
                new Row(Route.REVERT, Action.REVERT, "revert", "revertResize"))) {
            Wish wish = Wish.of(row.route());
            assertEquals(row.action(), judge(moved, wish, source).action());
            String none = judge(web(), wish, source).reason();
            assertEquals("is ACTIVE, not VERIFY_RESIZE: there is nothing to " + row.verb(), none);
            Verdict away = judge(moved, wish, down);
            assertTrue(away.reason(), away.reason().endsWith("compute1 is down, and " + row.step() + " needs it"));
            assertTrue("not waited for", !away.passing());
            Verdict unknown = judge(moved, wish, silent);
            assertTrue(unknown.reason(), unknown.reason().contains("compute1 is up, which " + row.step() + " needs"));
            assertTrue("waited for", unknown.passing());
        }
    }

    /** It has moved already: what would hold a move back holds neither a confirm nor a revert. */
    @Test
    public void whatForbidsAMoveForbidsNoConfirmAndNoRevert() {
        Estate source = Estates.up("compute1", "compute2").resizeSources(Map.of("id-web1", "compute1"));
        record Row(String what, Servers server, Estate estate) {}
        for (Route route : List.of(Route.CONFIRM, Route.REVERT)) {
            for (Row row : List.of(
                    new Row("its owner says skip", moved().metadata("maintenance", "skip"), source),
                    new Row("its owner says ask", moved().metadata("maintenance", "ask"), source),
                    new Row("a share", moved(), source.shares(Map.of("id-web1", List.of("s1")))),
                    new Row("a group", moved(), Estates.group(source, "affinity", 1, Map.of("web1", "compute2"))),
                    new Row("its guest is off", moved().power(4), source))) {
                Verdict verdict = judge(row.server(), Wish.of(route), row.estate());
                assertEquals(row.what(), route == Route.CONFIRM ? Action.CONFIRM : Action.REVERT, verdict.action());
            }
        }
    }

    private static Servers moved() {
        return web().on("compute2").is("VERIFY_RESIZE", "resized");
    }
}
