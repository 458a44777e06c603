package io.jenkins.plugins.nova;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The states under src/test/resources that earlier versions of the plugin saved. */
public final class SavedVersions {

    /** Commits, each a folder. */
    public static final List<String> ALL = List.of("606497f");

    private SavedVersions() {}

    /** A file of a version. */
    public static byte[] read(String version, String file) {
        String path = "saved/" + version + "/" + file;
        try (InputStream in = SavedVersions.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + path + " beside " + SavedVersions.class.getName());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
