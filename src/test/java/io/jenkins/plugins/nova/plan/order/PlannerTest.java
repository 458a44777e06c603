package io.jenkins.plugins.nova.plan.order;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Estates;
import io.jenkins.plugins.nova.plan.Plan;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Rates;
import io.jenkins.plugins.nova.plan.Risk;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Wish;
import io.jenkins.plugins.nova.plan.filter.Filters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** The filters, through the planner that asks them. */
public class PlannerTest {

    private final Planner planner = Filters.planner();

    private static PlanContext context(Route route) {
        return new PlanContext(Wish.of(route), Estates.up("compute1"));
    }

    private Verdict judge(Servers server, Route route) {
        return planner.judge(server.make(), context(route));
    }

    private Plan plan(String host, List<Server> servers) {
        return planner.plan(host, servers, context(Route.BY_STATE), 2, Rates.ASSUMED);
    }

    private static Servers in(String status, String vmState) {
        return Servers.named("web1").is(status, vmState);
    }

    @Test
    public void stateDecidesTheWayOffALiveHost() {
        assertEquals(Action.LIVE, judge(in("ACTIVE", "active"), Route.BY_STATE).action());
        assertEquals(Action.LIVE, judge(in("PAUSED", "paused"), Route.BY_STATE).action());
        assertEquals(
                Action.COLD, judge(in("SHUTOFF", "stopped"), Route.BY_STATE).action());
    }

    @Test
    public void whatCannotMoveIsBlockedWithTheStateAndAWayOut() {
        for (String[] state : new String[][] {
            {"SUSPENDED", "suspended", "resume"},
            {"RESCUE", "rescued", "unrescue"},
            {"ERROR", "error", "active"},
            {"VERIFY_RESIZE", "resized", "confirmResize"},
            {"SHELVED", "shelved", "offload"}
        }) {
            Verdict verdict = judge(in(state[0], state[1]), Route.BY_STATE);
            assertEquals(Action.BLOCKED, verdict.action());
            assertTrue(verdict.reason(), verdict.reason().contains(state[0]));
            assertTrue(verdict.hint(), verdict.hint().contains(state[2]));
        }
    }

    @Test
    public void liveAndColdAsAskedRefuseOtherStates() {
        assertEquals(Action.BLOCKED, judge(in("SHUTOFF", "stopped"), Route.LIVE).action());
        assertEquals(Action.COLD, judge(in("ACTIVE", "active"), Route.COLD).action());
        assertEquals(Action.BLOCKED, judge(in("PAUSED", "paused"), Route.COLD).action());
    }

    @Test
    public void ofADeadHostsServerNothingIsAskedThatNeedsTheHost() {
        for (String state : new String[] {"paused", "suspended", "rescued"}) {
            Verdict verdict = judge(in("X", state), Route.REBUILD);
            assertEquals(Action.BLOCKED, verdict.action());
            assertTrue(verdict.hint(), verdict.hint().contains("--state error"));
        }
        assertTrue(judge(in("VERIFY_RESIZE", "resized"), Route.REBUILD).hint().contains("two hosts"));
    }

    @Test
    public void aTaskUnderWayPasses() {
        Verdict verdict = judge(Servers.named("web1").task("rebooting"), Route.BY_STATE);
        assertEquals(Action.BLOCKED, verdict.action());
        assertTrue(verdict.passing());
        assertTrue(verdict.reason().contains("rebooting"));
        assertEquals(
                "evacuate does not look at the task",
                Action.REBUILD,
                judge(Servers.named("web1").task("migrating").fromVolume().flavor(512, 0, 0, 0), Route.REBUILD)
                        .action());
    }

    @Test
    public void aServerOfWhichNothingIsToldIsWaitedForAndNeverMoved() {
        Server unknown = Servers.named("web1").make().unknown();
        for (Route route : Route.values()) {
            Verdict verdict = Filters.planner().judge(unknown, context(route));
            assertEquals(route.toString(), Action.BLOCKED, verdict.action());
            assertTrue(
                    verdict.reason(), verdict.reason().startsWith("Nova cannot tell anything about it: its cell does"));
            assertTrue(verdict.passing());
            assertEquals(
                    "no task of an unknown server has ended",
                    verdict,
                    Filters.planner().judge(unknown.idle(), context(route)));
        }
    }

    @Test
    public void aServerOfAHostWhoseCellDoesNotAnswerIsNotSaidToBeOnADownHost() {
        Estate far = Estate.UNKNOWN.services(List.of(ComputeService.unknown("compute1")));
        for (Route route : List.of(Route.BY_STATE, Route.LIVE, Route.COLD)) {
            Verdict verdict = Filters.planner()
                    .judge(
                            Servers.named("web1").make(),
                            new PlanContext(context(route).wish(), far));
            assertEquals(Action.BLOCKED, verdict.action());
            assertTrue(verdict.reason(), verdict.reason().contains("cell does not answer"));
            assertTrue("not a hint to fence it", !verdict.hint().contains("fenced"));
        }
    }

    @Test
    public void aServerOfADownHostIsNotMigrated() {
        PlanContext down = new PlanContext(Wish.of(Route.LIVE), Estates.down("compute1"));
        Verdict verdict = planner.judge(Servers.named("web1").make(), down);
        assertEquals(Action.BLOCKED, verdict.action());
        assertTrue(verdict.hint().contains("fenced: true"));
    }

    @Test
    public void rebuildingAnImageBackedServerNeedsLeaveToLoseItsDisk() {
        Server server = Servers.named("db1").make();
        Verdict blocked = planner.judge(server, context(Route.REBUILD));
        assertEquals(Action.BLOCKED, blocked.action());
        assertEquals("deadHost.allowDiskLoss", blocked.override());
        PlanContext named = new PlanContext(Wish.of(Route.REBUILD).losing("id-db1"), Estate.UNKNOWN);
        assertEquals(Action.REBUILD, planner.judge(server, named).action());
        PlanContext another = new PlanContext(Wish.of(Route.REBUILD).losing("db1"), Estate.UNKNOWN);
        assertEquals(Action.BLOCKED, planner.judge(server, another).action());
        PlanContext shared = new PlanContext(Wish.of(Route.REBUILD).onSharedStorage(), Estate.UNKNOWN);
        assertEquals(Action.REBUILD, planner.judge(server, shared).action());
    }

    /** The owner of a name may be anybody: it is told, and changes no verdict. */
    @Test
    public void whatIsNamedAsAnAmphoraIsToldBeforeItIsShutDownOrRebuilt() {
        String amphora = "3f0e4a8e-9d51-4b7f-8f1d-2c337a6b1c52";
        String call = "openstack loadbalancer amphora failover " + amphora;
        for (Route route : new Route[] {Route.REBUILD, Route.COLD, Route.LIVE}) {
            Verdict named = planner.judge(
                    Servers.named("amphora-" + amphora).fromVolume().make(), context(route));
            Verdict other = planner.judge(Servers.named("web1").fromVolume().make(), context(route));
            assertEquals(other.action(), named.action());
            assertEquals(route.toString(), route != Route.LIVE, named.reason().contains(call));
        }
        Verdict local = planner.judge(Servers.named("amphora-" + amphora).make(), context(Route.REBUILD));
        assertEquals(Action.BLOCKED, local.action());
        assertEquals("deadHost.allowDiskLoss", local.override());
        assertTrue(local.reason(), local.reason().contains(call));
        for (String name : new String[] {
            "amphora",
            "amphora-1",
            "my-amphora-" + amphora,
            "amphora-" + amphora + "; rm -rf /",
            "amphora-" + amphora + "\n"
        }) {
            assertEquals(
                    name,
                    "",
                    planner.judge(Servers.named(name).fromVolume().make(), context(Route.REBUILD))
                            .reason());
        }
    }

    @Test
    public void rebuildingAVolumeBackedServerNeedsNoLeaveUnlessItHasLocalDisksToo() {
        assertEquals(
                Action.REBUILD,
                judge(Servers.named("db1").fromVolume().flavor(512, 10, 0, 0), Route.REBUILD)
                        .action());
        assertEquals(
                Action.BLOCKED,
                judge(Servers.named("db1").fromVolume().flavor(512, 10, 5, 0), Route.REBUILD)
                        .action());
        assertEquals(
                Action.BLOCKED,
                judge(Servers.named("db1").fromVolume().flavor(512, 10, 0, 64), Route.REBUILD)
                        .action());
    }

    @Test
    public void confirmNeedsVerifyResizeAFinishedMigrationAndItsSourceUp() {
        Servers resized = Servers.named("web1").is("VERIFY_RESIZE", "resized").on("compute2");
        PlanContext good = new PlanContext(
                Wish.of(Route.CONFIRM), Estates.up("compute1").resizeSources(Map.of("id-web1", "compute1")));
        assertEquals(Action.CONFIRM, planner.judge(resized.make(), good).action());
        PlanContext sourceDown = new PlanContext(
                Wish.of(Route.CONFIRM), Estates.down("compute1").resizeSources(Map.of("id-web1", "compute1")));
        assertTrue(planner.judge(resized.make(), sourceDown).reason().contains("compute1 is down"));
        PlanContext noMigration = new PlanContext(Wish.of(Route.CONFIRM), Estate.UNKNOWN);
        assertEquals(Action.BLOCKED, planner.judge(resized.make(), noMigration).action());
        assertEquals(
                Action.BLOCKED,
                planner.judge(Servers.named("web1").make(), good).action());
    }

    @Test
    public void aServerThatIsAtItsTargetIsSkipped() {
        PlanContext target = new PlanContext(Wish.of(Route.LIVE).to("compute1"), Estate.UNKNOWN);
        assertEquals(
                Action.SKIP, planner.judge(Servers.named("web1").make(), target).action());
    }

    @Test
    public void aLockIsSaidAndDoesNotHoldAnAdminBack() {
        Verdict verdict = judge(Servers.named("web1").locked("ask finance first"), Route.BY_STATE);
        assertEquals(Action.LIVE, verdict.action());
        assertTrue(verdict.reason(), verdict.reason().contains("ask finance first"));
    }

    @Test
    public void aSmallServerProvesTheWay() {
        List<Server> servers = List.of(
                Servers.named("big").flavor(65536, 1, 0, 0).make(),
                Servers.named("small").flavor(64, 1, 0, 0).make());
        Plan plan = plan("compute1", servers);
        assertEquals("small", plan.servers().get(0).server().name());
    }

    @Test
    public void theHashIsOfWhatMatters() {
        Server web = Servers.named("web1").make();
        Server db = Servers.named("db1").make();
        String hash = plan("compute1", List.of(web, db)).hash();
        assertTrue(hash, hash.matches("[0-9a-f]{12}"));
        assertEquals(
                "order does not matter",
                hash,
                plan("compute1", List.of(db, web)).hash());
        Server stopped = Servers.named("db1").is("SHUTOFF", "stopped").make();
        assertNotEquals(hash, plan("compute1", List.of(web, stopped)).hash());
        assertNotEquals(hash, plan("compute1", List.of(web)).hash());
        assertNotEquals(hash, plan("compute2", List.of(web, db)).hash());
    }

    /** No empty remark between two: each risk is told once, after the reason if there is one. */
    @Test
    public void reasonsAndRisksAreJoinedWithoutHoles() {
        ServerFilter none = (server, context) -> Optional.empty();
        Risk silent = (server, context, action) -> Optional.empty();
        Risk empty = (server, context, action) -> Optional.of("");
        Risk said = (server, context, action) -> Optional.of("risky");
        Planner planner = new Planner(List.of(none), List.of(silent, said, empty, said));
        assertEquals(
                "risky; risky",
                planner.judge(Servers.named("a").make(), new PlanContext(Wish.of(Route.LIVE), Estate.UNKNOWN))
                        .reason());
    }
}
