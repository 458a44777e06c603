package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

/** A part of the table of amphorae; the system property {@code fire.amphorae.step} set to 1 fills the whole. */
public class AmphoraFireTest {

    @Test
    public void noneIsReplacedTwiceAndNeverBothOfAPairAndNothingIsSaidThatIsNotSo() {
        AmphoraTable.Found found = new AmphoraTable().fill(Integer.getInteger("fire.amphorae.step", 41));
        System.out.println(found.line());
        assertEquals(found.line(), List.of(), found.words());
        assertTrue(found.line(), found.points() > 15);
    }
}
