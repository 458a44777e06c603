package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.plan.Estate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads, once for a plan, what is round the servers: hypervisors, aggregates, their groups, and where those groups' other
 * members are. A handful of lists whatever the number of servers; servers one by one only where a hard policy makes their
 * place matter, or where the cloud has shares, and no more than {@link #MOST_MEMBERS} and
 * {@link #MOST_ASKED_FOR_SHARES} of them.
 */
final class EstateReader {

    /** More members elsewhere than this are not looked for; their filter then has no word and Nova decides. */
    static final int MOST_MEMBERS = 100;

    /** For the servers beyond, Nova's own refusal is the answer. */
    static final int MOST_ASKED_FOR_SHARES = 200;

    private static final int SHARES = 97;

    private final Nova nova;
    private final List<ComputeService> services;
    private final List<OddRow> setAside = new ArrayList<>();

    /**
     * @param nova the cloud
     * @param services its compute services, read before
     */
    EstateReader(Nova nova, List<ComputeService> services) {
        this.nova = nova;
        this.services = services;
    }

    /**
     * What is round these servers.
     *
     * @throws NovaException when it could not be read; lists that the user may not see are left empty
     */
    Estate round(Collection<Server> servers, DrainOrder order) {
        Estate estate = Estate.UNKNOWN.newest(nova.microversions().max()).services(services);
        if (order.settles()) {
            return estate;
        }
        Set<String> ids = new HashSet<>();
        servers.forEach(server -> ids.add(server.id()));
        List<ServerGroup> groups = noted(nova.serverGroups()).stream()
                .filter(group -> group.members().stream().anyMatch(ids::contains))
                .toList();
        List<Hypervisor> hypervisors = noted(hypervisors());
        List<Aggregate> aggregates = noted(ifAllowed(nova::aggregates));
        return estate.groups(groups, whereabouts(groups, servers))
                .hypervisors(hypervisors)
                .aggregates(aggregates)
                .amphorae(amphorae(order))
                .shares(estate.newest().atLeast(SHARES) ? shares(servers) : Map.of());
    }

    /** While a cell does not answer, Nova lists the hypervisors of none: 500, seen on a real Nova with two cells. */
    Listed<Hypervisor> hypervisors() {
        try {
            return ifAllowed(nova::hypervisors);
        } catch (NovaException.Refused e) {
            boolean silent = services.stream().anyMatch(service -> !service.known());
            if (!silent || e.status() < 500) {
                throw e;
            }
            return new Listed<>(
                    List.of(),
                    List.of(new OddRow(
                            OddRow.Kind.HYPERVISOR,
                            "",
                            "",
                            "none is listed while a cell does not answer: " + e.getMessage())));
        }
    }

    /** Why amphorae that must be failed over cannot be told apart; empty where they can, or need not. */
    static Optional<String> noFailover(Nova nova, DrainOrder order) {
        if (order.amphorae() != DrainOrder.Amphorae.FAILED_OVER) {
            return Optional.empty();
        }
        try {
            twice(nova);
            return Optional.empty();
        } catch (NovaException.Missing none) {
            return Optional.of("beside: the cloud's catalogue has no Octavia (" + none.getMessage()
                    + "). Nothing was changed. Leave 'octavia' out of beside.");
        } catch (NovaException e) {
            return Optional.of("beside: Octavia could not be asked which servers are amphorae: " + e.getMessage()
                    + ". Nothing was changed.");
        }
    }

    /**
     * Where they need not be failed over they are moved as plain servers if Octavia does not tell them; the plan then says why it cannot
     * tell them apart.
     */
    private List<Amphora> amphorae(DrainOrder order) {
        if (order.amphorae() != DrainOrder.Amphorae.AS_FOUND) {
            return order.amphorae() == DrainOrder.Amphorae.FAILED_OVER ? noted(twice(nova)) : List.of();
        }
        return amphorae();
    }

    /** Octavia's amphorae, where the cloud has it and it tells them. */
    List<Amphora> amphorae() {
        try {
            return noted(twice(nova));
        } catch (NovaException.Missing none) {
            return List.of();
        } catch (NovaException e) {
            setAside.add(new OddRow(
                    OddRow.Kind.AMPHORA,
                    "",
                    "",
                    "Octavia could not be asked which servers are amphorae, so they are planned as plain servers: "
                            + e.getMessage()));
            return List.of();
        }
    }

    /** Much follows from it: one answer that is lost does not make plain servers of them. */
    private static Listed<Amphora> twice(Nova nova) {
        try {
            return nova.amphorae();
        } catch (NovaException.NoAnswer e) {
            return nova.amphorae();
        }
    }

    /** No list shows who has shares: one request for each server, on clouds that have them, and not more than so many. */
    private Map<String, List<String>> shares(Collection<Server> servers) {
        Map<String, List<String>> shares = new HashMap<>();
        List<Server> asked = servers.stream()
                .filter(server -> server.host() != null)
                .limit(MOST_ASKED_FOR_SHARES)
                .toList();
        for (Server server : asked) {
            try {
                shares.put(server.id(), noted(nova.shares(server.id())));
            } catch (NovaException.Refused e) {
                if (e.status() == 403) {
                    return shares;
                }
                if (e.status() != 404) {
                    throw e;
                }
            }
        }
        return shares;
    }

    private Map<String, String> whereabouts(List<ServerGroup> groups, Collection<Server> servers) {
        Map<String, String> hosts = new HashMap<>();
        servers.forEach(server -> put(hosts, server));
        groups.stream()
                .filter(group ->
                        group.policy().equals("affinity") || group.policy().equals("anti-affinity"))
                .flatMap(group -> group.members().stream())
                .distinct()
                .filter(member -> !hosts.containsKey(member))
                .sorted()
                .limit(MOST_MEMBERS)
                .forEach(member -> {
                    try {
                        put(hosts, nova.server(member));
                    } catch (NovaException.Refused e) {
                        if (e.status() != 404) {
                            throw e;
                        }
                        // deleted since the groups were listed
                        hosts.put(member, "");
                    }
                });
        return hosts;
    }

    private static void put(Map<String, String> hosts, Server server) {
        if (server.known()) {
            hosts.put(server.id(), server.host() == null ? "" : server.host());
        }
    }

    private <T> List<T> noted(Listed<T> list) {
        setAside.addAll(list.setAside());
        return list;
    }

    /** The rows that could not be read wholly. */
    List<OddRow> setAside() {
        return setAside;
    }

    /** Some policies show a manager the servers, but not what they run on. */
    static <T> Listed<T> ifAllowed(Supplier<Listed<T>> list) {
        try {
            return list.get();
        } catch (NovaException.Refused e) {
            if (e.status() == 403) {
                return Listed.of(List.of());
            }
            throw e;
        }
    }
}
