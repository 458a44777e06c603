package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.drain.evidence.Evidence;
import io.jenkins.plugins.nova.drain.observe.HostOccupancy;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.observe.SettingsReader;
import io.jenkins.plugins.nova.plan.ByServer;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a tick sees, for tests of what is decided by it: of a credential that sees all, and nothing else, changed part by part.
 */
public final class Look {

    /** The user whose requests are the drain's. */
    public static final Identity OPS =
            new Identity("https://keystone/v3", "north", "u-ops", "ops", "p-ops", "operations", List.of("admin"));

    private boolean seesAllProjects = true;
    private String noCanary;
    private final List<ComputeService> services = new ArrayList<>();
    private final List<Hypervisor> hypervisors = new ArrayList<>();
    private final Map<String, List<Server>> references = new LinkedHashMap<>();
    private final List<Server> listed = new ArrayList<>();
    private final Map<String, Server> read = new LinkedHashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final List<Migration> moves = new ArrayList<>();
    private final Map<String, ServerMigration> counters = new HashMap<>();
    private final Map<String, Listed<InstanceAction>> actions = new HashMap<>();
    private final Map<String, InstanceAction> events = new HashMap<>();
    private final Map<String, Evidence> evidence = new HashMap<>();
    private Estate estate = Estate.UNKNOWN;
    private RoomFigures room = RoomFigures.NOT_ASKED;
    private final List<OddRow> setAside = new ArrayList<>();
    private HostOccupancy occupancy = HostOccupancy.NOT_ASKED;
    private final Map<String, String> unread = new LinkedHashMap<>();

    /** Nova's lists of a migration: of this server, off compute1. */
    public static Migration migration(long id, String name, String type, String status) {
        return new Migration(id, "m-" + id, "id-" + name, type, status, "compute1", "compute2", null, null, null);
    }

    /** The same, changed last at this time. */
    public static Migration changed(Migration migration, Instant when) {
        return new Migration(
                migration.id(),
                migration.uuid(),
                migration.serverId(),
                migration.type(),
                migration.status(),
                migration.sourceHost(),
                migration.targetHost(),
                migration.userId(),
                migration.created(),
                when);
    }

    /** The same, asked for by this user. */
    public static Migration of(String user, Migration migration) {
        return new Migration(
                migration.id(),
                migration.uuid(),
                migration.serverId(),
                migration.type(),
                migration.status(),
                migration.sourceHost(),
                migration.targetHost(),
                user,
                migration.created(),
                migration.updated());
    }

    /** Enabled and up. */
    public static ComputeService up(String host) {
        return new ComputeService("s-" + host, host, "nova", true, true, false, null, null);
    }

    /** Disabled for this reason, and up. */
    public static ComputeService closed(String host, String reason) {
        return new ComputeService("s-" + host, host, "nova", false, true, false, reason, null);
    }

    /** Enabled and down; last heard of at this time, null for never. */
    public static ComputeService down(String host, Instant heard) {
        return new ComputeService("s-" + host, host, "nova", true, false, false, null, heard);
    }

    public Look notAll() {
        seesAllProjects = false;
        return this;
    }

    public Look noCanary(String why) {
        noCanary = why;
        return this;
    }

    public Look services(ComputeService... some) {
        services.addAll(List.of(some));
        return this;
    }

    public Look hypervisors(Hypervisor... some) {
        hypervisors.addAll(List.of(some));
        return this;
    }

    public Look reference(String reference, Server... found) {
        references.put(reference, List.of(found));
        return this;
    }

    /** In the list of the host being emptied. */
    public Look listed(Server... some) {
        listed.addAll(List.of(some));
        return this;
    }

    /** Read one by one. */
    public Look read(Server... some) {
        for (Server server : some) {
            read.put(server.id(), server);
        }
        return this;
    }

    /** Answered 404. */
    public Look gone(String... names) {
        for (String name : names) {
            gone.add("id-" + name);
        }
        return this;
    }

    public Look moves(Migration... some) {
        moves.addAll(List.of(some));
        return this;
    }

    public Look counters(String name, ServerMigration counted) {
        counters.put("id-" + name, counted);
        return this;
    }

    public Look actions(String name, Listed<InstanceAction> some) {
        actions.put("id-" + name, some);
        return this;
    }

    public Look events(String name, InstanceAction action) {
        events.put("id-" + name, action);
        return this;
    }

    public Look evidence(String name, Evidence seen) {
        evidence.put("id-" + name, seen);
        return this;
    }

    public Look estate(Estate known) {
        estate = known;
        return this;
    }

    public Look room(RoomFigures figures) {
        room = figures;
        return this;
    }

    public Look setAside(OddRow... rows) {
        setAside.addAll(List.of(rows));
        return this;
    }

    /** A second witness was heard, and these are its doubts. */
    public Look heard(String... doubts) {
        return occupancy(new HostOccupancy(true, List.of(), List.of(), List.of(doubts), List.of()));
    }

    public Look occupancy(HostOccupancy known) {
        occupancy = known;
        return this;
    }

    public Look unread(String name, String why) {
        unread.put("id-" + name, why);
        return this;
    }

    public Observation make() {
        return new Observation(
                OPS,
                seesAllProjects,
                noCanary,
                null,
                List.copyOf(services),
                List.copyOf(hypervisors),
                new LinkedHashMap<>(references),
                ByServer.one(listed, Server::id),
                new LinkedHashMap<>(read),
                Set.copyOf(gone),
                ByServer.one(moves, Migration::serverId),
                Map.copyOf(counters),
                Map.copyOf(actions),
                Map.copyOf(events),
                Map.copyOf(evidence),
                estate,
                room,
                List.copyOf(setAside),
                occupancy,
                SettingsReader.Read.NOTHING,
                new LinkedHashMap<>(unread));
    }
}
