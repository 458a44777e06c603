package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.Drained;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** What becomes of an amphora by what Octavia shows. */
public class FailoverOutcomeTest {

    private static final Amphora OLD = new Amphora("a-old", "id-lb1", "lb", "MASTER", "ALLOCATED");
    private static final Amphora NEW = new Amphora("a-new", "id-new", "lb", "MASTER", "ALLOCATED");
    private static final Amphora PEER = new Amphora("a-peer", "id-peer", "lb", "BACKUP", "ALLOCATED");
    private static final Amphora OTHER = new Amphora("a-other", "id-o", "lb2", "STANDALONE", "ALLOCATED");

    private static Amphora in(Amphora amphora, String status) {
        return new Amphora(amphora.id(), amphora.serverId(), amphora.loadBalancer(), amphora.role(), status);
    }

    private static ServerState taken(Instant at, int looks) {
        return Drained.with(Drained.taken(Drained.waiting("lb1", Action.FAILOVER), at), edit -> {
            edit.amphora = OLD;
            edit.move = looks > 0 ? edit.move.looked() : edit.move;
        });
    }

    private static ServerState unclear(Instant at, int looks) {
        return Drained.with(taken(at, 0), edit -> {
            Intent move = edit.move.unclear("no answer", at);
            edit.move = looks > 0 ? move.looked() : move;
        });
    }

    private static ServerState judged(ServerState server, String status, boolean gone, Amphora... listed) {
        Estate estate =
                Estate.UNKNOWN.amphorae(List.of(listed)).balancers(status == null ? Map.of() : Map.of("lb", status));
        Look look = new Look().estate(estate);
        return new FailoverOutcome(NOW).judge(server, (gone ? look.gone("lb1") : look).make());
    }

    @Test
    public void whatOctaviaAndNovaShowTogetherSaysHowItEnded() {
        Instant soon = NOW.minusSeconds(30);
        Instant later = NOW.minusSeconds(120);
        Instant longAgo = NOW.minus(Duration.ofMinutes(46));
        record Row(String what, ServerState after, String told) {}
        for (Row row : List.of(
                new Row("replaced", judged(taken(soon, 0), "ACTIVE", true, NEW, PEER, OTHER), "FAILED_OVER"),
                new Row("its peer alone is no replacement", judged(taken(soon, 0), "ACTIVE", true, PEER, OTHER), ""),
                new Row("not in service yet", judged(taken(soon, 0), "ACTIVE", true, in(NEW, "BOOTING"), PEER), ""),
                new Row("another's amphora", judged(taken(soon, 0), "ACTIVE", true, OTHER, PEER), ""),
                new Row("Nova still has it", judged(taken(later, 0), "ACTIVE", false, NEW, PEER), ""),
                new Row("still listed", judged(taken(later, 0), "ACTIVE", true, OLD, NEW, PEER), ""),
                new Row("at work", judged(taken(later, 0), "PENDING_UPDATE", true, NEW, PEER), ""),
                new Row("not told", judged(taken(later, 0), "ACTIVE", true), ""),
                new Row("balancer not told", judged(taken(later, 0), null, true, NEW, PEER), ""),
                new Row("error, once", judged(taken(soon, 0), "ERROR", false, in(OLD, "ERROR"), PEER), ""),
                new Row("error, twice", judged(taken(soon, 1), "ERROR", false, in(OLD, "ERROR"), PEER), "FAILED"),
                new Row("too soon", judged(taken(soon, 1), "ACTIVE", false, OLD, PEER), ""),
                new Row("as before, once", judged(taken(later, 0), "ACTIVE", false, OLD, PEER), ""),
                new Row("as before, twice", judged(taken(later, 1), "ACTIVE", false, OLD, PEER), "FAILED"),
                new Row("deleted with all", judged(taken(soon, 0), "DELETED", true, OTHER), "GONE"),
                new Row("deleted, its server not", judged(taken(soon, 0), "DELETED", false, OTHER), ""),
                new Row("over its time", judged(taken(longAgo, 0), "PENDING_UPDATE", false, OLD, PEER), "LEFT"),
                new Row("over its time, deleted", judged(taken(longAgo, 0), "PENDING_UPDATE", true, PEER), "UNKNOWN"),
                new Row("seen late", judged(taken(longAgo, 0), "ACTIVE", true, NEW, PEER), "FAILED_OVER"),
                new Row("over its time, unread", judged(taken(longAgo, 0), null, false), "LEFT"))) {
            Outcome outcome = row.after().outcome();
            assertEquals(row.what(), row.told(), outcome == null ? "" : outcome.toString());
        }
    }

    /** Law 2. */
    @Test
    public void anUnclearRequestIsNotSentAgainBeforeTwoLooksShowAllAsBefore() {
        Instant soon = NOW.minusSeconds(30);
        Instant later = NOW.minusSeconds(120);
        record Row(String what, ServerState after, ServerState.Stage stage, Intent.State state) {}
        ServerState.Stage away = ServerState.Stage.UNDER_WAY;
        for (Row row : List.of(
                new Row("at work", judged(unclear(soon, 0), "PENDING_UPDATE", false, OLD), away, Intent.State.TAKEN),
                new Row(
                        "marked",
                        judged(unclear(soon, 0), "ACTIVE", false, in(OLD, "PENDING_DELETE")),
                        away,
                        Intent.State.TAKEN),
                new Row("not listed", judged(unclear(soon, 0), "ACTIVE", false, PEER), away, Intent.State.TAKEN),
                new Row("deleted", judged(unclear(soon, 0), "ACTIVE", true, OLD), away, Intent.State.TAKEN),
                new Row("error", judged(unclear(soon, 0), "ERROR", false, OLD), away, Intent.State.TAKEN),
                new Row("too soon", judged(unclear(soon, 1), "ACTIVE", false, OLD), away, Intent.State.UNCLEAR),
                new Row("once", judged(unclear(later, 0), "ACTIVE", false, OLD), away, Intent.State.UNCLEAR),
                new Row("not told", judged(unclear(later, 1), "ACTIVE", false), away, Intent.State.UNCLEAR),
                new Row("twice", judged(unclear(later, 1), "ACTIVE", false, OLD), ServerState.Stage.PENDING, null))) {
            assertEquals(row.what(), row.stage(), row.after().stage());
            assertEquals(
                    row.what(),
                    row.state(),
                    row.after().move() == null ? null : row.after().move().state());
        }
    }

    @Test
    public void whatOctaviaRefusesAtOnce() {
        record Row(int status, Duration since, ServerState.Stage stage, String says) {}
        for (Row row : List.of(
                new Row(409, Duration.ofMinutes(1), ServerState.Stage.PENDING, "waited for for 10 min"),
                new Row(409, Duration.ofMinutes(11), ServerState.Stage.ENDED, "could not be changed for 10 min"),
                new Row(404, Duration.ofMinutes(1), ServerState.Stage.UNDER_WAY, ""),
                new Row(403, Duration.ofMinutes(1), ServerState.Stage.ENDED, "403"),
                new Row(429, Duration.ofMinutes(1), ServerState.Stage.PENDING, "429"))) {
            ServerState server = Drained.with(taken(NOW, 0), edit -> {
                edit.move = Intent.record(edit.move.verb(), null, null, NOW);
                edit.started = NOW.minus(row.since());
            });
            ServerState after = RequestAnswer.given(
                    server,
                    server.move(),
                    new RequestResult.Refused(new NovaException.Refused("fail over", row.status(), "no", null, null)),
                    Drained.drain(Orders.empty("compute1"), server),
                    NOW);
            assertEquals(row.toString(), row.stage(), after.stage());
            assertTrue(row + " " + after.reason(), after.reason().contains(row.says()));
            if (row.stage() == ServerState.Stage.UNDER_WAY) {
                assertTrue("looked up", after.unclear());
            }
        }
    }
}
