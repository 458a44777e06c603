package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

/** Amphorae under fire at some requests; {@code mvn -Pfire verify} tries every one. */
public class AmphoraFireTest {

    @Test
    public void noneIsReplacedTwiceAndNeverBothOfAPairAndNothingIsSaidThatIsNotSo() {
        AmphoraTable.Found found = new AmphoraTable().fill(211);
        assertEquals(found.line(), List.of(), found.words());
        assertTrue(found.line(), found.points() > 15);
    }
}
