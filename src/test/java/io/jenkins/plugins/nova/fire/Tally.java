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
    Tally count(String name, List<String> twice, List<String> missing, List<String> untrue, List<String> different) {
        List<String> said = new ArrayList<>(untrue);
        said.addAll(different);
        return judge(name, twice, missing, said, false);
    }

    /** A point where another result will do when it is true and gives its reason. */
    Tally judge(String name, List<String> twice, List<String> missing, List<String> untrue, boolean other) {
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
        return this;
    }

    Tally lost(String what) {
        points++;
        lost++;
        wrong.add("LOST " + what);
        return this;
    }

    Tally endless(String what) {
        points++;
        endless++;
        wrong.add("ENDLESS " + what);
        return this;
    }

    /** Counts these points too, and lists them. */
    Tally add(Tally other) {
        points += other.points;
        recovered += other.recovered;
        reported += other.reported;
        duplicates += other.duplicates;
        lost += other.lost;
        falsehoods += other.falsehoods;
        endless += other.endless;
        rows.addAll(other.rows);
        wrong.addAll(other.wrong);
        return this;
    }

    /** All points of a row, with that row. */
    static Tally row(String title, List<Tally> points) {
        Tally sum = new Tally();
        points.forEach(sum::add);
        sum.rows.add(String.format(
                "%s points=%-5d recovered=%-5d reported=%-4d duplicates=%d lost=%d false=%d endless=%d",
                title, sum.points, sum.recovered, sum.reported, sum.duplicates, sum.lost, sum.falsehoods, sum.endless));
        return sum;
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

    /** The counts of cells, after this word. */
    String cells(String what) {
        return what + " cells=" + points + " recovered=" + recovered + " reported=" + reported + " duplicates="
                + duplicates + " lost=" + lost + " false=" + falsehoods + " endless=" + endless;
    }
}
