package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.fire.RollJudge.Wrong;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts of the rolls of a table, its rows, and what was wrong in words. A roll counts once for each kind of wrong in it. */
final class RollTally {

    private int points;
    private int recovered;
    private final Map<Wrong, Integer> counts = new EnumMap<>(Wrong.class);
    private final List<String> rows = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /**
     * Counts a roll.
     *
     * @param done whether all of its hosts are
     */
    RollTally count(String name, Map<Wrong, List<String>> found, boolean done) {
        points++;
        recovered += done && found.isEmpty() ? 1 : 0;
        found.forEach((what, words) -> {
            counts.merge(what, 1, Integer::sum);
            wrong.add(what + " " + name + ": " + words);
        });
        return this;
    }

    RollTally add(RollTally other) {
        points += other.points;
        recovered += other.recovered;
        other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
        rows.addAll(other.rows);
        wrong.addAll(other.wrong);
        return this;
    }

    /** All rolls of a row, with that row. */
    static RollTally row(String title, List<RollTally> rolls) {
        RollTally sum = new RollTally();
        rolls.forEach(sum::add);
        sum.rows.add(String.format("%-40s points=%-5d allDone=%-5d%s", title, sum.points, sum.recovered, sum.wrongs()));
        return sum;
    }

    private String wrongs() {
        StringBuilder text = new StringBuilder();
        for (Wrong what : Wrong.values()) {
            text.append(' ').append(what.words()).append('=').append(counts.getOrDefault(what, 0));
        }
        return text.toString();
    }

    int points() {
        return points;
    }

    List<String> rows() {
        return rows;
    }

    /** What was wrong, in words; empty when nothing was. */
    List<String> wrong() {
        return wrong;
    }

    String line() {
        return "roll points=" + points + wrongs();
    }
}
