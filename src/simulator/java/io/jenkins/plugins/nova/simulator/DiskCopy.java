package io.jenkins.plugins.nova.simulator;

/** The copying of a stopped server's local disk: as fast as the link lets it. */
final class DiskCopy implements Link.Copy {
    /** Less than this is a rounding error. */
    private static final double NOTHING_MIB = 1e-3;

    private double remainingMib;

    DiskCopy(double mib) {
        remainingMib = mib;
    }

    @Override
    public double fastest() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public boolean copy(double seconds, double mibPerSecond) {
        remainingMib -= seconds * mibPerSecond;
        return remainingMib <= NOTHING_MIB;
    }

    @Override
    public double patience(double mibPerSecond) {
        return mibPerSecond == 0 ? Double.POSITIVE_INFINITY : Math.max(0, remainingMib) / mibPerSecond;
    }
}
