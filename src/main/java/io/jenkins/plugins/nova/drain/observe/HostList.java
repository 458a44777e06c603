package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.text.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The compute hosts of a cloud as they are at this moment: what an operator asks before the next one is emptied. */
public final class HostList {

    private HostList() {}

    /**
     * For each host, by name: {@code host, zone, aggregates, state} ({@code up} or {@code down}), {@code status}
     * ({@code enabled} or {@code disabled}), {@code forcedDown, reason} (why it is disabled; null for none), {@code cordonedBy}
     * (the build whose cordon it is, or that it is one that may not be named; null when it is not one of this plugin), {@code servers} (how many there are on it) and
     * {@code statuses} (how many of each status). Plain maps, lists, strings and numbers.
     *
     * @param aggregate only hosts of the aggregate of this name; null for any
     * @param zone only hosts of this availability zone; null for any
     * @param holders who knows which builds may be named
     * @throws IllegalArgumentException when there is no such aggregate or zone, or the user does not see all servers; says which
     *     there are
     * @throws NovaException when the cloud could not be read
     */
    public static List<Map<String, Object>> of(Nova nova, String aggregate, String zone, Holders holders) {
        wholeView(nova);
        List<Aggregate> aggregates = nova.aggregates();
        List<ComputeService> services = nova.computeServices().stream()
                .sorted(Comparator.comparing(ComputeService::host))
                .toList();
        Optional<Aggregate> wanted =
                aggregates.stream().filter(one -> one.name().equals(aggregate)).findFirst();
        if (aggregate != null && wanted.isEmpty()) {
            throw unknown(
                    "aggregate",
                    aggregate,
                    aggregates.stream().map(Aggregate::name).toList());
        }
        if (zone != null && services.stream().noneMatch(service -> zone.equals(service.zone()))) {
            throw unknown(
                    "zone", zone, services.stream().map(ComputeService::zone).toList());
        }
        ArrayList<Map<String, Object>> hosts = new ArrayList<>();
        services.stream()
                .filter(service -> wanted.isEmpty() || wanted.get().hosts().contains(service.host()))
                .filter(service -> zone == null || zone.equals(service.zone()))
                .forEach(service -> hosts.add(host(service, aggregates, nova.serversOn(service.host()), holders)));
        return hosts;
    }

    /** @throws IllegalArgumentException when the user does not see all servers */
    static void wholeView(Nova nova) {
        if (!nova.seesAllProjects()) {
            throw new IllegalArgumentException(
                    "The user '" + nova.identity().userName() + "' does not see the servers of"
                            + " all projects, so the counts would prove nothing. Use a credential with the admin role (parameter"
                            + " credentialsId).");
        }
    }

    static IllegalArgumentException unknown(String parameter, String name, List<String> known) {
        List<String> all = known.stream().distinct().sorted().toList();
        return new IllegalArgumentException(parameter + ": there is none called exactly '" + name + "'; there "
                + (all.isEmpty() ? "is none at all." : "are: " + String.join(", ", all) + "."));
    }

    private static Map<String, Object> host(
            ComputeService service, List<Aggregate> aggregates, List<Server> servers, Holders holders) {
        ArrayList<String> in = new ArrayList<>();
        aggregates.stream().filter(one -> one.hosts().contains(service.host())).forEach(one -> in.add(one.name()));
        Map<String, Integer> statuses = new TreeMap<>();
        servers.forEach(server -> statuses.merge(server.status(), 1, Integer::sum));
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("host", service.host());
        host.put("zone", service.zone());
        host.put("aggregates", in);
        host.put("state", service.up() ? "up" : "down");
        host.put("status", service.enabled() ? "enabled" : "disabled");
        host.put("forcedDown", service.forcedDown());
        host.put("reason", service.enabled() ? null : holders.told(service.disabledReason()));
        host.put(
                "cordonedBy",
                service.enabled()
                        ? null
                        : Claim.parse(service.disabledReason())
                                .map(holders::name)
                                .orElse(null));
        host.put("servers", servers.size());
        host.put("statuses", new LinkedHashMap<>(statuses));
        return host;
    }

    /** As a table for the console. */
    public static List<String> table(List<Map<String, Object>> hosts) {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> host : hosts) {
            Object reason = host.get("reason");
            lines.add("  " + host.get("host") + ": " + host.get("state") + ", " + host.get("status")
                    + (Boolean.TRUE.equals(host.get("forcedDown")) ? ", forced down" : "") + ", "
                    + Quantity.servers((Integer) host.get("servers")) + (reason == null ? "" : " (" + reason + ")"));
        }
        return lines;
    }
}
