package io.jenkins.plugins.nova.plan.order;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Expected;
import io.jenkins.plugins.nova.plan.Groups;
import io.jenkins.plugins.nova.plan.Plan;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.PlannedServer;
import io.jenkins.plugins.nova.plan.Rates;
import io.jenkins.plugins.nova.plan.Risk;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Ways;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the filters in turn; the first that has a word decides. A server of which none has one is moved as its state and its
 * owner want it, and what is risky about that is said.
 */
public final class Planner {

    /** So many moves may be under way together where nobody says how many. */
    private static final int NEIGHBOURS = 4;

    private final List<ServerFilter> filters;
    private final List<Risk> risks;

    /**
     * @param filters in the order in which they are asked
     * @param risks in the order in which they are told
     */
    public Planner(List<ServerFilter> filters, List<Risk> risks) {
        this.filters = List.copyOf(filters);
        this.risks = List.copyOf(risks);
    }

    /** The verdict on one server. */
    public Verdict judge(Server server, PlanContext context) {
        Verdict verdict = filters.stream()
                .map(filter -> filter.judge(server, context))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Verdict.move(Ways.wanted(server, context), asked(server, context)));
        return verdict.acts() ? withRisks(verdict, server, context) : verdict;
    }

    /** Why a server that could be moved live is not. */
    private static String asked(Server server, PlanContext context) {
        boolean ownersCold = context.route() == Route.BY_STATE
                && Ways.wanted(server, context) == Action.COLD
                && "active".equals(server.vmState());
        return ownersCold ? "its owner wants it shut down and moved cold (maintenance: cold)" : "";
    }

    private Verdict withRisks(Verdict verdict, Server server, PlanContext context) {
        String reason = Stream.concat(
                        Stream.of(verdict.reason()),
                        risks.stream().flatMap(risk -> risk.of(server, context, verdict.action()).stream()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return Verdict.move(verdict.action(), reason);
    }

    /**
     * The plan for these servers, in the order in which they are started.
     *
     * @param host the host being emptied; null when servers were chosen one by one
     * @param servers in any order
     * @param concurrency moves under way at a time, of all kinds together; 0 for as many of each kind as a cloud usually takes
     * @param rates how fast copies are, for the forecast; the plan's hash does not depend on it
     */
    public Plan plan(String host, List<Server> servers, PlanContext context, int concurrency, Rates rates) {
        Forecast forecast = new Forecast(context, concurrency, rates);
        StartOrder order = new StartOrder(
                planned -> forecast.alone(planned.server(), planned.verdict().action()),
                planned -> Groups.oneAtATime(context.estate(), planned.server().id()));
        List<PlannedServer> judged = servers.stream()
                .map(server -> new PlannedServer(server, judge(server, context)))
                .toList();
        List<PlannedServer> ordered = order.of(judged, concurrency == 0 ? NEIGHBOURS : concurrency);
        Map<String, Expected> times = forecast.schedule(ordered);
        List<PlannedServer> planned = ordered.stream()
                .map(one -> new PlannedServer(
                        one.server(), one.verdict(), times.get(one.server().id())))
                .toList();
        return Plan.of(
                host,
                context,
                planned,
                forecast.limit(ordered),
                server -> judge(server.idle(), context).action());
    }
}
