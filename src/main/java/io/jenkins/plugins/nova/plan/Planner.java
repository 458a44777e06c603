package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks the filters in turn; the first that has a word decides. */
public final class Planner {

    private final List<ServerFilter> filters;

    /** With the project's filters. */
    public Planner() {
        this(List.of(
                new TargetFilter(),
                new TaskFilter(),
                new ResizeFilter(),
                new SourceUpFilter(),
                new DiskLossFilter(),
                new StateFilter()));
    }

    Planner(List<ServerFilter> filters) {
        this.filters = List.copyOf(filters);
    }

    /** The verdict on one server. */
    public Verdict judge(Server server, PlanContext context) {
        Verdict verdict = filters.stream()
                .map(filter -> filter.judge(server, context))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the last filter always has a word"));
        return verdict.acts() && server.locked() ? Verdict.move(verdict.action(), locked(server)) : verdict;
    }

    /** Nova does not hold an admin back (nova/compute/api.py, check_instance_lock); whoever approves the plan should know. */
    private static String locked(Server server) {
        return "locked by its owner"
                + (server.lockedReason() == null ? "" : " (" + server.lockedReason() + ")")
                + "; an admin's credential moves it all the same";
    }

    /**
     * The plan for these servers: small ones first, so that the way is proven before much depends on it.
     *
     * @param host the host being emptied; null when servers were chosen one by one
     */
    public Plan plan(String host, List<Server> servers, PlanContext context) {
        List<PlannedServer> planned = servers.stream()
                .sorted(Comparator.comparingLong(
                                (Server server) -> server.flavor().ramMiB())
                        .thenComparing(Server::name)
                        .thenComparing(Server::id))
                .map(server -> new PlannedServer(server, judge(server, context)))
                .toList();
        return Plan.of(host, context, planned);
    }
}
