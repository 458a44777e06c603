package io.jenkins.plugins.nova.fire;

import java.util.ArrayList;
import java.util.List;

/** Counts of a table, its rows, and what was wrong in words. A point counts once, as the worst that it was. */
final class Tally {

    private int points;
    private int recovered;
    private int reported;
    private int duplicates;
    private int lost;
    private int falsehoods;
    private int endless;
    private final List<String> rows = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /** A point where anything but the undisturbed result is wrong. */
    void count(String name, List<String> twice, List<String> missing, List<String> untrue, List<String> different) {
        List<String> said = new ArrayList<>(untrue);
        said.addAll(different);
        judge(name, twice, missing, said, false);
    }

    /** A point where another result will do when it is true and gives its reason. */
    void judge(String name, List<String> twice, List<String> missing, List<String> untrue, boolean other) {
        points++;
        if (!twice.isEmpty()) {
            duplicates++;
            wrong.add("DUPLICATE " + name + ": " + twice);
        } else if (!missing.isEmpty()) {
            lost++;
            wrong.add("LOST " + name + ": " + missing);
        } else if (!untrue.isEmpty()) {
            falsehoods++;
            wrong.add("FALSE " + name + ": " + untrue);
        } else if (other) {
            reported++;
        } else {
            recovered++;
        }
    }

    void lost(String what) {
        points++;
        lost++;
        wrong.add("LOST " + what);
    }

    void endless(String what) {
        points++;
        endless++;
        wrong.add("ENDLESS " + what);
    }

    Tally copy() {
        Tally copy = new Tally();
        copy.points = points;
        copy.recovered = recovered;
        copy.reported = reported;
        copy.duplicates = duplicates;
        copy.lost = lost;
        copy.falsehoods = falsehoods;
        copy.endless = endless;
        return copy;
    }

    /** Both counts together, without rows. */
    Tally with(Tally other) {
        Tally sum = copy();
        sum.points += other.points;
        sum.recovered += other.recovered;
        sum.reported += other.reported;
        sum.duplicates += other.duplicates;
        sum.lost += other.lost;
        sum.falsehoods += other.falsehoods;
        sum.endless += other.endless;
        sum.wrong.addAll(wrong);
        sum.wrong.addAll(other.wrong);
        return sum;
    }

    /** Adds a row with what was counted since. */
    void row(String title, Tally before) {
        rows.add(String.format(
                "%s points=%-5d recovered=%-5d reported=%-4d duplicates=%d lost=%d false=%d endless=%d",
                title,
                points - before.points,
                recovered - before.recovered,
                reported - before.reported,
                duplicates - before.duplicates,
                lost - before.lost,
                falsehoods - before.falsehoods,
                endless - before.endless));
    }

    List<String> rows() {
        return rows;
    }

    /** What was wrong, in words; empty when nothing was. */
    List<String> wrong() {
        return wrong;
    }

    int points() {
        return points;
    }

    String kills() {
        return "kill points=" + points + " recovered=" + recovered + " duplicates=" + duplicates + " lost=" + lost
                + " false=" + falsehoods;
    }

    String faults() {
        return "faults cells=" + points + " recovered=" + recovered + " reported=" + reported + " duplicates="
                + duplicates + " lost=" + lost + " false=" + falsehoods + " endless=" + endless;
    }
}
