package io.jenkins.plugins.nova.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All benchmarks, as {@code mvn -q -Pbench verify} runs them: prints their figures, a line each. {@code -Dbench.only=full} runs one
 * of them, {@code -Dbench.servers=10000} the full host with another number of servers, {@code -Dbench.rolls=1000} another number of
 * clouds that are rolled, {@code -Dbench.played=100} another number of rolls that are played in driven time.
 */
final class Bench {

    private Bench() {}

    public static void main(String[] none) throws Exception {
        String only = System.getProperty("bench.only", "");
        Map<String, List<Benchmark>> all = all();
        if (!only.isEmpty() && !all.containsKey(only)) {
            throw new IllegalArgumentException("bench.only=" + only + ": there are " + all.keySet());
        }
        for (Map.Entry<String, List<Benchmark>> each : all.entrySet()) {
            if (only.isEmpty() || only.equals(each.getKey())) {
                for (Benchmark benchmark : each.getValue()) {
                    benchmark.run().forEach(System.out::println);
                }
            }
        }
        // the client's threads would keep the process for a while
        System.exit(0);
    }

    private static Map<String, List<Benchmark>> all() {
        Map<String, List<Benchmark>> all = new LinkedHashMap<>();
        all.put("tick", List.of(new TickBenchmark(10, 2), new TickBenchmark(100, 2), new TickBenchmark(1_000, 2)));
        all.put("waiting", List.of(new WaitingBenchmark(200, Duration.ofMinutes(1))));
        all.put("plan", List.of(new PlanBenchmark(1_000, 50)));
        all.put("full", List.of(new FullHostBenchmark(Integer.getInteger("bench.servers", 5_000), 50)));
        all.put("rollpage", List.of(new RollPageBenchmark(200, 5_000)));
        all.put("makespan", MakespanBenchmark.all());
        all.put("grow", List.of(new GrowBenchmark(50), new GrowBenchmark(100), new GrowBenchmark(200)));
        all.put("hostile", List.of(new HostileBenchmark(9, 3)));
        all.put(
                "roll",
                List.of(
                        new RollBenchmark(200),
                        new RollBenchmark(1_000),
                        new RollsBenchmark(Integer.getInteger("bench.rolls", 10_000))));
        all.put(
                "watch",
                List.of(
                        new WatchBenchmark(10_000, WatchBenchmark.NOISE),
                        new WatchCloudBenchmark(200),
                        new WatchLossBenchmark(200)));
        int played = Integer.getInteger("bench.played", 1_000);
        all.put("rolltime", List.of(new RollTimeBenchmark(played, 30, false), new RollTimeBenchmark(played, 30, true)));
        return all;
    }
}
