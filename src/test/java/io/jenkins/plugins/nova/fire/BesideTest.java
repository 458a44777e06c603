package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

/** A part of the table of what stands beside Nova; {@code mvn -q -Pfire verify -Dfire.part=beside} fills the whole. */
public class BesideTest {

    @Test
    public void itReadsAsBeforeOrCarriesOurReasonAndNothingOfOthersIsOverwritten() {
        BesideTable.Found found = BesideTable.fillAll(173);
        assertEquals(List.of(), found.words());
        assertTrue(found.line(), found.points() > 15);
    }

    @Test
    public void noSilenceOfOursOutlivesItsStepAndNoneOfOthersIsEnded() {
        BesideTable.Found found = new SilenceTable().fill(Integer.getInteger("fire.beside.step", 13));
        assertEquals(List.of(), found.words());
        assertTrue(found.line(), found.points() > 15);
    }
}
