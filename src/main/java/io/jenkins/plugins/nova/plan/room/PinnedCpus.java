package io.jenkins.plugins.nova.plan.room;

import io.jenkins.plugins.nova.api.Server;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of a server's CPUs are shared with others (VCPU) and how many are its own (PCPU), by its flavor's
 * {@code hw:cpu_policy} or else its image's (nova/scheduler/utils.py, _translate_pinning_policies).
 */
final class PinnedCpus {

    private static final Pattern RANGE = Pattern.compile("(\\^?)(\\d{1,4})(?:-(\\d{1,4}))?");

    private PinnedCpus() {}

    /** Amounts of VCPU and PCPU; none where it cannot be told, so that any host will do. */
    static Map<String, Long> of(Server server) {
        Map<String, String> specs = server.flavor().extraSpecs();
        long all = server.flavor().vcpus();
        String policy =
                specs.getOrDefault("hw:cpu_policy", server.imageProperties().getOrDefault("hw_cpu_policy", "shared"));
        long emulator = specs.getOrDefault("hw:emulator_threads_policy", "").equals("isolate") ? 1 : 0;
        return switch (policy) {
            case "dedicated" -> Map.of("PCPU", all + emulator);
            case "mixed" -> {
                long own = count(specs.getOrDefault("hw:cpu_dedicated_mask", ""));
                yield own == 0 || own > all ? Map.of() : Map.of("PCPU", own + emulator, "VCPU", all - own);
            }
            default -> Map.of("VCPU", all);
        };
    }

    /** How many CPUs a mask such as {@code 0-3,^2,7} names; 0 when it cannot be read. */
    private static long count(String mask) {
        Set<Integer> named = new HashSet<>();
        Set<Integer> not = new HashSet<>();
        for (String part : mask.split(",")) {
            Matcher range = RANGE.matcher(part.trim());
            if (!range.matches()) {
                return 0;
            }
            int first = Integer.parseInt(range.group(2));
            int last = range.group(3) == null ? first : Integer.parseInt(range.group(3));
            for (int cpu = first; cpu <= last; cpu++) {
                (range.group(1).isEmpty() ? named : not).add(cpu);
            }
        }
        named.removeAll(not);
        return named.size();
    }
}
