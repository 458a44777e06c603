package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.CordonReason;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Test;

/** Two that want one host. */
public class TwoDrainsTest {

    private static final Duration LONG = Duration.ofHours(8);
    private static final Claim FIRST = claim("ops/drain#12", "aaaaaaaa", "https://one/");
    private static final Claim SECOND = claim("ops/drain#13", "bbbbbbbb", "https://one/");

    private SimulatedCloud cloud;

    @After
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static Claim claim(String build, String step, String controller) {
        return Claim.of(
                build, step + "-0000-4000-8000-000000000000", controller, Instant.parse("2026-01-01T00:00:00Z"));
    }

    private void cordoned(String reason) {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", host -> {
                    if (reason != null) {
                        host.disabled(reason);
                    }
                })
                .server("web1")
                .server("web2")
                .start();
    }

    private DrainBench bench(Orders orders, Holding holding) {
        DrainBench bench = new DrainBench(cloud);
        bench.holders = claim -> holding;
        return bench.begin(orders.make());
    }

    private static Orders second() {
        return Orders.empty("compute1").heldAs(SECOND);
    }

    private List<AuditEntry> changes() {
        return cloud.audit().changes();
    }

    @Test
    public void theSecondIsRefusedBeforeAnythingIsChangedAndToldWhoHoldsTheHost() {
        cordoned(FIRST.reason());
        DrainBench bench = bench(second(), Holding.RUNNING);
        DrainState last = bench.finish(LONG);
        assertEquals(HostOutcome.REFUSED, last.outcome());
        assertTrue(
                last.message(),
                last.message()
                        .contains(
                                "held by ops/drain#12 of https://one/ (since 2026-01-01T00:00:00Z), which is running"));
        assertEquals(List.of(), changes());
        assertEquals(FIRST.reason(), cloud.disabledReason("compute1"));
    }

    @Test
    public void aRunningBuildIsNotTakenOverFromWhateverThePipelineSays() {
        cordoned(FIRST.reason());
        assertEquals(
                HostOutcome.REFUSED,
                bench(second().takeOver(), Holding.RUNNING).finish(LONG).outcome());
        assertEquals(List.of(), changes());
    }

    @Test
    public void aDeadHostThatIsHeldIsNotForcedDownEither() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", host -> host.down().disabled(FIRST.reason()))
                .server("web1", server -> server.volumeBacked())
                .start();
        assertEquals(
                HostOutcome.REFUSED,
                bench(second().fenced(), Holding.RUNNING).finish(LONG).outcome());
        assertEquals(List.of(), changes());
    }

    @Test
    public void theLeftoverOfADrainThatHasEndedIsTakenOverAndSaidSo() {
        cordoned(FIRST.reason());
        DrainBench bench = bench(second(), Holding.ENDED);
        DrainState last = bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.DONE, last.outcome());
        assertEquals(SECOND.reason(), cloud.disabledReason("compute1"));
        assertTrue(bench.text(), bench.text().contains("still cordoned by ops/drain#12"));
    }

    @Test
    public void ofAnotherControllersBuildTheWayOutIsSaid() {
        cordoned(FIRST.reason());
        DrainState refused = bench(second(), Holding.UNKNOWN).finish(LONG);
        assertEquals(HostOutcome.REFUSED, refused.outcome());
        assertTrue(refused.message(), refused.message().contains("takeOver: true"));
        assertTrue(
                refused.message(),
                refused.message().contains("openstack compute service set --enable compute1 nova-compute"));
        assertEquals(List.of(), changes());
        DrainBench taking = bench(second().takeOver(), Holding.UNKNOWN);
        assertEquals(taking.text(), HostOutcome.DONE, taking.finish(LONG).outcome());
        assertEquals(SECOND.reason(), cloud.disabledReason("compute1"));
    }

    @Test
    public void whatAFailedBuildLeftIsTakenOverByItsOwnWord() {
        cordoned(CordonReason.failed("ops/drain#12", null, "the block failed: exit code 1"));
        DrainBench bench = bench(second(), Holding.UNKNOWN);
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertTrue(bench.text(), bench.text().contains("still cordoned by ops/drain#12, which has ended"));
    }

    @Test
    public void anOldReasonIsUnderstood() {
        cordoned("nova-maintenance: ops/drain#1");
        DrainState refused = bench(second(), Holding.RUNNING).finish(LONG);
        assertTrue(refused.message(), refused.message().contains("held by ops/drain#1, which is running"));
        DrainBench taking = bench(second(), Holding.ENDED);
        assertEquals(taking.text(), HostOutcome.DONE, taking.finish(LONG).outcome());
    }

    @Test
    public void aDryRunOfAHeldHostIsRefusedAsTheRunAndChangesNothing() {
        cordoned(FIRST.reason());
        DrainBench bench = bench(second().dryRun(), Holding.RUNNING);
        assertEquals(HostOutcome.REFUSED, bench.finish(LONG).outcome());
        assertTrue(bench.text(), bench.text().contains("held by ops/drain#12"));
        String real = bench(second(), Holding.RUNNING).finish(LONG).message();
        assertTrue(bench.text(), bench.last.message().startsWith(real));
        assertEquals(List.of(), changes());
    }

    @Test
    public void aHostThatAnOperatorDisabledStaysAsItIs() {
        cordoned("memory errors, ticket 4711");
        DrainBench bench = bench(second(), Holding.RUNNING);
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals("memory errors, ticket 4711", cloud.disabledReason("compute1"));
    }

    /** Both have looked before either has cordoned, and their ticks then alternate in every order. */
    @Test
    public void ofTwoAtTheSameMomentExactlyOneGoesOn() {
        for (int order = 0; order < 16; order++) {
            cordoned(null);
            DrainBench one = bench(Orders.empty("compute1").heldAs(FIRST), Holding.RUNNING);
            DrainBench other = bench(second(), Holding.RUNNING);
            for (int turn = 0; turn < 4; turn++) {
                DrainBench next = (order >> turn & 1) == 0 ? one : other;
                next.executor.step();
            }
            together(one, other);
            List<HostOutcome> outcomes = Stream.of(one, other)
                    .map(bench -> bench.last.outcome())
                    .sorted()
                    .toList();
            assertEquals(
                    "order " + order + "\n" + one.text() + "\n" + other.text(),
                    Stream.of(HostOutcome.DONE, HostOutcome.REFUSED).sorted().toList(),
                    outcomes);
            DrainBench winner = one.last.outcome() == HostOutcome.DONE ? one : other;
            assertEquals(winner.last.order().claim().reason(), cloud.disabledReason("compute1"));
            for (String server : List.of("web1", "web2")) {
                assertEquals(List.of("os-migrateLive"), cloud.audit().actionsOf(cloud.id(server)));
            }
            cloud.close();
        }
    }

    /** Lets both go on in the order of their due times. */
    private void together(DrainBench one, DrainBench other) {
        for (int ticks = 0; one.last == null || other.last == null; ticks++) {
            assertTrue("over in time:\n" + one.text() + "\n" + other.text(), ticks < 10_000);
            Instant a = one.executor.nextDue();
            Instant b = other.executor.nextDue();
            DrainBench next = b == null || (a != null && !a.isAfter(b)) ? one : other;
            Instant due = next.executor.nextDue();
            Instant now = cloud.clock().instant();
            if (due.isAfter(now)) {
                cloud.advance(Duration.between(now, due));
            }
            next.executor.step();
        }
    }

    @Test
    public void aConfirmIsTheGateOfTheDrainThatHoldsTheHostAndMayGoOn() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("off1", server -> server.status("SHUTOFF"))
                .start();
        bench(Orders.empty("compute1").heldAs(FIRST), Holding.RUNNING).finish(LONG);
        DrainBench gate = bench(Orders.residue(Route.CONFIRM, "compute1").heldAs(SECOND), Holding.RUNNING);
        assertEquals(gate.text(), HostOutcome.DONE, gate.finish(LONG).outcome());
        assertEquals(FIRST.reason(), cloud.disabledReason("compute1"));
    }
}
