package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.migration;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Drained;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.PlannedAs;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.evidence.Evidence;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Estates;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

/** What a plan says of servers, and what a drain makes of it. */
public class ServerVerdictsTest {

    private static final Estate CLOUD = Estates.at(90);
    private static final Server A = Servers.named("a").make();
    private static final Server B = Servers.named("b").on("compute2").make();
    private static final Server VERIFY =
            Servers.named("a").on("compute2").is("VERIFY_RESIZE", "resized").make();

    private static Orders host() {
        return Orders.empty("compute1");
    }

    private static Look look() {
        return new Look().estate(CLOUD);
    }

    private static ServerVerdicts verdicts(Orders orders, Phase phase, Look look) {
        return new ServerVerdicts(drain(orders, phase), look.make(), NOW);
    }

    private static DrainState planned(Orders orders, Look look) {
        return verdicts(orders, Phase.PLAN, look).made();
    }

    private static ServerState only(Orders orders, Look look) {
        List<ServerState> servers = planned(orders, look).servers();
        assertEquals(servers.toString(), 1, servers.size());
        return servers.get(0);
    }

    private static List<String> ids(DrainState state) {
        return state.servers().stream().map(ServerState::id).toList();
    }

    // ---- whom a plan is of

    @Test
    public void aPlanIsOfWhatIsOnTheHostOrOfWhatWasChosen() {
        Look look = look().listed(A).read(B);
        assertEquals(List.of("id-a"), ids(planned(host(), look)));
        assertEquals(List.of("id-b"), ids(planned(Orders.of(Route.LIVE, "b"), look)));
    }

    /** Law 12: it was there when the drain looked first. */
    @Test
    public void whatWasNamedAndIsDeletedMeanwhileIsGone() {
        DrainState named = drain(
                Orders.of(Route.LIVE, "b", "c"), Phase.PLAN, waiting("b", Action.SKIP), waiting("c", Action.SKIP));
        DrainState planned = new ServerVerdicts(named, look().read(B).gone("c").make(), NOW).made();
        assertEquals(List.of("id-b", "id-c"), ids(planned));
        assertEquals("GONE: was deleted meanwhile", told(planned.servers().get(1)));
        assertEquals(Stage.PENDING, planned.servers().get(0).stage());
    }

    // ---- which plan it is

    @Test
    public void theHashTellsPlansApartByWhatMatters() {
        Look live = look().listed(A);
        Look cold = look().listed(Servers.named("a").is("SHUTOFF", "stopped").make());
        assertEquals(
                planned(host(), live).planHash(),
                planned(host().autoConfirm(), live).planHash());
        assertNotEquals(
                planned(host(), cold).planHash(),
                planned(host().autoConfirm(), cold).planHash());
        assertEquals("manual", planned(host(), cold).planTerms().get("confirm"));
        assertNull(planned(host(), live).planTerms().get("confirm"));
    }

    @Test
    public void whatHasChangedIsToldOfAnotherPlanOnly() {
        Look look = look().listed(A);
        String hash = planned(host(), look).planHash();
        assertEquals(List.of(), planned(host(), look).drift());
        assertEquals(List.of(), planned(host().plan(hash), look).drift());
        assertEquals(1, planned(host().plan("0123456789ab"), look).drift().size());
    }

    @Test
    public void whoIsMeantByANameIsTold() {
        assertEquals(1, planned(host().approve("a"), look().listed(A)).notes().size());
        assertEquals(List.of(), planned(host(), look().listed(A)).notes());
    }

    // ---- the server

    @Test
    public void whatIsOnTheHostsOwnDisksIsCounted() {
        record Row(Servers server, long disk, boolean local) {}
        for (Row row : List.of(
                new Row(Servers.named("a").flavor(2048, 10, 0, 0), 10, true),
                new Row(Servers.named("a").flavor(2048, 10, 5, 0), 15, true),
                new Row(Servers.named("a").flavor(2048, 10, 5, 0).fromVolume(), 5, true),
                new Row(Servers.named("a").flavor(2048, 10, 0, 0).fromVolume(), 0, false),
                new Row(Servers.named("a").flavor(2048, 0, 0, 0), 0, true))) {
            ServerState server = only(host(), look().listed(row.server().make()));
            assertEquals(2048, server.ramMiB());
            assertEquals(row.disk(), server.diskGiB());
            assertEquals(row.local(), server.local());
        }
    }

    @Test
    public void membersOfAnAntiAffinityGroupAreKnown() {
        List<ServerGroup> groups = new ArrayList<>();
        for (String policy : new String[] {"anti-affinity", "soft-anti-affinity", "affinity", "soft-affinity", null}) {
            groups.add(new ServerGroup("g-" + policy, "g", policy, List.of("id-a"), null, 1));
        }
        groups.add(new ServerGroup("g-other", "g", "anti-affinity", List.of("id-b"), null, 1));
        ServerState server = verdicts(
                        host(), Phase.MOVE, look().estate(CLOUD.groups(groups, Map.of("id-a", "compute1"))))
                .newcomer(A);
        assertEquals(Set.of("g-anti-affinity", "g-soft-anti-affinity"), server.antiAffinity());
    }

    /** Law 1: only a migration that is newer than these is its own. */
    @Test
    public void theMigrationsOfBeforeAreNotItsOwn() {
        Look look = look().listed(A)
                .moves(
                        migration(5, "a", "migration", "confirmed"),
                        migration(9, "a", "live-migration", "error"),
                        migration(12, "b", "migration", "finished"));
        assertEquals(9, only(host(), look).baseline());
    }

    /** One of which Nova tells nothing is where it is listed. */
    @Test
    public void aServerIsMovedFromWhereItIs() {
        assertEquals("compute1", only(host(), look().listed(A)).source());
        assertEquals("compute1", only(host(), look().listed(A.unknown())).source());
        assertEquals(
                "compute2", only(Orders.of(Route.LIVE, "b"), look().read(B)).source());
        assertNull(only(Orders.of(Route.LIVE, "b"), look().read(B.unknown())).source());
    }

    @Test
    public void aNewcomerWaitsForItsTurnLikeTheOthers() {
        ServerState server = verdicts(host(), Phase.MOVE, look().listed(A)).newcomer(A);
        assertEquals(Action.LIVE, server.action());
        assertEquals("PENDING", told(server));
        assertEquals("waiting", server.spans().get(0).kind());
        assertNull("it is not of the plan", server.planned());
    }

    // ---- verdicts

    /** Nova's task may end: a drain waits for that, and its plan says what then. */
    @Test
    public void whatIsBusyIsWaitedForByADrainOfAHost() {
        Server busy = Servers.named("a").task("image_snapshot").make();
        ServerState server = only(host(), look().listed(busy));
        assertEquals("PENDING: Nova is busy with it (task image_snapshot)", told(server));
        assertEquals(Action.BLOCKED, server.action());
        PlannedAs said = server.planned();
        assertEquals("LIVE", said.action());
        assertEquals("Nova is busy with it (task image_snapshot), which is waited for for 10 min", said.reason());
        // a dry run says what the run would do
        ServerState dry = only(host().dryRun(), look().listed(busy));
        assertEquals(Action.LIVE, dry.action());
        assertEquals(said.reason(), dry.reason());
        assertEquals(List.of(), dry.spans());
    }

    @Test
    public void whatIsBusyAndCannotBeMovedThenIsSaidToBeSo() {
        record Row(Server server, String action, String outcome) {}
        for (Row row : List.of(
                new Row(
                        Servers.named("a").task("deleting").make(),
                        "SKIP",
                        "SKIPPED: is being deleted (task deleting)"),
                new Row(
                        Servers.named("a").task("soft-deleting").make(),
                        "SKIP",
                        "SKIPPED: is being deleted (task soft-deleting)"),
                new Row(
                        Servers.named("a")
                                .is("SUSPENDED", "suspended")
                                .task("image_snapshot")
                                .make(),
                        "BLOCKED",
                        "BLOCKED: is SUSPENDED, and Nova allows any migration only from ACTIVE, PAUSED or SHUTOFF"),
                new Row(
                        A.unknown(),
                        "BLOCKED",
                        "BLOCKED: Nova cannot tell anything about it: its cell does not answer, or not wholly (status"
                                + " UNKNOWN)"))) {
            assertEquals(
                    row.action(),
                    only(host(), look().listed(row.server())).planned().action());
            assertEquals(row.outcome(), told(only(host().dryRun(), look().listed(row.server()))));
        }
    }

    /** Of chosen servers what is busy is refused now, and the plan says that. */
    @Test
    public void whatIsBusyIsNotPlannedWhereItWasChosen() {
        Server busy = Servers.named("a").task("image_snapshot").make();
        ServerState server = only(Orders.of(Route.LIVE, "a"), look().read(busy));
        assertEquals("BLOCKED", server.planned().action());
        assertEquals(
                "Nova is busy with it (task image_snapshot)", server.planned().reason());
    }

    @Test
    public void aDeadHostsServersAreRebuilt() {
        DrainState dead = with(drain(host().fenced(), Phase.PLAN), edit -> edit.rebuild = true);
        Server volume = Servers.named("a").fromVolume().make();
        Look look = new Look().estate(Estates.down("compute1")).listed(volume);
        assertEquals(
                Action.REBUILD,
                new ServerVerdicts(dead, look.make(), NOW)
                        .made()
                        .servers()
                        .get(0)
                        .action());
    }

    @Test
    public void aVerdictIsAnOutcomeUnlessItActsOrPasses() {
        Verdict move = Verdict.move(Action.LIVE, "why");
        Verdict blocked = Verdict.blocked("why", "hint");
        Verdict unless = Verdict.blockedUnless(Wish.APPROVE, "why", "hint");
        Verdict evidence = Verdict.blockedUnless("evidence", "why", "hint");
        Verdict busy = Verdict.busy("why");
        Verdict skip = Verdict.skip("why");
        Orders named = Orders.of(Route.CONFIRM, "a");
        Orders residue = Orders.residue(Route.CONFIRM, "compute1");
        record Row(Orders orders, Verdict verdict, String told) {}
        for (Row row : List.of(
                new Row(host(), move, "PENDING: why"),
                new Row(host(), busy, "PENDING: why"),
                new Row(host(), blocked, "BLOCKED: why"),
                new Row(host(), unless, "BLOCKED: why"),
                new Row(host(), skip, "SKIPPED: why"),
                new Row(host().dryRun(), move, "PENDING: why"),
                new Row(host().dryRun(), busy, "BLOCKED: why"),
                // whoever named the server has to hear that it was not done
                new Row(named, unless, "BLOCKED: why"),
                new Row(residue, unless, "AWAITING_OWNER: why"),
                new Row(residue, evidence, "BLOCKED: why"),
                new Row(residue, blocked, "BLOCKED: why"),
                new Row(residue, skip, "SKIPPED: why"))) {
            ServerState decided =
                    verdicts(row.orders(), Phase.MOVE, look()).decided(waiting("a", Action.COLD), row.verdict());
            assertEquals(row.toString(), row.told(), told(decided));
            assertEquals(row.verdict().action(), decided.action());
            assertEquals(row.verdict().override(), decided.override());
            boolean waits = decided.is(Stage.PENDING) && !row.orders().make().dryRun();
            assertEquals(waits ? 1 : 0, decided.spans().size());
        }
    }

    /** A name is looked up among the servers of the plan; once it is made, no newcomer is meant by it. */
    @Test
    public void whatIsPermittedIsOfThePlansServers() {
        Server ask = Servers.named("a").metadata("maintenance", "ask").make();
        Orders orders = host().approve("a");
        assertEquals(
                Action.LIVE,
                verdicts(orders, Phase.PLAN, look().listed(ask)).verdict(ask).action());
        assertEquals(
                Action.BLOCKED,
                verdicts(orders, Phase.MOVE, look().listed(ask)).verdict(ask).action());
    }

    // ---- confirm and revert

    private static Look waits(Migration... moves) {
        return look().read(VERIFY).moves(moves);
    }

    private static final Migration MOVED = migration(7, "a", "migration", "finished");
    private static final Migration RESIZED = migration(7, "a", "resize", "finished");

    @Test
    public void whatIsSettledIsTheNewestMigrationThatWaits() {
        for (Route route : List.of(Route.CONFIRM, Route.REVERT)) {
            for (boolean newestFirst : new boolean[] {true, false}) {
                Migration old = migration(5, "a", "migration", "finished").from("compute8");
                Migration unfinished = migration(9, "a", "migration", "error").from("compute9");
                ServerState server = only(
                        Orders.of(route, "a"),
                        newestFirst ? waits(unfinished, MOVED, old) : waits(old, MOVED, unfinished));
                assertEquals("PENDING", told(server));
                assertEquals(Long.valueOf(7), server.migration());
                assertEquals("finished", server.migrationStatus());
                assertEquals("compute1", server.source());
                assertEquals("compute2", server.to());
            }
        }
        // a move does not settle what waits
        ServerState moved = only(Orders.of(Route.LIVE, "a"), waits(MOVED));
        assertNull(moved.migration());
        assertEquals("compute2", moved.source());
    }

    @Test
    public void aMigrationWhoseSourceIsNotKnownIsNotSettled() {
        ServerState server = only(Orders.of(Route.CONFIRM, "a"), waits(MOVED.from(null)));
        assertTrue(told(server), told(server).startsWith("BLOCKED: is VERIFY_RESIZE, but Nova shows no migration"));
    }

    /** Law 14. */
    @Test
    public void anOwnersResizeIsSettledOnlyWhereItIsNamed() {
        for (Route route : List.of(Route.CONFIRM, Route.REVERT)) {
            ServerState server = only(Orders.residue(route, "compute1"), waits(RESIZED));
            assertTrue(told(server), told(server).startsWith("AWAITING_OWNER: was resized by its owner"));
            assertEquals("PENDING", told(only(Orders.residue(route, "compute1").approve("a"), waits(RESIZED))));
            assertEquals("PENDING", told(only(Orders.residue(route, "compute1"), waits(MOVED))));
        }
        assertEquals(
                "a drain is not asked to settle it",
                Action.LIVE,
                verdicts(host(), Phase.PLAN, look().listed(A).moves(RESIZED))
                        .verdict(A)
                        .action());
    }

    private static Evidence evidence(boolean runs) {
        return new Evidence("compute2", runs, 1, true, List.of(), List.of("v"), false, null, NOW, null, List.of());
    }

    /** A confirm gives up the old copy. */
    @Test
    public void badEvidenceHoldsBackAConfirmAndNothingElse() {
        for (EvidenceRule.Demand demand : EvidenceRule.Demand.values()) {
            for (boolean good : new boolean[] {true, false}) {
                Orders orders = Orders.of(Route.CONFIRM, "a").evidence(demand, 0);
                ServerState server = only(orders, waits(MOVED).evidence("a", evidence(good)));
                if (!good && demand == EvidenceRule.Demand.REQUIRE) {
                    assertTrue(
                            told(server),
                            told(server)
                                    .startsWith("BLOCKED: it ran before it was moved, and its guest does not run on"
                                            + " compute2 (guest not running on compute2"));
                    assertEquals("evidence", server.override());
                } else {
                    assertEquals(
                            "PENDING: guest " + (good ? "running" : "not running") + " on compute2; 1 volume",
                            told(server));
                }
                Orders revert = Orders.of(Route.REVERT, "a").evidence(demand, 0);
                assertEquals("PENDING", told(only(revert, waits(MOVED).evidence("a", evidence(good)))));
            }
        }
    }

    @Test
    public void whatOthersSettledBeforeIsNotPlanned() {
        Migration confirmed = migration(7, "a", "migration", "confirmed");
        ServerState server = only(
                Orders.of(Route.CONFIRM, "a"),
                look().read(Servers.named("a").on("compute2").make()).moves(confirmed));
        assertEquals("SKIP", server.planned().action());
        assertEquals(server.reason(), server.planned().reason());
        assertTrue(told(server), told(server).startsWith("CONFIRMED: was confirmed by its owner"));
    }

    /** It was not told at the plan which migration it is. */
    @Test
    public void theMigrationThatWaitsIsFilledInOnce() {
        ServerState server = waiting("a", Action.CONFIRM);
        ServerVerdicts verdicts = verdicts(Orders.of(Route.CONFIRM, "a"), Phase.MOVE, waits(MOVED));
        ServerState filled = verdicts.waiting(server, VERIFY);
        assertEquals(Long.valueOf(7), filled.migration());
        assertEquals("compute1", filled.source());
        assertEquals("compute2", filled.to());
        ServerState known = with(server, edit -> edit.migration = 3L);
        assertSame(known, verdicts.waiting(known, VERIFY));
        assertSame(
                server,
                verdicts(Orders.of(Route.CONFIRM, "a"), Phase.MOVE, waits()).waiting(server, VERIFY));
        assertSame(
                server,
                verdicts(Orders.of(Route.LIVE, "a"), Phase.MOVE, waits(MOVED)).waiting(server, VERIFY));
    }

    // ---- who left the host before

    private static Server verify(String name) {
        return Servers.named(name).on("compute2").is("VERIFY_RESIZE", "resized").make();
    }

    /** Their old disks are on the host. */
    @Test
    public void whatLeftTheHostAndWaitsIsPartOfItsPlan() {
        Look look = look().listed(A)
                .read(
                        verify("b"),
                        verify("c"),
                        verify("d").unknown(),
                        Servers.named("e").on("compute2").make(),
                        verify("f"),
                        verify("g"))
                .moves(
                        migration(9, "c", "resize", "finished"),
                        migration(8, "b", "migration", "finished"),
                        migration(10, "d", "migration", "finished"),
                        migration(11, "e", "migration", "finished"),
                        migration(12, "f", "migration", "finished").from("compute3"),
                        migration(13, "g", "migration", "confirmed"),
                        migration(14, "h", "migration", "finished")); // not read
        DrainState planned = planned(host(), look);
        assertEquals(List.of("id-a", "id-b", "id-c", "id-d"), ids(planned));
        assertEquals(
                List.of("AWAITING_CONFIRM", "AWAITING_OWNER", "AWAITING_CONFIRM"),
                planned.servers().stream()
                        .skip(1)
                        .map(server -> server.outcome().toString())
                        .toList());
        PlannedAs said = planned.servers().get(1).planned();
        assertEquals(PlannedAs.RESIDUE, said.action());
        assertEquals(planned.servers().get(1).reason(), said.reason());
        assertEquals(
                List.of("id-a"),
                ids(planned(Orders.of(Route.LIVE, "a"), look().read(A).moves(MOVED))));
    }

    @Test
    public void oneThatIsMovedAwayMeanwhileWaitsLikeThem() {
        ServerState gone = Drained.ended("a", Action.LIVE, Outcome.GONE, NOW);
        ServerState waits = verdicts(host(), Phase.MOVE, waits(MOVED)).residueOf(gone, VERIFY, MOVED);
        assertTrue(told(waits), told(waits).startsWith("AWAITING_CONFIRM: left this host before"));
    }
}
