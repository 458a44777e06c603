package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.step.controller.Deafness.Heard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** Whose fault a silence is: the guests' or the looker's. */
public class DeafnessTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    /**
     * A guest at a look: M is being moved, W is not; then whether it answered at the looks before (+ yes, - no, ? not known), and
     * whether at this one.
     */
    private static Heard guest(String written) {
        Boolean present = written.charAt(1) == '?' ? null : Boolean.valueOf(written.charAt(1) == '+');
        return new Heard(written.charAt(0) == 'W', present, written.charAt(2) == '+');
    }

    private static List<Heard> look(String written) {
        List<Heard> all = new ArrayList<>();
        for (String each : written.split(" ")) {
            if (!each.isEmpty()) {
                all.add(guest(each));
            }
        }
        return all;
    }

    /** Each row: the looks one after the other, and whether what the last one heard does not count. */
    @Test
    public void whatDoesNotCount() {
        Object[][] rows = {
            {"one guest alone", "M+-", false},
            {"two that are both moved", "M+- M+-", false},
            {"one that is moved and a witness", "M+- W+-", true},
            {"of which no more is known than that it answered before", "M?- W+-", true},
            {"a witness of which too little is known", "M+- W?-", false},
            {"a witness that has been silent before", "M+- W--", false},
            {"two witnesses, one silent before", "M+- W-- W+-", true},
            {"a witness that answers", "M+- W++", false},
            {"two witnesses, one of which answers", "M+- W+- W++", false},
            {"another that is moved answers", "M+- M++ W+-", false},
            {"one that is moved was silent before: its own silence", "M-- W+-", false},
            {"one was, another falls silent with the witness", "M-- M+- W+-", true},
            {"witnesses alone", "W+- W+-", false},
            {"nobody", "", false},
            {"it goes on while nobody answers", "M+- W+-, M+- W+-, M+- W+-", true},
            {"also when the witness's own move begins", "M+- W+-, M+- M?-", true},
            {"it ends when the witness answers", "M+- W+-, M+- W++", false},
            {"it ends when the one that is moved answers", "M+- W+-, M++ W+-", false},
            {"it begins again", "M+- W+-, M+- W++, M+- W+-", true},
            {"a silence that the witness did not begin with", "M+- W++, M-- W++, M-- W+-", false},
        };
        for (Object[] row : rows) {
            Deafness deafness = new Deafness();
            Instant at = NOW;
            for (String written : ((String) row[1]).split(",")) {
                deafness.heard(look(written), at);
                at = at.plusSeconds(1);
            }
            assertEquals(row[0] + ": " + row[1], row[2], deafness.deaf());
        }
    }

    /** Each row: how many looks are deaf, and how many lines that makes, both ends together. */
    @Test
    public void itIsToldOnceItLasts() {
        int[][] rows = {{1, 0}, {5, 0}, {6, 2}, {60, 2}};
        for (int[] row : rows) {
            Deafness deafness = new Deafness();
            List<String> told = new ArrayList<>();
            for (int i = 0; i < row[0]; i++) {
                told.addAll(deafness.heard(look("M+- W+-"), NOW.plusSeconds(i)));
            }
            told.addAll(deafness.heard(look("M++ W++"), NOW.plusSeconds(row[0])));
            assertEquals(row[0] + " looks: " + told, row[1], told.size());
        }
    }

    @Test
    public void thatNobodyCouldBeAskedIsToldOnceItLasts() {
        int[][] rows = {{1, 0}, {5, 0}, {6, 2}, {60, 2}};
        for (int[] row : rows) {
            Deafness deafness = new Deafness();
            List<String> told = new ArrayList<>();
            for (int i = 0; i < row[0]; i++) {
                told.addAll(deafness.unasked("agent 'a' is offline", NOW.plusSeconds(i)));
            }
            told.addAll(deafness.heard(look("M+-"), NOW.plusSeconds(row[0])));
            assertEquals(row[0] + " looks: " + told, row[1], told.size());
            if (row[1] > 0) {
                assertEquals(
                        "Guests cannot be looked at now: agent 'a' is offline. What is not asked does not count: no live migration is"
                                + " aborted for it, and nothing is confirmed by itself for it.",
                        told.get(0));
                assertEquals("Guests are looked at again, after " + (row[0] == 6 ? "6 s." : "1 min."), told.get(1));
            }
        }
    }
}
