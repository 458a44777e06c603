package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.text.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an operator reads on the console while a host waits for its turn: a line when it waits for something of another kind. How many
 * and which, which change with each server that moves, stand on the build's page; and a host that looks again does not tell so.
 */
public final class TurnNarrator {

    /** How the sentences begin that have figures and hosts in them which are others each minute. */
    private static final List<String> CHANGING = List.of("the budget", "seats", "servers of");

    private String told = "";

    /** The lines for a step from one state to the next. */
    public List<String> lines(TurnState before, TurnState after, Instant now) {
        List<String> lines = new ArrayList<>();
        if (after.trouble() != null && !after.trouble().equals(before.trouble())) {
            lines.add("The cloud could not be read, trying again: " + after.trouble());
        }
        if (before.trouble() != null && after.trouble() == null && !after.over()) {
            lines.add("The cloud answers again.");
        }
        after.notes().stream()
                .filter(note -> !before.notes().contains(note))
                .forEach(note -> lines.add("Note: " + note));
        if (!after.over() && isNews(after.waitsFor())) {
            told = after.waitsFor();
            lines.add(waits(after) + ".");
        }
        if (after.outcome() == TurnOutcome.BEGINS && !before.over()) {
            lines.add(begins(after));
        }
        return lines.stream().map(Times::toTheSecond).toList();
    }

    private boolean isNews(String waitsFor) {
        return !waitsFor.isEmpty()
                && !kind(waitsFor).equals(kind(told))
                && (told.isEmpty() || !waitsFor.equals(TurnTick.ITS_TURN));
    }

    /** Whose owner is waited for, or which canary, is news each time. */
    private static String kind(String waitsFor) {
        return CHANGING.stream().filter(waitsFor::startsWith).findFirst().orElse(waitsFor);
    }

    private static String waits(TurnState state) {
        return "Host " + state.order().host() + " waits for " + state.waitsFor()
                + (state.until() == null ? "" : " (until " + Times.at(state.until()) + ")");
    }

    private static String begins(TurnState state) {
        Map<String, Long> seats = state.seats().values().stream()
                .collect(Collectors.groupingBy(host -> host, TreeMap::new, Collectors.counting()));
        return "The turn of host " + state.order().host() + " has come: "
                + (seats.isEmpty()
                        ? "no server is to be moved."
                        : Quantity.servers(state.seats().size()) + ", with seats on "
                                + seats.entrySet().stream()
                                        .map(one -> one.getKey() + " (" + one.getValue() + ")")
                                        .collect(Collectors.joining(", "))
                                + ".");
    }

    /** What is going on, in one sentence. */
    public static String status(TurnState state) {
        if (state.over()) {
            return state.outcome() + (state.message().isEmpty() ? "" : ": " + state.message());
        }
        return (state.waitsFor().isEmpty()
                        ? "host " + state.order().host() + " is about to wait for its turn in the roll"
                        : "h" + waits(state).substring(1))
                + (state.trouble() == null ? "" : " (cloud not readable: " + state.trouble() + ")");
    }
}
