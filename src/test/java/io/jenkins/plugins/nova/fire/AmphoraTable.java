package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Amphorae under fire: a host with both of a pair and with the only one of another load balancer is emptied, killed at every request, with
 * every fault at every request, and with others at work on load balancers and servers at every request. No amphora is asked to be
 * replaced twice, a pair never has both on their way, and nothing is said that is not so.
 */
final class AmphoraTable {

    private static final Duration BOUND = Duration.ofHours(4);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SERVICE = "load-balancer";
    private static final List<String> AMPHORAE = List.of("lb-a", "lb-b", "single");

    private final List<AuditEntry> requests;

    /** What others do. */
    enum Other {
        FAILS_ONE_OVER(cloud -> ifThere(cloud, "lb-a", () -> cloud.failOver("lb-a"))),
        FAILS_ITS_PEER_OVER(cloud -> ifThere(cloud, "lb-b", () -> cloud.failOver("lb-b"))),
        DELETES_ONE(cloud -> ifThere(cloud, "single", () -> cloud.delete("single"))),
        CHANGES_THE_LOAD_BALANCER(cloud -> {
            if ("ACTIVE".equals(cloud.loadBalancer("shop"))) {
                cloud.setLoadBalancer("shop", "PENDING_UPDATE");
                cloud.after(Duration.ofMinutes(2), () -> cloud.setLoadBalancer("shop", "ACTIVE"));
            }
        }),
        OCTAVIA_FAILS(cloud -> cloud.failoversFail(true));

        private final Consumer<SimulatedCloud> deed;

        Other(Consumer<SimulatedCloud> deed) {
            this.deed = deed;
        }

        private static void ifThere(SimulatedCloud cloud, String server, Runnable deed) {
            if (there(cloud, server)) {
                deed.run();
            }
        }
    }

    AmphoraTable() {
        try (SimulatedCloud cloud = cloud()) {
            Run run = new Run(cloud, () -> false, cloud::advance, PATIENCE);
            DrainState last = run.begin();
            boolean all = last.servers().stream()
                    .allMatch(server -> server.outcome()
                            == (AMPHORAE.contains(server.name()) ? Outcome.FAILED_OVER : Outcome.MOVED));
            if (last.outcome() != HostOutcome.DONE || !all) {
                throw new AssertionError("it goes wrong when nothing disturbs it: " + last.message());
            }
            requests = cloud.audit().entries();
        }
    }

    private static SimulatedCloud cloud() {
        return Scenario.cloud()
                .host("compute2")
                .host(Scenario.HOST)
                .server("lb-a", s -> s.volumeBacked())
                .server("lb-b", s -> s.volumeBacked())
                .server("single", s -> s.volumeBacked())
                .server("web1", s -> s.volumeBacked())
                .amphora("lb-a", "shop", "MASTER")
                .amphora("lb-b", "shop", "BACKUP")
                .amphora("single", "intranet", "STANDALONE")
                .start();
    }

    private static boolean there(SimulatedCloud cloud, String name) {
        return cloud.servers().stream().anyMatch(server -> server.name().equals(name));
    }

    /** A drain in a process that may be killed, and another that goes on from what it saved. */
    private static final class Run {
        private final SimulatedCloud cloud;
        private final BooleanSupplier dead;
        private final Consumer<Duration> time;
        private final Duration patience;
        private String disk;

        Run(SimulatedCloud cloud, BooleanSupplier dead, Consumer<Duration> time, Duration patience) {
            this.cloud = cloud;
            this.dead = dead;
            this.time = time;
            this.patience = patience;
        }

        DrainState begin() {
            DrainState begin = DrainState.begin(
                    Orders.empty(Scenario.HOST).make(), cloud.clock().instant());
            disk = DrainCodec.write(begin);
            return go(begin, dead);
        }

        DrainState resume() {
            return go(DrainCodec.read(disk), () -> false);
        }

        private DrainState go(DrainState begin, BooleanSupplier killed) {
            Controller controller =
                    new Controller(cloud.identityUrl(), cloud.clock().instant(), time, killed, patience);
            return controller.run(
                    ports -> new DrainRunner(
                            begin,
                            ports,
                            claim -> Holders.Holding.UNKNOWN,
                            controller.executor(),
                            controller.executor().clock()),
                    now -> disk = DrainCodec.write(now),
                    (before, after) -> {},
                    BOUND);
        }
    }

    /** Counts, and what was wrong in words. */
    static final class Found {
        private int points;
        private int done;
        private final Map<String, Integer> counts = new HashMap<>();
        private final List<String> words = new ArrayList<>();

        Found wrong(String what, String how) {
            counts.merge(what, 1, Integer::sum);
            words.add(what + " " + how);
            return this;
        }

        private void add(Found other) {
            points += other.points;
            done += other.done;
            other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
            words.addAll(other.words);
        }

        List<String> words() {
            return words;
        }

        int points() {
            return points;
        }

        String line() {
            return "amphorae points=" + points + " done=" + done + " twice=" + counts.getOrDefault("twice", 0)
                    + " both="
                    + counts.getOrDefault("both", 0) + " false=" + counts.getOrDefault("false", 0) + " endless="
                    + counts.getOrDefault("endless", 0);
        }
    }

    /** Every {@code step}-th point of all. */
    Found fill(int step) {
        List<Supplier<Found>> all = new ArrayList<>();
        for (Duration away : List.of(Duration.ZERO, Duration.ofHours(1))) {
            KillPoint.upTo(requests.size(), 1).forEach(point -> all.add(() -> killed(point, away)));
        }
        for (int n = 1; n <= requests.size(); n++) {
            int number = n;
            if (requests.get(n - 1).service().equals(SERVICE)) {
                for (FaultKind fault : FaultKind.values()) {
                    all.add(() -> faulted(fault, number));
                }
            }
            for (Other other : Other.values()) {
                all.add(() -> disturbed(other, number));
            }
        }
        List<Supplier<Found>> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        Found sum = new Found();
        Lanes.each(some, Supplier::get).forEach(sum::add);
        return sum;
    }

    private Found killed(KillPoint point, Duration away) {
        String name = "killed " + point.moment() + " #" + point.request() + " away " + away;
        try (SimulatedCloud cloud = cloud()) {
            point.arm(cloud);
            Run run = new Run(cloud, () -> cloud.audit().entries().size() >= point.request(), cloud::advance, PATIENCE);
            return judged(name, cloud, request -> {}, null, () -> {
                DrainState last = run.begin();
                if (last != null) {
                    return last;
                }
                cloud.faults().clear();
                cloud.advance(away);
                return run.resume();
            });
        }
    }

    private Found faulted(FaultKind fault, int number) {
        try (SimulatedCloud cloud = cloud()) {
            fault.set(cloud, cloud.faults().on(null, "").nth(number));
            Run run = new Run(cloud, () -> false, span -> FaultTable.pass(cloud, span), fault.patience());
            return judged(fault.words() + " at #" + number, cloud, request -> {}, null, run::begin);
        }
    }

    private Found disturbed(Other other, int number) {
        try (SimulatedCloud cloud = cloud()) {
            Run run = new Run(cloud, () -> false, cloud::advance, PATIENCE);
            LongConsumer deed = request -> {
                if (request == number) {
                    other.deed.accept(cloud);
                }
            };
            return judged(other + " at #" + number, cloud, deed, other, run::begin);
        }
    }

    private static Found judged(
            String name, SimulatedCloud cloud, LongConsumer deed, Other other, Supplier<DrainState> whole) {
        Found found = new Found();
        found.points = 1;
        int[] both = {0};
        cloud.lies().beforeEach(request -> {
            deed.accept(request);
            both[0] += cloud.amphoraeUnderWay("shop") > 1 ? 1 : 0;
        });
        DrainState last;
        try {
            last = whole.get();
        } catch (Drill.Endless e) {
            found.wrong("endless", name + ": " + e.getMessage());
            return found;
        } catch (AssertionError | IllegalStateException broken) {
            found.wrong("endless", name + ": it broke: " + broken + " " + broken.getCause());
            return found;
        }
        found.done = last.outcome() == HostOutcome.DONE ? 1 : 0;
        String said = last.message()
                + last.servers().stream()
                        .map(server -> "\n" + server.label() + " " + server.outcome() + " " + server.reason())
                        .toList();
        // without Octavia's word they are servers like all others, which the console says
        if (both[0] > 0 && !last.notes().toString().contains("Octavia could not be asked")) {
            found.wrong("both", name + ": " + said);
        }
        cloud.failoversTaken().forEach((amphora, times) -> {
            if (times > 1) {
                found.wrong("twice", name + ": " + amphora + " " + said);
            }
        });
        cloud.advance(Duration.ofMinutes(10));
        boolean empty = cloud.serversOn(Scenario.HOST).isEmpty();
        if (last.outcome() == HostOutcome.DONE && !empty) {
            found.wrong("false", name + ": DONE, and the host has " + cloud.serversOn(Scenario.HOST) + said);
        }
        for (ServerState server : last.servers()) {
            String balancer = server.name().equals("single") ? "intranet" : "shop";
            // its peer's failover may have failed later
            int wanted = balancer.equals("shop") && other != Other.OCTAVIA_FAILS ? 2 : 1;
            boolean replaced = !there(cloud, server.name()) && cloud.amphoraeInService(balancer) >= wanted;
            if (server.outcome() == Outcome.FAILED_OVER && !replaced) {
                found.wrong("false", name + ": " + server.label() + " is not replaced" + said);
            }
        }
        boolean free = other == null || other == Other.CHANGES_THE_LOAD_BALANCER;
        if (free && !there(cloud, "web1")) {
            found.wrong("false", name + ": a server is lost" + said);
        }
        return found;
    }
}
