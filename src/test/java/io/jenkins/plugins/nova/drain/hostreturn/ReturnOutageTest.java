package io.jenkins.plugins.nova.drain.hostreturn;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.drain.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** How long it is tried to write into the cordon why a build was aborted, where the cloud answers late or not. */
public class ReturnOutageTest {

    private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");

    /** A stop so many seconds ago, and the canary that was there then is deleted since so many. */
    private static ReturnState marking(int stopped, int marks) {
        ReturnOrder order = new ReturnOrder(
                "compute1",
                Duration.ofMinutes(30),
                false,
                false,
                false,
                List.of(),
                false,
                new CanaryOrder("11111111-1111-4111-8111-111111111111", "1", null),
                "maintain#7",
                null);
        Instant since = NOW.minusSeconds(marks);
        ReturnState.Edit edit = ReturnState.begin(order, ReturnPhase.MARK, true, false, List.of(), since)
                .edit();
        edit.canary = new Canary(
                Canary.Stage.OVER, since, "canary", "nova", "token", since, "id", null, null, 0, List.of(), List.of());
        edit.stop = new Stop(NOW.minusSeconds(stopped), "Aborted by admin");
        edit.outcome = ReturnOutcome.ABORTED;
        edit.failure = "aborted by admin";
        return edit.done();
    }

    /** Seconds since the stop, since there is nothing else to do, and whether it is tried on. */
    private static final Object[][] ROWS = {
        {1, 0, true},
        {29, 29, true},
        {30, 30, false},
        // a live migration that had to end first took a minute
        {60, 0, true},
        {60, 29, true},
        {60, 30, false},
        // it had failed long before the stop
        {5, 600, true},
        {30, 600, false},
    };

    @Test
    public void aCallThatIsCutShortEndsTheTryingHalfAMinuteAfterItBegan() {
        for (Object[] row : ROWS) {
            ReturnState after =
                    ReturnOutage.unanswered(marking((int) row[0], (int) row[1]), "the cloud did not answer", NOW);
            assertEquals(row[0] + " " + row[1], (boolean) row[2] ? ReturnPhase.MARK : ReturnPhase.ENDED, after.phase());
            assertEquals(
                    row[0] + " " + row[1],
                    (boolean) row[2] ? 0 : 1,
                    after.notes().size());
        }
    }

    @Test
    public void whatIsGivenUpIsOverAtOnce() {
        assertEquals(
                ReturnPhase.ENDED,
                ReturnOutage.abandoned(marking(1, 1), "the build was aborted once more", NOW)
                        .phase());
    }
}
