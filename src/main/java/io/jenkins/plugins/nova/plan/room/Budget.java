package io.jenkins.plugins.nova.plan.room;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.plan.Estate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many hosts of a site may be away at a time. The site is the availability zone of the host that is to be emptied, or
 * an aggregate with that host in it.
 *
 * <p>A host is in maintenance when its compute service is disabled, whoever did it, or down, or when its cell does not
 * answer so that Nova cannot tell (UNKNOWN). It is free when its service is
 * enabled and up and no server is on it, running or not, as Nova's hypervisor tells ({@code running_vms}, renewed by
 * nova-compute every minute, and told up to microversion 2.87).
 *
 * @param maxHostsInMaintenance how many hosts of the site may be in maintenance, the one to be emptied included; 0 for any
 *     number
 * @param minFreeHosts how many hosts of the site, besides the one to be emptied, must be free; 0 for none
 * @param aggregate the name of the aggregate that is the site; null for the availability zone
 */
public record Budget(int maxHostsInMaintenance, int minFreeHosts, String aggregate) {

    /** Names of hosts in a refusal. */
    private static final int MOST_NAMED = 10;

    /** Nothing is asked for. */
    public static final Budget NONE = new Budget(0, 0, null);

    /** Whether anything is asked for. */
    @JsonIgnore
    public boolean limits() {
        return maxHostsInMaintenance > 0 || minFreeHosts > 0;
    }

    /**
     * Why a host may not be emptied now.
     *
     * @param host the host; known to be there
     * @param estate its services, and where the budget asks for it aggregates and hypervisors
     * @param told from the disabled reason of a service to what may be told of it; null to null
     * @return in words; empty when it may
     */
    public Optional<String> refusal(String host, Estate estate, UnaryOperator<String> told) {
        if (!limits()) {
            return Optional.empty();
        }
        return misplaced(host, estate).or(() -> exceeded(site(host, estate), host, estate, told));
    }

    /**
     * What must change before a host may be emptied, for somebody who waits for that: shorter than {@link #refusal}, and the same
     * as long as the same hosts are away.
     *
     * @param host a host that is not {@linkplain #misplaced misplaced}
     * @return in words that may follow "waits for"; empty when it may
     */
    public Optional<String> full(String host, Estate estate) {
        if (!limits()) {
            return Optional.empty();
        }
        Site site = site(host, estate);
        if (tooManyAway(site, host, UnaryOperator.identity()).isPresent()) {
            List<String> away =
                    site.away(host).stream().map(ComputeService::host).sorted().toList();
            return Optional.of("the budget: " + (away.isEmpty() ? "none" : away.size() + " (" + some(away) + ")")
                    + " of the " + site.services().size() + " hosts of " + site.place()
                    + (away.size() == 1 ? " is" : " are") + " away, and " + maxHostsInMaintenance + " may be");
        }
        if (tooFewFree(site, host, estate).isPresent()) {
            List<String> free = site.free(host, estate);
            return Optional.of("the budget: " + (free.isEmpty() ? "no host" : free.size() + " (" + some(free) + ")")
                    + " of " + site.place() + " besides '" + host + "' is free, and " + minFreeHosts + " must be");
        }
        return Optional.empty();
    }

    /**
     * How the site stands beside what is asked for, were the host emptied now.
     *
     * @return a sentence for each figure that is asked for, or why the site is not known; empty where nothing is asked for
     */
    public List<String> standing(String host, Estate estate) {
        if (!limits()) {
            return List.of();
        }
        Optional<String> misplaced = misplaced(host, estate);
        if (misplaced.isPresent()) {
            return List.of(misplaced.get());
        }
        Site site = site(host, estate);
        List<String> told = new ArrayList<>();
        if (maxHostsInMaintenance > 0) {
            told.add("budget.maxAway " + maxHostsInMaintenance + ": with '" + host + "' "
                    + (site.away(host).size() + 1) + " of the "
                    + site.services().size() + " hosts of " + site.place()
                    + " in maintenance, " + kept(tooManyAway(site, host, UnaryOperator.identity())));
        }
        if (minFreeHosts > 0) {
            List<String> free = site.free(host, estate);
            told.add("budget.minFree " + minFreeHosts + ": besides '" + host + "' " + free.size()
                    + (free.isEmpty() ? "" : " (" + some(free) + ")") + " of " + site.place() + " free, "
                    + kept(tooFewFree(site, host, estate)));
        }
        return told;
    }

    private static String kept(Optional<String> refusal) {
        return refusal.isEmpty() ? "within the budget." : "over the budget.";
    }

    /** The hosts that are counted, and what they are together. */
    private record Site(String place, List<ComputeService> services) {

        private Stream<ComputeService> others(String host) {
            return services.stream().filter(service -> !service.host().equals(host));
        }

        List<ComputeService> away(String host) {
            return others(host)
                    .filter(service -> !service.enabled() || !service.up())
                    .toList();
        }

        List<String> atWork(String host) {
            return others(host)
                    .filter(service -> service.enabled() && service.up())
                    .map(ComputeService::host)
                    .sorted()
                    .toList();
        }

        List<String> free(String host, Estate estate) {
            return atWork(host).stream()
                    .filter(other -> runs(other, estate) == 0)
                    .toList();
        }
    }

    /**
     * The hosts that are counted with a host: its site, with it. Those of a silent cell are among them where they may be in the
     * site's zone.
     *
     * @param host a host that is not {@linkplain #misplaced misplaced}
     * @param estate its services, and where the budget names one, aggregates
     * @return in the order of the services
     */
    public List<String> counted(String host, Estate estate) {
        return site(host, estate).services().stream().map(ComputeService::host).toList();
    }

    /** Why the aggregate will not do for a host; empty when it does, or when none is named. */
    public Optional<String> misplaced(String host, Estate estate) {
        if (aggregate == null || aggregated(estate).contains(host)) {
            return Optional.empty();
        }
        boolean known = estate.aggregates().stream().anyMatch(one -> one.name().equals(aggregate));
        return Optional.of(
                known
                        ? "budget.aggregate: '" + host + "' is not in the aggregate '" + aggregate
                                + "'. Name one that it is in, or leave it out for its availability zone."
                        : "budget.aggregate: there is no aggregate called exactly '" + aggregate + "'. Name one that '"
                                + host + "' is in, or leave it out for its availability zone.");
    }

    private Set<String> aggregated(Estate estate) {
        return estate.aggregates().stream()
                .filter(one -> one.name().equals(aggregate))
                .flatMap(one -> one.hosts().stream())
                .collect(Collectors.toSet());
    }

    private Site site(String host, Estate estate) {
        if (aggregate != null) {
            Set<String> hosts = aggregated(estate);
            return new Site(
                    "the aggregate " + aggregate,
                    estate.services().stream()
                            .filter(service -> hosts.contains(service.host()))
                            .toList());
        }
        String zone = estate.service(host).map(ComputeService::zone).orElse(null);
        return new Site(
                "the availability zone " + zone,
                estate.services().stream()
                        .filter(service -> zone != null
                                && (service.known()
                                        ? zone.equals(service.zone())
                                        : mayBeIn(zone, service.host(), estate)))
                        .toList());
    }

    /**
     * Whether a host whose service does not tell its zone may be in this one. A zone is the aggregates that carry its name, and
     * the hosts that are in none of those are in the default zone (nova/availability_zones.py).
     */
    private static boolean mayBeIn(String zone, String host, Estate estate) {
        Set<String> zones = estate.aggregates().stream()
                .map(Aggregate::availabilityZone)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<String> its = estate.aggregates().stream()
                .filter(one -> one.hosts().contains(host))
                .map(Aggregate::availabilityZone)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return its.isEmpty() ? !zones.contains(zone) : its.contains(zone);
    }

    private Optional<String> exceeded(Site site, String host, Estate estate, UnaryOperator<String> told) {
        return tooManyAway(site, host, told).or(() -> tooFewFree(site, host, estate));
    }

    private Optional<String> tooManyAway(Site site, String host, UnaryOperator<String> told) {
        List<ComputeService> away = site.away(host);
        if (maxHostsInMaintenance == 0 || away.size() + 1 <= maxHostsInMaintenance) {
            return Optional.empty();
        }
        List<String> why = away.stream().map(service -> state(service, told)).toList();
        return Optional.of("budget.maxAway: with '" + host + "' " + (away.size() + 1) + " of the "
                + site.services().size() + " hosts of " + site.place() + " would be in maintenance, and "
                + maxHostsInMaintenance + " may be. " + (away.isEmpty() ? "" : "Already: " + some(why) + ". ")
                + "Wait until one is back, or raise the parameter.");
    }

    private static String state(ComputeService service, UnaryOperator<String> told) {
        String state = !service.known()
                ? "UNKNOWN: its cell does not answer"
                : service.enabled()
                        ? "down"
                        : "disabled"
                                + (service.disabledReason() == null ? "" : ": " + told.apply(service.disabledReason()));
        return service.host() + " (" + state + ")";
    }

    private Optional<String> tooFewFree(Site site, String host, Estate estate) {
        List<String> free = site.free(host, estate);
        if (minFreeHosts == 0 || free.size() >= minFreeHosts) {
            return Optional.empty();
        }
        List<String> busy = site.atWork(host).stream()
                .filter(other -> !free.contains(other))
                .map(other -> other + (runs(other, estate) < 0 ? " (not told)" : " (" + runs(other, estate) + ")"))
                .toList();
        return Optional.of("budget.minFree: of " + site.place() + " "
                + (free.isEmpty() ? "no host" : free.size() + " (" + some(free) + ")")
                + " besides '" + host + "' is enabled, up and without a server, and " + minFreeHosts
                + " must be. "
                + (busy.isEmpty() ? "" : "Servers are on " + some(busy) + ". ")
                + "Free a host, or lower the parameter.");
    }

    /** How many servers are on a host; -1 when that is not told. */
    private static int runs(String host, Estate estate) {
        List<Hypervisor> hypervisors = estate.hypervisors().stream()
                .filter(one -> one.host().equals(host))
                .toList();
        boolean told = !hypervisors.isEmpty() && hypervisors.stream().allMatch(one -> one.runningVms() != null);
        return told ? hypervisors.stream().mapToInt(Hypervisor::runningVms).sum() : -1;
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                + (names.size() > MOST_NAMED ? ", …" : "");
    }
}
