package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.turn.TurnOutcome;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.MigrationState;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Holds a roll against the cloud's own records: at every request, whenever something is said, and at the end. */
final class RollJudge {

    /** What must not be. */
    enum Wrong {
        DUPLICATES("duplicates"),
        LOST("lost"),
        FALSE("false"),
        OVERBUDGET("overbudget"),
        OPENED_UNFIT("openedUnfit"),
        CLOSED_WITHOUT_REASON("closedWithoutReason");

        private final String words;

        Wrong(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Nova still has it, or is about to give it back; anything else has brought it elsewhere. */
    private static final Set<String> MOVED = Set.of("completed", "finished", "confirming", "confirmed");

    private static final Set<String> FAILED = Set.of("error", "failed");

    private final SimulatedCloud cloud;
    private final Map<Wrong, List<String>> found = new EnumMap<>(Wrong.class);
    private final Map<String, ServerState> first;
    private final Map<String, Set<String>> begun = new HashMap<>();
    private final Map<String, MaintenanceState> ended = new LinkedHashMap<>();

    /** Hosts that were closed while the budget was full: they must be opened again before anything else. */
    private final Set<String> tooMany = new HashSet<>();

    /** Whether others have opened, killed or started hosts. */
    private boolean others;

    /** Servers that others did something to. */
    private Set<String> touched = new HashSet<>();

    /**
     * Where servers were when a request arrived, and how many migrations of theirs had failed, by the request's number; where nothing has
     * changed there is none.
     */
    private final NavigableMap<Long, Map<String, String>> places = new TreeMap<>();

    private Set<String> closed;

    /** One that looks only when it is told to. */
    RollJudge(SimulatedCloud cloud) {
        this.cloud = cloud;
        first = cloud.servers().stream().collect(Collectors.toMap(ServerState::id, server -> server));
        closed = closedNow();
        places.put(0L, Map.of());
    }

    /** One that looks whenever a request arrives. */
    static RollJudge watching(SimulatedCloud cloud) {
        RollJudge judge = new RollJudge(cloud);
        cloud.lies().beforeEach(judge::arrived);
        return judge;
    }

    private void add(Wrong what, String words) {
        synchronized (found) {
            found.computeIfAbsent(what, none -> new ArrayList<>()).add(words);
        }
    }

    /** What was wrong, in words. */
    Map<Wrong, List<String>> found() {
        return found;
    }

    /** How it ended, by host. */
    Map<String, MaintenanceState> ended() {
        return ended;
    }

    private Set<String> closedNow() {
        return RollScenario.HOSTS.stream().filter(host -> !cloud.enabled(host)).collect(Collectors.toSet());
    }

    private void arrived(long request) {
        look();
        Map<String, Long> failed = cloud.migrations().stream()
                .filter(one -> FAILED.contains(one.status()))
                .collect(Collectors.groupingBy(MigrationState::serverId, Collectors.counting()));
        Map<String, String> now = new HashMap<>();
        cloud.servers()
                .forEach(server -> now.put(
                        server.id(), server.host() + " after " + failed.getOrDefault(server.id(), 0L) + " failures"));
        synchronized (places) {
            if (!places.lastEntry().getValue().equals(now)) {
                places.put(request, now);
            }
        }
    }

    /** Looks at the hosts as they are now. */
    void look() {
        Set<String> now = closedNow();
        Set<String> away = new HashSet<>(now);
        RollScenario.HOSTS.stream().filter(host -> !cloud.up(host)).forEach(away::add);
        synchronized (places) {
            boolean grown = now.stream().anyMatch(host -> !closed.contains(host));
            if (grown && away.size() > RollScenario.MOST_AWAY) {
                now.stream().filter(host -> !closed.contains(host)).forEach(tooMany::add);
                if (!others) {
                    add(Wrong.OVERBUDGET, away + " are away at " + cloud.clock().instant());
                }
            }
            closed.stream().filter(host -> !now.contains(host)).forEach(host -> {
                tooMany.remove(host);
                if (!cloud.up(host)) {
                    add(Wrong.OPENED_UNFIT, host + " at " + cloud.clock().instant());
                }
            });
            closed = now;
        }
    }

    /** Others do something to hosts; what is opened by them is not ours, and they may take of the budget at any moment. */
    void others(Runnable deed) {
        others(deed, () -> true);
    }

    /** @param hosts whether it was done to a host in the end */
    void others(Runnable deed, BooleanSupplier hosts) {
        look();
        deed.run();
        others |= hosts.getAsBoolean();
        synchronized (places) {
            closed = closedNow();
        }
    }

    /** Others do something to these servers: where they are, and how often they moved, is not ours alone. */
    void touched(Set<String> servers) {
        touched = servers;
    }

    /** The drain of a host begins. */
    void begins(String host) {
        begun.put(host, cloud.serversOn(host).stream().map(ServerState::id).collect(Collectors.toSet()));
    }

    /** The drain of a host has ended. */
    void drained(String host, DrainState last) {
        look();
        new Truth(cloud, host)
                .contradictions(last).stream()
                        .filter(said -> touched.stream().noneMatch(id -> said.startsWith(name(id))))
                        .forEach(said -> add(Wrong.FALSE, host + ": " + said));
        if (!last.servers().isEmpty()) {
            Set<String> expected = new HashSet<>(begun.getOrDefault(host, Set.of()));
            expected.removeAll(touched);
            new Evidence(cloud, last)
                    .lost(expected).stream()
                            .filter(said -> touched.stream().noneMatch(id -> said.startsWith(name(id))))
                            .filter(said -> !movedOn(last, said))
                            .forEach(said -> add(Wrong.LOST, host + ": " + said));
        }
        boolean moved = last.servers().stream().anyMatch(server -> server.move() != null);
        if (tooMany.contains(host) && moved && others) {
            add(Wrong.OVERBUDGET, host + " was emptied although the budget was full");
        }
    }

    /** Whether what is said of a server was so until the roll emptied the host to which it had gone. */
    private boolean movedOn(DrainState last, String said) {
        return last.servers().stream()
                .filter(server -> server.migration() != null && said.startsWith(server.name() + " "))
                .anyMatch(server -> cloud.migrations().stream()
                        .anyMatch(one -> one.serverId().equals(server.id())
                                && one.id() > server.migration()
                                && one.source().equals(server.to())
                                && MOVED.contains(one.status())));
    }

    private String name(String id) {
        return first.containsKey(id) ? first.get(id).name() + " " : id;
    }

    /** The block of a host begins. */
    void blockBegins(String host) {
        new Truth(cloud, host).contradictionsOfTheBlock().forEach(said -> add(Wrong.FALSE, host + ": " + said));
    }

    /** The maintenance of a host is over. */
    void over(MaintenanceState state) {
        String host = state.order().host();
        ended.put(host, state);
        new Truth(cloud, host).contradictions(state).forEach(said -> add(Wrong.FALSE, host + ": " + said));
        boolean done = state.outcome().equals(MaintenanceState.DONE);
        if (done && !cloud.enabled(host)) {
            add(Wrong.FALSE, host + " is DONE, and disabled: " + state.message());
        }
        if (!done && state.message().isEmpty()) {
            add(Wrong.FALSE, host + " is " + state.outcome() + " without a message");
        }
        boolean begins = state.turn().outcome() == TurnOutcome.BEGINS;
        if (!begins && !cloud.enabled(host)) {
            add(Wrong.CLOSED_WITHOUT_REASON, host + " is " + state.outcome() + ", and disabled: " + state.message());
        }
    }

    /**
     * The roll is over.
     *
     * @param acted whether the cloud acted on a request
     * @param unheard what never reached the cloud
     */
    void end(Predicate<AuditEntry> acted, Predicate<AuditEntry> unheard) {
        look();
        new Evidence(cloud, null)
                .duplicates(this::same, acted, unheard).stream()
                        .filter(twice -> touched.stream().noneMatch(twice::contains))
                        .forEach(twice -> add(Wrong.DUPLICATES, twice));
        Map<String, ServerState> now =
                cloud.servers().stream().collect(Collectors.toMap(ServerState::id, server -> server));
        first.forEach((id, server) -> {
            if (touched.contains(id)) {
                return;
            }
            if (!now.containsKey(id)) {
                add(Wrong.LOST, server.name() + " is gone");
            } else if (!now.get(id).status().equals(server.status()) && !saidOf(id)) {
                add(
                        Wrong.LOST,
                        server.name() + " was " + server.status() + ", is " + now.get(id) + ", and no step says so");
            }
        });
        closed.forEach(this::closedAtTheEnd);
    }

    /** Whether a step tells of this server as one that is not well, or that is not confirmed. */
    private boolean saidOf(String id) {
        return ended.values().stream()
                .filter(state -> state.drain() != null)
                .flatMap(state -> state.drain().server(id).stream())
                .anyMatch(server -> server.outcome() != null && !server.reason().isEmpty());
    }

    private void closedAtTheEnd(String host) {
        MaintenanceState state = ended.get(host);
        String reason = cloud.disabledReason(host);
        boolean ours = reason != null && reason.startsWith(Claim.PREFIX + RollScenario.BUILD);
        if (!ours || state == null || !state.message().contains("stays cordoned")) {
            add(
                    Wrong.CLOSED_WITHOUT_REASON,
                    host + " is disabled (" + reason + "), its step says "
                            + (state == null ? "nothing" : state.outcome() + ": " + state.message()));
        }
    }

    /** Two requests ask for the same where the server is on the same host, and no migration of it has failed between them. */
    private String same(AuditEntry entry) {
        String id = entry.path().split("/")[2];
        Map<String, String> then;
        synchronized (places) {
            then = places.floorEntry(entry.number()).getValue();
        }
        return entry.action() + " of " + entry.path() + " on " + then.get(id);
    }

    /** Demands that all went as it does undisturbed: each host is done, and each server was moved once. */
    void undisturbed() {
        ended.forEach((host, state) -> {
            if (!state.outcome().equals(MaintenanceState.DONE)) {
                add(Wrong.FALSE, host + " is " + state.outcome() + ": " + state.message());
            }
        });
        Map<String, Long> moves = cloud.migrations().stream()
                .filter(one -> MOVED.contains(one.status()))
                .collect(Collectors.groupingBy(MigrationState::serverId, Collectors.counting()));
        first.forEach((id, server) -> {
            long times = moves.getOrDefault(id, 0L);
            if (times != 1) {
                add(times > 1 ? Wrong.DUPLICATES : Wrong.LOST, server.name() + " was moved " + times + " times");
            }
        });
    }

    /** Whether all hosts are done. */
    boolean allDone() {
        return ended.size() == RollScenario.HOSTS.size()
                && ended.values().stream().allMatch(state -> state.outcome().equals(MaintenanceState.DONE));
    }
}
