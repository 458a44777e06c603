package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.AllocationCandidates;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.room.HostRoom;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import io.jenkins.plugins.nova.plan.room.RoomRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asks Placement what is free, once for all hosts, and who would take the servers, once for each distinct request; where
 * Placement is not there or does not answer, what Nova's hypervisors tell has to do.
 */
final class RoomReader {

    /** More distinct requests than these are not asked; for them what is free decides. */
    static final int MOST_REQUESTS = 50;

    /** What every host has some of that is not full: its answer tells what else is free there. */
    private static final Resources LITTLE = Resources.of(Map.of("MEMORY_MB", 1L));

    private final Nova nova;
    private final Map<String, AllocationCandidates.Summary> summaries = new HashMap<>();

    private final Set<OddRow> setAside = new LinkedHashSet<>();

    RoomReader(Nova nova) {
        this.nova = nova;
    }

    /**
     * What is known of the room for these servers.
     *
     * @param estate with the hypervisors
     */
    RoomFigures read(Collection<Server> servers, Estate estate) {
        try {
            return ofPlacement(servers, estate);
        } catch (NovaException e) {
            return ofHypervisors(estate, e.getMessage());
        }
    }

    /**
     * What is free on all hosts, full ones too, whoever may come to ask for it: one request for each resource class that these
     * servers ask for, since a host without any of one is told of with another.
     */
    RoomFigures free(Collection<Server> servers, Estate estate) {
        Set<String> classes = new TreeSet<>(LITTLE.amounts().keySet());
        servers.stream()
                .filter(Server::known)
                .forEach(server -> classes.addAll(
                        RoomRequest.of(server).resources().amounts().keySet()));
        try {
            for (String resource : classes) {
                known(resource).ifPresent(answer -> {
                    setAside.addAll(answer.setAside());
                    answer.summaries().forEach((id, summary) -> summaries.merge(id, summary, RoomReader::both));
                });
            }
        } catch (NovaException e) {
            return ofHypervisors(estate, e.getMessage());
        }
        return new RoomFigures(RoomFigures.Source.PLACEMENT, "", rooms(estate.hypervisors()), Map.of(), Map.of());
    }

    /** Of a class that it has never heard of Placement says 400: nobody has any. */
    private Optional<AllocationCandidates> known(String resource) {
        try {
            return Optional.of(nova.allocationCandidates(Resources.of(Map.of(resource, 1L)), Set.of()));
        } catch (NovaException.Refused e) {
            if (e.status() == 400) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What of Placement's answers could not be read; each once. */
    Set<OddRow> setAside() {
        return setAside;
    }

    private RoomFigures ofPlacement(Collection<Server> servers, Estate estate) {
        AllocationCandidates little = nova.allocationCandidates(LITTLE, Set.of());
        setAside.addAll(little.setAside());
        summaries.putAll(little.summaries());
        RoomFigures figures =
                new RoomFigures(RoomFigures.Source.PLACEMENT, "", rooms(estate.hypervisors()), Map.of(), Map.of());
        Set<RoomRequest> requests = new LinkedHashSet<>();
        servers.stream().filter(Server::known).forEach(server -> requests.add(figures.asked(RoomRequest.of(server))));
        Map<RoomRequest, Set<String>> candidates = new HashMap<>();
        Map<RoomRequest, String> refusals = new HashMap<>();
        for (RoomRequest request : requests.stream().limit(MOST_REQUESTS).toList()) {
            try {
                AllocationCandidates answer = nova.allocationCandidates(request.resources(), request.traits());
                setAside.addAll(answer.setAside());
                candidates.put(request, new HashSet<>(answer.providerIds()));
                answer.summaries().forEach((id, summary) -> summaries.merge(id, summary, RoomReader::both));
            } catch (NovaException.Refused e) {
                if (e.status() != 400) {
                    throw e;
                }
                refusals.put(request, e.novaMessage().strip().replaceFirst("(?s).*\\n\\s*", ""));
            }
        }
        return new RoomFigures(RoomFigures.Source.PLACEMENT, "", rooms(estate.hypervisors()), candidates, refusals);
    }

    /** Before 1.27 a summary tells of the resources that were asked for only. */
    private static AllocationCandidates.Summary both(
            AllocationCandidates.Summary one, AllocationCandidates.Summary other) {
        Map<String, Long> capacity = new TreeMap<>(one.capacity());
        Map<String, Long> used = new TreeMap<>(one.used());
        Set<String> traits = new HashSet<>(one.traits());
        capacity.putAll(other.capacity());
        used.putAll(other.used());
        traits.addAll(other.traits());
        return new AllocationCandidates.Summary(one.root(), capacity, used, traits);
    }

    /** A hypervisor's provider and those below it, taken together; one that Placement does not tell of has no memory left. */
    private List<HostRoom> rooms(List<Hypervisor> hypervisors) {
        Map<String, List<AllocationCandidates.Summary>> byRoot =
                summaries.values().stream().collect(Collectors.groupingBy(AllocationCandidates.Summary::root));
        List<HostRoom> rooms = new ArrayList<>();
        for (Hypervisor hypervisor : hypervisors) {
            Map<String, Long> free = new TreeMap<>();
            Set<String> traits = new HashSet<>();
            byRoot.getOrDefault(hypervisor.id(), List.of()).forEach(summary -> {
                summary.capacity()
                        .forEach((name, capacity) ->
                                free.merge(name, capacity - summary.used().getOrDefault(name, 0L), Long::sum));
                traits.addAll(summary.traits());
            });
            free.putIfAbsent("MEMORY_MB", 0L);
            rooms.add(new HostRoom(hypervisor.id(), hypervisor.host(), free, traits));
        }
        return rooms;
    }

    private static RoomFigures ofHypervisors(Estate estate, String why) {
        boolean told = false;
        List<HostRoom> rooms = new ArrayList<>();
        for (Hypervisor hypervisor : estate.hypervisors()) {
            boolean known = hypervisor.memoryMiB() != null && hypervisor.memoryUsedMiB() != null;
            Map<String, Long> free = known
                    ? Map.of("MEMORY_MB", hypervisor.memoryMiB() - hypervisor.memoryUsedMiB())
                    : Map.<String, Long>of();
            told |= known;
            rooms.add(new HostRoom(hypervisor.id(), hypervisor.host(), free, Set.of()));
        }
        RoomFigures.Source source = told ? RoomFigures.Source.HYPERVISORS : RoomFigures.Source.NOBODY;
        return new RoomFigures(source, "Placement: " + why, rooms, Map.of(), Map.of());
    }
}
