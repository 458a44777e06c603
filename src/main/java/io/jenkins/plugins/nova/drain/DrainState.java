package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.text.Times;
import io.jenkins.plugins.nova.drain.width.Widths;
import io.jenkins.plugins.nova.plan.room.RoomReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All that a drain knows and must not lose. Immutable; kept as JSON by {@link DrainCodec}.
 *
 * @param schema version of this form, see {@link DrainCodec}
 * @param order what was asked
 * @param phase where it is
 * @param began when it began
 * @param deadline when the whole is to be over; null for never
 * @param cloud identity URL and region, for people; null until known
 * @param user who the token is; null until known
 * @param userId Keystone's id of that user; null until known
 * @param cordon null until decided
 * @param forceDown null until decided or not needed
 * @param rebuild whether the host is dead and servers are rebuilt
 * @param lastReport when the compute service of a host said to be fenced last reported; null when not waiting
 * @param planHash null until planned
 * @param room the forecast of room for its servers elsewhere; null until planned, and where none is made
 * @param budget how the site stands beside the budget, a sentence each; empty where none is asked for
 * @param backOut the cordon being taken back; null unless refused behind it
 * @param planTerms what holds for all servers of the plan, see PlanEssence; empty until planned
 * @param drift what has changed since a plan was approved; empty when nothing has
 * @param servers in the order in which they are started
 * @param stop null unless the build was aborted
 * @param outcome null until ended
 * @param message the whole in words once ended; empty before
 * @param notes things an operator must know besides
 * @param troubleSince when the cloud first could not be read, without a success since; null when all is well
 * @param trouble the last such error in words; null when all is well
 * @param ended when it ended; null before
 * @param watch what is known of the compute services while servers are moved; never null
 * @param doubts what could not be made sure of about who is on the host, a sentence each; empty when all was, or was not asked
 * @param widths how many moves of each kind may be under way, as learned; where the order gives a number that counts instead
 * @param limitedBy what the plan takes longest for, in words; null until planned, and where nothing is moved
 * @param restingSince since when nothing new is begun because the controller prepares for shutdown; null while it does not
 * @param names what the projects and owners of the plan's servers are called; never null
 * @param settings what of the host stands beside Nova; empty where that is nothing, was not looked at yet, and in old states
 * @param overBudget whether it was refused, or is backing out, because the site's budget was full: in a roll that is waited for
 * @param alone whether nothing follows it, such as a block of nodeMaintenance; false in old states
 */
public record DrainState(
        int schema,
        DrainOrder order,
        Phase phase,
        Instant began,
        Instant deadline,
        String cloud,
        String user,
        String userId,
        ServiceChange cordon,
        ServiceChange forceDown,
        boolean rebuild,
        Instant lastReport,
        String planHash,
        RoomReport room,
        List<String> budget,
        BackOut backOut,
        Map<String, String> planTerms,
        List<String> drift,
        List<ServerState> servers,
        Stop stop,
        HostOutcome outcome,
        String message,
        List<String> notes,
        Instant troubleSince,
        String trouble,
        Instant ended,
        ServiceWatch watch,
        List<String> doubts,
        Widths widths,
        String limitedBy,
        Instant restingSince,
        Names names,
        List<SettingChange> settings,
        boolean overBudget,
        boolean alone) {

    public DrainState {
        names = names == null ? Names.NONE : names;
        settings = settings == null ? List.of() : List.copyOf(settings);
        widths = widths == null ? Widths.NEW : widths;
        watch = watch == null ? ServiceWatch.NEW : watch;
        doubts = doubts == null ? List.of() : List.copyOf(doubts);
        planTerms = planTerms == null ? Map.of() : Map.copyOf(planTerms);
        budget = budget == null ? List.of() : List.copyOf(budget);
        drift = drift == null ? List.of() : List.copyOf(drift);
        servers = servers == null ? List.of() : List.copyOf(servers);
        notes = notes == null ? List.of() : List.copyOf(notes);
    }

    /** A new drain. */
    public static DrainState begin(DrainOrder order, Instant now) {
        return new DrainState(
                DrainCodec.SCHEMA,
                order,
                Phase.CHECK,
                now,
                order.timeout() == null ? null : now.plus(order.timeout()),
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                List.of(),
                null,
                Map.of(),
                List.of(),
                List.of(),
                null,
                null,
                "",
                List.of(),
                null,
                null,
                null,
                ServiceWatch.NEW,
                List.of(),
                Widths.NEW,
                null,
                null,
                Names.NONE,
                List.of(),
                false,
                false);
    }

    /** The same, and nothing follows it that would end what it has begun beside Nova. */
    public DrainState onItsOwn() {
        Edit edit = edit();
        edit.alone = true;
        return edit.done();
    }

    /** Whether it is over. */
    public boolean over() {
        return phase == Phase.ENDED;
    }

    /** Whether nothing new is begun, for the controller prepares for shutdown. */
    public boolean rests() {
        return restingSince != null;
    }

    /** The same on a controller that prepares for shutdown, or does so no more. Who is to stop begins nothing new anyway. */
    public DrainState resting(boolean quiet, Instant now) {
        if (quiet == rests() || stop != null) {
            return this;
        }
        Edit edit = edit();
        edit.restingSince = quiet ? now : null;
        return edit.done();
    }

    /** Whether another plan than this one was approved. */
    public boolean drifted() {
        String approved = order.expectedPlan();
        return approved != null && !approved.equals(planHash);
    }

    /** When the last server got its outcome; when the drain began, where it has none. */
    public Instant quietSince() {
        return servers.stream().map(ServerState::ended).max(Instant::compareTo).orElse(began);
    }

    /** Whether what could not be made sure of, once all servers have ended, may still be. */
    public boolean patient(Instant now) {
        return Duration.between(quietSince(), now).compareTo(Limits.PROOF) < 0;
    }

    /** The servers in this stage. */
    public List<ServerState> in(ServerState.Stage stage) {
        return servers.stream().filter(server -> server.is(stage)).toList();
    }

    /** The servers with this outcome. */
    public List<ServerState> ended(Outcome outcome) {
        return servers.stream().filter(server -> server.outcome() == outcome).toList();
    }

    /** The server with this id. */
    public Optional<ServerState> server(String id) {
        return servers.stream().filter(server -> server.id().equals(id)).findFirst();
    }

    /** The servers by id, for who looks for many of them. */
    public Map<String, ServerState> byId() {
        Map<String, ServerState> found = new HashMap<>();
        servers.forEach(server -> found.putIfAbsent(server.id(), server));
        return found;
    }

    /** A copy to change. */
    public Edit edit() {
        return new Edit(this);
    }

    /** Changes to a {@link DrainState}: a field for each of its parts that may change. Single-threaded and short-lived. */
    public static final class Edit {
        private final DrainState from;
        public Phase phase;
        public String cloud;
        public String user;
        public String userId;
        public ServiceChange cordon;
        public ServiceChange forceDown;
        public boolean rebuild;
        public Instant lastReport;
        public String planHash;
        public RoomReport room;
        public List<String> budget;
        public BackOut backOut;
        public Map<String, String> planTerms;
        public List<String> drift;
        public List<ServerState> servers;
        public Stop stop;
        public HostOutcome outcome;
        public String message;
        public List<String> notes;
        public Instant troubleSince;
        public String trouble;
        public Instant ended;
        public ServiceWatch watch;
        public List<String> doubts;
        public Widths widths;
        public String limitedBy;
        public Instant restingSince;
        public Names names;
        public List<SettingChange> settings;
        public boolean overBudget;
        private boolean alone;

        Edit(DrainState from) {
            this.from = from;
            phase = from.phase;
            cloud = from.cloud;
            user = from.user;
            userId = from.userId;
            cordon = from.cordon;
            forceDown = from.forceDown;
            rebuild = from.rebuild;
            lastReport = from.lastReport;
            planHash = from.planHash;
            room = from.room;
            budget = from.budget;
            backOut = from.backOut;
            planTerms = from.planTerms;
            drift = from.drift;
            servers = from.servers;
            stop = from.stop;
            outcome = from.outcome;
            message = from.message;
            notes = from.notes;
            troubleSince = from.troubleSince;
            trouble = from.trouble;
            ended = from.ended;
            watch = from.watch;
            doubts = from.doubts;
            widths = from.widths;
            limitedBy = from.limitedBy;
            restingSince = from.restingSince;
            names = from.names;
            settings = from.settings;
            overBudget = from.overBudget;
            alone = from.alone;
        }

        /** Adds a note, once. */
        public Edit note(String text) {
            String line = Times.toTheSecond(text);
            if (!notes.contains(line)) {
                notes = Stream.concat(notes.stream(), Stream.of(line)).toList();
            }
            return this;
        }

        /** Changes each server; what is not to change is returned as it is. */
        public Edit each(UnaryOperator<ServerState> change) {
            servers = servers.stream().map(change).toList();
            return this;
        }

        /** Puts a server in the place of the one with its id. */
        public Edit replace(ServerState server) {
            return each(old -> old.id().equals(server.id()) ? server : old);
        }

        /** The changed state. */
        public DrainState done() {
            return new DrainState(
                    from.schema,
                    from.order,
                    phase,
                    from.began,
                    from.deadline,
                    cloud,
                    user,
                    userId,
                    cordon,
                    forceDown,
                    rebuild,
                    lastReport,
                    planHash,
                    room,
                    budget,
                    backOut,
                    planTerms,
                    drift,
                    servers,
                    stop,
                    outcome,
                    message,
                    notes,
                    troubleSince,
                    trouble,
                    ended,
                    watch,
                    doubts,
                    widths,
                    limitedBy,
                    restingSince,
                    names,
                    settings,
                    overBudget,
                    alone);
        }
    }
}
