package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.ServerGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** What was read of the cloud. */
public class EstateTest {

    private static Migration migration(long id, String server, String status) {
        return new Migration(id, "m" + id, server, "migration", status, "compute1", "compute2", null, null, null);
    }

    @Test
    public void whatIsToldIsKeptAndFoundByItsServer() {
        ServerGroup group = new ServerGroup("g", "web", "affinity", List.of("a", "b"), null, 1);
        Migration first = migration(1, "a", "running");
        Migration second = migration(2, "c", "running");
        Estate estate = Estate.UNKNOWN.groups(List.of(group), Map.of()).migrations(List.of(first, second));
        assertEquals(List.of(group), estate.groups());
        assertEquals(List.of(group), estate.groupsOf("b"));
        assertEquals(List.of(), estate.groupsOf("c"));
        assertEquals(List.of(first, second), estate.migrations());
        assertEquals(List.of(second), estate.migrationsOf("c"));
    }

    /** The newest that goes on; newer ones that have ended do not hide it. */
    @Test
    public void underWayIsTheNewestThatHasNotEnded() {
        Migration old = migration(1, "a", "running");
        Migration newer = migration(2, "a", "queued");
        Estate estate = Estate.UNKNOWN.migrations(
                List.of(old, newer, migration(3, "a", "failed"), migration(9, "b", "running")));
        assertEquals(Optional.of(newer), estate.underWay("a"));
        for (String ended : Migration.ENDED) {
            assertEquals(
                    Optional.empty(),
                    Estate.UNKNOWN.migrations(List.of(migration(1, "a", ended))).underWay("a"));
        }
    }

    @Test
    public void anAgeIsKnownWhenBothTimesAre() {
        Instant then = Instant.parse("2026-03-01T12:00:00Z");
        Estate later = Estate.UNKNOWN.at(then.plusSeconds(90));
        assertEquals(Optional.of(Duration.ofSeconds(90)), later.age(then));
        assertEquals(Optional.empty(), later.age(null));
        assertEquals(Optional.empty(), Estate.UNKNOWN.age(then));
    }
}
