package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What will be done with each server.
 *
 * @param servers in the order in which they will be started
 * @param limitedBy what the forecast is long for, in words; null where nothing is moved
 * @param essence what of it matters to whoever approves it
 */
public record Plan(List<PlannedServer> servers, String limitedBy, PlanEssence essence) {

    private static final Set<String> DELETING = Set.of("deleting", "soft-deleting");

    /**
     * Makes a plan. What is being deleted is nobody's to approve: whether it is gone a moment later or not, nothing is done
     * with it.
     *
     * @param limitedBy what the forecast is long for, in words; null where nothing is moved
     * @param lasting what is done with a server once no task of Nova's is under way
     */
    public static Plan of(
            String host,
            PlanContext context,
            List<PlannedServer> servers,
            String limitedBy,
            Function<Server, Action> lasting) {
        List<PlanLine> lines = servers.stream()
                .map(PlannedServer::server)
                .filter(server -> server.taskState() == null || !DELETING.contains(server.taskState()))
                .map(server -> new PlanLine(
                        server.id(),
                        server.name(),
                        lasting.apply(server),
                        server.flavor().name(),
                        server.status()))
                .toList();
        Map<String, String> terms = new HashMap<>();
        terms.put("host", String.valueOf(host));
        terms.put("route", context.route().toString());
        if (context.targetHost() != null) {
            terms.put("targetHost", context.targetHost());
        }
        if (context.route() != Route.REBUILD) {
            context.estate()
                    .service(String.valueOf(host))
                    .ifPresent(service -> terms.put(
                            PlanEssence.HOST_STATE, service.up() ? "up" : service.known() ? "down" : "unknown"));
        }
        PlanEssence essence = new PlanEssence(terms, lines);
        if (essence.has(Action.LIVE)) {
            essence = essence.on(
                    "blockMigration", context.wish().blockMigration().toString().toLowerCase(Locale.ROOT));
        }
        return new Plan(List.copyOf(servers), limitedBy, essence);
    }

    /** 12 hexadecimal digits over what matters. */
    public String hash() {
        return essence.hash();
    }

    /** How long the whole is likely to take; zero when nothing is moved. */
    public Duration expected() {
        return servers.stream()
                .map(PlannedServer::expected)
                .filter(Objects::nonNull)
                .map(Expected::end)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** How many servers have this verdict. */
    public long count(Action action) {
        return servers.stream()
                .filter(planned -> planned.verdict().action() == action)
                .count();
    }
}
