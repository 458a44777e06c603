package io.jenkins.plugins.nova.drain.text;

import static org.junit.Assert.assertEquals;

import java.time.Instant;
import java.util.Map;
import org.junit.Test;

/** Moments as people read them. */
public class TimesTest {

    @Test
    public void aMomentIsWrittenToTheSecond() {
        for (String moment :
                new String[] {"2026-01-01T02:03:04.123456789Z", "2026-01-01T02:03:04.120Z", "2026-01-01T02:03:04Z"}) {
            assertEquals("2026-01-01T02:03:04Z", Times.at(Instant.parse(moment)));
        }
    }

    @Test
    public void soAreAllThatATextHas() {
        Map<String, String> texts = Map.of(
                "", "",
                "asked for at 2026-01-01T02:03:04.123456789Z (no answer)",
                        "asked for at 2026-01-01T02:03:04Z (no answer)",
                "2026-01-01T02:03:04.1Z, 2026-01-01T02:03:05Z.", "2026-01-01T02:03:04Z, 2026-01-01T02:03:05Z.",
                "10.5 GiB, version 2.90, 2026-01-01T02:03:04.000", "10.5 GiB, version 2.90, 2026-01-01T02:03:04.000");
        texts.forEach((text, told) -> assertEquals(told, Times.toTheSecond(text)));
    }
}
