package io.jenkins.plugins.nova.plan.room;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what is asked for with what is free, and says what is short. */
public final class FreeRoom {

    private FreeRoom() {}

    /** Whether a host has as much free; of what is not known of it there is enough. */
    static boolean has(HostRoom room, RoomRequest asked) {
        return asked.resources().amounts().entrySet().stream()
                .allMatch(need -> room.free().getOrDefault(need.getKey(), Long.MAX_VALUE) >= need.getValue());
    }

    /** What is short on all of these hosts, of which none is offered for the request. */
    public static String lacking(List<HostRoom> rooms, RoomRequest asked) {
        List<String> lacks = new ArrayList<>();
        for (Map.Entry<String, Long> need : asked.resources().amounts().entrySet()) {
            String resource = need.getKey();
            Optional<HostRoom> most = most(rooms, resource);
            if (most.isPresent() && most.get().free().get(resource) < need.getValue()) {
                lacks.add(mostFree(resource, most.get()));
            } else if (most.isEmpty() && ofItsOwn(resource)) {
                lacks.add("no host that might take it has any " + Amount.name(resource, 2));
            }
        }
        if (!lacks.isEmpty()) {
            return String.join("; ", lacks);
        }
        return rooms.stream()
                .filter(room -> has(room, asked))
                .findFirst()
                .map(room -> "Placement does not offer " + room.host()
                        + ", though it has as much free in all: what one server may have of it may be limited"
                        + " (max_unit), or spread over parts of the host")
                .orElse("no host that might take it has enough of all of it at once");
    }

    /** The host with the most of a resource; empty where that is known of none. */
    static Optional<HostRoom> most(List<HostRoom> rooms, String resource) {
        return rooms.stream()
                .filter(room -> room.free().containsKey(resource))
                .max(Comparator.comparing(room -> room.free().get(resource)));
    }

    /** {@code the most free memory is 48 GiB on compute3}. */
    static String mostFree(String resource, HostRoom room) {
        long free = room.free().get(resource);
        return free <= 0
                ? "no " + Amount.name(resource, 2) + " is free on any host that might take it"
                : "the most free " + Amount.name(resource, 2) + " is " + Amount.figure(resource, free) + " on "
                        + room.host();
    }

    /** Every host has the common ones, and disk may come from a pool that several hosts share. */
    private static boolean ofItsOwn(String resource) {
        return !resource.equals("VCPU") && !resource.equals("MEMORY_MB") && !resource.equals("DISK_GB");
    }
}
