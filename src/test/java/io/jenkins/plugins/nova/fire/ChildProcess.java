package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A JVM that runs {@link Child}, and the hand that kills it. */
final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    /** @param command that starts it */
    ChildProcess(ProcessBuilder command) {
        try {
            process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /** SIGKILL; returns when it is dead. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** Lets it end by itself, which it does when there is nothing more to obey; its exit status. */
    int exit() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ended();
    }

    private int ended() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a child died", e);
        }
    }

    /**
     * Has it run a drain.
     *
     * @param how begin or resume
     * @param killAtSave asked before each save: whether to kill it now
     * @return whether the drain is over; false when the process was killed
     */
    boolean run(String how, Scenario scenario, SimulatedCloud cloud, Path disk, BooleanSupplier killAtSave) {
        try {
            say(String.join(
                    " ",
                    how,
                    scenario.name(),
                    cloud.identityUrl().toString(),
                    cloud.clock().instant().toString(),
                    disk.toString()));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("over")) {
                    return true;
                }
                if (line.startsWith("advance ")) {
                    cloud.advance(Duration.ofMillis(Long.parseLong(line.substring("advance ".length()))));
                } else if (killAtSave.getAsBoolean()) {
                    kill();
                    return false;
                }
                say("ok");
            }
            kill();
            return false;
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
            return false;
        }
    }

    private void say(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    /** The process ends; whether by SIGKILL (128 + 9). */
    boolean killed() {
        return !process.isAlive() && process.exitValue() == 137;
    }

    @Override
    public void close() {
        kill();
    }
}
