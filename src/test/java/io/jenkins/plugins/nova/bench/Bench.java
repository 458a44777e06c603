package io.jenkins.plugins.nova.bench;

import java.time.Duration;
import java.util.List;

/** All benchmarks, as {@code mvn -q -Pbench verify} runs them: prints their figures, a line each. */
final class Bench {

    private Bench() {}

    public static void main(String[] none) throws Exception {
        for (Benchmark benchmark : all()) {
            benchmark.run().forEach(System.out::println);
        }
        // the client's threads would keep the process for a while
        System.exit(0);
    }

    private static List<Benchmark> all() {
        return List.of(
                new TickBenchmark(10, 2),
                new TickBenchmark(100, 2),
                new TickBenchmark(1_000, 2),
                new WaitingBenchmark(200, Duration.ofMinutes(1)),
                new PlanBenchmark(1_000, 50),
                new FullHostBenchmark(5_000, 50));
    }
}
