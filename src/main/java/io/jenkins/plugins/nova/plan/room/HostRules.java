package io.jenkins.plugins.nova.plan.room;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Estate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What of Nova's conditions on a server's next host stays the same while other servers move: zone, aggregates, traits. */
public final class HostRules {

    /** What nova-compute puts on its provider while its service is disabled; the scheduler keeps away from it. */
    public static final String DISABLED = "COMPUTE_STATUS_DISABLED";

    /** Flavors name what aggregates must have so (AggregateInstanceExtraSpecsFilter). */
    private static final String OF_AGGREGATE = "aggregate_instance_extra_specs:";

    private HostRules() {}

    /**
     * Where a server may be: its zone, and the aggregates that its flavor wants.
     *
     * @param zone the availability zone that it must stay in; null for any
     * @param estate services and aggregates; where no aggregates are known, nothing is asked of them
     */
    public static List<HostRule> places(Server server, String zone, Estate estate) {
        List<HostRule> rules = new ArrayList<>();
        if (zone != null) {
            Set<String> inZone = estate.services().stream()
                    .filter(service -> zone.equals(service.zone()))
                    .map(ComputeService::host)
                    .collect(Collectors.toSet());
            rules.add(new HostRule(
                    room -> inZone.contains(room.host()),
                    "it is pinned to the availability zone " + zone + ", where no other host is up and enabled"));
        }
        server.flavor().extraSpecs().forEach((key, value) -> {
            // operators such as <in> and s>= are left to Nova
            if (key.startsWith(OF_AGGREGATE) && value.matches("[\\w.-]+")) {
                String wanted = key.substring(OF_AGGREGATE.length());
                Set<String> fitting = estate.aggregates().stream()
                        .filter(aggregate -> List.of(aggregate
                                        .metadata()
                                        .getOrDefault(wanted, "")
                                        .split(",\\s*"))
                                .contains(value))
                        .flatMap(aggregate -> aggregate.hosts().stream())
                        .collect(Collectors.toSet());
                boolean unknown = estate.aggregates().isEmpty();
                rules.add(new HostRule(
                        room -> unknown || fitting.contains(room.host()),
                        "its flavor wants an aggregate with " + wanted + "=" + value
                                + ", of which no other host is up and enabled"));
            }
        });
        return rules;
    }

    /**
     * What a host must have or must not have.
     *
     * @param asked what the server asks for
     * @param figures who told of the hosts: only Placement tells traits, so of others nothing is asked
     */
    public static List<HostRule> traits(RoomRequest asked, RoomFigures figures) {
        List<HostRule> rules = new ArrayList<>();
        if (figures.source() != RoomFigures.Source.PLACEMENT) {
            return rules;
        }
        for (String trait : asked.traits()) {
            if (trait.startsWith("!")) {
                String name = trait.substring(1);
                rules.add(new HostRule(
                        room -> !room.traits().contains(name),
                        "each host that might take it has the trait " + name + ", which its flavor forbids"));
            } else {
                rules.add(new HostRule(
                        room -> room.traits().contains(trait), "no host that might take it has the trait " + trait));
            }
        }
        return rules;
    }
}
