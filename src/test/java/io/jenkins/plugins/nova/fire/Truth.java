package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.simulator.MigrationState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is said, in outcomes and in words, held against the cloud as it is at that moment. */
final class Truth {

    private static final Pattern WHEREABOUTS =
            Pattern.compile("(?:it is|back on it:) (?<status>[A-Z_]+) on (?<host>\\S+?)[:;,.]?(?:\\s|$)");

    /** Begin or end a refusal that says of the cloud what it could not know from one answer. */
    private static final List<String> ASSERTIONS = List.of(
            "there is no compute service",
            "does not see the servers of all projects",
            "there is no server with",
            "has no compute service",
            "is the name of a hypervisor",
            "cannot be trusted",
            "is not a text",
            "is not a number",
            "is not an object");

    private final SimulatedCloud cloud;
    private final String host;

    Truth(SimulatedCloud cloud) {
        this(cloud, Scenario.HOST);
    }

    /** @param host what is said is of this one */
    Truth(SimulatedCloud cloud, String host) {
        this.cloud = cloud;
        this.host = host;
    }

    /** Servers that a drain left out, or that are not where it has them. */
    List<String> lost(DrainState last, Set<String> ids) {
        Evidence evidence = new Evidence(cloud, last);
        return last.servers().isEmpty() ? evidence.untouched() : evidence.lost(ids);
    }

    /** Of a drain that has ended. */
    List<String> contradictions(DrainState last) {
        List<String> all = new ArrayList<>(new Evidence(cloud, last).falsehoods());
        if (last.outcome() == HostOutcome.DONE) {
            waiting().forEach(server -> all.add("DONE, but " + server));
        }
        if (last.outcome() == HostOutcome.REFUSED) {
            Stream.concat(ASSERTIONS.stream(), Stream.of("the compute service of '" + host + "' is"))
                    .filter(last.message()::contains)
                    .forEach(words -> all.add("REFUSED for what is not so: " + last.message()));
        }
        last.servers().forEach(server -> all.addAll(reasons(server)));
        all.addAll(cordon(last.message()));
        all.addAll(othersResizes(last));
        return all;
    }

    /** When the block of a maintenance begins. */
    List<String> contradictionsOfTheBlock() {
        List<String> all = new ArrayList<>();
        cloud.serversOn(host).forEach(server -> all.add("the block begins, but the host has " + server));
        waiting().forEach(server -> all.add("the block begins, but " + server));
        if (cloud.enabled(host)) {
            all.add("the block begins, but the host is enabled");
        }
        return all;
    }

    /** Of a maintenance or a return that is over. */
    List<String> contradictions(MaintenanceState last) {
        List<String> all = new ArrayList<>(cordon(last.message()));
        boolean enabled = cloud.enabled(host);
        if (last.message().contains("takes servers again") && !enabled) {
            all.add("said to take servers again, but it is disabled");
        }
        if (last.message().contains("stays disabled") && enabled) {
            all.add("said to stay disabled, but it is enabled");
        }
        if (last.outcome().equals(MaintenanceState.DONE)) {
            if (!cloud.up(host)) { // in the first minute after its death it cannot be known
                all.add("said to be fit, but its compute service is down");
            }
            cloud.migrations().stream()
                    .filter(one -> one.source().equals(host)
                            && one.type().equals("evacuation")
                            && one.status().equals("done"))
                    .forEach(one -> all.add("said to be fit, but it has not cleaned up after " + one));
        }
        return all;
    }

    /** Servers whose old disks wait on the host for a confirm, in words. */
    private List<String> waiting() {
        return cloud.migrations().stream()
                .filter(one -> one.source().equals(host) && one.status().equals("finished"))
                .flatMap(one -> cloud.servers().stream()
                        .filter(server -> server.id().equals(one.serverId()))
                        .filter(server -> server.status().equals("VERIFY_RESIZE")))
                .map(server -> server.name() + " waits in VERIFY_RESIZE with its old disks there")
                .toList();
    }

    private List<String> cordon(String message) {
        return message.contains("stays cordoned") && cloud.enabled(host)
                ? List.of("said to stay cordoned, but it is enabled")
                : List.of();
    }

    /** A reason that says where a server is, or was. */
    private List<String> reasons(ServerState server) {
        List<String> all = new ArrayList<>();
        Optional<io.jenkins.plugins.nova.simulator.ServerState> seen = cloud.servers().stream()
                .filter(one -> one.id().equals(server.id()))
                .findFirst();
        String said = server.name() + " is " + server.outcome() + " (" + server.reason() + ")";
        Matcher place = WHEREABOUTS.matcher(server.reason());
        if (place.find()
                && seen.isPresent()
                && !place.group("host").equals(seen.get().host())) {
            all.add(said + ", but it is " + seen.get().status() + " on "
                    + seen.get().host());
        }
        boolean left = cloud.migrations().stream()
                .anyMatch(one -> one.serverId().equals(server.id())
                        && one.source().equals(server.source())
                        && Set.of("completed", "done", "finished", "confirming", "confirmed", "reverting", "reverted")
                                .contains(one.status()));
        if (server.reason().contains("had left the host") && !left) {
            all.add(said + ", but it never left it");
        }
        if (server.reason().startsWith("was deleted") && seen.isPresent()) {
            all.add(said + ", but there it is");
        }
        return all;
    }

    /** An owner's resize is the owner's to settle. */
    private List<String> othersResizes(DrainState last) {
        List<String> all = new ArrayList<>();
        for (ServerState server : last.servers()) {
            boolean asked = cloud.audit().where(entry -> "admin".equals(entry.user())).stream()
                    .anyMatch(entry -> entry.path().equals("/servers/" + server.id() + "/action")
                            && Set.of("confirmResize", "revertResize").contains(String.valueOf(entry.action()))
                            && entry.status() < 300);
            Optional<MigrationState> newest = cloud.migrations().stream()
                    .filter(one -> one.serverId().equals(server.id()))
                    .reduce((older, newer) -> newer);
            boolean owners = newest.isPresent() && newest.get().type().equals("resize");
            boolean settled = owners
                    && Set.of("confirming", "confirmed", "reverting", "reverted")
                            .contains(newest.get().status());
            if (asked && settled) {
                all.add(server.name() + "'s resize is its owner's, and was settled: " + newest.get());
            }
            if (server.outcome() == Outcome.AWAITING_CONFIRM
                    && owners
                    && !server.reason().contains("by somebody else")
                    && !server.reason().contains("owner")) {
                all.add(server.name() + "'s resize is its owner's, and is told as ours: " + server.reason());
            }
        }
        return all;
    }
}
