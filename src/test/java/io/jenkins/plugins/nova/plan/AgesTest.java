package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.Test;

public class AgesTest {

    @Test
    public void anAgeIsInTheLargestUnitOfWhichItHasTwo() {
        record Row(Duration age, String words) {}
        for (Row row : List.of(
                new Row(Duration.ofSeconds(59), "0 minutes"),
                new Row(Duration.ofMinutes(40), "40 minutes"),
                new Row(Duration.ofMinutes(119), "119 minutes"),
                new Row(Duration.ofMinutes(120), "2 hours"),
                new Row(Duration.ofHours(47), "47 hours"),
                new Row(Duration.ofHours(48), "2 days"),
                new Row(Duration.ofDays(12), "12 days"))) {
            assertEquals(row.words(), Ages.words(row.age()));
        }
    }
}
