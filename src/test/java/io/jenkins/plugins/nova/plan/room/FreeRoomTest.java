package io.jenkins.plugins.nova.plan.room;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Resources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

/** What is short. */
public class FreeRoomTest {

    private static HostRoom room(String host, Map<String, Long> free) {
        return new HostRoom("id-" + host, host, free, Set.of());
    }

    private static RoomRequest asked(Map<String, Long> amounts) {
        return new RoomRequest(Resources.of(amounts), new TreeSet<>());
    }

    private static String lacking(Map<String, Long> asked, HostRoom... rooms) {
        return FreeRoom.lacking(List.of(rooms), asked(asked));
    }

    /** One MiB less than asked is short; as much is not, and neither is what is not known. */
    @Test
    public void asMuchAsIsAskedForIsEnough() {
        for (long free : new long[] {0, 7, 8, 9}) {
            HostRoom host = room("compute2", Map.of("MEMORY_MB", free));
            assertEquals(free >= 8, FreeRoom.has(host, asked(Map.of("MEMORY_MB", 8L, "VGPU", 1L))));
            String told = lacking(Map.of("MEMORY_MB", 8L), host);
            assertEquals(told, free >= 8, told.startsWith("Placement does not offer compute2"));
        }
    }

    @Test
    public void theHostWithTheMostOfItIsNamedAndNoneWhenNothingIsFree() {
        HostRoom little = room("compute2", Map.of("MEMORY_MB", 1024L, "VCPU", 1L));
        HostRoom more = room("compute3", Map.of("MEMORY_MB", 3072L, "VCPU", 0L));
        HostRoom silent = room("compute4", Map.of("VCPU", 0L));
        assertEquals(
                "the most free memory is 3 GiB on compute3", lacking(Map.of("MEMORY_MB", 4096L), little, more, silent));
        assertEquals(
                "the most free vCPUs is 1 on compute2; the most free memory is 3 GiB on compute3",
                lacking(Map.of("MEMORY_MB", 4096L, "VCPU", 2L), little, more));
        for (long none : new long[] {0, -5}) {
            assertEquals(
                    "no vCPUs is free on any host that might take it",
                    lacking(Map.of("VCPU", 1L), room("compute2", Map.of("VCPU", none))));
        }
    }

    /** Every host has CPUs and memory, and disk may be a shared pool's: that these are not told is no lack of them. */
    @Test
    public void whatNoHostTellsOfIsShortOnlyWhereHostsHaveItOfTheirOwn() {
        HostRoom silent = room("compute2", Map.of());
        record Row(String resource, String told) {}
        for (Row row : List.of(
                new Row("VGPU", "no host that might take it has any VGPU"),
                new Row("PCPU", "no host that might take it has any dedicated CPUs"),
                new Row("VCPU", null),
                new Row("MEMORY_MB", null),
                new Row("DISK_GB", null))) {
            String told = lacking(Map.of(row.resource(), 1L), silent);
            assertEquals(
                    row.told() == null ? "Placement does not offer compute2" : row.told(),
                    row.told() == null ? told.split(",")[0] : told);
        }
    }

    @Test
    public void enoughOfEachButNotOnOneHost() {
        assertEquals(
                "no host that might take it has enough of all of it at once",
                lacking(
                        Map.of("MEMORY_MB", 8L, "VCPU", 2L),
                        room("compute2", Map.of("MEMORY_MB", 9L, "VCPU", 1L)),
                        room("compute3", Map.of("MEMORY_MB", 7L, "VCPU", 2L))));
    }

    @Test
    public void theHostWithRoomIsTheOneThatIsSaidNotToBeOffered() {
        assertTrue(lacking(
                        Map.of("MEMORY_MB", 8L),
                        room("compute2", Map.of("MEMORY_MB", 7L)),
                        room("compute3", Map.of("MEMORY_MB", 8L)))
                .startsWith("Placement does not offer compute3, though it has as much free in all"));
    }

    /** What has a place takes room and seats on its own host and from nobody else. */
    @Test
    public void whatIsLeftIsWhatTheOthersOnThatHostDoNotTake() {
        List<HostRoom> rooms = List.of(
                room("compute2", Map.of("MEMORY_MB", 10_240L)),
                room("compute3", Map.of("MEMORY_MB", 8_192L)),
                room("compute4", Map.of("MEMORY_MB", 99_328L)));
        Packing.Item placed = item("a", 4_096, Set.of(), "id-compute2", "id-compute3");
        Packing.Item left = item("b", 9_216, Set.of(), "id-compute2", "id-compute3");
        Packing.Result packed = new Packing.Result(Map.of("a", "id-compute2"), List.of("b"), true);
        RoomLeft after = new RoomLeft(rooms, List.of(placed, left), hosts(rooms, Map.of()), packed, Map.of());
        assertEquals(
                "of compute2 6 GiB are left, compute3 is untouched, compute4 may not take it",
                "after the others the most free memory is 8 GiB on compute3",
                after.lacking(left, asked(Map.of("MEMORY_MB", 9_216L))));
    }

    @Test
    public void aSeatIsTakenByAMemberOfThatGroupOnThatHostAlone() {
        List<HostRoom> rooms =
                List.of(room("compute2", Map.of("MEMORY_MB", 2_048L)), room("compute3", Map.of("MEMORY_MB", 2_048L)));
        Packing.Item other = item("a", 1_024, Set.of("h"), "id-compute2");
        Packing.Item member = item("b", 1_024, Set.of("g"), "id-compute2", "id-compute3");
        Packing.Item left = item("c", 2_048, Set.of("g"), "id-compute2", "id-compute3");
        List<Packing.Host> hosts = hosts(rooms, Map.of("g", 1));
        Packing.Result packed = new Packing.Result(Map.of("a", "id-compute2", "b", "id-compute3"), List.of("c"), true);
        RoomLeft after = new RoomLeft(rooms, List.of(other, member, left), hosts, packed, Map.of());
        assertEquals(
                "compute2 has its seat and 1 GiB; that compute3 has as much is no help, its seat is taken",
                "after the others the most free memory is 1 GiB on compute2",
                after.lacking(left, asked(Map.of("MEMORY_MB", 2_048L))));
    }

    @Test
    public void aSeatForEachGroupButOnNoHostForAllIsSaid() {
        List<HostRoom> rooms =
                List.of(room("compute2", Map.of("MEMORY_MB", 2_048L)), room("compute3", Map.of("MEMORY_MB", 2_048L)));
        Packing.Item g = item("a", 1, Set.of("g"), "id-compute2");
        Packing.Item h = item("b", 1, Set.of("h"), "id-compute3");
        Packing.Item both = item("c", 1, Set.of("g", "h"), "id-compute2", "id-compute3");
        RoomLeft after = new RoomLeft(
                rooms,
                List.of(g, h, both),
                hosts(rooms, Map.of("g", 1, "h", 1)),
                new Packing.Result(Map.of("a", "id-compute2", "b", "id-compute3"), List.of("c"), true),
                Map.of());
        assertEquals(
                "with the others, no host that might take it has a seat left for each of its anti-affinity groups",
                after.lacking(both, asked(Map.of("MEMORY_MB", 1L))));
    }

    private static Packing.Item item(String id, long memory, Set<String> groups, String... hosts) {
        return new Packing.Item(id, Map.of("MEMORY_MB", memory), Set.of(hosts), groups);
    }

    private static List<Packing.Host> hosts(List<HostRoom> rooms, Map<String, Integer> seats) {
        return rooms.stream()
                .map(room -> new Packing.Host(room.id(), room.free(), seats))
                .toList();
    }
}
