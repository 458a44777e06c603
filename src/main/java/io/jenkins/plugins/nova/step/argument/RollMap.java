package io.jenkins.plugins.nova.step.argument;

import hudson.AbortException;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.drain.ApprovedPlan;
import io.jenkins.plugins.nova.drain.observe.RollRequest;
import io.jenkins.plugins.nova.drain.text.Times;
import io.jenkins.plugins.nova.drain.turn.TurnOrder;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.roll.Window;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.step.shown.EarlierRolls.Proof;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What rollPlan returned, as a pipeline gives it to nodeMaintenance. It may have been kept in a file, and a person may have edited it:
 * each value that counts is looked at, and what will not do is said with its key, the value and the way out.
 *
 * @param id names the roll
 * @param key what is rolled
 * @param cloud on which cloud
 * @param hosts all hosts, in the order in which they begin; those that are done already last
 * @param budget how many may be away
 * @param canary the host that goes first and alone; null for none
 * @param burnIn how long nothing else begins after that
 * @param stopAfter after so many failed hosts none begins
 * @param window when hosts may be away; null for always
 * @param block how long a host is worked on
 * @param blockMigration how the local disks of live migrations are treated
 * @param approve ids of servers, or {@code *}
 * @param leave ids of servers
 * @param done hosts that are done, with the proof in words
 * @param takes how long each host is likely to be away, where it was planned to begin
 * @param actions what was approved to be done with the servers that leave a host, by host and id
 */
public record RollMap(
        String id,
        String key,
        String cloud,
        List<String> hosts,
        Budget budget,
        String canary,
        Duration burnIn,
        int stopAfter,
        Window window,
        Duration block,
        BlockMigration blockMigration,
        List<String> approve,
        List<String> leave,
        Map<String, String> done,
        Map<String, Duration> takes,
        Map<String, Map<String, Action>> actions) {

    /** The longest burn-in and work on a host, in minutes. */
    public static final int MOST_MINUTES = 10_000;

    private static final int MOST_NUMBER = 1_000_000;
    private static final int MOST_TOLD = 20;
    private static final int MOST_SECONDS = 100 * 24 * 3600;

    /** Of a host that was not planned to begin: to empty it and to have it back. */
    private static final Duration AROUND = Duration.ofMinutes(15);

    private static final String AGAIN = "give the map that rollPlan returned, as it is";

    /** What is rolled, in one text: the same for the same job tomorrow. */
    public static String key(RollRequest request) {
        if (request.aggregate() != null) {
            return "aggregate:" + request.aggregate();
        }
        if (request.zone() != null) {
            return "zone:" + request.zone();
        }
        String names = String.join("\n", new TreeSet<>(request.hosts()));
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
            return "hosts:" + HexFormat.of().formatHex(sum, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** That a host was done, as the map has it. */
    public static Map<String, Object> proof(Proof proof) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("build", proof.build());
        map.put("at", Times.at(proof.at()));
        return map;
    }

    /** The same in words. */
    public static String words(Proof proof) {
        return words(proof.build(), Times.at(proof.at()));
    }

    private static String words(String build, String at) {
        return build + " has done it at " + at + ".";
    }

    /**
     * Reads what a pipeline gives.
     *
     * @return null for null
     * @throws AbortException when it will not do
     */
    public static RollMap read(Object given) throws AbortException {
        Object plain = Plain.of(given);
        if (plain == null) {
            return null;
        }
        if (!(plain instanceof Map<?, ?> map)) {
            throw new AbortException("roll: '" + shown(plain)
                    + "' will not do; give the map that rollPlan returned, not its planHash nor its hosts.");
        }
        List<String> hosts = texts(map, "hosts");
        check("roll.hosts", !hosts.isEmpty() && new HashSet<>(hosts).size() == hosts.size(), hosts, AGAIN);
        Map<String, String> done = done(map, hosts);
        String canary = optionalText(map, "canary", "roll.canary");
        check(
                "roll.canary",
                canary == null || hosts.contains(canary),
                canary,
                "name one of roll.hosts, or leave it out");
        Object blockMigration = required(map, "blockMigration");
        BlockMigration disks;
        try {
            disks = Arguments.blockMigration(blockMigration);
        } catch (AbortException e) {
            throw bad("roll.blockMigration", blockMigration, "give 'auto', true or false");
        }
        return new RollMap(
                text(map, "roll"),
                text(map, "key"),
                text(map, "cloud"),
                hosts,
                budget(map),
                done.containsKey(canary) ? null : canary,
                Duration.ofMinutes(number(map, "burnIn", 0, MOST_MINUTES)),
                number(map, "stopAfter", 1, MOST_NUMBER),
                window(map),
                Duration.ofMinutes(number(map, "blockMinutes", 0, MOST_MINUTES)),
                disks,
                texts(map, "approve"),
                texts(map, "leave"),
                done,
                takes(map, hosts),
                actions(map));
    }

    /**
     * What the host of a step is to be told.
     *
     * @param host the host
     * @param approved servers that the step itself approves, by id or name
     * @param left servers that may stay by the step's own word
     * @throws AbortException when the host is not of the roll
     */
    public TurnOrder order(
            String host, List<String> approved, List<String> left, BlockMigration disks, ApprovedPlan.OnDrift onDrift)
            throws AbortException {
        if (!hosts.contains(host)) {
            throw new AbortException("roll: host '" + host + "' is none of its hosts, which are " + some(hosts)
                    + "; plan the roll with it and have that approved, or leave roll out.");
        }
        List<String> rest = hosts.stream().filter(one -> !done.containsKey(one)).toList();
        RollRequest request = new RollRequest(rest, null, null, budget, canary != null, disks, approved, left, block);
        return new TurnOrder(
                id,
                host,
                hosts,
                done,
                request,
                canary,
                burnIn,
                stopAfter,
                window,
                takes.getOrDefault(host, block.plus(AROUND)),
                actions.getOrDefault(host, Map.of()),
                onDrift);
    }

    /** Servers that a step approves, and these. */
    public List<String> approving(List<String> own) {
        return own.contains("*") || approve.contains("*") ? List.of("*") : both(approve, own);
    }

    /** Servers that may stay by a step's word, and these. */
    public List<String> leaving(List<String> own) {
        return both(leave, own);
    }

    private static List<String> both(List<String> one, List<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }

    private static Budget budget(Map<?, ?> map) throws AbortException {
        Map<?, ?> budget = inner(required(map, "budget"), "roll.budget");
        int away = number(budget, "maxAway", "roll.budget.maxAway", 0, MOST_NUMBER);
        int free = number(budget, "minFree", "roll.budget.minFree", 0, MOST_NUMBER);
        return new Budget(away, free, optionalText(budget, "aggregate", "roll.budget.aggregate"));
    }

    private static Window window(Map<?, ?> map) throws AbortException {
        Object given = map.get("window");
        if (given == null) {
            return null;
        }
        Map<?, ?> window = inner(given, "roll.window");
        try {
            return Window.of(
                    optionalText(window, "hours", "roll.window.hours"),
                    optionalText(window, "days", "roll.window.days"),
                    optionalText(window, "zone", "roll.window.zone"));
        } catch (IllegalArgumentException e) {
            throw new AbortException("roll." + e.getMessage());
        }
    }

    private static Map<String, String> done(Map<?, ?> map, List<String> hosts) throws AbortException {
        Map<String, String> done = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : inner(required(map, "done"), "roll.done").entrySet()) {
            String host = String.valueOf(entry.getKey());
            check("roll.done", hosts.contains(host), host, "it is none of roll.hosts; " + AGAIN);
            Map<?, ?> proof = inner(entry.getValue(), "roll.done." + host);
            String at = text(proof, "at", "roll.done." + host + ".at");
            try {
                done.put(
                        host, words(text(proof, "build", "roll.done." + host + ".build"), Times.at(Instant.parse(at))));
            } catch (DateTimeException e) {
                throw bad("roll.done." + host + ".at", at, "give a time as '2026-01-31T22:00:00Z'");
            }
        }
        return done;
    }

    private static Map<String, Duration> takes(Map<?, ?> map, List<String> hosts) throws AbortException {
        Map<String, Duration> takes = new HashMap<>();
        for (Object one : list(map, "turns")) {
            Map<?, ?> turn = inner(one, "roll.turns");
            String host = text(turn, "host", "roll.turns.host");
            check("roll.turns.host", hosts.contains(host), host, "it is none of roll.hosts; " + AGAIN);
            if (turn.get("begins") != null || turn.get("ends") != null) {
                int begins = number(turn, "begins", "roll.turns.begins", 0, MOST_SECONDS);
                int ends = number(turn, "ends", "roll.turns.ends", begins, MOST_SECONDS);
                takes.put(host, Duration.ofSeconds(ends - begins));
            }
        }
        return takes;
    }

    private static Map<String, Map<String, Action>> actions(Map<?, ?> map) throws AbortException {
        Map<String, Map<String, Action>> actions = new HashMap<>();
        for (Object one : list(map, "seats")) {
            Map<?, ?> seat = inner(one, "roll.seats");
            String server = text(seat, "id", "roll.seats.id");
            String action = text(seat, "action", "roll.seats.action");
            Action known = Arrays.stream(Action.values())
                    .filter(each -> each.name().equals(action))
                    .findFirst()
                    .orElseThrow(() -> bad("roll.seats.action", action, AGAIN));
            actions.computeIfAbsent(text(seat, "from", "roll.seats.from"), unseen -> new HashMap<>())
                    .put(server, known);
        }
        return actions;
    }

    // ---- values of a map

    private static Object required(Map<?, ?> map, String name) throws AbortException {
        Object value = map.get(name);
        if (value == null) {
            throw new AbortException("roll." + name + ": is missing in this map; " + AGAIN + ".");
        }
        return value;
    }

    private static Map<?, ?> inner(Object value, String name) throws AbortException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw bad(name, value, AGAIN);
    }

    private static Collection<?> list(Map<?, ?> map, String name) throws AbortException {
        Object value = required(map, name);
        if (value instanceof Collection<?> many) {
            return many;
        }
        throw bad("roll." + name, value, AGAIN);
    }

    private static List<String> texts(Map<?, ?> map, String name) throws AbortException {
        List<String> texts = new ArrayList<>();
        for (Object one : list(map, name)) {
            check(
                    "roll." + name,
                    one instanceof String text && !text.isBlank(),
                    one,
                    "each entry is to be a name; " + AGAIN);
            texts.add((String) one);
        }
        return texts;
    }

    private static String text(Map<?, ?> map, String key) throws AbortException {
        return text(map, key, "roll." + key);
    }

    private static String text(Map<?, ?> map, String key, String name) throws AbortException {
        Object value = map.get(key);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw value == null
                ? new AbortException(name + ": is missing in this map; " + AGAIN + ".")
                : bad(name, value, AGAIN);
    }

    private static String optionalText(Map<?, ?> map, String key, String name) throws AbortException {
        return map.get(key) == null ? null : text(map, key, name);
    }

    private static int number(Map<?, ?> map, String key, int least, int most) throws AbortException {
        return number(map, key, "roll." + key, least, most);
    }

    private static int number(Map<?, ?> map, String key, String name, int least, int most) throws AbortException {
        Object value = map.get(key);
        if (value == null) {
            throw new AbortException(name + ": is missing in this map; " + AGAIN + ".");
        }
        try {
            int number = value instanceof Number ? new BigDecimal(value.toString()).intValueExact() : Integer.MIN_VALUE;
            if (number >= least && number <= most) {
                return number;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // told below, as what is out of bounds
        }
        throw bad(name, value, "give a whole number from " + least + " to " + most);
    }

    private static void check(String name, boolean good, Object value, String wayOut) throws AbortException {
        if (!good) {
            throw bad(name, value, wayOut);
        }
    }

    private static AbortException bad(String name, Object value, String wayOut) {
        return new AbortException(name + ": '" + shown(value) + "' will not do; " + wayOut + ".");
    }

    /** An error is to be read, not scrolled. */
    private static String shown(Object value) {
        String text = String.valueOf(value);
        int most = 200;
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(MOST_TOLD, names.size())))
                + (names.size() > MOST_TOLD ? " and " + (names.size() - MOST_TOLD) + " more" : "");
    }
}
