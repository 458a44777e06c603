package io.jenkins.plugins.nova.step;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
            write(folder.resolve(saved.file()), saved::begin);
        }
        for (SavedMaintenance saved : SavedMaintenance.values()) {
            write(folder.resolve(saved.file()), (cloud, runner) -> saved.begin(cloud, runner, new HandBlock()));
        }
        System.exit(0);
    }

    /** Brings a step to where it is to be saved, and suspends it: its ticks would go on where the cloud is no more. */
    private interface Beginning {
        RunningStep begin(SimulatedCloud cloud, StepRunner runner) throws Exception;
    }

    private static void write(Path file, Beginning beginning) throws Exception {
        Path files = Files.createTempDirectory("samples");
        // where no journal can be kept all of the state is in the execution: a sample is one file
        Files.createFile(files.resolve("nova-maintenance"));
        try (SimulatedCloud cloud = SavedStep.cloud();
                CloudFixture clouds = CloudFixture.begin();
                StepRunner runner = new StepRunner(files.toFile()).in(DrivenTime.of(cloud))) {
            clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                    .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
            List<byte[]> saves = beginning.begin(cloud, runner).saves();
            Files.write(file, saves.get(saves.size() - 1));
        }
    }
}
