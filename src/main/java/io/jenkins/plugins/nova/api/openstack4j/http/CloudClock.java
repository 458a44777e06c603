package io.jenkins.plugins.nova.api.openstack4j.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * How far a cloud's clock is from this JVM's, by the Date of its answers (RFC 9110, 6.6.1). A Date is cut to the second
 * and written at some moment between sending and receiving: where the clocks may agree they are said to.
 */
public final class CloudClock {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private volatile Duration offset = Duration.ZERO;

    /**
     * Takes an answer's word.
     *
     * @param date the header; null or anything else than a date is left alone
     * @param sent when the request was sent, by this JVM's clock
     * @param received when the answer's head was there, by this JVM's clock
     */
    public void seen(String date, Instant sent, Instant received) {
        if (date == null) {
            return;
        }
        Instant said;
        try {
            said = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return; // a gateway's odd header says nothing about time
        }
        Duration least = Duration.between(received, said);
        Duration most = Duration.between(sent, said.plus(ONE_SECOND));
        offset = least.compareTo(Duration.ZERO) <= 0 && most.compareTo(Duration.ZERO) >= 0
                ? Duration.ZERO
                : least.plus(most).dividedBy(2);
    }

    /** What must be added to this JVM's time to have the cloud's; zero as long as nothing else is known. */
    public Duration offset() {
        return offset;
    }
}
