package io.jenkins.plugins.nova.fire;

import java.io.BufferedReader;
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

/**
 * A controller's process, to be killed. Talks with {@link SigkillTable} by lines: it is told {@code begin|resume scenario
 * identityUrl now file}, asks {@code advance millis} and {@code save} and waits for {@code ok}, and says {@code over}.
 */
final class Child {

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Child() {}

    /** Obeys until its input ends or it is killed. */
    public static void main(String[] none) throws IOException {
        new Child().obey();
    }

    private void obey() throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            Path file = Path.of(words[4]);
            Drill drill = new Drill(
                    URI.create(words[2]),
                    Instant.parse(words[3]),
                    time -> ask("advance " + time.toMillis()),
                    text -> save(file, text),
                    () -> false,
                    Duration.ofSeconds(10));
            if (words[0].equals("begin")) {
                drill.begin(Scenario.named(words[1]).order(), KillTable.BOUND);
            } else {
                drill.resume(Files.readString(file), KillTable.BOUND);
            }
            System.out.println("over");
        }
    }

    private void save(Path file, String text) {
        ask("save");
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ask(String what) {
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
