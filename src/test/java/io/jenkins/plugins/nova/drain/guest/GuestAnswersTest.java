package io.jenkins.plugins.nova.drain.guest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.Test;

/** What is made of answers: {@code +} for one, {@code -} for none, a second apart. */
public class GuestAnswersTest {

    private static final Instant T0 = Instant.parse("2026-11-27T12:00:00Z");

    private static GuestAnswers heard(String answers) {
        GuestAnswers heard = GuestAnswers.begin(1);
        for (int i = 0; i < answers.length(); i++) {
            heard = heard.with(answers.charAt(i) == '+', T0.plusSeconds(i));
        }
        return heard;
    }

    private static boolean lossy(String answers) {
        return GuestWatch.at(GuestAddress.parse("tcp://10.0.0.5:22"))
                .listening(T0)
                .heard(heard("+++"))
                .moving()
                .heard(heard(answers))
                .lossy();
    }

    @Test
    public void countsAndSilencesAreKept() {
        GuestAnswers heard = heard("++---+--+--");
        assertEquals(11, heard.asked());
        assertEquals(4, heard.answered());
        assertEquals(7, heard.lost());
        assertEquals("from the first without to the next with", Duration.ofSeconds(3), heard.longestSilence());
        assertEquals(T0.plusSeconds(9), heard.silentSince());
        assertEquals(T0.plusSeconds(8), heard.lastAnswer());
        assertNull(heard("+").silentSince());
        assertNull(heard("---").lastAnswer());
        assertEquals(
                "a silence that goes on", Duration.ofSeconds(4), heard("+-----").longestSilence());
    }

    @Test
    public void threeAsksTellWhetherItAnswersNow() {
        assertEquals(Optional.empty(), heard("").present());
        assertEquals(Optional.empty(), heard("++").present());
        for (String yes : new String[] {"+++", "++-", "-++", "+-+", "-----++"}) {
            assertEquals(yes, Optional.of(true), heard(yes).present());
        }
        for (String no : new String[] {"---", "--+", "+--", "-+-", "++++--"}) {
            assertEquals(no, Optional.of(false), heard(no).present());
        }
    }

    @Test
    public void fifteenOfTheLastThirtyAreALoss() {
        assertFalse(lossy("+".repeat(100) + "-".repeat(14)));
        assertTrue(lossy("+".repeat(100) + "-".repeat(15)));
        assertTrue("every other one", lossy("+-".repeat(15)));
        assertFalse("one of three", lossy("++-".repeat(50)));
        assertTrue("two of three", lossy("+--".repeat(10)));
        assertFalse("long ago", lossy("-".repeat(20) + "+".repeat(30)));
    }

    @Test
    public void whoDidNotAnswerBeforeIsNotJudged() {
        GuestWatch silent = GuestWatch.at(GuestAddress.parse("tcp://10.0.0.5:22"))
                .listening(T0)
                .heard(heard("---"))
                .moving();
        assertEquals(false, silent.before());
        assertFalse(silent.heard(heard("-".repeat(30))).lossy());
        assertEquals(GuestWatch.Word.NONE, silent.after(false, T0));
    }

    @Test
    public void aMoveWaitsUntilItsGuestWasHeardAndNoLongerThanThat() {
        GuestWatch guest = GuestWatch.at(GuestAddress.parse("tcp://10.0.0.5:22"));
        assertFalse(guest.mayMove(T0));
        GuestWatch listening = guest.listening(T0);
        assertFalse(listening.mayMove(T0.plusSeconds(14)));
        assertTrue(listening.mayMove(T0.plusSeconds(15)));
        assertTrue(listening.heard(heard("++-")).mayMove(T0.plusSeconds(3)));
        assertEquals("nobody could ask", false, listening.moving().before());
    }

    /** After a minute, or five where it boots; where nobody could ask it is not silent. */
    @Test
    public void afterItsMoveItIsGivenItsTime() {
        GuestWatch moved = GuestWatch.at(GuestAddress.parse("tcp://10.0.0.5:22"))
                .listening(T0)
                .heard(heard("+++"))
                .moving();
        assertEquals(GuestWatch.Word.AWAITED, moved.after(false, T0));
        GuestWatch there = moved.heard(heard("++--------")).arrived(T0.plusSeconds(3));
        assertEquals(GuestWatch.Word.AWAITED, there.after(false, T0.plusSeconds(62)));
        assertEquals(GuestWatch.Word.SILENT, there.after(false, T0.plusSeconds(63)));
        assertEquals(GuestWatch.Word.AWAITED, there.after(true, T0.plusSeconds(302)));
        assertEquals(GuestWatch.Word.SILENT, there.after(true, T0.plusSeconds(303)));
        assertEquals(GuestWatch.Word.ANSWERS, there.heard(heard("++--+")).after(false, T0.plusSeconds(99)));
        assertEquals(
                "an answer of before the end is none after it",
                GuestWatch.Word.UNASKED,
                moved.heard(heard("+++")).arrived(T0.plusSeconds(2)).after(false, T0.plusSeconds(99)));
        assertEquals(
                "waiting begins anew", GuestWatch.Word.AWAITED, there.resumed().after(false, T0.plusSeconds(999)));
    }
}
