package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A simulated cloud in a process of its own, so that what it remembers is not counted as the drains' memory. */
final class CloudProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final URI identity;

    /** @param hosts to be emptied: {@code compute1} and so on, each with one server whose copy never ends */
    CloudProcess(int hosts) {
        try {
            process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            // it ends before the second compiler would pay
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CloudProcess.class.getName(),
                            Integer.toString(hosts)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
            identity = URI.create(out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI identity() {
        return identity;
    }

    /** How many ticks there were so far of drains that move servers: each lists the migrations of its host once. */
    long ticks() {
        try {
            in.write("ticks\n");
            in.flush();
            return Long.parseLong(out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process: prints where the cloud is, then the count of ticks for each line it gets. */
    public static void main(String[] args) throws IOException {
        int hosts = Integer.parseInt(args[0]);
        CloudBuilder builder = SimulatedCloud.builder().host("spare", h -> h.capacity(100_000, 100_000_000, 100_000));
        for (int i = 1; i <= hosts; i++) {
            builder.host("compute" + i)
                    .server("server" + i, s -> s.volumeBacked().behaviour(b -> b.liveSeconds(86_400)));
        }
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (SimulatedCloud cloud = builder.realTime(1).start()) {
            System.out.println(cloud.identityUrl());
            while (asked.readLine() != null) {
                System.out.println(cloud.audit().of("GET", "^/os-migrations$").size());
            }
        }
    }
}
