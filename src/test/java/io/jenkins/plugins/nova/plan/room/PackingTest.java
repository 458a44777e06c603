package io.jenkins.plugins.nova.plan.room;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

public class PackingTest {

    private static final Map<String, Integer> NO_GROUPS = Map.of();

    private static Packing.Item server(String id, long memory, String... hosts) {
        return new Packing.Item(id, Map.of("MEMORY_MB", memory), Set.of(hosts), Set.of());
    }

    private static Packing.Host host(String id, long memory) {
        return new Packing.Host(id, Map.of("MEMORY_MB", memory), NO_GROUPS);
    }

    @Test
    public void eachServerHasItsPlace() {
        Packing.Result result = Packing.of(
                List.of(server("a", 6, "h1", "h2"), server("b", 4, "h1", "h2"), server("c", 4, "h1")),
                List.of(host("h1", 8), host("h2", 6)));
        assertEquals(Map.of("a", "h2", "b", "h1", "c", "h1"), result.places());
        assertEquals(List.of(), result.unplaced());
        assertTrue(result.exhausted());
    }

    /** First-fit decreasing fails here: 6 goes first to a host of 10, and 5 + 5 have no host then. */
    @Test
    public void aPlacementThatNoQuickPassFindsIsFound() {
        List<Packing.Item> servers = new ArrayList<>();
        int[] sizes = {44, 24, 24, 22, 21, 17, 8, 8, 6, 6};
        for (int i = 0; i < sizes.length; i++) {
            servers.add(server("s" + i, sizes[i], "h1", "h2", "h3"));
        }
        Packing.Result result = Packing.of(servers, List.of(host("h1", 61), host("h2", 60), host("h3", 59)));
        assertEquals(List.of(), result.unplaced());
        check(servers, List.of(host("h1", 61), host("h2", 60), host("h3", 59)), result);
    }

    @Test
    public void aClassThatAHostTellsNothingOfIsTakenToFit() {
        Packing.Item gpu = new Packing.Item("gpu", Map.of("VGPU", 1L), Set.of("h1"), Set.of());
        assertEquals(
                Map.of("gpu", "h1"),
                Packing.of(List.of(gpu), List.of(host("h1", 0))).places());
    }

    @Test
    public void aGroupHasOnlyItsSeats() {
        List<Packing.Item> servers = new ArrayList<>();
        for (String id : List.of("a", "b", "c")) {
            servers.add(new Packing.Item(id, Map.of("MEMORY_MB", 1L), Set.of("h1", "h2"), Set.of("g")));
        }
        Packing.Result result = Packing.of(
                servers,
                List.of(
                        new Packing.Host("h1", Map.of("MEMORY_MB", 9L), Map.of("g", 1)),
                        new Packing.Host("h2", Map.of("MEMORY_MB", 9L), Map.of("g", 1))));
        assertEquals(1, result.unplaced().size());
        assertTrue(result.exhausted());
    }

    @Test
    public void withoutStepsNothingIsSaidToBeProven() {
        List<Packing.Item> servers = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            servers.add(server("s" + i, 3, "h1", "h2", "h3"));
        }
        List<Packing.Host> hosts = List.of(host("h1", 8), host("h2", 8), host("h3", 8));
        assertFalse(Packing.of(servers, hosts, 10).exhausted());
        assertTrue(Packing.of(servers, hosts).exhausted());
        assertEquals(1, Packing.of(servers, hosts).unplaced().size());
    }

    @Test
    public void noServersAndNoHosts() {
        assertEquals(Map.of(), Packing.of(List.of(), List.of()).places());
        assertEquals(
                List.of("a"), Packing.of(List.of(server("a", 1)), List.of()).unplaced());
    }

    /** Against trying every server on every host: never one more left over, and never a placement that does not fit. */
    @Test
    public void smallCasesAreSolvedExactly() {
        Random random = new Random(4);
        int tight = 0;
        for (int round = 0; round < 3000; round++) {
            List<Packing.Host> hosts = hosts(random);
            List<Packing.Item> servers = servers(random, hosts);
            Packing.Result result = Packing.of(servers, hosts);
            int least = least(servers, hosts, 0, new HashMap<>());
            String what = "round " + round + ": " + servers + " on " + hosts + ": " + result;
            assertEquals(what, least, result.unplaced().size());
            assertTrue(what, result.exhausted());
            check(servers, hosts, result);
            tight += least > 0 ? 1 : 0;
        }
        assertTrue("of 3000 cases " + tight + " do not fit", tight > 500 && tight < 2500);
    }

    private static List<Packing.Host> hosts(Random random) {
        List<Packing.Host> hosts = new ArrayList<>();
        int number = 1 + random.nextInt(4);
        for (int h = 0; h < number; h++) {
            Map<String, Long> free = new HashMap<>();
            free.put("MEMORY_MB", (long) random.nextInt(14));
            if (random.nextInt(5) > 0) {
                free.put("VCPU", (long) random.nextInt(10));
            }
            hosts.add(
                    new Packing.Host("h" + h, free, random.nextBoolean() ? Map.of("g", random.nextInt(3)) : NO_GROUPS));
        }
        return hosts;
    }

    private static List<Packing.Item> servers(Random random, List<Packing.Host> hosts) {
        List<Packing.Item> servers = new ArrayList<>();
        int number = random.nextInt(7);
        for (int s = 0; s < number; s++) {
            Set<String> may = new TreeSet<>();
            hosts.forEach(host -> {
                if (random.nextInt(6) > 0) {
                    may.add(host.id());
                }
            });
            servers.add(new Packing.Item(
                    "s" + s,
                    Map.of("MEMORY_MB", 1L + random.nextInt(7), "VCPU", (long) random.nextInt(4)),
                    may,
                    random.nextInt(3) == 0 ? Set.of("g") : Set.of()));
        }
        return servers;
    }

    /** The fewest that must be left over, by trying all. */
    private static int least(List<Packing.Item> servers, List<Packing.Host> hosts, int at, Map<String, String> places) {
        if (at == servers.size()) {
            return servers.size() - places.size();
        }
        int least = least(servers, hosts, at + 1, places);
        for (Packing.Host host : hosts) {
            places.put(servers.get(at).id(), host.id());
            if (servers.get(at).hosts().contains(host.id()) && wrong(servers, host, places) == null) {
                least = Math.min(least, least(servers, hosts, at + 1, places));
            }
            places.remove(servers.get(at).id());
        }
        return least;
    }

    private static void check(List<Packing.Item> servers, List<Packing.Host> hosts, Packing.Result result) {
        assertEquals(servers.size(), result.places().size() + result.unplaced().size());
        for (Packing.Item server : servers) {
            String place = result.places().get(server.id());
            assertTrue(place == null || server.hosts().contains(place));
        }
        hosts.forEach(host -> assertEquals(null, wrong(servers, host, result.places())));
    }

    /** What a host has too much of; null when all is well. */
    private static String wrong(List<Packing.Item> servers, Packing.Host host, Map<String, String> places) {
        Map<String, Long> used = new LinkedHashMap<>();
        Map<String, Integer> members = new LinkedHashMap<>();
        servers.stream()
                .filter(server -> host.id().equals(places.get(server.id())))
                .forEach(server -> {
                    server.needs().forEach((name, amount) -> used.merge(name, amount, Long::sum));
                    server.groups().forEach(group -> members.merge(group, 1, Integer::sum));
                });
        for (Map.Entry<String, Long> one : used.entrySet()) {
            if (one.getValue() > host.free().getOrDefault(one.getKey(), Long.MAX_VALUE)) {
                return one.getKey() + " of " + host;
            }
        }
        for (Map.Entry<String, Integer> one : members.entrySet()) {
            if (one.getValue() > host.seats().getOrDefault(one.getKey(), Integer.MAX_VALUE)) {
                return one.getKey() + " of " + host;
            }
        }
        return null;
    }
}
