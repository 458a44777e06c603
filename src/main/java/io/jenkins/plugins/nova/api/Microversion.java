package io.jenkins.plugins.nova.api;

/**
 * A microversion of the Compute API, such as 2.90. Ordered by number (2.9 is older than 2.10).
 *
 * @param major always 2 today
 * @param minor the number behind the dot
 */
public record Microversion(int major, int minor) implements Comparable<Microversion> {

    /** {@code 2.minor}. */
    public static Microversion of(int minor) {
        return new Microversion(2, minor);
    }

    /**
     * Reads {@code "2.90"}.
     *
     * @throws IllegalArgumentException when the text is no microversion
     */
    public static Microversion parse(String text) {
        String[] parts = text.split("\\.", -1);
        try {
            if (parts.length == 2) {
                return new Microversion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a microversion: '" + text + "'", e);
        }
        throw new IllegalArgumentException("not a microversion: '" + text + "'");
    }

    @Override
    public int compareTo(Microversion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    /** Whether this is {@code 2.minor} or newer. */
    public boolean atLeast(int wantedMinor) {
        return compareTo(of(wantedMinor)) >= 0;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
