package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Narrator;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 *   <li>law 12: a server deleted before its end is GONE, not an error;
 *   <li>and the drain ends.
 * </ul>
 */
final class OwnersRun {

    private static final Duration BOUND = Duration.ofHours(24);

    private final Random random;
    private final List<String> story = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private final Set<String> endedBefore = new HashSet<>();

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
                        claims(cloud, before, after, neighbours);
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
                .concurrency(1 + random.nextInt(3));
        if (random.nextBoolean()) {
            orders.autoConfirm();
        }
        if (random.nextInt(10) > 0) {
            orders.timeout(Duration.ofMinutes(30L * (1 + random.nextInt(4))));
        }
        return orders.make();
    }

    /** What is claimed now must be so now. */
    private void claims(SimulatedCloud cloud, DrainState before, DrainState after, Neighbours neighbours) {
        Evidence evidence = new Evidence(cloud, after);
        for (ServerState server : after.servers()) {
            Outcome old = before.server(server.id()).map(ServerState::outcome).orElse(null);
            if (server.outcome() != null && server.outcome() != old) {
                violations.addAll(evidence.falsehoods(server));
            }
            if (server.outcome() != null && !neighbours.deleted().contains(server.id())) {
                endedBefore.add(server.id());
            }
        }
    }

    private void end(SimulatedCloud cloud, DrainState last, Set<String> ids, Neighbours neighbours) {
        Evidence evidence = new Evidence(cloud, last);
        violations.addAll(evidence.falsehoodsOfTheWhole());
        evidence.duplicates(entry -> entry.status() >= 200 && entry.status() < 300, entry -> false)
                .forEach(twice -> violations.add("sent twice: " + twice));
        Set<String> servers = new HashSet<>();
        for (ServerState server : last.servers()) {
            servers.add(server.id());
            if (server.outcome() == null) {
                violations.add(server.name() + " has no outcome");
                continue;
            }
            boolean untouched = !neighbours.touched().contains(server.id()) && !failing.contains(server.id());
            if (untouched
                    && !neighbours.hostsDied()
                    && !server.outcome().good()
                    && last.outcome() != HostOutcome.REFUSED) {
                violations.add(
                        "nobody touched " + server.name() + ", but it is " + server.outcome() + ": " + server.reason());
            }
            boolean deletedFirst = neighbours.deleted().contains(server.id()) && !endedBefore.contains(server.id());
            if (deletedFirst && server.outcome() != Outcome.GONE) {
                violations.add(server.name() + " was deleted and is " + server.outcome() + ": " + server.reason());
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
