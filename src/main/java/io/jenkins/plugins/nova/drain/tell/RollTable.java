package io.jenkins.plugins.nova.drain.tell;

import io.jenkins.plugins.nova.drain.observe.RollReader.Planned;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.plan.roll.Roll;
import io.jenkins.plugins.nova.plan.roll.RollBlock;
import io.jenkins.plugins.nova.plan.roll.RollMove;
import io.jenkins.plugins.nova.plan.roll.RollTurn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A roll as a table for the console: a line for each host, then what blocks, by owner and project, and what is short. */
public final class RollTable {

    /** Columns of a line, but for a word that is longer: 120 with the step's name that stands before it. */
    static final int WIDTH = 109;

    private static final int MOST_OF_A_NAME = 28;
    private static final int MOST_OF_AN_ID = 8;
    private static final int MOST_MOVES_TOLD = 20;
    private static final int MOST_SHORT_TOLD = 50;
    private static final String UNDER = " ".repeat(6);

    private final Planned planned;
    private final Roll roll;
    private final List<String> lines = new ArrayList<>();

    private RollTable(Planned planned) {
        this.planned = planned;
        this.roll = planned.roll();
    }

    /** The whole, in lines. */
    public static List<String> of(Planned planned) {
        return new RollTable(planned).lines();
    }

    private List<String> lines() {
        long begun = roll.turns().stream().filter(RollTurn::begun).count();
        under(
                "  ",
                "Plan " + roll.hash() + ": " + begun + " of "
                        + count(roll.turns().size(), "host") + ", "
                        + count(roll.moves(), "move") + " of " + Quantity.servers(roll.moving()) + ", about "
                        + Quantity.time(roll.duration()) + ".");
        hosts();
        again();
        blocked();
        shortages();
        planned.notes().forEach(note -> under("  ", note));
        return lines;
    }

    private static String count(long many, String what) {
        return many + " " + what + (many == 1 ? "" : "s");
    }

    private void hosts() {
        int name = roll.turns().stream()
                .mapToInt(turn -> Math.min(MOST_OF_A_NAME, turn.host().length()))
                .reduce(4, Math::max);
        String form = "  %4s  %-" + name + "s  %-11s %10s %10s %10s %6s";
        lines.add(row(form, "TURN", "HOST", "STATE", "BEGINS", "EMPTY", "DONE", "MOVES"));
        int number = 0;
        for (RollTurn turn : roll.turns()) {
            number++;
            String shown = turn.host();
            if (shown.length() > MOST_OF_A_NAME) {
                lines.add(String.format(Locale.ROOT, "  %4d  %s", number, shown));
                shown = "";
            }
            RollTurn.Times times = turn.times();
            lines.add(row(
                    form,
                    shown.isEmpty() ? "" : String.valueOf(number),
                    shown,
                    turn.state(),
                    times == null ? "-" : "+" + Quantity.time(times.begins()),
                    times == null ? "-" : "+" + Quantity.time(times.drained()),
                    times == null ? "-" : "+" + Quantity.time(times.ends()),
                    String.valueOf(turn.moves().size())));
            if (!turn.moves().isEmpty()) {
                under(UNDER, "to " + seats(turn));
            }
            if (!turn.after().isEmpty()) {
                under(UNDER, "after " + String.join(", ", turn.after()));
            }
            if (!turn.why().isEmpty()) {
                under(UNDER, turn.why() + ".");
            }
        }
    }

    /** Where the servers of a host go, most first. */
    private static String seats(RollTurn turn) {
        Map<String, Long> counts =
                turn.moves().stream().collect(Collectors.groupingBy(RollMove::to, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(seat -> seat.getKey() + " (" + seat.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    private void again() {
        List<RollMove> again = roll.turns().stream()
                .flatMap(turn -> turn.moves().stream())
                .filter(move -> !move.why().isEmpty())
                .toList();
        if (again.isEmpty()) {
            return;
        }
        under(
                "  ",
                count(again.size(), "move") + (again.size() == 1 ? " is" : " are")
                        + " made to hosts that are still to be emptied, so these servers move once more: "
                        + again.get(0).why() + ".");
        again.stream()
                .limit(MOST_MOVES_TOLD)
                .forEach(move -> under(
                        UNDER,
                        move.server().name() + " (" + move.server().id() + ") of " + move.from() + " to " + move.to()));
        if (again.size() > MOST_MOVES_TOLD) {
            lines.add(UNDER + "and " + (again.size() - MOST_MOVES_TOLD) + " more.");
        }
    }

    private void blocked() {
        if (roll.blocked().isEmpty()) {
            lines.add("  Nothing blocks.");
            return;
        }
        Map<String, List<RollBlock>> groups = roll.blocked().stream()
                .collect(Collectors.groupingBy(
                        one -> "owner " + orNone(one.owner()) + ", project "
                                + orNone(one.server().projectId()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        under(
                "  ",
                count(roll.blocked().size(), "server") + " of " + count(groups.size(), "owner")
                        + " and project will block, and their hosts come last. The result has them as owners, a CSV.");
        groups.forEach((who, theirs) -> {
            under("  ", who + ":");
            for (RollBlock block : theirs) {
                under(
                        UNDER,
                        block.host() + "  " + shortened(block.server().id()) + "  "
                                + block.server().name() + "  " + block.server().status() + "  "
                                + block.verdict().reason() + ". "
                                + block.verdict().hint()
                                + (block.verdict().override() == null
                                        ? ""
                                        : " Parameter: " + block.verdict().override() + "."));
            }
        });
    }

    private static String orNone(String text) {
        return text == null || text.isEmpty() ? "not told" : text;
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(MOST_OF_AN_ID, id.length()));
    }

    private void shortages() {
        if (roll.shortages().isEmpty()) {
            return;
        }
        under("  ", count(roll.shortages().size(), "server") + " without a seat:");
        roll.shortages().stream().limit(MOST_SHORT_TOLD).forEach(one -> under(UNDER, one.words()));
        if (roll.shortages().size() > MOST_SHORT_TOLD) {
            lines.add(UNDER + "and " + (roll.shortages().size() - MOST_SHORT_TOLD) + " more.");
        }
    }

    private static String row(String form, Object... cells) {
        return String.format(Locale.ROOT, form, cells).stripTrailing();
    }

    private void under(String indent, String text) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && indent.length() + line.length() + 1 + word.length() > WIDTH) {
                lines.add(indent + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(indent + line);
        }
    }
}
