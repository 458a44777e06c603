package io.jenkins.plugins.nova.rehearsal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The shared libraries that the operator has at hand, as folders with vars, src and resources, and which of them the
 * pipeline has loaded.
 */
public final class Libraries {
    /** The name of a folder that stands for any library. */
    public static final String ANY = "";

    private final Map<String, Path> folders;
    private final Set<Path> loaded = new LinkedHashSet<>();
    private boolean asked;

    /** Folders by the name of their library; at most one by {@link #ANY}. */
    public Libraries(Map<String, Path> folders) {
        this.folders = new LinkedHashMap<>(folders);
    }

    /**
     * The pipeline asks for a library.
     *
     * @param reference its name, perhaps with a version behind an "@"
     * @param sources told of the folder with its classes, if that is new
     * @return whether there is a folder for it
     */
    boolean load(String reference, Consumer<Path> sources) {
        asked = true;
        String name = reference.replaceFirst("@.*", "");
        Path folder = folders.getOrDefault(name, folders.get(ANY));
        if (folder != null && loaded.add(folder)) {
            sources.accept(folder.resolve("src"));
        }
        return folder != null;
    }

    /** The pipeline has asked for none: the folder without a name is as a library that is loaded implicitly. */
    void loadImplicit(Consumer<Path> sources) {
        if (!asked && folders.containsKey(ANY) && loaded.add(folders.get(ANY))) {
            sources.accept(folders.get(ANY).resolve("src"));
        }
    }

    /** Whether there is a folder for a library. */
    public boolean isAtHand(String reference) {
        return folders.containsKey(reference.replaceFirst("@.*", "")) || folders.containsKey(ANY);
    }

    /** How to give one that is missing. */
    public static String missing(String reference) {
        String name = reference.replaceFirst("@.*", "");
        return "the rehearsal does not have the shared library '" + name + "'; -Dlibrary=DIR, or " + name
                + "=DIR, names the folder in which its vars, src and resources lie";
    }

    /** The script of a global variable that a loaded library has. */
    Optional<Path> variable(String name) {
        return loaded.stream()
                .map(folder -> folder.resolve("vars").resolve(name + ".groovy"))
                .filter(file -> name.matches("\\w+") && Files.isRegularFile(file))
                .findFirst();
    }

    /** The text of a resource that a loaded library has. */
    public Optional<Path> resource(String name) {
        return loaded.stream()
                .map(folder -> folder.resolve("resources"))
                .filter(folder -> Files.isRegularFile(folder.resolve(name).normalize())
                        && folder.resolve(name).normalize().startsWith(folder.normalize()))
                .map(folder -> folder.resolve(name).normalize())
                .findFirst();
    }

    /** Reads a source. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new NotRunnable("the library's file " + file + " cannot be read as text in UTF-8 ("
                    + unreadable.getClass().getSimpleName() + ")");
        }
    }

    /** The folders, for the operator. */
    public List<Path> loaded() {
        return List.copyOf(loaded);
    }
}
