package io.jenkins.plugins.nova.drain.tell;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.beside.SettingWords;
import io.jenkins.plugins.nova.drain.evidence.EvidenceMap;
import io.jenkins.plugins.nova.drain.guest.GuestMap;
import io.jenkins.plugins.nova.plan.room.RoomReport;
import io.jenkins.plugins.nova.plan.room.RoomShortage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a step returns: plain maps, lists, strings and numbers, which survive serialisation and need no script approval.
 */
public final class StepResult {

    private StepResult() {}

    /**
     * What every step that acts returns, by which a refusal can be told from nothing to do: {@code outcome, message, servers,
     * awaitingConfirm}, and {@code host} where the step was given one.
     *
     * @param state of a drain that is over
     */
    public static Map<String, Object> of(DrainState state) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (state.order().host() != null) {
            map.put("host", state.order().host());
        }
        map.put("outcome", String.valueOf(state.outcome()));
        map.put("message", state.message());
        map.put("servers", ofServers(state));
        map.put("awaitingConfirm", awaitingConfirm(state));
        return map;
    }

    /** The ids of the servers that the step leaves in VERIFY_RESIZE. */
    public static ArrayList<String> awaitingConfirm(DrainState state) {
        ArrayList<String> awaiting = new ArrayList<>();
        state.ended(Outcome.AWAITING_CONFIRM).forEach(server -> awaiting.add(server.id()));
        return awaiting;
    }

    /**
     * What {@link #of} has, with {@code planHash, drift, room}, the last with {@code fits, places, shortages}, or null where no
     * forecast was made, and {@code beside} ({@link #ofSettings}).
     *
     * @param state of the drain of a host that is over
     */
    public static Map<String, Object> ofHost(DrainState state) {
        Map<String, Object> map = of(state);
        map.put("planHash", state.planHash());
        map.put("drift", new ArrayList<>(state.drift()));
        map.put("room", room(state.room()));
        map.put("beside", ofSettings(state.settings()));
        return map;
    }

    /** What stands beside Nova, a map each: {@code service, name, state} (untouched, set, found, notSet, putBack, notPutBack), {@code why}. */
    public static ArrayList<Object> ofSettings(List<SettingChange> settings) {
        ArrayList<Object> all = new ArrayList<>();
        for (SettingChange change : settings) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("service", change.kind().word());
            map.put("name", change.name());
            map.put("state", SettingWords.word(change));
            map.put("why", change.why());
            all.add(map);
        }
        return all;
    }

    private static Map<String, Object> room(RoomReport report) {
        if (report == null) {
            return null;
        }
        ArrayList<Map<String, Object>> shortages = new ArrayList<>();
        for (RoomShortage shortage : report.shortages()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", shortage.server());
            map.put("name", shortage.name());
            map.put("needs", shortage.needs());
            map.put("reason", shortage.reason());
            shortages.add(map);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("fits", report.fits());
        map.put("places", new LinkedHashMap<>(report.places()));
        map.put("shortages", shortages);
        return map;
    }

    /**
     * What {@link #ofHost} has, with {@code terms} (what holds for all), {@code counts} (servers by action in lower case),
     * {@code seconds} (forecast of the whole), {@code limitedBy} (what it is long for, in words; null where nothing is moved),
     * {@code budget} (a list of sentences), and for each server {@code status, project, projectName, owner, ownerName, flavor,
     * memoryMiB, forecastSeconds}; the names are null where Keystone does not tell them.
     *
     * @param state of a drain that ended with its plan
     */
    public static Map<String, Object> ofPlan(DrainState state) {
        Map<String, Object> map = ofHost(state);
        map.put("terms", new LinkedHashMap<>(state.planTerms()));
        List<Map<String, Object>> all = ofServers(state);
        Map<String, Object> counts = new LinkedHashMap<>();
        long seconds = 0;
        for (int i = 0; i < state.servers().size(); i++) {
            ServerState server = state.servers().get(i);
            Map<String, Object> one = all.get(i);
            one.put("status", server.status());
            one.put("project", server.project());
            one.put("projectName", state.names().project(server.project()));
            String owner = server.planned() == null ? null : server.planned().owner();
            one.put("owner", owner);
            one.put("ownerName", state.names().user(owner));
            one.put("flavor", server.planned() == null ? null : server.planned().flavor());
            one.put("memoryMiB", server.ramMiB());
            one.put(
                    "forecastSeconds",
                    server.expected() == null ? 0L : server.expected().takes().toSeconds());
            if (server.expected() != null) {
                seconds = Math.max(seconds, server.expected().end().toSeconds());
            }
            counts.merge(
                    PlanTable.action(server).toLowerCase(Locale.ROOT), 1L, (some, more) -> (Long) some + (Long) more);
        }
        map.put("servers", all);
        map.put("counts", counts);
        map.put("seconds", seconds);
        map.put("limitedBy", PlanTable.limitedBy(state));
        map.put("budget", new ArrayList<>(state.budget()));
        return map;
    }

    /**
     * For each server {@code id, name, action, from, to, outcome, reason, hint, override, seconds}; the override is the step's
     * parameter that would change the verdict, null where none may.
     */
    public static List<Map<String, Object>> ofServers(DrainState state) {
        ArrayList<Map<String, Object>> servers = new ArrayList<>();
        for (ServerState server : state.servers()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", server.id());
            map.put("name", server.name());
            map.put("action", server.action().toString());
            map.put("from", server.source());
            map.put("to", server.to());
            map.put("outcome", String.valueOf(server.outcome()));
            map.put("reason", server.reason());
            map.put("hint", server.hint());
            map.put("override", server.override());
            map.put("seconds", seconds(server));
            if (server.evidence() != null) {
                map.put("evidence", EvidenceMap.of(server.evidence()));
            }
            if (server.guest() != null) {
                map.put("watch", GuestMap.of(server.guest()));
            }
            servers.add(map);
        }
        return servers;
    }

    /** Whole seconds from when its move was asked for to its end; 0 when it was never asked for. */
    public static long seconds(ServerState server) {
        return server.started() == null || server.ended() == null
                ? 0
                : Duration.between(server.started(), server.ended()).toSeconds();
    }
}
