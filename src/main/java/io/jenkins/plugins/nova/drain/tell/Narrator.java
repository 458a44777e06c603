package io.jenkins.plugins.nova.drain.tell;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.drain.beside.SettingWords;
import io.jenkins.plugins.nova.drain.guest.GuestWatch;
import io.jenkins.plugins.nova.drain.server.Estimate;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.text.Times;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an operator reads on the console: a line when something has changed, not one a tick; moves under way are mentioned
 * again after half a minute, a minute, two, four, and then every five minutes.
 */
public final class Narrator {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int BAR = 24;

    /** How long what an abort waits for may take where the cloud keeps silent, and the way out. */
    static final String WHILE_SILENT = "; a cloud that does not answer is tried for "
            + Quantity.time(Limits.TROUBLE_STOPPING) + " at most. Abort once more to end at once.";

    /** While the controller prepares for shutdown, and after. */
    static final String RESTS = "The controller prepares for shutdown: nothing new is begun.";

    static final String UNTIL = " The step goes on when that is cancelled, or after the restart.";

    static final String GOES_ON = "The controller prepares for shutdown no more: going on.";

    private final CopyLines copies = new CopyLines();
    private final WidthLines widths = new WidthLines();
    private boolean stopTold;

    /** The plan whose table was told last; one that could not be saved is made again. */
    private String planTold;

    private Instant lastReminder;
    private Duration pause = FIRST_PAUSE;

    /** The lines for a step from one state to the next. */
    public List<String> lines(DrainState before, DrainState after, Instant now) {
        return news(before, after, now).stream().map(Times::toTheSecond).toList();
    }

    private List<String> news(DrainState before, DrainState after, Instant now) {
        List<String> lines = new ArrayList<>();
        trouble(before, after, lines);
        resting(before, after, lines);
        phase(before, after, lines);
        lines.addAll(SettingWords.lines(before.settings(), after.settings()));
        boolean planShown = before.planHash() == null && after.planHash() != null;
        if (planShown && !after.planHash().equals(planTold)) {
            planTold = after.planHash();
            plan(after, lines);
            room(after, lines);
        }
        after.notes().stream()
                .filter(note -> !before.notes().contains(note))
                .forEach(note -> lines.add("Note: " + note));
        stopping(after, lines);
        if (after.planHash() == null) {
            // chosen servers are known by name before they are planned; the plan tells them
            return over(after, lines);
        }
        boolean counted = false;
        Map<String, ServerState> known = before.byId();
        Set<String> shared = sharedNames(after);
        for (ServerState server : after.servers()) {
            ServerState old = known.get(server.id());
            if (planShown && (server.is(Stage.PENDING) || (server.is(Stage.ENDED) && server.started() == null))) {
                continue;
            }
            String line = change(old, server, name(server, shared), before.planHash() == null);
            if (line != null) {
                lines.add(line);
                counted |= server.is(Stage.ENDED);
            }
            String guest = guest(old, server, name(server, shared));
            if (guest != null) {
                lines.add(guest);
            }
            String warning =
                    copies.warning(server, name(server, shared), after.order().onTimeout(), now);
            if (warning != null) {
                lines.add(warning);
            }
        }
        lines.addAll(widths.lines(before, after));
        if (after.over()) {
            return over(after, lines);
        }
        if (counted) {
            lines.add(bar(after, now));
            lastReminder = now;
            pause = FIRST_PAUSE;
        } else {
            remind(after, now, lines);
        }
        return lines;
    }

    /** An abort that is not over at once says what it waits for, and for how long at most. */
    private void stopping(DrainState state, List<String> lines) {
        if (state.stop() == null || state.over() || stopTold) {
            return;
        }
        stopTold = true;
        lines.add("Aborted: nothing more is started. "
                + (state.phase() == Phase.BACK_OUT
                        ? "The cordon is taken back first, in " + Quantity.time(Limits.SERVICE_CHANGE) + " at most"
                        : state.in(Stage.UNDER_WAY).isEmpty()
                                ? "The last look is waited for"
                                : "Nova is told to abort what is under way (onAbort: 'abort'), which is waited for "
                                        + Quantity.time(Limits.STOPPING) + " at most")
                + WHILE_SILENT);
    }

    private static List<String> over(DrainState state, List<String> lines) {
        if (state.over()) {
            lines.add(state.outcome() + ": " + state.message());
        }
        return lines;
    }

    private static void trouble(DrainState before, DrainState after, List<String> lines) {
        if (after.trouble() != null && !after.trouble().equals(before.trouble())) {
            lines.add("The cloud could not be read, trying again: " + after.trouble());
        }
        if (before.trouble() != null && after.trouble() == null && !after.over()) {
            lines.add("The cloud answers again.");
        }
    }

    private static void resting(DrainState before, DrainState after, List<String> lines) {
        if (after.over()) {
            return;
        }
        int moving = after.in(Stage.UNDER_WAY).size();
        if (!before.rests() && after.rests()) {
            lines.add(RESTS
                    + (moving == 0
                            ? ""
                            : " " + moving + (moving == 1 ? " move under way goes" : " moves under way go")
                                    + " on to the end.")
                    + UNTIL);
        } else if (before.rests() && !after.rests()) {
            lines.add(GOES_ON);
        }
    }

    private static void phase(DrainState before, DrainState after, List<String> lines) {
        if (before.cloud() == null && after.cloud() != null) {
            lines.add("Cloud " + after.cloud() + " as " + after.user()
                    + (after.order().host() == null
                            ? ""
                            : ", host " + after.order().host()));
        }
        if (before.phase() != after.phase()) {
            switch (after.phase()) {
                case WAIT_DOWN ->
                    lines.add("The compute service of " + after.order().host()
                            + " still reads up; waiting until Nova sees it down.");
                case FORCE_DOWN ->
                    lines.add("Forcing the compute service of " + after.order().host() + " down (deadHost.fenced).");
                case BACK_OUT ->
                    lines.add("Taking the cordon back: " + after.backOut().why());
                default -> {
                    // CORDON is told by its change below, PLAN by the plan, MOVE by the moves, ENDED by the message.
                }
            }
        }
        if (!Objects.equals(before.cordon(), after.cordon()) && after.cordon() != null) {
            switch (after.cordon().state()) {
                case OURS ->
                    lines.add("Cordon: scheduling to " + after.order().host() + " is disabled ("
                            + after.cordon().words() + ").");
                case FOUND ->
                    lines.add("Cordon: scheduling to " + after.order().host() + " was disabled already, and not by us ("
                            + after.cordon().words() + "); it stays as it is.");
                default -> {
                    // about to be sent, or sent: told once it is seen
                }
            }
        }
    }

    private static void room(DrainState state, List<String> lines) {
        boolean seated = !state.order().seats().isEmpty();
        if (state.room() == null || (seated && state.room().fits())) {
            // where the servers of a roll go is told already, and is not what is found for them without their seats
            return;
        }
        state.room().lines().forEach(line -> lines.add("Room: " + line));
        if (!state.room().fits() && !state.over()) {
            lines.add(
                    "Room: each is tried in its turn all the same, for Nova's scheduler has the last word; room: 'require'"
                            + " would refuse the whole before anything is changed.");
        }
    }

    private static void plan(DrainState state, List<String> lines) {
        Duration inAll = PlanTable.inAll(state);
        lines.add("Plan " + state.planHash() + ": " + counts(state)
                + (inAll == null ? "" : ", about " + Quantity.time(inAll) + " in all")
                + (inAll == null || state.limitedBy() == null ? "" : "; limited by " + PlanTable.limitedBy(state)));
        Set<String> shared = sharedNames(state);
        lines.addAll(new PlanTable(state, server -> name(server, shared)).lines());
        if (state.names().missing() != null) {
            lines.add("Note: " + state.names().missing());
        }
        if (state.order().dryRun() && state.order().emptiesHost()) {
            lines.add("To do exactly this, or be told what has changed: nodeEvacuate or nodeMaintenance with host: '"
                    + state.order().host() + "', plan: '" + state.planHash() + "' and the same parameters.");
        }
    }

    /** Names that more than one server has. */
    private static Set<String> sharedNames(DrainState state) {
        Set<String> seen = new HashSet<>();
        return state.servers().stream()
                .map(ServerState::name)
                .filter(name -> !seen.add(name))
                .collect(Collectors.toSet());
    }

    /** A server's name, with the beginning of its id where another one has the same name. */
    private static String name(ServerState server, Set<String> shared) {
        return !shared.contains(server.name())
                ? server.label()
                : server.label() + " ("
                        + server.id().substring(0, Math.min(8, server.id().length())) + ")";
    }

    private static String counts(DrainState state) {
        List<String> parts = new ArrayList<>();
        for (Action action : Action.values()) {
            long count = state.servers().stream()
                    .filter(server -> server.action() == action && server.outcome() != Outcome.AWAITING_CONFIRM)
                    .count();
            if (count > 0) {
                parts.add(count + " " + action.toString().toLowerCase(Locale.ROOT));
            }
        }
        return parts.isEmpty() ? "no servers" : String.join(", ", parts);
    }

    private static String change(ServerState old, ServerState server, String name, boolean planned) {
        if (server.is(Stage.ENDED)) {
            if (old != null && old.outcome() == server.outcome()) {
                return null;
            }
            String took = server.started() == null
                    ? ""
                    : " after " + Quantity.time(Duration.between(server.started(), server.ended()));
            String to = server.to() == null ? "" : " " + server.source() + " -> " + server.to();
            return name + ": " + server.outcome() + to + took
                    + (server.reason().isEmpty() ? "" : ": " + server.reason())
                    + (server.advice().isEmpty() ? "" : ". " + server.advice());
        }
        if (old == null && !planned) {
            return name + ": came to the host after the plan; " + server.action()
                    + (server.reason().isEmpty() ? "" : " (" + server.reason() + ")");
        }
        if (server.seatRefused() != null && (old == null || old.seatRefused() == null)) {
            // it may have been asked for once more in the same tick
            return name + ": " + server.reason();
        }
        if (server.is(Stage.PENDING)) {
            boolean octavia =
                    old != null && server.failsOver() && !server.reason().equals(old.reason());
            return old != null && (old.is(Stage.UNDER_WAY) || old.action() != server.action() || octavia)
                    ? name + ": waits: " + server.reason()
                    : null;
        }
        return underWay(old, server, name);
    }

    /** What was heard of a guest before its server's move, once that begins, or once it is judged no more. */
    private static String guest(ServerState old, ServerState server, String name) {
        GuestWatch heard = server.guest();
        boolean judged = old != null && old.guest() != null && old.guest().judged();
        if (judged && heard != null && !heard.judged()) {
            return name + ": " + heard.stoppedBefore();
        }
        boolean begins = heard != null && server.underWay() && (old == null || !old.underWay());
        if (!begins) {
            return null;
        }
        if (server.action() == Action.CONFIRM) {
            return Boolean.TRUE.equals(heard.present()) ? name + ": " + heard.answering() : null;
        }
        boolean first = old == null || old.guest() == null || old.guest().before() == null;
        return first && Boolean.FALSE.equals(heard.before()) ? name + ": " + heard.notJudged() : null;
    }

    private static String underWay(ServerState old, ServerState server, String name) {
        Intent follow = server.follow();
        if (follow != null
                && (old == null || old.follow() == null || old.follow().state() != follow.state())) {
            // a confirm follows a move that went well; a reason that is still there is why the move was asked for once
            // more
            boolean why = follow.verb() != Verb.CONFIRM && !server.reason().isEmpty();
            return name + ": " + follow.verb().words() + " " + asked(follow)
                    + (why ? " (" + server.reason() + ")" : "");
        }
        Intent move = server.move();
        if (old == null || old.move() == null || old.move().state() != move.state()) {
            String target = move.target() == null ? "" : " to " + move.target();
            return name + ": " + move.verb().words() + target + " " + asked(move);
        }
        boolean newStatus = !Objects.equals(old.migrationStatus(), server.migrationStatus());
        boolean worth = "running".equals(server.migrationStatus())
                || "queued".equals(server.migrationStatus())
                || (server.migrationStatus() != null && server.migrationStatus().contains("post-copy"));
        if (newStatus && worth) {
            return name + ": " + server.migrationStatus() + (server.to() == null ? "" : " to " + server.to());
        }
        return null;
    }

    private static String asked(Intent intent) {
        return switch (intent.state()) {
            case RECORDED -> "is asked for";
            case TAKEN ->
                "taken by " + (intent.verb() == Verb.FAILOVER ? "Octavia" : "Nova")
                        + (intent.requestId() == null ? "" : " (" + intent.requestId() + ")");
            case UNCLEAR -> "unclear, looking for its trace before anything is repeated: " + intent.doubt();
            case REFUSED -> "refused by Nova: " + intent.doubt();
        };
    }

    /** How far the moves under way are; the pauses grow while nothing else happens. */
    private void remind(DrainState state, Instant now, List<String> lines) {
        if (lastReminder == null) {
            lastReminder = now;
        }
        if (state.phase() != Phase.MOVE || Duration.between(lastReminder, now).compareTo(pause) < 0) {
            return;
        }
        lastReminder = now;
        pause = pause.plus(pause).compareTo(LONGEST_PAUSE) < 0 ? pause.plus(pause) : LONGEST_PAUSE;
        if (state.trouble() != null) {
            lines.add("No news since " + Times.at(state.troubleSince()) + ", still trying.");
            return;
        }
        List<String> others = new ArrayList<>();
        List<String> copying = new ArrayList<>();
        Set<String> shared = sharedNames(state);
        for (ServerState server : state.in(Stage.UNDER_WAY)) {
            if (Estimate.copies(server)) {
                copying.add(CopyLines.line(server, name(server, shared), now));
            } else {
                others.add(name(server, shared) + " "
                        + Objects.requireNonNullElse(server.migrationStatus(), "asked for, not begun"));
            }
        }
        lines.add(bar(state, now) + (others.isEmpty() ? "" : " — " + String.join("; ", others)));
        lines.addAll(copying);
    }

    /** {@code [########----------------] 5 of 12, 2 under way, 1 not moved, about 3 min to go}. */
    static String bar(DrainState state, Instant now) {
        int all = state.servers().size();
        long ended = state.in(Stage.ENDED).size();
        long bad = state.servers().stream()
                .filter(server -> server.outcome() != null && !server.outcome().good())
                .count();
        int filled = all == 0 ? BAR : (int) (BAR * ended / all);
        String text = "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + (ended - bad) + " of " + all + ", "
                + state.in(Stage.UNDER_WAY).size() + " under way" + (bad == 0 ? "" : ", " + bad + " not moved");
        return text
                + Estimate.left(state, now)
                        .map(left -> ", about " + Quantity.time(left) + " to go")
                        .orElse("");
    }

    /** What is going on, in one sentence, for {@code StepExecution.getStatus()}. */
    public static String status(DrainState state, Instant now) {
        String host = state.order().host() == null ? "" : " of " + state.order().host();
        String trouble = (state.rests() ? " (nothing new is begun: the controller prepares for shutdown)" : "")
                + (state.trouble() == null ? "" : " (cloud not readable: " + state.trouble() + ")");
        return switch (state.phase()) {
            case CHECK -> "checking preconditions" + host + trouble;
            case WAIT_DOWN -> "waiting until Nova sees " + state.order().host() + " down" + trouble;
            case FORCE_DOWN -> "forcing " + state.order().host() + " down" + trouble;
            case CORDON -> "disabling scheduling to " + state.order().host() + trouble;
            case BACK_OUT -> "enabling scheduling to " + state.order().host() + " again" + trouble;
            case PLAN -> "planning" + host + trouble;
            case BESIDE -> "setting what of " + state.order().host() + " stands beside Nova" + trouble;
            case MOVE -> bar(state, now) + trouble;
            case UNSILENCE -> "ending the silence of " + state.order().host() + trouble;
            case ENDED -> state.outcome() + ": " + state.message();
        };
    }
}
