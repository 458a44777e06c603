package io.jenkins.plugins.nova.drain.tell;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.PlannedAs;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.plan.Expected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A plan as a table for the console: a line of figures for each server, and below it what there is to say. Narrow enough to
 * be read in a mail or a review: with the step's name that Jenkins shows before it, {@link #WIDTH} and 20 columns more.
 */
final class PlanTable {

    /** Columns of a line, but for a word or a console's line that is longer. */
    static final int WIDTH = 100;

    private static final int MOST_OF_A_NAME = 28;
    private static final int MOST_OF_AN_ID = 8;
    private static final int MOST_OF_A_STATUS = 17;

    /** A line but for names, status and the two columns at its end. */
    private static final int REST_OF_A_LINE = 37;

    private static final String UNDER = " ".repeat(11);

    private final DrainState state;
    private final Function<ServerState, String> names;
    private final Set<String> sharedProjects;
    private final Set<String> sharedOwners;

    /**
     * @param names what servers are called, so that no two are called the same
     */
    PlanTable(DrainState state, Function<ServerState, String> names) {
        this.state = state;
        this.names = names;
        this.sharedProjects = shared(state.names().projects());
        this.sharedOwners = shared(state.names().users());
    }

    /** Names that several have: each domain has its own. */
    private static Set<String> shared(Map<String, String> byId) {
        Set<String> seen = new HashSet<>();
        return byId.values().stream().filter(name -> !seen.add(name)).collect(Collectors.toSet());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<ServerState> blockedLast = state.servers().stream()
                .sorted(Comparator.comparing(server -> server.outcome() == Outcome.BLOCKED))
                .toList();
        if (blockedLast.isEmpty()) {
            return lines;
        }
        int name = width(names, MOST_OF_A_NAME);
        int status = width(ServerState::status, MOST_OF_A_STATUS);
        int each = Math.max(MOST_OF_AN_ID, (WIDTH - REST_OF_A_LINE - name - status) / 2);
        int project = Math.max(MOST_OF_AN_ID, width(this::project, each));
        int owner = Math.max(MOST_OF_AN_ID, width(this::owner, each));
        String form = "  %-8s %-" + name + "s %-" + status + "s %8s %12s  %-" + project + "s %-" + owner + "s";
        lines.add(row(form, "ACTION", "SERVER", "STATUS", "MEMORY", "TAKES", "PROJECT", "OWNER"));
        for (ServerState server : blockedLast) {
            String action = action(server);
            String shown = names.apply(server);
            if (shown.length() > MOST_OF_A_NAME) {
                // a line of its own, and the figures in their columns below it
                lines.add(String.format(Locale.ROOT, "  %-8s %s", action, shown));
                action = "";
                shown = "";
            }
            lines.add(row(
                    form,
                    action,
                    shown,
                    server.status(),
                    Quantity.bytes(server.ramMiB() << 20),
                    takes(server.expected()),
                    cut(project(server), project),
                    cut(owner(server), owner)));
            under(whole("Project", project(server), project) + whole("Owner", owner(server), owner), lines);
            under(server.reason(), lines);
            under(server.hint(), lines);
            if (server.override() != null) {
                lines.add(UNDER + "Parameter: " + server.override() + ".");
            }
            if (server.evidence() != null) {
                server.evidence().console().lines().forEach(text -> lines.add(UNDER + "| " + text));
            }
        }
        return lines;
    }

    /** What is to be done; what left the host before and waits is no server of the plan. */
    static String action(ServerState server) {
        return server.outcome() == Outcome.AWAITING_CONFIRM
                ? PlannedAs.RESIDUE
                : server.action().toString();
    }

    private int width(Function<ServerState, String> text, int most) {
        return state.servers().stream()
                .mapToInt(server -> Math.min(most, text.apply(server).length()))
                .reduce(6, Math::max);
    }

    private static String row(String form, Object... cells) {
        return String.format(Locale.ROOT, form, cells).stripTrailing();
    }

    private static String takes(Expected expected) {
        return expected == null ? "" : "~" + Quantity.time(expected.takes());
    }

    private String project(ServerState server) {
        return whose(server.project(), state.names().project(server.project()), sharedProjects);
    }

    private String owner(ServerState server) {
        String id = server.planned() == null ? null : server.planned().owner();
        return whose(id, state.names().user(id), sharedOwners);
    }

    private static String whose(String id, String name, Set<String> shared) {
        return name == null ? beginning(id) : shared.contains(name) ? name + " (" + beginning(id) + ")" : name;
    }

    /** What has no place in its column, which is narrow: the whole of it follows below. */
    private static String cut(String name, int width) {
        return name.length() <= width ? name : name.substring(0, width - 1) + "…";
    }

    private static String whole(String what, String name, int width) {
        return name.length() <= width ? "" : what + ": " + name + ". ";
    }

    /** Ids are known by their first digits; the returned plan has the whole. */
    private static String beginning(String id) {
        String text = Objects.requireNonNullElse(id, "");
        return text.substring(0, Math.min(MOST_OF_AN_ID, text.length()));
    }

    private static void under(String text, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+")) {
            if (!line.isEmpty() && UNDER.length() + line.length() + 1 + word.length() > WIDTH) {
                lines.add(UNDER + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(UNDER + line);
        }
    }

    /** What the drain takes longest for, or what keeps servers from being moved at all; null where nothing is moved. */
    static String limitedBy(DrainState state) {
        boolean crowded = state.room() != null && !state.room().fits();
        return crowded && state.limitedBy() != null
                ? "room: not all servers have a place elsewhere; then " + state.limitedBy()
                : state.limitedBy();
    }

    /** The forecast of the whole; null where nothing is moved. */
    static Duration inAll(DrainState state) {
        return state.servers().stream()
                .map(ServerState::expected)
                .filter(Objects::nonNull)
                .map(Expected::end)
                .max(Duration::compareTo)
                .orElse(null);
    }
}
