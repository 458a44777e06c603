package io.jenkins.plugins.nova.fire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.drain.ManualExecutor;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.step.DrivenThreads;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A controller's process, to be killed: runs a step of the plugin as Pipeline does, or takes one up that another process has
 * saved. Talks with {@link SigkillTable} by lines: it is told {@code begin|resume scenario identityUrl now file}, asks
 * {@code advance millis} and {@code save} and waits for {@code ok}, and says {@code over}.
 */
final class Child {

    private static final Duration BOUND = Duration.ofMinutes(2);

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final Path folder;

    private Child(Path folder) {
        this.folder = folder;
    }

    /** Obeys until its input ends or it is killed. {@code args[0]} is a folder for the build's files. */
    public static void main(String[] args) throws Exception {
        new Child(Path.of(args[0])).obey();
    }

    private void obey() throws Exception {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            Path disk = Path.of(words[4]);
            ManualExecutor executor = new ManualExecutor(Instant.parse(words[3]));
            DrivenThreads.drive(executor);
            try (CloudFixture clouds = CloudFixture.begin();
                    StepRunner runner =
                            new StepRunner(new Asked(folder, () -> ask("save")), bytes -> save(disk, bytes))) {
                clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                        .cloud("sim", URI.create(words[2]), null, "openstack");
                RunningStep step = words[0].equals("begin")
                        ? runner.start(Scenario.named(words[1]).step().get())
                        : runner.resume(Files.readAllBytes(disk));
                finish(step, executor);
                Files.writeString(state(disk), DrainCodec.write(DrivenThreads.state(step.execution())));
                Files.writeString(
                        result(disk), new ObjectMapper().writeValueAsString(Map.of("returned", step.value(BOUND))));
            }
            System.out.println("over");
        }
    }

    /** The drain's last state. */
    static Path state(Path disk) {
        return disk.resolveSibling(disk.getFileName() + ".state");
    }

    /** What the step returned. */
    static Path result(Path disk) {
        return disk.resolveSibling(disk.getFileName() + ".result");
    }

    /** Drives the time until the step is over. What it asks of the VM thread is done once that answers. */
    private void finish(RunningStep step, ManualExecutor executor) throws InterruptedException {
        step.execution();
        Instant end = executor.clock().instant().plus(KillTable.BOUND);
        while (!step.isEnded()) {
            Instant due = executor.nextDue();
            if (due == null || due.isAfter(end)) {
                throw new IllegalStateException("the step goes on no more, or for too long:\n" + step.console());
            }
            Duration pause = Duration.between(executor.clock().instant(), due);
            if (!pause.isNegative() && !pause.isZero()) {
                ask("advance " + pause.toMillis());
            }
            executor.step();
            step.execution();
        }
    }

    private void save(Path disk, byte[] bytes) {
        ask("save");
        try {
            Path next = disk.resolveSibling(disk.getFileName() + ".next");
            Files.write(next, bytes);
            Files.move(next, disk, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The build's directory; asks before anybody writes to it: the report, or the journal of the step's state. */
    private static final class Asked extends File {
        private static final long serialVersionUID = 1L;

        private final transient Runnable question;

        Asked(Path folder, Runnable question) {
            super(folder.toString());
            this.question = question;
        }

        @Override
        public Path toPath() {
            question.run();
            return super.toPath();
        }
    }

    private synchronized void ask(String what) {
        System.out.println(what);
        try {
            String answer = in.readLine();
            if (!"ok".equals(answer)) {
                throw new IllegalStateException("asked '" + what + "', was told '" + answer + "'");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
