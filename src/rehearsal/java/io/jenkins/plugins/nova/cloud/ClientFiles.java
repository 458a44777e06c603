package io.jenkins.plugins.nova.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The clouds.yaml and the secure.yaml of whoever runs the openstack command: of each the first that is there, where openstacksdk
 * looks for it (openstack/config/loader.py, CONFIG_SEARCH_PATH and _load_config_file). Messages name the file and no word of it
 * but the clouds' names.
 */
final class ClientFiles {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final UnaryOperator<String> environment;
    private final Path here;

    /**
     * @param environment the variables of the environment, null for one that is not there
     * @param here the folder in which it is looked first
     */
    ClientFiles(UnaryOperator<String> environment, Path here) {
        this.environment = environment;
        this.here = here;
    }

    /**
     * @param file where it is
     * @param settings of the cloud, with what secure.yaml has of it
     */
    record Entry(Path file, ObjectNode settings) {
        /** Not the settings: among them are secrets. */
        @Override
        public String toString() {
            return "an entry of " + file;
        }
    }

    /**
     * The entry of a cloud.
     *
     * @param asked how the cloud was asked for, such as OS_CLOUD
     * @throws IllegalArgumentException when there is none, or the files cannot be read
     */
    Entry of(String cloud, String asked) {
        Path file = first("clouds", "OS_CLIENT_CONFIG_FILE");
        if (file == null) {
            throw new IllegalArgumentException(asked + ": there is no clouds.yaml in which the cloud '" + cloud
                    + "' could be; it is looked for in " + here.toAbsolutePath() + ", " + home()
                    + " and /etc/openstack, and where"
                    + " OS_CLIENT_CONFIG_FILE says");
        }
        JsonNode all = read(file);
        Path secure = first("secure", "OS_CLIENT_SECURE_FILE");
        if (secure != null && all instanceof ObjectNode open && read(secure) instanceof ObjectNode hidden) {
            merge(open, hidden);
        }
        JsonNode entry = all.path("clouds").path(cloud);
        if (!(entry instanceof ObjectNode settings)) {
            List<String> names = all.path("clouds").properties().stream()
                    .map(Map.Entry::getKey)
                    .toList();
            throw new IllegalArgumentException(asked + ": the cloud '" + cloud + "' is not in " + file
                    + (names.isEmpty() ? "" : "; there are '" + String.join("', '", names) + "'"));
        }
        return new Entry(file, settings);
    }

    private Path first(String name, String override) {
        List<Path> places = new ArrayList<>();
        String said = environment.apply(override);
        if (said != null && !said.isEmpty()) {
            places.add(here.resolve(said));
        }
        Stream.of(
                        here,
                        home(),
                        userHome().resolve(".config/openstack"),
                        Path.of("/etc/xdg/openstack"),
                        Path.of("/etc/openstack"))
                .flatMap(folder -> ENDINGS.stream().map(ending -> folder.resolve(name + ending)))
                .forEach(places::add);
        return places.stream().filter(Files::exists).findFirst().orElse(null);
    }

    /** As platformdirs has it. */
    private Path home() {
        String xdg = environment.apply("XDG_CONFIG_HOME");
        Path config = xdg == null || xdg.isBlank() ? userHome().resolve(".config") : Path.of(xdg);
        return config.resolve("openstack");
    }

    private Path userHome() {
        String home = environment.apply("HOME");
        return Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
    }

    private static JsonNode read(Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a directory, where a file with clouds belongs");
        }
        try {
            return CloudsYaml.tree(Files.readString(file));
        } catch (CloudProblem odd) {
            throw new IllegalArgumentException(file + ": " + odd.getMessage(), odd);
        } catch (CharacterCodingException odd) {
            throw new IllegalArgumentException(file + " is not text in UTF-8", odd);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    file + " cannot be read (" + unreadable.getClass().getSimpleName() + ")", unreadable);
        }
    }

    /** Maps into maps; else what is secret counts (openstack/config/_util.py, merge_clouds). */
    private static void merge(ObjectNode open, ObjectNode hidden) {
        hidden.properties().forEach(each -> {
            if (open.get(each.getKey()) instanceof ObjectNode into && each.getValue() instanceof ObjectNode more) {
                merge(into, more);
            } else {
                open.set(each.getKey(), each.getValue());
            }
        });
    }
}
