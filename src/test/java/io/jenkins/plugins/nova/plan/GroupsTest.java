package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.Servers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

/** Server groups: who counts, and where. */
public class GroupsTest {

    private static ServerGroup group(String policy) {
        return new ServerGroup("g", "web", policy, List.of("a", "b", "shelved"), null, 1);
    }

    private static Estate estate(ServerGroup group, Map<String, String> whereabouts) {
        return Estates.up("compute1", "compute2", "compute3").groups(List.of(group), whereabouts);
    }

    @Test
    public void membersAreKeptApartByBothKindsOfAntiAffinityAndByNothingElse() {
        record Row(String policy, boolean apart) {}
        for (Row row : List.of(
                new Row("anti-affinity", true),
                new Row("soft-anti-affinity", true),
                new Row("affinity", false),
                new Row("soft-affinity", false),
                new Row("", false))) {
            Estate estate = estate(group(row.policy()), Map.of());
            assertEquals(row.toString(), row.apart() ? List.of("g") : List.of(), Groups.antiAffinity(estate, "a"));
            assertEquals(row.toString(), List.of(), Groups.antiAffinity(estate, "stranger"));
        }
    }

    /** Nova tells a shelved server without a host: it is nowhere, and that is known. */
    @Test
    public void aMemberOnNoHostIsKnownAndCountsNowhere() {
        ServerGroup group = group("affinity");
        Estate all = estate(group, Map.of("a", "compute1", "b", "compute1", "shelved", ""));
        assertTrue(Groups.placesKnown(all, group));
        assertEquals(Set.of("compute1"), Groups.hosts(all, group));
        assertEquals(2, Groups.members(all, group));
        Estate some = estate(group, Map.of("a", "compute1", "b", "compute2"));
        assertFalse(Groups.placesKnown(some, group));
        assertEquals(Set.of("compute1", "compute2"), Groups.hosts(some, group));
        assertEquals(2, Groups.members(some, group));
    }

    @Test
    public void possibleAreHostsThatAreUpAndEnabledAndNotItsOwn() {
        Server server = Servers.named("web1").make();
        Estate estate = Estate.UNKNOWN.services(List.of(
                Estates.service("compute1", true, true),
                Estates.service("compute2", true, true),
                Estates.service("compute3", false, true),
                Estates.service("compute4", true, false),
                Estates.service("compute5", true, true)));
        Wish wish = Wish.of(Route.LIVE);
        assertEquals(List.of("compute2", "compute5"), Groups.possibleHosts(server, new PlanContext(wish, estate)));
        for (String target : List.of("compute1", "compute3", "compute4", "compute9")) {
            assertEquals(target, List.of(), Groups.possibleHosts(server, new PlanContext(wish.to(target), estate)));
        }
        assertEquals(List.of("compute5"), Groups.possibleHosts(server, new PlanContext(wish.to("compute5"), estate)));
    }
}
