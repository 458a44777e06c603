package io.jenkins.plugins.nova.plan.room;

import io.jenkins.plugins.nova.api.ServerGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a placement leaves free, to say what those are short of that it leaves over. */
final class RoomLeft {

    private final List<HostRoom> rooms;
    private final Map<String, Packing.Item> items;
    private final Map<String, Packing.Host> hosts;
    private final Packing.Result packed;
    private final Map<String, ServerGroup> groups;

    /**
     * @param rooms what was free before
     * @param items all servers
     * @param hosts the same hosts as they were packed
     * @param packed who went where
     * @param groups anti-affinity groups by id
     */
    RoomLeft(
            List<HostRoom> rooms,
            List<Packing.Item> items,
            List<Packing.Host> hosts,
            Packing.Result packed,
            Map<String, ServerGroup> groups) {
        this.rooms = rooms;
        this.items = items.stream().collect(Collectors.toMap(Packing.Item::id, Function.identity()));
        this.hosts = hosts.stream().collect(Collectors.toMap(Packing.Host::id, Function.identity()));
        this.packed = packed;
        this.groups = groups;
    }

    /** Why a server has no place beside the others. */
    String lacking(Packing.Item item, RoomRequest asked) {
        List<HostRoom> may =
                rooms.stream().filter(room -> item.hosts().contains(room.id())).toList();
        for (String group : item.groups()) {
            if (may.stream().noneMatch(room -> seat(group, room.id()))) {
                return "with the others, each host that might take it has as many members of the anti-affinity group '"
                        + groups.get(group).name() + "' as it may";
            }
        }
        List<HostRoom> left = may.stream()
                .filter(room -> item.groups().stream().allMatch(group -> seat(group, room.id())))
                .map(this::after)
                .toList();
        if (left.isEmpty()) {
            return "with the others, no host that might take it has a seat left for each of its anti-affinity groups";
        }
        return "after the others " + FreeRoom.lacking(left, asked);
    }

    private boolean seat(String group, String host) {
        long taken = packed.places().entrySet().stream()
                .filter(place -> place.getValue().equals(host))
                .filter(place -> items.get(place.getKey()).groups().contains(group))
                .count();
        return taken < hosts.get(host).seats().getOrDefault(group, Integer.MAX_VALUE);
    }

    private HostRoom after(HostRoom room) {
        Map<String, Long> free = new HashMap<>(room.free());
        packed.places().forEach((server, host) -> {
            if (host.equals(room.id())) {
                items.get(server)
                        .needs()
                        .forEach((name, amount) -> free.computeIfPresent(name, (same, was) -> was - amount));
            }
        });
        return new HostRoom(room.id(), room.host(), free, room.traits());
    }
}
