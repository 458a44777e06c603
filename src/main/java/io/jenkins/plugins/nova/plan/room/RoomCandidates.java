package io.jenkins.plugins.nova.plan.room;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.plan.Estate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which hypervisors may take one server if it alone is moved, and where there is none, why: the first of Nova's
 * conditions that leaves none.
 */
final class RoomCandidates {

    /**
     * What was found.
     *
     * @param ids hypervisors that may take it
     * @param why why there are none; empty when there are some
     */
    record Found(Set<String> ids, String why) {}

    private final String source;
    private final String target;
    private final Estate estate;
    private final RoomFigures figures;
    private final List<HostRoom> usable;

    /**
     * @param source the host that servers leave
     * @param target the one that they are to go to; null for the scheduler's choice
     * @param estate the cloud
     * @param figures the room there
     */
    RoomCandidates(String source, String target, Estate estate, RoomFigures figures) {
        this.source = source;
        this.target = target;
        this.estate = estate;
        this.figures = figures;
        this.usable = figures.hosts().stream()
                .filter(room -> !room.host().equals(source))
                .filter(room -> !room.traits().contains(HostRules.DISABLED))
                .filter(room -> estate.service(room.host())
                        .filter(service -> service.up() && service.enabled())
                        .isPresent())
                .toList();
    }

    /** Hypervisors that take any servers at all: not the source, up, and enabled. */
    List<HostRoom> usable() {
        return usable;
    }

    /** The hard anti-affinity groups that a server is a member of. */
    List<ServerGroup> apart(Server server) {
        return groups(server, "anti-affinity");
    }

    /** How many more members of a group a host may have, beside those that do not leave. */
    int seats(ServerGroup group, String host) {
        long there = group.members().stream()
                .filter(member -> host.equals(estate.whereabouts().get(member)))
                .count();
        return (int) Math.max(0, group.maxServersPerHost() - there);
    }

    /** Who may take this server, which asks for this. */
    Found of(Server server, RoomRequest asked) {
        List<HostRoom> left = usable;
        for (HostRule rule : rules(server, asked)) {
            List<HostRoom> next = left.stream().filter(rule.allows()).toList();
            if (next.isEmpty()) {
                return new Found(Set.of(), rule.otherwise());
            }
            left = next;
        }
        List<HostRoom> roomy =
                left.stream().filter(room -> offered(room, asked)).toList();
        return roomy.isEmpty()
                ? new Found(Set.of(), FreeRoom.lacking(left, asked))
                : new Found(roomy.stream().map(HostRoom::id).collect(Collectors.toSet()), "");
    }

    private List<HostRule> rules(Server server, RoomRequest asked) {
        List<HostRule> rules = new ArrayList<>();
        rules.add(new HostRule(room -> true, "no other host is up and enabled"));
        if (target != null) {
            rules.add(new HostRule(
                    room -> room.host().equals(target), "the target " + target + " is not up and enabled"));
        }
        rules.addAll(HostRules.places(server, server.pinnedAvailabilityZone(), estate));
        groups(server, "affinity").forEach(group -> together(group).ifPresent(rules::add));
        apart(server)
                .forEach(group -> rules.add(new HostRule(
                        room -> seats(group, room.host()) > 0,
                        "each host that might take it has "
                                + (group.maxServersPerHost() == 1
                                        ? "a member"
                                        : "its " + group.maxServersPerHost() + " members")
                                + " of its anti-affinity group '" + group.name() + "' already")));
        rules.addAll(HostRules.traits(asked, figures));
        String refusal = figures.refusals().get(asked);
        if (refusal != null) {
            rules.add(new HostRule(room -> false, "Placement refuses the request for it: " + refusal));
        }
        return rules;
    }

    private List<ServerGroup> groups(Server server, String policy) {
        return estate.groupsOf(server.id()).stream()
                .filter(group -> policy.equals(group.policy()))
                .toList();
    }

    /** Where the members are that stay; those that leave the source, too, say nothing. */
    private Optional<HostRule> together(ServerGroup group) {
        Set<String> there = group.members().stream()
                .map(estate.whereabouts()::get)
                .filter(host -> host != null && !host.equals(source))
                .collect(Collectors.toSet());
        return there.isEmpty()
                ? Optional.empty()
                : Optional.of(new HostRule(
                        room -> there.contains(room.host()),
                        "its affinity group '" + group.name() + "' is on "
                                + there.stream().sorted().collect(Collectors.joining(", "))
                                + ", which cannot take it"));
    }

    private boolean offered(HostRoom room, RoomRequest asked) {
        Set<String> offers = figures.candidates().get(asked);
        return offers == null ? FreeRoom.has(room, asked) : offers.contains(room.id());
    }
}
