package io.jenkins.plugins.nova.bench;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.step.DrivenThreads;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Many nodeEvacuate steps at once, each of which waits for a copy that takes a day: the threads that they tick on, the memory
 * that one more of them holds, and their ticks. Real steps on their real threads in real time; the cloud is another process.
 */
final class WaitingBenchmark implements Benchmark {

    /** For the client, the session and whatever else is made once. */
    private static final int WARM = 20;

    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final String POOL = "nova-maintenance";

    private final int drains;
    private final Duration watched;
    private final List<StepExecution> steps = new ArrayList<>();

    /**
     * @param drains that wait at once
     * @param watched for how long they are watched
     */
    WaitingBenchmark(int drains, Duration watched) {
        this.drains = drains;
        this.watched = watched;
    }

    @Override
    public List<Figure> run() throws Exception {
        Path folder = Files.createTempDirectory("bench");
        try (CloudProcess cloud = new CloudProcess(drains + WARM);
                CloudFixture clouds = CloudFixture.begin()) {
            clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                    .cloud("sim", cloud.identity(), null, "openstack");
            start(1, WARM, folder);
            long before = heap();
            start(WARM + 1, WARM + drains, folder);
            long bytes = (heap() - before) / drains;
            long begun = System.nanoTime();
            long ticks = cloud.ticks();
            int threads = 0;
            while (System.nanoTime() - begun < watched.toNanos()) {
                threads = Math.max(threads, threads());
                await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            }
            double minutes = (System.nanoTime() - begun) / 60e9;
            double ticksAMinute = (cloud.ticks() - ticks) / minutes / steps.size();
            for (StepExecution step : steps) {
                step.stop(new InterruptedException("the benchmark is over"));
            }
            // of all at once: awaiting has a pause of its own before its first look
            await().atMost(BOUND)
                    .until(() -> steps.stream()
                            .allMatch(step ->
                                    ((WaitingContext) step.getContext()).end().isDone()));
            return List.of(Figure.of("waiting")
                    .with("drains", drains)
                    .with("threads", threads)
                    .with("bytesADrain", bytes)
                    .with("ticksAMinuteADrain", ticksAMinute));
        }
    }

    /** Starts drains and waits until each has had its move taken and waits for it. */
    private void start(int first, int last, Path folder) throws Exception {
        for (int i = first; i <= last; i++) {
            WaitingContext context = new WaitingContext(RehearsedRun.begin(
                    "maintenance" + i, folder.resolve("build" + i).toFile()));
            StepExecution step = new NodeEvacuateStep("compute" + i).start(context);
            steps.add(step);
            step.start();
        }
        await().atMost(BOUND).until(() -> steps.stream().allMatch(WaitingBenchmark::waits));
    }

    private static boolean waits(StepExecution step) {
        return DrivenThreads.state(step).servers().stream()
                .anyMatch(server -> "running".equals(server.migrationStatus()));
    }

    /** What is still referred to. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(POOL))
                .count();
    }
}
