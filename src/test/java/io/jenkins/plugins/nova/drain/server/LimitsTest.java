package io.jenkins.plugins.nova.drain.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.Limits;
import java.time.Duration;
import org.junit.Test;

public class LimitsTest {

    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    @Test
    public void untilARateIsKnownItIsAboutAMinuteAGiBAndFive() {
        assertEquals(5 + 64, Limits.ofCopying(64 * GIB, CopyRate.PRIOR).toMinutes(), 2);
    }

    @Test
    public void aFastLinkShortensItAndNeverBelowTheFloor() {
        assertEquals(Duration.ofSeconds(300 + 3 * 64), Limits.ofCopying(64 * GIB, GIB));
        assertEquals(Limits.FLOOR, Limits.ofCopying(GIB, 100 * GIB));
    }

    /** 800 s a GiB, for two GiB at least. */
    @Test
    public void aSlowLinkLengthensItAndNeverBeyondNovasOwnLimit() {
        assertEquals(Duration.ofSeconds(300 + 3 * 8 * 1024 / 20), Limits.ofCopying(8 * GIB, 20 * MIB));
        assertEquals(Duration.ofSeconds(800 * 8), Limits.ofCopying(8 * GIB, 1));
        assertEquals(Duration.ofSeconds(800 * 2), Limits.ofCopying(GIB / 2, 1));
        assertTrue(Limits.ofCopying(1L << 50, 0).toDays() > 365);
    }
}
