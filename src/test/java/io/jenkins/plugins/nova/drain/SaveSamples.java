package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a drain's state at every {@link Moment}, as this version of the plugin saves it, for the tests of later versions.
 * How to run it stands in src/test/resources/io/jenkins/plugins/nova/saved/README.md.
 */
final class SaveSamples {

    private SaveSamples() {}

    /** @param arguments the folder to write to */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Moment moment : Moment.values()) {
            try (SimulatedCloud cloud = moment.cloud()) {
                String state = Moment.lastSaved(moment.reach(cloud));
                Files.writeString(folder.resolve(moment.file()), state + "\n", StandardCharsets.UTF_8);
            }
        }
    }
}
