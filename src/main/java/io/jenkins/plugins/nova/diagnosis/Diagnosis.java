package io.jenkins.plugins.nova.diagnosis;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Explains Nova's words of failure. The data is a list in order: the first finding that applies is taken, so a narrow
 * one stands before a wider one. A message that none applies to is left unexplained; no reason is better than a wrong one.
 */
public final class Diagnosis {

    /**
     * How much of a message is read, in characters: Nova keeps 255 of a fault, and what tenants can write into one is not to
     * cost more than that.
     */
    static final int MOST_READ = 4096;

    private static final String RESOURCE = "nova-messages.json";
    private static final Diagnosis STANDARD = read();

    private final List<Finding> findings;

    private Diagnosis(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /** The findings that the plugin comes with. */
    public static Diagnosis standard() {
        return STANDARD;
    }

    /**
     * What a message means.
     *
     * @param message a refusal's text, an event's details, a server's fault; or, when Nova says nothing, the type and
     *     status of a migration with a space between ({@code live-migration failed}). May be null or empty; of a long one
     *     the first {@value #MOST_READ} characters are read.
     * @return empty when it is not known
     */
    public Optional<Finding> of(String message) {
        if (message == null) {
            return Optional.empty();
        }
        String read = message.substring(0, Math.min(message.length(), MOST_READ));
        return findings.stream().filter(finding -> finding.explains(read)).findFirst();
    }

    /** All findings, in the order in which they are tried. */
    public List<Finding> all() {
        return findings;
    }

    private static Diagnosis read() {
        try (InputStream data = Diagnosis.class.getResourceAsStream(RESOURCE)) {
            if (data == null) {
                throw new IOException(RESOURCE + " is missing beside " + Diagnosis.class.getName());
            }
            return new Diagnosis(new ObjectMapper().readValue(data, new TypeReference<List<Finding>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException("The findings on Nova's messages cannot be read", e);
        }
    }
}
