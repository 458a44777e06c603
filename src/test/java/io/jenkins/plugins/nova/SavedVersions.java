package io.jenkins.plugins.nova;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The states under src/test/resources that earlier versions of the plugin saved. */
public final class SavedVersions {

    /** Commits, each a folder. */
    public static final List<String> ALL = List.of("606497f");

    /** Those of them that had steps with a block, and one that was kept for these alone. */
    public static final List<String> MAINTENANCES = List.of("951a523");

    private SavedVersions() {}

    /**
     * A file of a version.
     *
     * @param cloud where the cloud is today; a state is held to the address that it was saved with
     */
    public static byte[] read(String version, String file, URI cloud) {
        String path = "saved/" + version + "/" + file;
        try (InputStream in = SavedVersions.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + path + " beside " + SavedVersions.class.getName());
            }
            // ISO 8859-1 keeps every byte, and ephemeral ports have five digits: the lengths in the file stay true
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return text.replaceAll("127\\.0\\.0\\.1:\\d{5}", cloud.getAuthority())
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
