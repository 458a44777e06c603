package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.AllocationCandidates;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Microversion;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.openstack4j.api.types.ServiceType;

/**
 * What is asked of Placement: who has room, and who holds some of a host. Its microversions are its own: 1.10 allocation
 * candidates, 1.17 required traits and the traits of providers, 1.22 forbidden traits, 1.29 (Rocky) the root of each
 * provider. Nothing newer is needed, so nothing newer is sent.
 */
final class Placement {

    private static final String OLDEST = "placement 1.0";
    private static final int CANDIDATES = 10;
    private static final int REQUIRED_TRAITS = 17;
    private static final int FORBIDDEN_TRAITS = 22;
    private static final int NEWEST_USED = 29;

    /** Resource classes that only a hypervisor (or a NUMA node of one) has; a shared disk pool has none of them. */
    private static final Set<String> OF_A_HYPERVISOR = Set.of("VCPU", "PCPU", "MEMORY_MB");

    private final Service service;
    private volatile Microversion newest;

    Placement(Session session) {
        this.service = new Service(session, ServiceType.PLACEMENT, UnaryOperator.identity());
    }

    AllocationCandidates candidates(Resources resources, Set<String> requiredTraits) {
        Set<String> traits = new TreeSet<>(requiredTraits);
        Microversion version = version(traits);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("resources", words(resources));
        if (!traits.isEmpty()) {
            query.put("required", String.join(",", traits));
        }
        Fields answer = service.read(Service.Request.get(
                "ask Placement who has room for " + words(resources),
                "/allocation_candidates",
                query,
                "placement " + version));
        List<OddRow> aside = new ArrayList<>();
        Map<String, Fields> providers = new LinkedHashMap<>();
        answer.itemsByName("provider_summaries").forEach((provider, summary) -> {
            if (!ForeignText.harmless(provider)) {
                aside.add(odd(ForeignText.name(provider), "its id cannot be shown"));
            } else if (summary.isObject()) {
                providers.put(provider, Fields.row(summary));
            } else {
                aside.add(odd(provider, "its summary is not an object"));
            }
        });
        Listed<Set<String>> candidates = Rows.read(
                OddRow.Kind.RESOURCE_PROVIDER,
                answer.items("allocation_requests"),
                request -> hosts(request, providers));
        aside.addAll(candidates.setAside());
        Set<String> roots = new LinkedHashSet<>();
        candidates.forEach(roots::addAll);
        Map<String, AllocationCandidates.Summary> summaries = new LinkedHashMap<>();
        providers.forEach((provider, summary) -> {
            try {
                summaries.put(provider, summary(root(provider, providers), summary));
            } catch (NovaException.Unintelligible e) {
                aside.add(odd(provider, e.getMessage()));
            }
        });
        return new AllocationCandidates(List.copyOf(roots), summaries, aside);
    }

    private static OddRow odd(String provider, String wrong) {
        return new OddRow(OddRow.Kind.RESOURCE_PROVIDER, provider, "", wrong);
    }

    /** The hypervisors that would take what one candidate allocates: one, mostly. */
    private static Set<String> hosts(Fields request, Map<String, Fields> providers) {
        Set<String> roots = new LinkedHashSet<>();
        request.itemsByName("allocations").forEach((provider, allocation) -> {
            Map<String, String> resources =
                    allocation.isObject() ? Fields.row(allocation).texts("resources") : Map.of();
            if (ForeignText.harmless(provider) && resources.keySet().stream().anyMatch(OF_A_HYPERVISOR::contains)) {
                roots.add(root(provider, providers));
            }
        });
        return roots;
    }

    /** A row of the list of providers, as far as it is read. */
    private record Provider(String id, String name) {}

    /** At 1.0, which every Placement speaks; nothing that is read here has changed since. */
    Listed<String> providers(String name) {
        Service.Request request = Service.Request.get(
                "ask Placement for the resource provider '" + name + "'",
                "/resource_providers",
                Map.of("name", name),
                OLDEST);
        Listed<Provider> read = Rows.read(
                OddRow.Kind.RESOURCE_PROVIDER,
                service.read(request).items("resource_providers"),
                row -> new Provider(row.exact("uuid"), row.exact("name")));
        return new Listed<>(
                read.stream()
                        .filter(provider -> name.equals(provider.name()))
                        .map(Provider::id)
                        .toList(),
                read.setAside());
    }

    Set<String> consumers(String providerId) {
        Set<String> consumers = new LinkedHashSet<>();
        service.read(Service.Request.get(
                        "ask Placement who holds resources of provider " + providerId,
                        "/resource_providers/" + Service.segment(providerId) + "/allocations",
                        Map.of(),
                        OLDEST))
                .itemsByName("allocations")
                .keySet()
                .forEach(consumer -> consumers.add(ForeignText.name(consumer)));
        return Set.copyOf(consumers);
    }

    private static String words(Resources resources) {
        return resources.amounts().entrySet().stream()
                .map(amount -> amount.getKey() + ":" + amount.getValue())
                .collect(Collectors.joining(","));
    }

    private static String root(String provider, Map<String, Fields> providers) {
        Fields summary = providers.get(provider);
        String root = summary == null ? null : summary.exactIfAny("root_provider_uuid");
        return root == null ? provider : root;
    }

    private static AllocationCandidates.Summary summary(String root, Fields json) {
        Map<String, Long> capacity = new LinkedHashMap<>();
        Map<String, Long> used = new LinkedHashMap<>();
        json.itemsByName("resources").forEach((resourceClass, figures) -> {
            Fields amounts = Fields.row(figures);
            capacity.put(ForeignText.name(resourceClass), amounts.number("capacity"));
            used.put(ForeignText.name(resourceClass), amounts.number("used"));
        });
        return new AllocationCandidates.Summary(root, capacity, used, new HashSet<>(json.words("traits")));
    }

    private Microversion version(Set<String> traits) {
        boolean forbids = traits.stream().anyMatch(trait -> trait.startsWith("!"));
        int needed = forbids ? FORBIDDEN_TRAITS : traits.isEmpty() ? CANDIDATES : REQUIRED_TRAITS;
        Microversion known = newest();
        Microversion needs = new Microversion(1, needed);
        if (known.compareTo(needs) < 0) {
            throw new NovaException.Missing(
                    "this cloud's Placement speaks up to " + known + "; " + needs + " is needed to ask who has room");
        }
        Microversion wanted = new Microversion(1, NEWEST_USED);
        return known.compareTo(wanted) < 0 ? known : wanted;
    }

    /** Asked once; two threads that ask at once get the same. */
    private Microversion newest() {
        Microversion known = newest;
        if (known == null) {
            Fields answer = service.read(Service.Request.get("ask Placement's microversions", "/", Map.of(), null));
            known = answer.objectsIfAny("versions").stream()
                    .map(version -> Versions.parse(version, "max_version"))
                    .max(Microversion::compareTo)
                    .orElseThrow(() -> answer.odd("versions", "a list with a version"));
            newest = known;
        }
        return known;
    }
}
