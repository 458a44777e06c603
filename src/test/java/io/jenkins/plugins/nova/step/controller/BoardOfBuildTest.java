package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.drain.turn.RollBoard.State;
import io.jenkins.plugins.nova.report.data.RollMark;
import org.junit.Test;

/** Which ends of a step are failures of its host, after which no other begins. */
public class BoardOfBuildTest {

    /** The outcome, how its host stands where the turn had not come, and where it had. */
    private static final Object[][] ENDS = {
        {"DONE", State.DONE, State.DONE},
        {"DONE_BEFORE", State.DONE, State.DONE},
        {"NOT_BEGUN", State.NOT_BEGUN, State.FAILED},
        {"DRIFTED", State.NOT_BEGUN, State.FAILED},
        {"ABORTED", State.NOT_BEGUN, State.FAILED},
        {"REFUSED", State.FAILED, State.FAILED},
        {"INCOMPLETE", State.FAILED, State.FAILED},
        {"AWAITING_CONFIRM", State.FAILED, State.FAILED},
        {"UNPROVEN", State.FAILED, State.FAILED},
        {"BODY_FAILED", State.FAILED, State.FAILED},
        {"UNKNOWN", State.FAILED, State.FAILED},
        {"what a later version calls an end", State.FAILED, State.FAILED},
    };

    @Test
    public void whatWasNotTouchedIsNoFailureUnlessItWasRefused() {
        for (Object[] row : ENDS) {
            String outcome = (String) row[0];
            assertEquals(outcome, row[1], BoardOfBuild.ended(outcome, new RollMark("r", "k", 3, false)));
            assertEquals(outcome, row[2], BoardOfBuild.ended(outcome, new RollMark("r", "k", 3, true)));
        }
    }
}
