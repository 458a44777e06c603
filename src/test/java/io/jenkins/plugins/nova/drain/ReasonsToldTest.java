package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.plan.Budget;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.Test;

/** A disabled reason that names a build is told without the name to those who may not see that build, wherever it is told. */
public class ReasonsToldTest {

    private static final Duration LONG = Duration.ofHours(8);
    private static final String BUILD = "secret/merger#3";
    private static final Claim CLAIM = Claim.of(BUILD, "1a2b3c4d-0000", "https://jenkins.example.org/", Instant.EPOCH)
            .because("CHG-4711");
    private static final String FAILED = CordonReason.failed(BUILD, "CHG-4711", "merger-of-acme broke");

    private record Reader(boolean sees) implements Holders {
        @Override
        public Holding of(Claim claim) {
            return Holding.ENDED;
        }

        @Override
        public boolean mayName(Claim claim) {
            return sees;
        }
    }

    /** A cloud, who reads, and a reason; all that was told of it. */
    private interface Place extends BiFunction<Holders, String, String> {}

    private static SimulatedCloud cloud() {
        return SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1", server -> server.behaviour(b -> b.liveSeconds(300)))
                .start();
    }

    private static void disable(DrainBench by, String host, String reason) {
        by.nova().computeServices().stream()
                .filter(service -> service.host().equals(host))
                .forEach(service -> by.nova().disableService(service.id(), reason));
    }

    private static DrainBench bench(SimulatedCloud cloud, Holders reader) {
        DrainBench bench = new DrainBench(cloud);
        bench.holders = reader;
        return bench;
    }

    private static String all(DrainBench bench) {
        bench.finish(LONG);
        return bench.text() + "\n" + bench.last.message() + "\n" + Result.of(bench.last);
    }

    private static final Map<String, Place> PLACES = new LinkedHashMap<>();

    static {
        PLACES.put("a target that is disabled", (reader, reason) -> {
            try (SimulatedCloud cloud = cloud()) {
                DrainBench bench = bench(cloud, reader);
                disable(bench, "compute2", reason);
                return all(
                        bench.begin(Orders.of(Route.LIVE, "web1").to("compute2").make()));
            }
        });
        PLACES.put("a budget", (reader, reason) -> {
            try (SimulatedCloud cloud = cloud()) {
                DrainBench bench = bench(cloud, reader);
                disable(bench, "compute2", reason);
                return all(bench.begin(
                        Orders.empty("compute1").within(new Budget(1, 0, null)).make()));
            }
        });
        PLACES.put("a budget that is looked at dry", (reader, reason) -> {
            try (SimulatedCloud cloud = cloud()) {
                DrainBench bench = bench(cloud, reader);
                disable(bench, "compute2", reason);
                return all(bench.begin(Orders.empty("compute1")
                        .within(new Budget(1, 0, null))
                        .dryRun()
                        .make()));
            }
        });
        PLACES.put("a cordon that is somebody else's now", (reader, reason) -> {
            try (SimulatedCloud cloud = cloud()) {
                DrainBench bench =
                        bench(cloud, reader).begin(Orders.empty("compute1").make());
                bench.untilServer("web1", server -> "running".equals(server.migrationStatus()));
                disable(bench, "compute1", reason);
                return all(bench);
            }
        });
        PLACES.put("a cordon that was to be taken back", (reader, reason) -> {
            try (SimulatedCloud cloud = cloud()) {
                DrainBench bench = bench(cloud, reader)
                        .begin(Orders.empty("compute1").plan("0123456789ab").make());
                bench.until(() -> bench.runner.state().phase() == Phase.BACK_OUT, LONG);
                disable(bench, "compute1", reason);
                return all(bench);
            }
        });
        PLACES.put("a host that stays disabled", (reader, reason) -> {
            try (SimulatedCloud cloud = cloud()) {
                ReturnBench bench = new ReturnBench(cloud);
                bench.holders = reader;
                bench.cordoned = false;
                bench.reason = reason;
                bench.begin(null).finish(LONG);
                return bench.text();
            }
        });
        PLACES.put("a list of hosts", (reader, reason) -> {
            try (SimulatedCloud cloud = cloud()) {
                DrainBench bench = bench(cloud, reader);
                disable(bench, "compute2", reason);
                List<Map<String, Object>> hosts = HostList.of(bench.nova(), null, null, reader);
                return hosts + "\n" + HostList.table(hosts);
            }
        });
    }

    @Test
    public void aReasonNamesABuildToThoseWhoMaySeeIt() {
        PLACES.forEach((name, place) -> {
            for (String reason : List.of(CLAIM.reason(), FAILED)) {
                String told = place.apply(new Reader(true), reason);
                assertTrue(name + ": " + told, told.contains(reason));
            }
        });
    }

    @Test
    public void toOthersItTellsWhatItIsForAndNotTheBuild() {
        PLACES.forEach((name, place) -> {
            for (String reason : List.of(CLAIM.reason(), FAILED)) {
                String told = place.apply(new Reader(false), reason);
                assertFalse(name + ": " + told, told.contains("merger"));
                assertTrue(name + ": " + told, told.contains("a build that you may not see"));
                assertTrue(name + ": " + told, told.contains("for: CHG-4711"));
                assertEquals(name + ": " + told, reason.equals(FAILED), told.contains("CHG-4711, which failed"));
            }
        });
    }

    @Test
    public void whatAPersonWroteIsToldAsItStands() {
        PLACES.forEach((name, place) -> {
            String told = place.apply(new Reader(false), "INC-7 fan of merger");
            assertTrue(name + ": " + told, told.contains("INC-7 fan of merger"));
        });
    }
}
