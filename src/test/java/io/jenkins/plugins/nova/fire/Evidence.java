package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A drain's result held against the cloud itself: its audit log, its servers and its migrations. */
final class Evidence {

    private static final Pattern TIMES = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|req-[0-9a-f-]+|\\b\\d+ (?:s|min|h)\\b|migration \\d+|step [0-9a-f]{8} of");

    private final SimulatedCloud cloud;
    private final DrainState last;

    Evidence(SimulatedCloud cloud, DrainState last) {
        this.cloud = cloud;
        this.last = last;
    }

    /** The result as the step returns it but for times, migration numbers and the ids of requests and of the run. */
    static Map<String, Object> but(DrainState last) {
        Map<String, Object> result = new LinkedHashMap<>(StepResult.ofHost(last));
        result.put("servers", StepResult.ofServers(last));
        return but(result);
    }

    /** A step's result but for the same. */
    static Map<String, Object> but(Map<?, ?> result) {
        Map<String, Object> timeless = new LinkedHashMap<>();
        result.forEach((key, value) -> {
            if (!key.equals("seconds")) {
                timeless.put(key.toString(), timeless(value));
            }
        });
        return timeless;
    }

    private static Object timeless(Object value) {
        if (value instanceof String text) {
            return TIMES.matcher(text).replaceAll("…");
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(timeless(one)));
            return all;
        }
        return value instanceof Map<?, ?> map ? but(map) : value;
    }

    /** What two results do not have in common. */
    static List<String> differences(Map<String, Object> undisturbed, Map<String, Object> now) {
        List<String> different = new ArrayList<>();
        undisturbed.forEach((key, value) -> {
            if (!Objects.equals(value, now.get(key))) {
                different.add(key + " is " + now.get(key) + " instead of " + value);
            }
        });
        return different;
    }

    /**
     * Requests for a server that were sent although the same request had been acted on before. One more is none where Nova had
     * told by then that the first ended with an error; a third always is.
     *
     * @param acted whether the cloud acted on a request
     * @param unheard what never reached the cloud
     */
    List<String> duplicates(Predicate<AuditEntry> acted, Predicate<AuditEntry> unheard) {
        return duplicates(entry -> entry.action() + " of " + entry.path(), acted, unheard);
    }

    /** @param same what is the same of two requests that ask for the same */
    List<String> duplicates(
            Function<AuditEntry, String> same, Predicate<AuditEntry> acted, Predicate<AuditEntry> unheard) {
        Map<String, AuditEntry> done = new HashMap<>();
        Set<String> again = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (AuditEntry entry : cloud.audit().entries()) {
            if (entry.action() == null || !"admin".equals(entry.user()) || unheard.test(entry)) {
                continue;
            }
            String what = same.apply(entry);
            boolean mayPass = done.containsKey(what) && failedBefore(done.get(what), entry) && again.add(what);
            if (done.containsKey(what) && !mayPass) {
                twice.add("#" + entry.number() + " " + what);
            }
            if (acted.test(entry)) {
                done.put(what, entry);
            }
        }
        return twice;
    }

    private boolean failedBefore(AuditEntry first, AuditEntry second) {
        return cloud.failed(first.requestId())
                .filter(ended -> !ended.isAfter(second.at()))
                .isPresent();
    }

    /** Servers that the result leaves out, or that are not where it says. */
    List<String> lost(Set<String> expected) {
        List<String> lost = new ArrayList<>();
        for (String id : expected) {
            if (last.server(id).isEmpty()) {
                lost.add(id + " is not in the result");
            }
        }
        for (ServerState server : last.servers()) {
            boolean settled = server.outcome() == Outcome.MOVED
                    || server.outcome() == Outcome.REBUILT
                    || server.outcome() == Outcome.CONFIRMED
                    || server.outcome() == Outcome.AWAITING_CONFIRM
                    || server.outcome() == Outcome.REVERTED;
            String host = seen(server.id()).map(s -> s.host()).orElse(null);
            if (settled && !Objects.equals(host, server.to())) {
                lost.add(server.name() + " is " + server.outcome() + " to " + server.to() + ", the cloud has it on "
                        + host);
            }
        }
        return lost;
    }

    /** For a result without servers: nothing may have been asked of any. */
    List<String> untouched() {
        return cloud.audit().where(entry -> entry.action() != null).stream()
                .map(entry -> entry.action() + " of " + entry.path() + " is not in the result")
                .toList();
    }

    /** What the result says and the cloud contradicts. */
    List<String> falsehoods() {
        List<String> all = new ArrayList<>();
        for (ServerState server : last.servers()) {
            if (server.outcome() == null) {
                all.add(server.name() + " has no outcome");
                continue;
            }
            all.addAll(falsehoods(server));
        }
        all.addAll(falsehoodsOfTheWhole());
        return all;
    }

    /** What is said of one server and the cloud contradicts now. */
    List<String> falsehoods(ServerState server) {
        List<String> all = new ArrayList<>();
        String contradiction = contradiction(server, seen(server.id()).orElse(null));
        if (contradiction != null) {
            all.add(server.name() + " is " + server.outcome() + " (" + server.reason() + "), but " + contradiction);
        }
        if (!server.outcome().good() && server.reason().isEmpty()) {
            all.add(server.name() + " is " + server.outcome() + " without a reason");
        }
        return all;
    }

    /** What is said of the whole and the cloud contradicts now. */
    List<String> falsehoodsOfTheWhole() {
        List<String> all = new ArrayList<>();
        boolean empties = last.order().emptiesHost()
                && last.outcome() != null
                && last.outcome().good();
        if (empties && !cloud.serversOn(last.order().host()).isEmpty()) {
            all.add("the host is " + last.outcome() + ", but has "
                    + cloud.serversOn(last.order().host()));
        }
        boolean bad = last.servers().stream()
                .anyMatch(
                        server -> server.outcome() != null && !server.outcome().good());
        if (bad && last.outcome().good()) {
            all.add("the whole is " + last.outcome() + " with a server that is not good");
        }
        if (last.outcome() == HostOutcome.DONE
                && !last.ended(Outcome.AWAITING_CONFIRM).isEmpty()) {
            all.add("DONE with servers in VERIFY_RESIZE");
        }
        if (!last.outcome().good() && last.message().isEmpty()) {
            all.add(last.outcome() + " without a message");
        }
        return all;
    }

    private String contradiction(ServerState server, io.jenkins.plugins.nova.simulator.ServerState seen) {
        Outcome outcome = server.outcome();
        if (outcome == Outcome.GONE) {
            boolean deleted = server.reason().startsWith("was deleted");
            return seen != null && (deleted || seen.host().equals(server.source())) ? "it is on " + seen.host() : null;
        }
        if (outcome == Outcome.NOT_STARTED || outcome == Outcome.BLOCKED) {
            return server.move() != null ? "a request was recorded" : null;
        }
        if (!outcome.good() || outcome == Outcome.SKIPPED || outcome == Outcome.PLANNED) {
            return null;
        }
        if (seen == null) {
            return "there is no such server";
        }
        boolean verify = seen.status().equals("VERIFY_RESIZE");
        boolean ours = verify && !movedOnByOthers(server);
        boolean home = seen.host().equals(server.source());
        boolean right = switch (outcome) {
            case MOVED, REBUILT, CONFIRMED -> !home && !ours && ended(server);
            case AWAITING_CONFIRM -> !home && verify;
            case REVERTED -> home && !verify && ended(server);
            default -> true;
        };
        return right ? null : "the cloud has " + seen + " and " + cloud.migrations();
    }

    /** Another tool moved it cold from where ours had brought it: what waits for a confirm then is not of this host. */
    private boolean movedOnByOthers(ServerState server) {
        return cloud.migrations().stream()
                .anyMatch(migration -> migration.serverId().equals(server.id())
                        && migration.status().equals("finished")
                        && server.migration() != null
                        && migration.id() > server.migration()
                        && !migration.source().equals(server.source()));
    }

    /** Law 1: a migration of this server has ended well. */
    private boolean ended(ServerState server) {
        return server.migration() != null
                && cloud.migrations().stream()
                        .anyMatch(migration -> migration.id() == server.migration()
                                && migration.serverId().equals(server.id())
                                && Set.of("completed", "done", "confirmed", "reverted")
                                        .contains(migration.status()));
    }

    private Optional<io.jenkins.plugins.nova.simulator.ServerState> seen(String id) {
        return cloud.servers().stream().filter(server -> server.id().equals(id)).findFirst();
    }
}
