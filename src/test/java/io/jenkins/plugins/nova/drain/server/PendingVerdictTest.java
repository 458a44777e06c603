package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.migration;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estates;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Instant;
import org.junit.Test;

/** What was planned may be an hour old when a server's turn comes: it is judged by what is so now. */
public class PendingVerdictTest {

    private static final Server THERE = Servers.named("a").make();
    private static final Server ELSEWHERE = Servers.named("a").on("compute2").make();
    private static final Server BUSY = Servers.named("a").task("image_snapshot").make();
    private static final Server OFF =
            Servers.named("a").is("SHUTOFF", "stopped").make();

    private static ServerState on(Orders orders, ServerState server, Look look) {
        DrainState state = drain(orders, server);
        Observation observed = look.estate(Estates.at(90)).make();
        return new PendingVerdict(
                        state,
                        observed,
                        new ServerVerdicts(state, observed, NOW),
                        new Disappearance(
                                state.order().host() == null
                                        ? ""
                                        : state.order().host(),
                                "u-ops"),
                        NOW)
                .on(server);
    }

    private static ServerState on(ServerState server, Look look) {
        return on(Orders.empty("compute1"), server, look);
    }

    @Test
    public void whatIsDeletedOrHasLeftTheHostIsGone() {
        ServerState server = waiting("a", Action.LIVE);
        assertEquals(
                "GONE: was deleted meanwhile",
                told(on(server, new Look().listed(THERE).gone("a"))));
        assertEquals("GONE: was deleted meanwhile", told(on(Orders.of(Route.LIVE, "a"), server, new Look().gone("a"))));
        assertEquals("GONE: has left the host: it is ACTIVE on compute2", told(on(server, new Look().read(ELSEWHERE))));
        // chosen servers are moved wherever they are, and from there
        ServerState chosen = on(Orders.of(Route.LIVE, "a"), server, new Look().read(ELSEWHERE));
        assertEquals("PENDING", told(chosen));
        assertEquals("compute2", chosen.source());
    }

    /** It is not moved off the host by what was seen of it before. */
    @Test
    public void whatNeitherIsListedNorWasReadIsJudgedLater() {
        ServerState server = waiting("a", Action.LIVE);
        ServerState later = on(server, new Look());
        assertEquals("PENDING", told(later));
        assertEquals(NOW.plus(Limits.AGAIN), later.notBefore());
        assertSame(server, on(Orders.of(Route.LIVE, "a"), server, new Look()));
    }

    @Test
    public void theVerdictIsThatOfNow() {
        ServerState changed = on(waiting("a", Action.LIVE), new Look().listed(OFF));
        assertEquals(Action.COLD, changed.action());
        ServerState blocked = on(
                waiting("a", Action.LIVE),
                new Look()
                        .listed(Servers.named("a").is("SUSPENDED", "suspended").make()));
        assertEquals(
                "BLOCKED: is SUSPENDED, and Nova allows any migration only from ACTIVE, PAUSED or SHUTOFF",
                told(blocked));
        ServerState free =
                on(with(waiting("a", Action.BLOCKED), edit -> edit.reason = "busy"), new Look().listed(THERE));
        assertEquals(Action.LIVE, free.action());
        assertEquals("PENDING", told(free));
        // a reason that was given stays while the verdict does
        ServerState refused = with(waiting("a", Action.LIVE), edit -> edit.reason = "asked for once without effect");
        assertEquals("PENDING: asked for once without effect", told(on(refused, new Look().listed(THERE))));
        // what cannot be moved is not kept for its verdict being the same
        ServerState still = with(waiting("a", Action.BLOCKED), edit -> edit.reason = "busy");
        assertEquals(
                "BLOCKED",
                on(
                                still,
                                new Look()
                                        .listed(Servers.named("a")
                                                .is("SUSPENDED", "suspended")
                                                .make()))
                        .outcome()
                        .toString());
    }

    /** Law 1. */
    @Test
    public void theMigrationsOfNowAreNotItsOwn() {
        ServerState server = with(waiting("a", Action.LIVE), edit -> edit.baseline = 8);
        Look look = new Look().listed(THERE);
        assertEquals(8, on(server, look).baseline());
        assertEquals(
                8,
                on(server, look.moves(migration(6, "a", "migration", "error"))).baseline());
        assertEquals(
                11,
                on(server, look.moves(migration(11, "a", "migration", "error"))).baseline());
    }

    @Test
    public void itIsMovedFromWhereItIsNow() {
        Orders chosen = Orders.of(Route.LIVE, "a");
        assertEquals(
                "compute2",
                on(chosen, waiting("a", Action.LIVE), new Look().read(ELSEWHERE))
                        .source());
        assertEquals(
                "compute1",
                on(chosen, waiting("a", Action.LIVE), new Look().read(ELSEWHERE.unknown()))
                        .source());
        Server verify =
                Servers.named("a").on("compute2").is("VERIFY_RESIZE", "resized").make();
        assertEquals(
                "the source of what is settled is that of its migration",
                "compute1",
                on(
                                Orders.of(Route.CONFIRM, "a"),
                                waiting("a", Action.CONFIRM),
                                new Look().read(verify).moves(migration(7, "a", "migration", "finished")))
                        .source());
    }

    /** From when the task was first seen, not from when the server began to wait. */
    @Test
    public void aTaskIsWaitedForForTenMinutes() {
        Instant tenMinutes = NOW.minus(Limits.BUSY);
        ServerState waited = with(waiting("a", Action.LIVE), edit -> edit.since = tenMinutes.minusSeconds(1));
        ServerState first = on(waited, new Look().listed(BUSY));
        assertEquals("PENDING: Nova is busy with it (task image_snapshot)", told(first));
        assertEquals(Action.BLOCKED, first.action());
        assertEquals(NOW, first.since());
        ServerState young = with(first, edit -> edit.since = tenMinutes);
        ServerState next = on(young, new Look().listed(BUSY));
        assertEquals("PENDING: Nova is busy with it (task image_snapshot)", told(next));
        assertEquals(tenMinutes, next.since());
        ServerState old = with(first, edit -> edit.since = tenMinutes.minusSeconds(1));
        assertEquals(
                "BLOCKED: Nova is busy with it (task image_snapshot), and so it has been for 10 min 01 s",
                told(on(old, new Look().listed(BUSY))));
        // time that it waited for its turn counts for nothing
        ServerState turn = with(waiting("a", Action.LIVE), edit -> edit.since = tenMinutes.minusSeconds(9999));
        ServerState same = on(turn, new Look().listed(THERE));
        assertEquals("PENDING", told(same));
        assertEquals(turn.since(), same.since());
    }

    /** Else it would be tried live again, at which it does not converge. */
    @Test
    public void whatIsMovedColdForItsLiveMigrationWasAbortedStaysSo() {
        ServerState cold =
                with(waiting("a", Action.COLD), edit -> edit.reason = ReasonMarkers.MOVED_COLD + "over its time");
        ServerState server = on(cold, new Look().listed(THERE));
        assertEquals(Action.COLD, server.action());
        assertEquals(cold.reason(), server.reason());
        // any other cold move is judged anew
        assertEquals(
                Action.LIVE,
                on(waiting("a", Action.COLD), new Look().listed(THERE)).action());
        ServerState live =
                with(waiting("a", Action.LIVE), edit -> edit.reason = ReasonMarkers.MOVED_COLD + "over its time");
        assertEquals(Action.COLD, on(live, new Look().listed(OFF)).action());
    }
}
