package io.jenkins.plugins.nova.plan.room;

import java.util.Locale;

/** Amounts of Placement's resource classes in words. */
final class Amount {

    private Amount() {}

    /** {@code 64 GiB memory}. */
    static String words(String resourceClass, long amount) {
        return figure(resourceClass, amount) + " " + name(resourceClass, amount);
    }

    /** {@code 64 GiB}; {@code 16} of what is counted. */
    static String figure(String resourceClass, long amount) {
        return switch (resourceClass) {
            case "MEMORY_MB" ->
                amount < 1024
                        ? amount + " MiB"
                        : String.format(Locale.ROOT, "%.1f", amount / 1024.0).replaceFirst("\\.0$", "") + " GiB";
            case "DISK_GB" -> amount + " GiB";
            default -> Long.toString(amount);
        };
    }

    /** {@code memory}, {@code vCPUs}, …; Placement's own name for what is rarer. */
    static String name(String resourceClass, long amount) {
        return switch (resourceClass) {
            case "MEMORY_MB" -> "memory";
            case "DISK_GB" -> "disk";
            case "VCPU" -> amount == 1 ? "vCPU" : "vCPUs";
            case "PCPU" -> amount == 1 ? "dedicated CPU" : "dedicated CPUs";
            default -> resourceClass;
        };
    }
}
