package io.jenkins.plugins.nova.rehearsal.twin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.CloudReader;
import io.jenkins.plugins.nova.cloud.ClientCloud;
import io.jenkins.plugins.nova.cloud.ClientProxies;
import io.jenkins.plugins.nova.cloud.FirstLogin;
import java.io.PrintStream;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** {@code java -jar nova-rehearsal.jar snapshot}: writes the file of a real cloud, with a reader's rights. */
public final class SnapshotCommand {
    /** The first argument. */
    public static final String NAME = "snapshot";

    /** The variable that holds the key of the hashes. */
    public static final String KEY = "NOVA_HASH_KEY";

    private static final int WEEKS = 4;
    private static final int MOST_WEEKS = 52;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;

    private final UnaryOperator<String> environment;
    private final PrintStream out;
    private final PrintStream notes;
    private String cloud;
    private boolean hashed;
    private int weeks = WEEKS;

    /**
     * @param environment the variables of the environment
     * @param out where the file goes
     * @param notes where an operator is told of it
     */
    public SnapshotCommand(UnaryOperator<String> environment, PrintStream out, PrintStream notes) {
        this.environment = environment;
        this.out = out;
        this.notes = notes;
    }

    /**
     * Takes it.
     *
     * @param arguments behind {@link #NAME}
     * @param here the folder in which clouds.yaml is looked for first
     * @throws IllegalArgumentException names the argument or the variable that is wrong, or what the cloud refuses
     */
    public void run(List<String> arguments, Path here) {
        read(arguments);
        ClientCloud client = cloud == null
                ? ClientCloud.ofEnvironment(environment, here)
                : ClientCloud.named(cloud, "--cloud", environment, here);
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ClientProxies(environment));
        try {
            FirstLogin login = FirstLogin.at(client);
            client.notes().forEach(notes::println);
            notes.println("Reading the cloud at " + client.url() + " " + login.who() + "; nothing is changed there.");
            long begun = System.nanoTime();
            try (CloudReader reader = login.reader()) {
                Snapshot snapshot = new Snapshot(reader, names(), Instant.now(), Duration.ofDays(7L * weeks));
                ObjectNode file = snapshot.read();
                Layout.write(file, out);
                out.flush();
                notes.printf(
                        "%s; %d s.%n",
                        snapshot.words(),
                        Duration.ofNanos(System.nanoTime() - begun).toSeconds());
                file.path("leftOut").forEach(each -> notes.println("left out: " + each.asText()));
            }
        } catch (NovaException refused) {
            throw new IllegalArgumentException(NAME + ": " + refused.getMessage(), refused);
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    private Names names() {
        if (!hashed) {
            return Names.plain();
        }
        String key = environment.apply(KEY);
        if (key == null || key.isBlank()) {
            byte[] random = new byte[KEY_BYTES];
            RANDOM.nextBytes(random);
            notes.println("Names are hashed with a key that is forgotten; with one in " + KEY
                    + " the next snapshot calls everything the same.");
            return Names.hashed(random);
        }
        return Names.hashed(key.getBytes(StandardCharsets.UTF_8));
    }

    private void read(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String value = null;
            int equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals > 0) {
                value = argument.substring(equals + 1);
                argument = argument.substring(0, equals);
            }
            switch (argument) {
                case "--hash-names" -> hashed = true;
                case "--cloud", "--weeks" -> {
                    if (value == null && i + 1 < arguments.size()) {
                        value = arguments.get(++i);
                    }
                    if (value == null || value.isBlank() || value.startsWith("--")) {
                        throw new IllegalArgumentException(NAME + ": " + argument + " needs a value");
                    }
                    if (argument.equals("--cloud")) {
                        cloud = value;
                    } else {
                        weeks = weeks(value);
                    }
                }
                default ->
                    throw new IllegalArgumentException(NAME + ": there is no option '" + argument
                            + "'; there are --cloud NAME, --hash-names and --weeks N");
            }
        }
    }

    private static int weeks(String text) {
        if (!text.matches("\\d{1,2}") || Integer.parseInt(text) > MOST_WEEKS) {
            throw new IllegalArgumentException(
                    NAME + ": --weeks must be a number from 0 to " + MOST_WEEKS + ", not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
