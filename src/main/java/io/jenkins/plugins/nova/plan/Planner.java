package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;
import java.util.List;
import java.util.Map;
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
     * The plan for these servers, in the order in which they are started.
     *
     * @param host the host being emptied; null when servers were chosen one by one
     * @param servers in any order
     * @param concurrency moves under way at a time, at least 1
     * @param rates how fast copies are, for the forecast; the plan's hash does not depend on it
     */
    public Plan plan(String host, List<Server> servers, PlanContext context, int concurrency, Rates rates) {
        Forecast forecast = new Forecast(context, concurrency, rates);
        StartOrder order = new StartOrder(
                planned -> forecast.alone(planned.server(), planned.verdict().action()),
                planned ->
                        Groups.antiAffinity(context.estate(), planned.server().id()));
        List<PlannedServer> judged = servers.stream()
                .map(server -> new PlannedServer(server, judge(server, context)))
                .toList();
        List<PlannedServer> ordered = order.of(judged, concurrency);
        Map<String, Expected> times = forecast.schedule(ordered);
        List<PlannedServer> planned = ordered.stream()
                .map(one -> new PlannedServer(
                        one.server(), one.verdict(), times.get(one.server().id())))
                .toList();
        return Plan.of(host, context, planned);
    }
}
