package io.jenkins.plugins.nova.plan;

/**
 * How fast a host's servers can be moved off it.
 *
 * @param bytesPerSecond of memory and local disks, over the link, above 0
 */
public record Rates(long bytesPerSecond) {

    /**
     * What is assumed before anything was observed: 100 MiB/s, what a link of 1 Gb/s carries. One of 10 Gb/s carries ten
     * times that and makes the forecast too long, which harms less than one that is too short.
     */
    public static final Rates ASSUMED = new Rates(100L << 20);

    public Rates {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("a rate must be above 0, not " + bytesPerSecond);
        }
    }

    /** As it is written: {@code 100 MiB/s}. */
    public String words() {
        return (bytesPerSecond >> 20) + " MiB/s";
    }
}
