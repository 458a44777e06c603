package io.jenkins.plugins.nova.simulator;

import java.io.IOException;
import java.time.Instant;

/** Starts the rehearsal cloud for other processes and prints how to reach it; ends when its input does. */
public final class SimulatorMain {

    private SimulatorMain() {}

    /** {@code args[0]}, if given, is the port. */
    public static void main(String[] args) throws IOException {
        CloudBuilder builder =
                CloudFile.ofResource("rehearsal.json").describe(Instant.now()).realTime(1);
        if (args.length > 0) {
            builder.port(Integer.parseInt(args[0]));
        }
        try (SimulatedCloud cloud = builder.start()) {
            cloud.environment("admin").forEach((name, value) -> System.out.println("export " + name + "=" + value));
            System.out.flush();
            while (System.in.read() >= 0) {
                // a terminal's Ctrl-D, or the end of whoever started this
            }
        }
    }
}
