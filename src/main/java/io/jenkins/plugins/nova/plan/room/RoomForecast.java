package io.jenkins.plugins.nova.plan.room;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.plan.Estate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether all servers of a drain will fit on the other hosts together, and for whom there is no place and why. What the
 * source frees is not counted on: it is being emptied.
 */
public final class RoomForecast {

    private final RoomCandidates candidates;
    private final RoomFigures figures;
    private final Map<String, ServerGroup> groups = new LinkedHashMap<>();

    /**
     * @param source the host that servers leave
     * @param target the one that they are to go to; null for the scheduler's choice
     * @param estate the cloud round the servers, with where members of their groups are
     * @param figures the room there
     */
    public RoomForecast(String source, String target, Estate estate, RoomFigures figures) {
        this.candidates = new RoomCandidates(source, target, estate, figures);
        this.figures = figures;
    }

    /** The forecast for these servers, all of which are to leave the source. */
    public RoomReport of(List<Server> servers) {
        Set<String> leaving = servers.stream().map(Server::id).collect(Collectors.toSet());
        Map<String, RoomShortage> alone = new HashMap<>();
        List<Packing.Item> items = new ArrayList<>();
        for (Server server : servers) {
            RoomRequest asked = figures.asked(RoomRequest.of(server));
            RoomCandidates.Found found = candidates.of(server, asked);
            if (found.ids().isEmpty()) {
                alone.put(server.id(), new RoomShortage(server.id(), server.name(), asked.words(), found.why(), true));
            } else {
                List<ServerGroup> apart = candidates.apart(server);
                apart.forEach(group -> groups.put(group.id(), group));
                items.add(new Packing.Item(
                        server.id(),
                        asked.resources().amounts(),
                        found.ids(),
                        apart.stream().map(ServerGroup::id).collect(Collectors.toSet())));
            }
        }
        List<Packing.Host> hosts = candidates.usable().stream().map(this::host).toList();
        Packing.Result packed = Packing.of(items, hosts);
        RoomLeft left = new RoomLeft(candidates.usable(), items, hosts, packed, groups);
        Map<String, Packing.Item> byId =
                items.stream().collect(Collectors.toMap(Packing.Item::id, Function.identity()));
        List<RoomShortage> shortages = new ArrayList<>();
        for (Server server : servers) {
            if (alone.containsKey(server.id())) {
                shortages.add(alone.get(server.id()));
            } else if (packed.unplaced().contains(server.id())) {
                RoomRequest asked = figures.asked(RoomRequest.of(server));
                shortages.add(new RoomShortage(
                        server.id(), server.name(), asked.words(), left.lacking(byId.get(server.id()), asked), false));
            }
        }
        return new RoomReport(
                figures.source(), figures.why(), leaving.size(), places(packed), shortages, packed.exhausted());
    }

    private Packing.Host host(HostRoom room) {
        Map<String, Integer> seats = new TreeMap<>();
        groups.forEach((id, group) -> seats.put(id, candidates.seats(group, room.host())));
        return new Packing.Host(room.id(), room.free(), seats);
    }

    /** How many go to each host, most first. */
    private Map<String, Integer> places(Packing.Result packed) {
        Map<String, String> names =
                candidates.usable().stream().collect(Collectors.toMap(HostRoom::id, HostRoom::host));
        Map<String, Integer> counts = new TreeMap<>();
        packed.places().values().forEach(id -> counts.merge(names.get(id), 1, Integer::sum));
        Map<String, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(count -> sorted.put(count.getKey(), count.getValue()));
        return sorted;
    }
}
