package io.jenkins.plugins.nova.plan.room;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.plan.Estate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which hypervisors may take one server if it alone is moved, and where there is none, why: the first of Nova's
 * conditions that leaves none.
 */
final class RoomCandidates {

    /** What nova-compute puts on its provider while its service is disabled; the scheduler keeps away from it. */
    private static final String DISABLED = "COMPUTE_STATUS_DISABLED";

    /** Flavors name what aggregates must have so (AggregateInstanceExtraSpecsFilter). */
    private static final String OF_AGGREGATE = "aggregate_instance_extra_specs:";

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
                .filter(room -> !room.traits().contains(DISABLED))
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
        for (Rule rule : rules(server, asked)) {
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

    private record Rule(Predicate<HostRoom> allows, String otherwise) {}

    private List<Rule> rules(Server server, RoomRequest asked) {
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule(room -> true, "no other host is up and enabled"));
        if (target != null) {
            rules.add(new Rule(room -> room.host().equals(target), "the target " + target + " is not up and enabled"));
        }
        String zone = server.pinnedAvailabilityZone();
        if (zone != null) {
            rules.add(new Rule(
                    room -> estate.service(room.host())
                            .map(ComputeService::zone)
                            .filter(zone::equals)
                            .isPresent(),
                    "it is pinned to the availability zone " + zone + ", where no other host is up and enabled"));
        }
        server.flavor().extraSpecs().forEach((key, value) -> {
            // operators such as <in> and s>= are left to Nova
            if (key.startsWith(OF_AGGREGATE) && value.matches("[\\w.-]+")) {
                String wanted = key.substring(OF_AGGREGATE.length());
                rules.add(new Rule(
                        room -> inAggregate(room.host(), wanted, value),
                        "its flavor wants an aggregate with " + wanted + "=" + value
                                + ", of which no other host is up and enabled"));
            }
        });
        groups(server, "affinity").forEach(group -> together(group).ifPresent(rules::add));
        apart(server)
                .forEach(group -> rules.add(new Rule(
                        room -> seats(group, room.host()) > 0,
                        "each host that might take it has "
                                + (group.maxServersPerHost() == 1
                                        ? "a member"
                                        : "its " + group.maxServersPerHost() + " members")
                                + " of its anti-affinity group '" + group.name() + "' already")));
        asked.traits().forEach(trait -> traitRule(trait).ifPresent(rules::add));
        String refusal = figures.refusals().get(asked);
        if (refusal != null) {
            rules.add(new Rule(room -> false, "Placement refuses the request for it: " + refusal));
        }
        return rules;
    }

    private List<ServerGroup> groups(Server server, String policy) {
        return estate.groupsOf(server.id()).stream()
                .filter(group -> policy.equals(group.policy()))
                .toList();
    }

    /** Where the members are that stay; those that leave the source, too, say nothing. */
    private Optional<Rule> together(ServerGroup group) {
        Set<String> there = group.members().stream()
                .map(estate.whereabouts()::get)
                .filter(host -> host != null && !host.equals(source))
                .collect(Collectors.toSet());
        return there.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rule(
                        room -> there.contains(room.host()),
                        "its affinity group '" + group.name() + "' is on "
                                + there.stream().sorted().collect(Collectors.joining(", "))
                                + ", which cannot take it"));
    }

    private Optional<Rule> traitRule(String trait) {
        if (figures.source() != RoomFigures.Source.PLACEMENT) {
            return Optional.empty();
        }
        if (trait.startsWith("!")) {
            String name = trait.substring(1);
            return Optional.of(new Rule(
                    room -> !room.traits().contains(name),
                    "each host that might take it has the trait " + name + ", which its flavor forbids"));
        }
        return Optional.of(
                new Rule(room -> room.traits().contains(trait), "no host that might take it has the trait " + trait));
    }

    private boolean inAggregate(String host, String key, String value) {
        return estate.aggregates().isEmpty()
                || estate.aggregates().stream()
                        .filter(aggregate -> aggregate.hosts().contains(host))
                        .map(aggregate -> aggregate.metadata().getOrDefault(key, ""))
                        .anyMatch(values -> List.of(values.split(",\\s*")).contains(value));
    }

    private boolean offered(HostRoom room, RoomRequest asked) {
        Set<String> offers = figures.candidates().get(asked);
        return offers == null ? FreeRoom.has(room, asked) : offers.contains(room.id());
    }
}
