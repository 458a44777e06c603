package io.jenkins.plugins.nova.plan.roll;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import org.junit.Test;

/** When a window opens, closes, and is long enough: days, nights and the two days a year that are no 24 hours. */
public class WindowTest {

    private static final String BERLIN = "Europe/Berlin";

    /** Half an hour forward and back. */
    private static final String LORD_HOWE = "Australia/Lord_Howe";

    private static Instant at(String local, String zone) {
        return LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant();
    }

    /** The window, now by its clock, minutes that it takes, and when that may begin by its clock; "never" for not at all. */
    private static final String[][] OPENINGS = {
        // Monday, 2026-11-30
        {"22:00-05:00", "", BERLIN, "2026-11-30T12:00", "60", "2026-11-30T22:00"},
        {"22:00-05:00", "", BERLIN, "2026-11-30T22:00", "60", "2026-11-30T22:00"},
        {"22:00-05:00", "", BERLIN, "2026-11-30T23:59", "60", "2026-11-30T23:59"},
        {"22:00-05:00", "", BERLIN, "2026-12-01T04:00", "60", "2026-12-01T04:00"},
        {"22:00-05:00", "", BERLIN, "2026-12-01T04:01", "60", "2026-12-01T22:00"},
        {"22:00-05:00", "", BERLIN, "2026-12-01T05:00", "0", "2026-12-01T22:00"},
        {"22:00-05:00", "", BERLIN, "2026-11-30T12:00", "420", "2026-11-30T22:00"},
        {"22:00-05:00", "", BERLIN, "2026-11-30T12:00", "421", "never"},
        // Friday's night ends on Saturday; the next one is Monday's
        {"22:00-05:00", "MON-FRI", BERLIN, "2026-12-05T03:00", "60", "2026-12-05T03:00"},
        {"22:00-05:00", "MON-FRI", BERLIN, "2026-12-05T05:00", "60", "2026-12-07T22:00"},
        {"22:00-05:00", "FRI-MON", BERLIN, "2026-12-02T12:00", "60", "2026-12-04T22:00"},
        {"09:00-17:00", "sat, Sunday", BERLIN, "2026-12-01T12:00", "60", "2026-12-05T09:00"},
        {"09:00-17:00", "WED", BERLIN, "2026-12-02T16:30", "60", "2026-12-09T09:00"},
        // whole days that meet are one window
        {"00:00-24:00", "SAT, SUN", BERLIN, "2026-12-05T23:30", "120", "2026-12-05T23:30"},
        {"00:00-24:00", "SAT, SUN", BERLIN, "2026-12-06T23:30", "120", "2026-12-12T00:00"},
        {"00:00-00:00", "SAT, SUN", BERLIN, "2026-12-01T00:00", "2880", "2026-12-05T00:00"},
        {"00:00-00:00", "SAT, SUN", BERLIN, "2026-12-01T00:00", "2881", "never"},
        {"00:00-24:00", "", BERLIN, "2026-12-01T13:00", "100000", "2026-12-01T13:00"},
        {"08:00-08:00", "", BERLIN, "2026-12-01T07:59", "100000", "2026-12-01T07:59"},
        // 2026-03-29, clocks go from 02:00 to 03:00: this night has six hours, and a window that opens in the gap does
        // so at 03:00
        {"22:00-05:00", "", BERLIN, "2026-03-28T12:00", "360", "2026-03-28T22:00"},
        {"22:00-05:00", "", BERLIN, "2026-03-28T12:00", "361", "2026-03-29T22:00"},
        {"02:30-05:00", "SUN", BERLIN, "2026-03-28T12:00", "120", "2026-03-29T03:00"},
        {"02:30-05:00", "SUN", BERLIN, "2026-03-28T12:00", "121", "2026-04-05T02:30"},
        {"00:30-02:30", "SUN", BERLIN, "2026-03-28T12:00", "90", "2026-03-29T00:30"},
        {"00:30-02:30", "SUN", BERLIN, "2026-03-28T12:00", "91", "2026-04-05T00:30"},
        {"02:15-02:45", "", BERLIN, "2026-03-28T12:00", "10", "2026-03-30T02:15"},
        // 2026-10-25, clocks go from 03:00 to 02:00: eight hours, and what closes at 02:30 closes the first time
        {"22:00-05:00", "", BERLIN, "2026-10-24T12:00", "480", "2026-10-24T22:00"},
        {"22:00-05:00", "", BERLIN, "2026-10-25T12:00", "480", "never"},
        {"01:00-02:30", "SUN", BERLIN, "2026-10-24T12:00", "90", "2026-10-25T01:00"},
        {"01:00-02:30", "SUN", BERLIN, "2026-10-24T12:00", "91", "never"},
        {"02:30-04:00", "SUN", BERLIN, "2026-10-24T12:00", "150", "2026-10-25T02:30"},
        // 2026-10-04, clocks go from 02:00 to 02:30; 2026-04-05, from 02:00 back to 01:30
        {"01:00-04:00", "", LORD_HOWE, "2026-10-03T12:00", "150", "2026-10-04T01:00"},
        {"01:00-04:00", "", LORD_HOWE, "2026-10-03T12:00", "151", "2026-10-05T01:00"},
        {"01:00-04:00", "", LORD_HOWE, "2026-04-04T12:00", "210", "2026-04-05T01:00"},
        {"22:00-05:00", "", "UTC", "2026-03-28T12:00", "420", "2026-03-28T22:00"},
        {"22:00-05:00", "", "+05:30", "2026-03-28T12:00", "420", "2026-03-28T22:00"},
    };

    @Test
    public void beginsInAWindowThatIsLongEnough() {
        for (String[] row : OPENINGS) {
            Optional<Instant> opening = Window.of(row[0], row[1], row[2])
                    .opening(at(row[3], row[2]), Duration.ofMinutes(Long.parseLong(row[4])));
            assertEquals(
                    String.join(" | ", row),
                    row[5],
                    opening.map(instant -> LocalDateTime.ofInstant(instant, ZoneId.of(row[2]))
                                    .toString())
                            .orElse("never"));
        }
    }

    @Test
    public void whatBeginsEndsInTheSameWindow() {
        Random random = new Random(7);
        String[] zones = {BERLIN, LORD_HOWE, "America/New_York", "UTC", "Asia/Kathmandu"};
        for (int i = 0; i < 2_000; i++) {
            int hour = random.nextInt(24);
            int length = 1 + random.nextInt(23);
            ZoneId zone = ZoneId.of(zones[random.nextInt(zones.length)]);
            Window window = Window.of(hour + ":00-" + (hour + length) % 24 + ":00", "", zone.getId());
            Instant now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(366 * 24 * 60) * 60L);
            Duration takes = Duration.ofMinutes(random.nextInt(length * 60));
            Optional<Instant> opening = window.opening(now, takes);
            if (opening.isEmpty()) {
                // only clocks that go forward make a window shorter than what it says
                assertTrue(window.words() + " " + now + " " + takes, takes.toHours() >= length - 1);
                continue;
            }
            assertFalse(opening.get().isBefore(now));
            assertTrue(opening.get().equals(now) || opensAt(hour, opening.get().atZone(zone)));
            // each minute of it is one in which nothing would have to wait
            for (long minute = 0; minute < takes.toMinutes(); minute += 7) {
                Instant during = opening.get().plus(Duration.ofMinutes(minute));
                assertEquals(window.words(), Optional.of(during), window.opening(during, Duration.ofSeconds(1)));
            }
        }
    }

    private static boolean opensAt(int hour, ZonedDateTime time) {
        return time.getHour() == hour || time.minusMinutes(1).getHour() < hour;
    }

    @Test
    public void oneThatIsOpenAlwaysNeverKeepsAnybodyWaiting() {
        Instant now = at("2026-12-01T13:37", BERLIN);
        assertEquals(
                Optional.of(now), Window.of("00:00-24:00", "MON-SUN", BERLIN).opening(now, Duration.ofDays(400)));
    }

    private static final String[][] BAD = {
        {"", "", "", "window.hours"},
        {null, "", "", "window.hours"},
        {"22-5", "", "", "window.hours"},
        {"22:00", "", "", "window.hours"},
        {"25:00-05:00", "", "", "window.hours"},
        {"24:01-05:00", "", "", "window.hours"},
        {"22:60-05:00", "", "", "window.hours"},
        {"-1:00-05:00", "", "", "window.hours"},
        {"22:00-05:00-06:00", "", "", "window.hours"},
        {"22:00-05:00", "MO-FR", "", "window.days"},
        {"22:00-05:00", "MON-FRI-SAT", "", "window.days"},
        {"22:00-05:00", "MON,", "", "window.days"},
        {"22:00-05:00", "weekdays", "", "window.days"},
        {"22:00-05:00", "1-5", "", "window.days"},
        {"22:00-05:00", "", "Europe/Berln", "window.zone"},
        {"22:00-05:00", "", "CEST", "window.zone"},
        {"22:00-05:00", "", "../etc", "window.zone"},
    };

    @Test
    public void whatIsNoWindowIsToldByParameterAndValue() {
        for (String[] row : BAD) {
            IllegalArgumentException refused = assertThrows(
                    String.join("|", row), IllegalArgumentException.class, () -> Window.of(row[0], row[1], row[2]));
            assertTrue(refused.getMessage(), refused.getMessage().startsWith(row[3] + ": '"));
        }
    }

    @Test
    public void namesOfDaysAreEnglishWhateverTheMachineSpeaks() {
        Locale before = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertEquals(
                    "06:05-24:00 on FRI, SAT, SUN, Asia/Tokyo".replace("24:00", "00:00"),
                    Window.of("6:05 - 24:00", "fri-sunday", null).words());
            assertEquals(
                    "01:00-02:00 every day, UTC",
                    Window.of("01:00-02:00", " ", "UTC").words());
        } finally {
            Locale.setDefault(before);
            TimeZone.setDefault(zone);
        }
    }
}
