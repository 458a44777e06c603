package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One drain among neighbours; the same seed gives the same run. What must hold, whatever they do:
 *
 * <ul>
 *   <li>law 1: no good outcome that the cloud contradicts at that moment; DONE only with an empty host and nothing of it in
 *       VERIFY_RESIZE;
 *   <li>law 2: no request of ours twice once it was acted on;
 *   <li>law 5: each server has an outcome, and a bad one its reason; a server that nobody touched ends well;
 *   <li>law 12: a server that was deleted is GONE, not an error; none is still told to be blocked, to have failed or to wait
 *       for a confirm when that is not so any more;
 *   <li>and the drain ends.
 * </ul>
 */
final class OwnersRun {

    private static final Duration BOUND = Duration.ofHours(24);

    private final Random random;
    private final List<String> story = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();

    OwnersRun(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** What happened, line by line. */
    List<String> story() {
        return story;
    }

    /** Runs; what was violated in words, empty when nothing was. */
    List<String> violations() {
        try (SimulatedCloud cloud = cloud()) {
            Neighbours neighbours = new Neighbours(cloud, random, 1 + random.nextInt(10), story);
            Set<String> ids = new HashSet<>();
            cloud.serversOn(Scenario.HOST).forEach(server -> ids.add(server.id()));
            Narrator narrator = new Narrator();
            Drill drill = new Drill(
                            cloud.identityUrl(),
                            cloud.clock().instant(),
                            neighbours::pass,
                            text -> {},
                            () -> false,
                            Duration.ofSeconds(10))
                    .watched((before, after) -> {
                        narrator.lines(before, after, cloud.clock().instant())
                                .forEach(line -> story.add(cloud.clock().instant() + "  | " + line));
                        claims(cloud, before, after);
                    });
            DrainState last = drill.begin(order(), BOUND);
            end(cloud, last, ids, neighbours);
        } catch (Drill.Endless e) {
            violations.add("endless: " + e.getMessage());
        }
        return violations;
    }

    private SimulatedCloud cloud() {
        CloudBuilder builder = SimulatedCloud.builder()
                .user("robot", "secret", "admin", "admin", "member", "reader")
                .host("compute2")
                .host("compute3")
                .host(Scenario.HOST);
        int count = 2 + random.nextInt(6);
        List<String> bad = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String name = "s" + i;
            String status = List.of("ACTIVE", "ACTIVE", "ACTIVE", "PAUSED", "SHUTOFF", "SHUTOFF", "SUSPENDED")
                    .get(random.nextInt(7));
            double seconds = 1 + random.nextInt(90);
            boolean fails = random.nextInt(8) == 0;
            boolean volume = random.nextBoolean();
            builder.server(name, s -> {
                s.status(status).behaviour(b -> {
                    b.liveSeconds(seconds).coldSeconds(seconds);
                    if (fails) {
                        b.fails(Operation.LIVE).fails(Operation.COLD);
                    }
                });
                if (volume) {
                    s.volumeBacked();
                }
            });
            if (fails || status.equals("SUSPENDED")) {
                bad.add(name);
            }
        }
        if (random.nextInt(3) == 0) {
            builder.server("left1", s -> s.on("compute2").resizedFrom(Scenario.HOST));
        }
        SimulatedCloud cloud = builder.start();
        bad.forEach(name -> failing.add(cloud.id(name)));
        return cloud;
    }

    private DrainOrder order() {
        Orders orders = Orders.empty(Scenario.HOST)
                .onTimeout(DrainOrder.OnTimeout.values()[random.nextInt(4)])
                .concurrency(random.nextInt(4));
        if (random.nextBoolean()) {
            orders.autoConfirm();
        }
        if (random.nextInt(10) > 0) {
            orders.timeout(Duration.ofMinutes(30L * (1 + random.nextInt(4))));
        }
        return orders.make();
    }

    /** What is claimed now must be so now. */
    private void claims(SimulatedCloud cloud, DrainState before, DrainState after) {
        Evidence evidence = new Evidence(cloud, after);
        for (ServerState server : after.servers()) {
            Outcome old = before.server(server.id()).map(ServerState::outcome).orElse(null);
            if (server.outcome() != null && server.outcome() != old) {
                violations.addAll(evidence.falsehoods(server));
            }
        }
    }

    /** An outcome that was true when it came about, and is not any more at the end. */
    private void outdated(SimulatedCloud cloud, ServerState server) {
        Optional<io.jenkins.plugins.nova.simulator.ServerState> seen = cloud.servers().stream()
                .filter(one -> one.id().equals(server.id()))
                .findFirst();
        String said = server.name() + " is " + server.outcome() + " (" + server.reason() + "), but ";
        boolean moved = Set.of(Outcome.MOVED, Outcome.CONFIRMED, Outcome.GONE).contains(server.outcome());
        if (seen.isEmpty()) {
            if (!moved) {
                violations.add(said + "it was deleted");
            }
            return;
        }
        boolean here = seen.get().host().equals(Scenario.HOST);
        boolean waits = seen.get().status().equals("VERIFY_RESIZE");
        if (server.outcome() == Outcome.BLOCKED && !here) {
            violations.add(said + "it is on " + seen.get().host());
        }
        if (server.outcome() == Outcome.FAILED && !here && seen.get().status().equals("ACTIVE")) {
            violations.add(said + "it is well on " + seen.get().host());
        }
        if (server.outcome() == Outcome.AWAITING_CONFIRM && !waits) {
            violations.add(said + "it is " + seen.get().status());
        }
    }

    private void end(SimulatedCloud cloud, DrainState last, Set<String> ids, Neighbours neighbours) {
        Evidence evidence = new Evidence(cloud, last);
        violations.addAll(evidence.falsehoodsOfTheWhole());
        evidence.duplicates(entry -> entry.status() >= 200 && entry.status() < 300, entry -> false)
                .forEach(twice -> violations.add("sent twice: " + twice));
        boolean overdue = last.deadline() != null && last.ended().isAfter(last.deadline());
        Set<String> servers = new HashSet<>();
        for (ServerState server : last.servers()) {
            servers.add(server.id());
            if (server.outcome() == null) {
                violations.add(server.name() + " has no outcome");
                continue;
            }
            boolean untouched =
                    !overdue && !neighbours.touched().contains(server.id()) && !failing.contains(server.id());
            if (untouched
                    && !neighbours.hostsDied()
                    && !server.outcome().good()
                    && last.outcome() != HostOutcome.REFUSED) {
                violations.add(
                        "nobody touched " + server.name() + ", but it is " + server.outcome() + ": " + server.reason());
            }
            if (!overdue) {
                outdated(cloud, server);
            }
        }
        for (String id : ids) {
            if (!servers.contains(id) && !neighbours.touched().contains(id) && !servers.isEmpty()) {
                violations.add(id + " is not in the result");
            }
        }
        boolean waits = cloud.migrations().stream()
                .anyMatch(migration -> migration.source().equals(Scenario.HOST)
                        && migration.status().equals("finished")
                        && cloud.servers().stream()
                                .anyMatch(server -> server.id().equals(migration.serverId())
                                        && server.status().equals("VERIFY_RESIZE")));
        if (last.outcome() == HostOutcome.DONE && waits) {
            violations.add("DONE, but a server from the host waits in VERIFY_RESIZE");
        }
    }
}
