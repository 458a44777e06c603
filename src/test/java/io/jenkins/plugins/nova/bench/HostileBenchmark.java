package io.jenkins.plugins.nova.bench;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.hostile.EnemyCloud;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.MaintenancePlanStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.NodeReturnStep;
import io.jenkins.plugins.nova.step.NovaStep;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The time of a drain on a healthy cloud, alone, and beside steps on clouds that hang, drip, and answer with 60 MB. Real steps on
 * their real threads in real time, turn by turn; the median of the turns.
 */
final class HostileBenchmark implements Benchmark {

    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final int SERVERS = 6;
    private static final int FASTER = 10;

    private final int enemies;
    private final int turns;
    private int clouds;

    /**
     * @param enemies steps on each of the clouds that mean harm
     * @param turns how often each time is taken
     */
    HostileBenchmark(int enemies, int turns) {
        this.enemies = enemies;
        this.turns = turns;
    }

    @Override
    public List<Figure> run() throws Exception {
        Path folder = Files.createTempDirectory("bench");
        double[] alone = new double[turns];
        double[] beside = new double[turns];
        List<EnemyCloud.Way> ways = List.of(EnemyCloud.Way.HUNG, EnemyCloud.Way.SLOW, EnemyCloud.Way.FAT);
        try (CloudFixture config = CloudFixture.begin()) {
            config.credential(CloudFixture.password("openstack", "admin", "secret", "admin"));
            drain(config, folder); // what is made once
            for (int turn = 0; turn < turns; turn++) {
                alone[turn] = drain(config, folder);
                List<RunningStep> steps = new ArrayList<>();
                List<EnemyCloud> harm = new ArrayList<>();
                try (StepRunner runner = runner(folder)) {
                    for (EnemyCloud.Way way : ways) {
                        EnemyCloud enemy = new EnemyCloud(way);
                        harm.add(enemy);
                        String name = "enemy" + clouds++;
                        config.cloud(name, enemy.identityUrl(), null, "openstack");
                        for (int i = 0; i < enemies; i++) {
                            steps.add(runner.start(on(name, step(i))));
                        }
                        await().atMost(BOUND).until(() -> enemy.asked() > 0);
                    }
                    beside[turn] = drain(config, folder);
                    for (RunningStep step : steps) {
                        step.stop();
                    }
                    for (RunningStep step : steps) {
                        step.failure(BOUND);
                    }
                } finally {
                    harm.forEach(EnemyCloud::close);
                }
            }
        }
        double one = median(alone);
        double other = median(beside);
        return List.of(Figure.of("hostile")
                .with("enemies", enemies * ways.size())
                .with("alone", String.format(Locale.ROOT, "%.2f", one))
                .with("beside", String.format(Locale.ROOT, "%.2f", other))
                .with("ratio", String.format(Locale.ROOT, "%.2f", other / one)));
    }

    private static NovaStep step(int i) {
        return switch (i % 3) {
            case 0 -> new MaintenancePlanStep("compute1");
            case 1 -> new NodeEvacuateStep("compute1");
            default -> new NodeReturnStep("compute1");
        };
    }

    private static <S extends NovaStep> S on(String cloud, S step) {
        step.setCloud(cloud);
        return step;
    }

    private static StepRunner runner(Path folder) throws Exception {
        File build = Files.createTempDirectory(folder, "build").toFile();
        return new StepRunner(build);
    }

    /** Seconds from the step's start to its end. */
    private double drain(CloudFixture config, Path folder) throws Exception {
        CloudBuilder builder =
                SimulatedCloud.builder().realTime(FASTER).host("compute2").host("compute1");
        for (int i = 1; i <= SERVERS; i++) {
            builder.server("web" + i, server -> server.behaviour(b -> b.liveSeconds(40)));
        }
        String name = "healthy" + clouds++;
        try (SimulatedCloud cloud = builder.start();
                StepRunner runner = runner(folder)) {
            config.cloud(name, cloud.identityUrl(), "RegionOne", "openstack");
            long begun = System.nanoTime();
            runner.start(on(name, new NodeEvacuateStep("compute1"))).value(BOUND);
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
