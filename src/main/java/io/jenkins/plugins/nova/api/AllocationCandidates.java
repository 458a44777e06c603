package io.jenkins.plugins.nova.api;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Placement's answer to "who has room?".
 *
 * @param providerIds resource providers (hypervisor ids) that could take it, root providers only
 * @param summaries figures of each provider by its id
 * @param setAside what could not be read: providers whose figures are missing, and candidates that name none
 */
public record AllocationCandidates(List<String> providerIds, Map<String, Summary> summaries, List<OddRow> setAside) {
    public AllocationCandidates {
        providerIds = List.copyOf(providerIds);
        summaries = Map.copyOf(summaries);
        setAside = List.copyOf(setAside);
    }

    /**
     * Figures of one provider.
     *
     * @param root the id of the provider at the root of its tree, a hypervisor's mostly; its own when it is one (1.29)
     * @param capacity by resource class: (total - reserved) * allocation ratio
     * @param used by resource class
     * @param traits its traits
     */
    public record Summary(String root, Map<String, Long> capacity, Map<String, Long> used, Set<String> traits) {
        public Summary {
            capacity = Map.copyOf(capacity);
            used = Map.copyOf(used);
            traits = Set.copyOf(traits);
        }
    }
}
