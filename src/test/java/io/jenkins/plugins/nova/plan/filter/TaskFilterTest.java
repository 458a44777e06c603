package io.jenkins.plugins.nova.plan.filter;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Evacuation;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** Somebody else's work is waited for while it goes on, and told with its age when it does not. */
public class TaskFilterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final TaskFilter filter = new TaskFilter();

    private static Migration migration(Server server, String type, String status, Duration age) {
        Instant changed = NOW.minus(age);
        return new Migration(17, "m17", server.id(), type, status, "compute1", "compute2", "abc", changed, changed);
    }

    private Optional<Verdict> judged(Server server, Route route, Duration unchanged, Migration migration) {
        Estate estate = Estate.UNKNOWN
                .migrations(migration == null ? List.of() : List.of(migration))
                .at(server.updated().plus(unchanged));
        return filter.judge(server, new PlanContext(Wish.of(route), estate));
    }

    private static Server at(String task) {
        return Servers.named("web1").task(task).changed(NOW).make();
    }

    @Test
    public void aTaskThatGoesOnIsWaitedFor() {
        for (String task : List.of("migrating", "resize_prep", "resize_migrating", "rebooting", "deleting")) {
            Verdict verdict = judged(at(task), Route.BY_STATE, Duration.ofMinutes(5), null)
                    .orElseThrow();
            assertTrue(task, verdict.passing());
        }
        assertEquals(Optional.empty(), judged(at(null), Route.BY_STATE, Duration.ofDays(12), null));
    }

    @Test
    public void aTaskOfTwelveDaysIsToldWithItsAge() {
        Server server = at("migrating");
        Verdict verdict = judged(
                        server,
                        Route.BY_STATE,
                        Duration.ofDays(12),
                        migration(server, "live-migration", "running", Duration.ofDays(12)))
                .orElseThrow();
        assertEquals(Action.BLOCKED, verdict.action());
        assertTrue(!verdict.passing());
        assertTrue(verdict.reason(), verdict.reason().contains("12 days without a change"));
        assertTrue(verdict.reason(), verdict.reason().contains("live-migration 17 running to compute2 of user abc"));
        assertTrue(verdict.hint(), verdict.hint().contains("openstack server set --state active"));
    }

    /** Evacuate asks for no idle server: only another evacuation is a reason to wait. */
    @Test
    public void anEvacuationOfOthersIsWaitedForWhileItIsAtWork() {
        Server rebuilding = at("rebuild_spawning");
        Server idle = at(null);
        Duration fresh = Duration.ofMinutes(2);
        Duration old = Duration.ofDays(3);
        record Row(Server server, String status, Duration age, String approved, Boolean passing) {}
        for (Row row : List.of(
                new Row(rebuilding, "pre-migrating", fresh, null, true),
                new Row(idle, "accepted", fresh, null, true),
                new Row(rebuilding, "pre-migrating", old, null, false),
                new Row(rebuilding, "pre-migrating", fresh, "web1", true),
                new Row(rebuilding, "pre-migrating", old, "web1", null),
                new Row(idle, "accepted", old, null, null),
                new Row(idle, "done", fresh, null, null),
                new Row(at("migrating"), "failed", fresh, null, null))) {
            Migration migration = migration(row.server(), "evacuation", row.status(), row.age());
            Estate estate = Estate.UNKNOWN.migrations(List.of(migration)).at(NOW);
            Wish wish = Wish.of(Route.REBUILD);
            PlanContext context = new PlanContext(
                    row.approved() == null ? wish : wish.approving(row.server().id()), estate);
            Optional<Verdict> verdict = filter.judge(row.server(), context);
            assertEquals(
                    row.toString(), row.passing(), verdict.map(Verdict::passing).orElse(null));
            verdict.filter(found -> !found.passing()).ifPresent(found -> assertEquals(Wish.APPROVE, found.override()));
        }
    }

    /** A move is told as one, with its migration; a deletion as one; of anything else that Nova is busy. */
    @Test
    public void aTaskIsToldAsWhatItIs() {
        record Row(String task, String told, boolean withMigration) {}
        for (Row row : List.of(
                new Row("migrating", "is being moved already, and not by this step (task migrating", true),
                new Row("resize_prep", "is being moved already, and not by this step (task resize_prep", true),
                new Row("resize_finish", "is being moved already, and not by this step (task resize_finish", true),
                new Row("deleting", "is being deleted (task deleting)", false),
                new Row("soft-deleting", "is being deleted (task soft-deleting)", false),
                new Row("rebooting", "Nova is busy with it (task rebooting)", false),
                new Row("rebuild_spawning", "Nova is busy with it (task rebuild_spawning)", false))) {
            Server server = at(row.task());
            Verdict verdict = judged(
                            server,
                            Route.BY_STATE,
                            Duration.ZERO,
                            migration(server, "migration", "migrating", Duration.ZERO))
                    .orElseThrow();
            assertTrue(verdict.reason(), verdict.reason().startsWith(row.told()));
            assertEquals(
                    verdict.reason(),
                    row.withMigration(),
                    verdict.reason().contains("migration 17 migrating to compute2 of user abc"));
        }
    }

    /** An hour without a change is still somebody's work, a moment more is not; of moves the migrations tell more, of the rest the events. */
    @Test
    public void whoIsAtWorkIsBelievedForAnHour() {
        for (String task : List.of("migrating", "resize_migrating", "rebooting", "deleting")) {
            Server server = at(task);
            assertTrue(judged(server, Route.COLD, Evacuation.STALE, null)
                    .orElseThrow()
                    .passing());
            Verdict stale = judged(server, Route.COLD, Evacuation.STALE.plusMillis(1), null)
                    .orElseThrow();
            assertTrue(task, !stale.passing());
            boolean move = task.equals("migrating") || task.startsWith("resize_");
            assertEquals(
                    stale.hint(),
                    move
                            ? "See openstack server migration list --server id-web1"
                            : "See openstack server event list id-web1",
                    stale.hint().split("(?<=web1)")[0]);
            assertTrue(
                    stale.hint(), stale.hint().contains("openstack server set --state active id-web1 ends the task"));
        }
        Server rebuilding = at("rebuild_spawning");
        Migration hour = migration(rebuilding, "evacuation", "pre-migrating", Evacuation.STALE);
        Migration more = migration(rebuilding, "evacuation", "pre-migrating", Evacuation.STALE.plusMillis(1));
        assertTrue(judged(rebuilding, Route.REBUILD, Duration.ZERO, hour)
                .orElseThrow()
                .passing());
        assertTrue(!judged(rebuilding, Route.REBUILD, Duration.ZERO, more)
                .orElseThrow()
                .passing());
        Server idle = at(null);
        assertTrue(
                judged(idle, Route.REBUILD, Duration.ZERO, migration(idle, "evacuation", "accepted", Evacuation.STALE))
                        .isPresent());
    }

    @Test
    public void aMigrationThatHasEndedIsNotTheOneThatIsAtWork() {
        Server server = at("migrating");
        Verdict verdict = judged(
                        server, Route.LIVE, Duration.ZERO, migration(server, "live-migration", "error", Duration.ZERO))
                .orElseThrow();
        assertEquals("is being moved already, and not by this step (task migrating)", verdict.reason());
    }
}
