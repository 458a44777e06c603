package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** While the controller prepares for shutdown nothing new is begun, and what is under way goes on to its end. */
public class QuietingDownTest {

    private static final Duration LONG = Duration.ofHours(8);
    private static final Duration WHILE = Duration.ofMinutes(15);
    private static final String RESTS = "The controller prepares for shutdown: nothing new is begun.";
    private static final String GOES_ON = "The controller prepares for shutdown no more: going on.";
    private static final Set<String> MOVES = Set.of("os-migrateLive", "migrate", "evacuate");

    /** What began something: a move, a cordon or forcing a host down. */
    private static boolean begins(AuditEntry request) {
        JsonNode body = request.body();
        return MOVES.contains(String.valueOf(request.action()))
                || request.path().startsWith("/os-services")
                        && body != null
                        && (body.path("forced_down").asBoolean()
                                || body.path("status").asText().equals("disabled"));
    }

    private static long begun(SimulatedCloud cloud) {
        return cloud.audit().changes().stream().filter(QuietingDownTest::begins).count();
    }

    /** What was about to be begun when that was saved last. */
    private static long recorded(DrainBench bench) {
        DrainState saved = DrainCodec.read(Moment.lastSaved(bench));
        return saved.servers().stream()
                        .filter(server -> server.move() != null && server.move().is(Intent.State.RECORDED))
                        .count()
                + recorded(saved.cordon())
                + recorded(saved.forceDown());
    }

    private static int recorded(ServiceChange change) {
        return change != null && change.state() == ServiceChange.State.RECORDED ? 1 : 0;
    }

    private static void pass(DrainBench bench, Duration time) {
        Instant then = bench.executor.clock().instant().plus(time);
        bench.until(
                () -> bench.last != null || !bench.executor.clock().instant().isBefore(then),
                time.plus(Duration.ofMinutes(2)));
    }

    private static int said(DrainBench bench, String line) {
        return (int) bench.console.stream().filter(one -> one.startsWith(line)).count();
    }

    /** Outcomes by server, and that of the whole. */
    private static Map<String, String> outcomes(DrainState last) {
        Map<String, String> all = new TreeMap<>();
        last.servers().forEach(server -> all.put(server.name(), String.valueOf(server.outcome())));
        all.put("", String.valueOf(last.outcome()));
        return all;
    }

    /** What comes of each when nobody prepares for anything: found out once for all tests. */
    private static final class Undisturbed {
        private static final Map<Moment, Map<String, String>> OUTCOMES =
                Stream.of(Moment.values()).collect(Collectors.toUnmodifiableMap(moment -> moment, Undisturbed::run));

        private static Map<String, String> run(Moment moment) {
            try (SimulatedCloud cloud = moment.cloud()) {
                return outcomes(new DrainBench(cloud).begin(moment.order()).finish(LONG));
            }
        }
    }

    private static Map<String, String> undisturbed(Moment moment) {
        return Undisturbed.OUTCOMES.get(moment);
    }

    @Test
    public void atEveryMomentNothingNewIsBegunAndItGoesOnWhenThatIsCancelled() {
        for (Moment moment : Moment.values()) {
            try (SimulatedCloud cloud = moment.cloud()) {
                DrainBench bench = moment.run(cloud);
                long before = begun(cloud);
                long due = recorded(bench);
                bench.quiet = true;
                pass(bench, WHILE);
                String text = moment + ":\n" + bench.text();
                assertTrue(text, begun(cloud) <= before + due);
                assertEquals(text, 1, said(bench, RESTS));
                assertEquals(
                        text,
                        0,
                        bench.runner.state().in(ServerState.Stage.UNDER_WAY).size());
                if (bench.last == null) {
                    assertTrue(text, bench.runner.state().rests());
                    bench.quiet = false;
                    bench.finish(LONG);
                    assertEquals(text, 1, said(bench, GOES_ON));
                }
                assertEquals(moment + ":\n" + bench.text(), undisturbed(moment), outcomes(bench.last));
            }
        }
    }

    @Test
    public void itGoesOnAfterTheRestart() {
        for (Moment moment : Moment.values()) {
            try (SimulatedCloud cloud = moment.cloud()) {
                DrainBench bench = moment.run(cloud);
                bench.quiet = true;
                pass(bench, Duration.ofSeconds(30));
                if (bench.last != null) {
                    continue;
                }
                bench.executor.shutdown();
                DrainBench after = new DrainBench(cloud).resume(Moment.lastSaved(bench));
                DrainState last = after.finish(LONG);
                assertEquals(moment + ":\n" + after.text(), 1, said(after, GOES_ON));
                assertEquals(moment + ":\n" + after.text(), undisturbed(moment), outcomes(last));
            }
        }
    }

    @Test
    public void whatBeginsThenWaitsAndAsksNothing() {
        List<Orders> orders = List.of(
                Orders.empty("compute1"),
                Orders.of(Route.LIVE, "web1"),
                Orders.of(Route.COLD, "off1"),
                Orders.empty("compute1").plan("0000"));
        for (Orders one : orders) {
            try (SimulatedCloud cloud = DrainBench.mixedCloud()) {
                DrainBench bench = new DrainBench(cloud);
                bench.quiet = true;
                bench.begin(one.make());
                pass(bench, WHILE);
                List<AuditEntry> asked = cloud.audit().entries().stream()
                        .filter(entry -> !entry.service().equals("identity"))
                        .toList();
                assertEquals(bench.text(), List.of(), asked);
                assertEquals(bench.text(), 1, bench.console.size());
                assertEquals(RESTS + " The step goes on when that is cancelled, or after the restart.", bench.text());
                bench.quiet = false;
                bench.finish(LONG);
                assertFalse(bench.text(), cloud.audit().entries().isEmpty());
            }
        }
    }

    @Test
    public void itIsToldHowManyMovesGoOn() {
        try (SimulatedCloud cloud = DrainBench.mixedCloud()) {
            DrainBench bench = new DrainBench(cloud)
                    .begin(Orders.of(Route.LIVE, "web1", "web2").concurrency(2).make());
            bench.until(
                    () -> bench.runner.state().in(ServerState.Stage.UNDER_WAY).size() == 2, LONG);
            bench.quiet = true;
            bench.finish(LONG);
            assertTrue(
                    bench.text(),
                    bench.text().contains(RESTS + " 2 moves under way go on to the end. The step goes on"));
            assertEquals(0, said(bench, GOES_ON));
        }
    }

    /** It changes nothing. */
    @Test
    public void aDryRunGoesOn() {
        try (SimulatedCloud cloud = DrainBench.mixedCloud()) {
            DrainBench bench = new DrainBench(cloud);
            bench.quiet = true;
            DrainState last =
                    bench.begin(Orders.empty("compute1").dryRun().make()).finish(LONG);
            assertEquals(bench.text(), HostOutcome.PLANNED, last.outcome());
        }
    }

    @Test
    public void anAbortAndTheStepsTimeAreHeardMeanwhile() {
        for (boolean abort : new boolean[] {true, false}) {
            try (SimulatedCloud cloud = DrainBench.mixedCloud()) {
                DrainBench bench = new DrainBench(cloud);
                bench.quiet = true;
                bench.begin(
                        Orders.empty("compute1").timeout(Duration.ofMinutes(20)).make());
                pass(bench, Duration.ofMinutes(10));
                if (abort) {
                    bench.runner.stop("Aborted by Ann");
                }
                DrainState last = bench.finish(LONG);
                assertEquals(bench.text(), abort ? HostOutcome.ABORTED : HostOutcome.REFUSED, last.outcome());
                assertEquals(0, begun(cloud));
            }
        }
    }
}
