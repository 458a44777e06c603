package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.drain.ApprovedPlan;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOrder;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.observe.RollRequest;
import io.jenkins.plugins.nova.drain.turn.TurnOrder;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A roll of eight hosts, two away at most: an empty one, which goes first and alone, and seven with two or three servers, of
 * which one is moved live and one cold. The same each time it is made.
 */
final class RollScenario {

    static final String ROLL = "roll-1";

    /** Begins the name of each step's build, which the reason of its cordon tells. */
    static final String BUILD = "ops/roll#7";

    /** How many hosts may be away at once. */
    static final int MOST_AWAY = 2;

    /** In the order of the plan. */
    static final List<String> HOSTS =
            List.of("compute8", "compute1", "compute2", "compute3", "compute4", "compute5", "compute6", "compute7");

    /** How long a host is worked on. */
    static final Duration REBOOT = Duration.ofSeconds(90);

    private RollScenario() {}

    static SimulatedCloud cloud() {
        CloudBuilder builder = Scenario.cloud();
        for (int i = 0; i < HOSTS.size(); i++) {
            builder.host(HOSTS.get(i));
            if (i > 0) {
                builder.server("web" + i, server -> server.volumeBacked());
                builder.server("off" + i, server -> server.status("SHUTOFF"));
            }
            if (i % 3 == 1) {
                builder.server("db" + i);
            }
        }
        return builder.start();
    }

    /** What the steps of the build begin with, by host. */
    static Map<String, MaintenanceState> begin(SimulatedCloud cloud) {
        Instant now = cloud.clock().instant();
        Map<String, Action> approved = cloud.servers().stream()
                .collect(Collectors.toMap(
                        ServerState::id, server -> server.status().equals("SHUTOFF") ? Action.COLD : Action.LIVE));
        Map<String, MaintenanceState> states = new LinkedHashMap<>();
        for (String host : HOSTS) {
            Claim claim = Claim.of(BUILD, step(host), "https://jenkins.example.org/", now);
            Budget budget = new Budget(MOST_AWAY, 0, null);
            states.put(
                    host,
                    MaintenanceState.beginTurn(
                            turn(host, budget, approved),
                            new ReturnOrder(
                                    host,
                                    Duration.ofMinutes(20),
                                    false,
                                    false,
                                    false,
                                    List.of(),
                                    false,
                                    null,
                                    BUILD,
                                    null),
                            Orders.empty(host)
                                    .autoConfirm()
                                    .heldAs(claim)
                                    .within(budget)
                                    .make(),
                            Orders.of(Route.BY_STATE).make(),
                            now));
        }
        return states;
    }

    private static String step(String host) {
        return String.format("%08x-0000-4000-8000-000000000000", HOSTS.indexOf(host) + 1);
    }

    private static TurnOrder turn(String host, Budget budget, Map<String, Action> approved) {
        String canary = HOSTS.get(0);
        return new TurnOrder(
                ROLL,
                host,
                HOSTS,
                Map.of(),
                new RollRequest(HOSTS, null, null, budget, true, BlockMigration.AUTO, List.of(), List.of(), REBOOT),
                canary,
                Duration.ofMinutes(1),
                1,
                null,
                Duration.ofMinutes(10),
                approved,
                ApprovedPlan.OnDrift.FAIL);
    }
}
