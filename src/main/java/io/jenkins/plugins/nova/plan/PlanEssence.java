package io.jenkins.plugins.nova.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What of a plan matters to whoever approves it: which servers of which flavor, what is done with each, and on what terms. Not how long it
 * takes, in which order, or what a server's power state, tags or progress are, as long as they change nothing of that.
 *
 * @param terms what holds for all, by name: the host, the way, the target, how disks are treated; only what has an effect
 * @param lines the servers, in any order
 */
public record PlanEssence(Map<String, String> terms, List<PlanLine> lines) {

    /** The one term that the cloud has a word in; all others are what the step was told. */
    public static final String HOST_STATE = "state of the host";

    public PlanEssence {
        terms = new TreeMap<>(terms);
        lines = lines.stream().sorted(Comparator.comparing(PlanLine::id)).toList();
    }

    /** The same on one more term. */
    public PlanEssence on(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(terms);
        more.put(name, value);
        return new PlanEssence(more, lines);
    }

    /** Whether something is to be done in this way. */
    public boolean has(Action action) {
        return lines.stream().anyMatch(line -> line.action() == action);
    }

    /** 12 hexadecimal digits: the same for plans that are the same in what matters. */
    public String hash() {
        StringBuilder text = new StringBuilder();
        terms.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        lines.forEach(line -> text.append(line.id())
                .append('|')
                .append(line.action())
                .append('|')
                .append(line.flavor())
                .append('\n'));
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * What has changed since a plan was approved, a line each: {@code + LIVE web9 (new on the host)}, {@code - COLD batch1
     * (gone)}, {@code ~ web1: LIVE -> COLD (is SHUTOFF now)}.
     *
     * @param approved the plan that was approved; without terms where only its servers are known
     */
    public List<String> since(PlanEssence approved) {
        List<String> changes = new ArrayList<>();
        if (!approved.terms.isEmpty()) {
            Set<String> names = new TreeSet<>(terms.keySet());
            names.addAll(approved.terms.keySet());
            for (String name : names) {
                String was = approved.terms.getOrDefault(name, "none");
                String is = terms.getOrDefault(name, "none");
                if (!was.equals(is)) {
                    changes.add("~ " + name + ": " + was + " -> " + is);
                }
            }
        }
        Map<String, PlanLine> before =
                approved.lines.stream().collect(Collectors.toMap(PlanLine::id, line -> line, (one, other) -> one));
        for (PlanLine line : lines) {
            PlanLine was = before.remove(line.id());
            if (was == null) {
                changes.add("+ " + line.action() + " " + line.shown() + " (new on the host)");
            } else if (was.action() != line.action()) {
                changes.add("~ " + line.shown() + ": " + was.action() + " -> " + line.action()
                        + (line.status().equals(was.status()) ? "" : " (is " + line.status() + " now)"));
            }
            if (was != null && !was.flavor().isEmpty() && !was.flavor().equals(line.flavor())) {
                changes.add("~ " + line.shown() + ": flavor " + was.flavor() + " -> " + line.flavor());
            }
        }
        before.values().forEach(line -> changes.add("- " + line.action() + " " + line.shown() + " (gone)"));
        return changes;
    }
}
