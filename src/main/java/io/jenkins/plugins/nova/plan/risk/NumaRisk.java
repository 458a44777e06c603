package io.jenkins.plugins.nova.plan.risk;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Risk;
import io.jenkins.plugins.nova.plan.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * NUMA cells, pinned CPUs and huge pages can be moved live from Train (2.79) on, once every compute is that new
 * (nova/conductor/tasks/live_migrate.py, _check_instance_has_no_numa); before that only with a workaround of the
 * configuration, which cannot be seen. What of them is free on other hosts Nova does not show.
 */
public final class NumaRisk implements Risk {

    private static final int TRAIN = 79;

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        List<String> asked = new ArrayList<>();
        Specs.value(server, "hw:numa_nodes").ifPresent(nodes -> asked.add("NUMA cells"));
        Specs.value(server, "hw:cpu_policy")
                .filter(Set.of("dedicated", "mixed")::contains)
                .ifPresent(policy -> asked.add("CPUs of its own"));
        Specs.value(server, "hw:mem_page_size")
                .filter(size -> !Set.of("small", "any").contains(size))
                .ifPresent(size -> asked.add("huge pages"));
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        String needs = "needs " + String.join(", ", asked) + " free on its next host";
        boolean old = action == Action.LIVE
                && context.estate().newest() != null
                && !context.estate().newest().atLeast(TRAIN);
        return Optional.of(
                old
                        ? needs + ", and a Nova before Train moves it live only with enable_numa_live_migration in its"
                                + " configuration"
                        : needs + ", which only Nova's scheduler knows");
    }
}
