package io.jenkins.plugins.nova.drain;

/**
 * How far a live migration has come, in bytes.
 *
 * @param total memory and disk in all
 * @param remaining still to be sent
 */
public record Progress(long total, long remaining) {

    /** 0 to 100. */
    public int percent() {
        return total <= 0 ? 0 : (int) Math.max(0, Math.min(100, 100 * (total - remaining) / total));
    }
}
