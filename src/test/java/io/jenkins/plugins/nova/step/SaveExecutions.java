package io.jenkins.plugins.nova.step;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the executions of steps under way, serialised by this version of the plugin, for the tests of later versions. How to
 * run it stands in src/test/resources/io/jenkins/plugins/nova/saved/README.md.
 */
final class SaveExecutions {

    private SaveExecutions() {}

    /** @param arguments the folder to write to */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (SavedStep saved : SavedStep.values()) {
            Path files = Files.createTempDirectory("samples");
            try (SimulatedCloud cloud = SavedStep.cloud();
                    CloudFixture clouds = CloudFixture.begin();
                    StepRunner runner = new StepRunner(files.toFile()).in(DrivenTime.of(cloud))) {
                clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                        .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
                RunningStep step = saved.begin(cloud, runner);
                byte[] last = step.saves().get(step.saves().size() - 1);
                Files.write(folder.resolve(saved.file()), last);
                // its ticks would go on where the cloud is no more
                ((DrainExecution) step.execution()).suspend();
            }
        }
        System.exit(0);
    }
}
