package io.jenkins.plugins.nova.drain.claim;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ForeignText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** The reason of a cordon as a claim, and back. */
public class ClaimTest {

    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final String STEP = "1a2b3c4d-0000-4000-8000-000000000000";
    private static final String OTHER_STEP = "5e6f7a8b-0000-4000-8000-000000000000";
    private static final String HERE = "https://jenkins.example.org/";

    private static Claim claim(String build, String step, String controller) {
        return Claim.of(build, step, controller, SINCE);
    }

    private static Claim read(String reason) {
        return Claim.parse(reason).orElseThrow();
    }

    @Test
    public void aReasonIsReadAsItWasWritten() {
        Claim claim = claim("ops/night shift (hall 2)#12", STEP, HERE);
        assertEquals(
                "nova-maintenance: ops/night shift (hall 2)#12 (step 1a2b3c4d of https://jenkins.example.org/ since"
                        + " 2026-01-01T00:00:00Z)",
                claim.reason());
        assertEquals(claim, read(claim.reason()));
    }

    /** What is read back of the cloud is harmless: it must be the same as what was sent. */
    @Test
    public void theReasonOfABuildWithAnOddNameIsReadAsItWasWritten() {
        for (String build : List.of("ops/\u202enight#1", "\ud83d\ude80".repeat(150) + "#1", "\u200f".repeat(300))) {
            Claim claim = claim(build, STEP, HERE);
            assertTrue(claim.reason(), ForeignText.harmless(claim.reason()));
            assertTrue(read(claim.reason()).same(claim));
            String failed = CordonReason.failed(
                    build, null, "no valid host\u001b[2K\r\n\tat all\u2028" + "\ud83d\ude80".repeat(150));
            assertTrue(failed, ForeignText.harmless(failed));
            assertEquals(failed, ForeignText.words(failed));
        }
    }

    @Test
    public void theReasonOfAnEarlierVersionIsAClaimToo() {
        Claim old = read("nova-maintenance: ops/drain#1");
        assertEquals(new Claim("ops/drain#1", null, null, null, null), old);
        assertEquals("nova-maintenance: ops/drain#1", old.reason());
        assertTrue("a step goes on with its old cordon", old.same(claim("ops/drain#1", STEP, HERE)));
        assertFalse(old.same(claim("ops/drain#11", STEP, HERE)));
    }

    @Test
    public void whatItIsForStandsInItAndIsReadBack() {
        Claim plain = claim("ops/drain#12", STEP, HERE);
        Claim ticket = plain.because(" CHG-4711:\n  firmware (failed: disk) ");
        assertEquals(plain.reason() + " for: CHG-4711: firmware (failed - disk)", ticket.reason());
        assertEquals(ticket, read(ticket.reason()));
        assertTrue("the same claim, whatever it is for", ticket.same(plain) && plain.same(ticket));
        assertFalse(CordonReason.tellsFailure(ticket.reason()));
        assertEquals(plain, plain.because(" "));
        String failed =
                CordonReason.failed("ops/drain#12", "CHG-4711 " + "y".repeat(300), "reboot: " + "z".repeat(300));
        assertTrue(failed, failed.startsWith("nova-maintenance: ops/drain#12 for: CHG-4711 "));
        assertTrue(failed, failed.contains(" failed: reboot: zzz") && failed.length() <= 255);
        assertEquals("ops/drain#12", read(failed).build());
        assertTrue(CordonReason.tellsFailure(failed));
        for (int length = 1; length < 400; length++) {
            String reason = plain.because("x".repeat(length)).reason();
            assertTrue(reason, reason.length() <= 255);
            assertTrue(reason, reason.startsWith(plain.reason()));
            assertTrue(reason, read(reason).same(plain));
        }
        Claim long1 = claim("x".repeat(400), STEP, HERE).because("CHG-4711");
        assertEquals("the claim itself comes first", 255, long1.reason().length());
        assertTrue(read(long1.reason()).same(long1));
    }

    @Test
    public void whatOthersWroteIsNoClaim() {
        for (String reason :
                new String[] {null, "", "memory errors", "nova-maintenance", "see nova-maintenance: x#1"}) {
            assertEquals(reason, Optional.empty(), Claim.parse(reason));
        }
    }

    @Test
    public void aReasonThatSomebodyAddedToIsStillOursToSee() {
        Claim claim = read("nova-maintenance: x#1 (step 1a2b3c4d of https://j/ since yesterday)");
        assertNull(claim.step());
        assertTrue(claim.build(), claim.build().startsWith("x#1"));
    }

    @Test
    public void whatAFailedBodyLeftBehindIsStillTheClaimOfItsBuild() {
        assertEquals(
                new Claim("x#1", null, null, null, null), read(CordonReason.failed("x#1", null, "reboot: timed out")));
    }

    @Test
    public void twoStepsOfOneBuildAreNotTheSameAndNorAreTwoControllers() {
        Claim one = claim("x#1", STEP, HERE);
        assertTrue(one.same(claim("x#1", STEP, HERE)));
        assertFalse(one.same(claim("x#1", OTHER_STEP, HERE)));
        assertTrue(one.sameBuild(claim("x#1", OTHER_STEP, HERE)));
        assertFalse(one.sameBuild(claim("x#1", STEP, "https://elsewhere/")));
        assertFalse(one.sameBuild(claim("x#2", STEP, HERE)));
    }

    @Test
    public void aLongNameIsCutToWhatNovaTakesAndIsStillTheSame() {
        String folder = "folder/".repeat(60);
        Claim claim = claim(folder + "drain#12", STEP, HERE);
        assertEquals(255, claim.reason().length());
        assertTrue(claim.reason(), claim.reason().contains("folder/drain#12 (step 1a2b3c4d of " + HERE));
        Claim back = read(claim.reason());
        assertTrue(back.cut());
        assertTrue(back.same(claim));
        assertFalse(back.same(claim(folder + "drain#12", OTHER_STEP, HERE)));
    }

    /** A job may be moved or renamed under its step; an old claim has nothing but the name. */
    @Test
    public void aStepIsTheSameWhateverItsJobIsCalled() {
        Claim before = claim("ops/drain#12", STEP, HERE);
        for (String name : List.of("archive/drain#12", "ops/drain (2)#12", "folder/".repeat(60) + "drain#12")) {
            Claim after = claim(name, STEP, HERE);
            assertTrue(name, before.same(after) && after.same(before));
            assertTrue(name, read(after.reason()).same(before));
            assertFalse(name, claim(name, OTHER_STEP, HERE).same(before));
            assertFalse(name, claim(name, STEP, "https://elsewhere/").same(before));
            assertFalse(name, read("nova-maintenance: ops/drain#12").same(after));
        }
    }

    @Test
    public void noReasonIsLongerThanNovaTakes() {
        assertTrue(claim("x".repeat(300) + "#1", STEP, "https://" + "y".repeat(300))
                        .reason()
                        .length()
                <= 255);
    }
}
