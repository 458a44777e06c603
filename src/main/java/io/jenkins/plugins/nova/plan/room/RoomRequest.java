package io.jenkins.plugins.nova.plan.room;

import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.LocalDisks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server asks of a host's Placement inventory, as Nova's scheduler asks it (nova/scheduler/utils.py,
 * ResourceRequest): its flavor's vCPUs, memory and disks, {@code resources:*} and {@code trait:*} of its flavor, {@code trait:*} of
 * its image, and PCPU instead of VCPU where its CPUs are dedicated.
 *
 * <p>Numbered groups ({@code resources1:*}) are asked for as if they were one, which more hosts can satisfy. What Nova
 * derives from ports, device profiles, NUMA, vTPM and encryption is not asked for. So a host may be named that Nova turns down; but
 * none that Nova would take is left out.
 *
 * @param resources amounts
 * @param traits those that the host must have; {@code !TRAIT} for one that it must not have
 */
public record RoomRequest(Resources resources, SortedSet<String> traits) {

    private static final Pattern SPEC = Pattern.compile("(resources|trait)([a-zA-Z0-9_-]{1,64})?:(.+)");
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,15}");

    public RoomRequest {
        traits = Collections.unmodifiableSortedSet(new TreeSet<>(traits));
    }

    /** What a server asks for. */
    public static RoomRequest of(Server server) {
        Map<String, Long> amounts = new TreeMap<>();
        SortedSet<String> traits = new TreeSet<>();
        server.flavor().extraSpecs().forEach((key, value) -> {
            Matcher spec = SPEC.matcher(key);
            if (!spec.matches()) {
                return;
            }
            if (spec.group(1).equals("resources")) {
                if (AMOUNT.matcher(value).matches()) {
                    amounts.merge(spec.group(3), Long.valueOf(value), Long::sum);
                }
            } else {
                trait(spec.group(3), value, spec.group(2) == null).ifPresent(traits::add);
            }
        });
        server.imageProperties().forEach((key, value) -> {
            if (key.startsWith("trait:")) {
                trait(key.substring("trait:".length()), value, true).ifPresent(traits::add);
            }
        });
        if (!amounts.containsKey("VCPU") && !amounts.containsKey("PCPU")) {
            amounts.putAll(PinnedCpus.of(server));
        }
        amounts.putIfAbsent("MEMORY_MB", server.flavor().ramMiB());
        amounts.putIfAbsent("DISK_GB", LocalDisks.gibibytes(server));
        return new RoomRequest(Resources.of(amounts), traits);
    }

    private static Optional<String> trait(String name, String value, boolean unnumbered) {
        if (value.equals("required")) {
            return Optional.of(name);
        }
        return value.equals("forbidden") && unnumbered ? Optional.of("!" + name) : Optional.empty();
    }

    /**
     * The same with dedicated CPUs as common ones: what Nova falls back to on clouds whose hosts report no PCPU (before
     * Train, or with vcpu_pin_set; nova.conf workarounds.disable_fallback_pcpu_query).
     */
    RoomRequest withoutDedicatedCpus() {
        Map<String, Long> amounts = new TreeMap<>(Map.copyOf(resources.amounts()));
        Long dedicated = amounts.remove("PCPU");
        if (dedicated == null) {
            return this;
        }
        amounts.merge("VCPU", dedicated, Long::sum);
        return new RoomRequest(Resources.of(amounts), traits);
    }

    /** {@code 64 GiB memory, 16 vCPUs, 20 GiB disk, trait HW_CPU_X86_AVX512F}, the largest part of most servers first. */
    public String words() {
        List<String> parts = new ArrayList<>();
        Long memory = resources.amounts().get("MEMORY_MB");
        if (memory != null) {
            parts.add(Amount.words("MEMORY_MB", memory));
        }
        resources.amounts().forEach((name, amount) -> {
            if (!name.equals("MEMORY_MB")) {
                parts.add(Amount.words(name, amount));
            }
        });
        traits.forEach(
                trait -> parts.add(trait.startsWith("!") ? "not trait " + trait.substring(1) : "trait " + trait));
        return String.join(", ", parts);
    }
}
