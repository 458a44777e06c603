package io.jenkins.plugins.nova.drain.width;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.function.IntUnaryOperator;
import org.junit.Test;

/** How many live migrations are asked for at a time, against a Nova that runs so many and queues the rest. */
public class LiveWidthTest {

    private static final Instant T0 = Instant.parse("2026-11-27T02:00:00Z");
    private static final long MIB = 1 << 20;

    /** A host with servers without end, and a Nova that runs {@code limit} of them at a time. A look each second. */
    private static final class Host {
        LiveWidth width = LiveWidth.NEW;
        Instant now = T0;
        int limit;
        int running;
        int queued;
        int mostQueued;
        long sent;

        Host(int limit) {
            this.limit = limit;
        }

        /** A second of Nova's work at a rate that depends on how many run, a look, and what is asked for after it. */
        void second(IntUnaryOperator mibPerSecond) {
            now = now.plusSeconds(1);
            while (queued > 0 && running < limit) {
                queued--;
                running++;
            }
            sent += mibPerSecond.applyAsInt(running) * MIB;
            width = width.seen(running, queued, true, sent, now);
            queued += Math.max(0, width.more(running, queued));
            mostQueued = Math.max(mostQueued, queued - Math.max(0, limit - running));
        }

        void ends(int servers) {
            running -= servers;
            for (int i = 0; i < servers; i++) {
                width = width.succeeded(Duration.ofSeconds(5), true, now);
            }
        }
    }

    @Test
    public void novasLimitIsLearnedAndOneOrTwoWait() {
        for (int limit = 1; limit <= 8; limit++) {
            Host host = new Host(limit);
            for (int i = 0; i < 40; i++) {
                host.second(running -> 0);
                if (i % 5 == 4) {
                    host.ends(Math.min(2, host.running));
                }
            }
            String what = "limit " + limit + ": " + host.width;
            assertEquals(what, Integer.valueOf(limit), host.width.limit());
            assertTrue(what + " queued " + host.mostQueued, host.mostQueued <= 2);
            assertTrue(what, host.queued >= 1);
        }
    }

    @Test
    public void aLimitThatIsRaisedOrLoweredIsFollowed() {
        Host host = new Host(2);
        for (int i = 0; i < 10; i++) {
            host.second(running -> 0);
        }
        assertEquals(Integer.valueOf(2), host.width.limit());
        host.limit = 5;
        for (int i = 0; i < 10; i++) {
            host.second(running -> 0);
        }
        assertEquals(Integer.valueOf(5), host.width.limit());
        host.limit = 1;
        host.running = 1;
        for (int i = 0; i < 10; i++) {
            host.second(running -> 0);
        }
        assertEquals(Integer.valueOf(1), host.width.limit());
    }

    @Test
    public void twoWaitOnlyWhereMovesAreShort() {
        LiveWidth width = LiveWidth.NEW
                .succeeded(Duration.ofSeconds(60), true, T0)
                .seen(1, 1, true, 0, T0)
                .seen(1, 1, true, 0, T0);
        assertEquals(1, width.more(1, 0));
        assertEquals(0, width.more(1, 1));
        LiveWidth quick = LiveWidth.NEW
                .succeeded(Duration.ofSeconds(2), true, T0)
                .seen(1, 1, true, 0, T0)
                .seen(1, 1, true, 0, T0);
        assertEquals(1, quick.more(1, 1));
    }

    @Test
    public void threeAreAskedForAtFirst() {
        assertEquals(3, LiveWidth.NEW.more(0, 0));
        assertEquals(0, LiveWidth.NEW.more(0, 3));
    }

    @Test
    public void onALinkThatIsFullNoMoreAreAdded() {
        Host host = new Host(100);
        for (int i = 0; i < 200; i++) {
            host.second(running -> running == 0 ? 0 : 100);
        }
        assertNull(host.width.limit());
        assertTrue(host.width + " runs " + host.running, host.running <= LiveWidth.UNPROVEN + 3);
        assertTrue(host.width.toString(), host.width.width().why().contains("no more bytes"));
    }

    @Test
    public void whereEachCopyAddsBytesMoreAreAddedUpToABound() {
        Host host = new Host(100);
        for (int i = 0; i < 400; i++) {
            host.second(running -> 100 * running);
        }
        assertNull(host.width.limit());
        assertEquals(host.width.toString(), LiveWidth.MOST, host.width.width().wide());
    }

    @Test
    public void aLinkThatCarriesSixStopsThere() {
        Host host = new Host(100);
        for (int i = 0; i < 280; i++) {
            host.second(running -> 100 * Math.min(6, running));
        }
        assertTrue(host.width + " runs " + host.running, host.running >= 6 && host.running <= 8);
    }

    private static LiveWidth learned(Integer limit, int ran, Duration usual) {
        LiveWidth width = usual == null ? LiveWidth.NEW : LiveWidth.NEW.succeeded(usual, false, T0);
        return new LiveWidth(width.width(), limit, ran, 0, null);
    }

    @Test
    public void whatIsAskedForIsWhatNovaRunsAndOneOrTwoMore() {
        Duration quick = Duration.ofSeconds(4);
        Duration slow = Duration.ofSeconds(90);
        record Row(Integer limit, int ran, Duration usual, int running, int waiting, int more) {}
        for (Row row : new Row[] {
            // nothing is known: three, less those that are asked for already
            new Row(null, 0, null, 0, 0, 3),
            new Row(null, 0, null, 0, 2, 1),
            new Row(null, 0, null, 3, 0, 2),
            new Row(null, 0, null, 3, 1, 1),
            // one has ended: what ran at once may run again
            new Row(null, 4, quick, 1, 0, 4),
            new Row(null, 4, quick, 4, 1, 1),
            new Row(null, 4, quick, 4, 2, 0),
            new Row(null, 2, slow, 1, 0, 2),
            new Row(null, 2, slow, 2, 1, 0),
            // no more than the width, however many ran once
            new Row(null, 9, slow, 4, 0, 1),
            new Row(null, 9, slow, 6, 0, -1),
            // Nova's limit
            new Row(1, 1, slow, 1, 0, 1),
            new Row(1, 1, slow, 1, 1, 0),
            new Row(1, 1, quick, 1, 1, 0),
            new Row(4, 4, quick, 2, 0, 4),
            new Row(9, 9, slow, 9, 0, 1),
            new Row(4, 4, quick, 0, 0, 5),
            // more than one may end between two looks where that takes less than three seconds
            new Row(1, 1, Duration.ofSeconds(3), 1, 0, 1),
            new Row(1, 1, Duration.ofMillis(2_999), 1, 0, 2),
        }) {
            assertEquals(
                    row.toString(),
                    row.more(),
                    learned(row.limit(), row.ran(), row.usual()).more(row.running(), row.waiting()));
        }
    }

    /** Two looks in a row, for one that is just about to begin reads queued as well. */
    @Test
    public void oneLookAtAQueueProvesNothing() {
        LiveWidth once = LiveWidth.NEW.seen(2, 1, true, 0, T0);
        assertNull(once.limit());
        assertNull(once.seen(3, 0, true, 0, T0).seen(3, 1, true, 0, T0).limit());
        assertEquals(Integer.valueOf(2), once.seen(2, 1, true, 0, T0).limit());
        assertNull(LiveWidth.NEW.seen(0, 1, true, 0, T0).seen(0, 1, true, 0, T0).limit());
    }

    @Test
    public void howManyRanAtMostIsCountedSinceNovaHeldOneBack() {
        LiveWidth five = LiveWidth.NEW.seen(5, 0, true, 0, T0);
        assertEquals(5, five.seen(3, 0, true, 0, T0).ran());
        LiveWidth once = five.seen(2, 1, true, 0, T0);
        assertEquals(5, once.ran());
        assertEquals(2, once.seen(2, 1, true, 0, T0).ran());
    }

    @Test
    public void bytesAreCountedWhereMoreCouldRunAndOnlyThen() {
        LiveWidth width = LiveWidth.NEW;
        for (LiveWidth none : new LiveWidth[] {
            width.seen(4, 0, true, MIB, T0), // no more run than need no proof
            width.seen(5, 0, false, MIB, T0), // none is left to be asked for
            width.seen(5, 1, true, MIB, T0), // Nova holds one back
            width.seen(5, 0, true, 0, T0) // no bytes are told
        }) {
            assertNull(none.toString(), none.gauge());
        }
        LiveWidth begun = width.seen(5, 0, true, MIB, T0);
        assertEquals(T0, begun.gauge().since());
        assertEquals(begun, begun.seen(5, 0, true, 900 * MIB, T0.plusMillis(19_999)));
        LiveWidth wider = begun.seen(5, 0, true, 2_001 * MIB, T0.plusSeconds(20));
        assertEquals(5, wider.width().wide());
        assertEquals("Nova does not limit them", wider.width().why());
        assertEquals(100.0 * MIB, wider.gauge().rate(), MIB);
    }

    /** Half of what one more would bring on an idle link. */
    @Test
    public void aGainIsHalfOfWhatOneMoreCouldBring() {
        record Row(int inTwentySeconds, int wide, String why) {}
        for (Row row : new Row[] {
            new Row(2_260, 6, "more bytes are copied in all than with fewer"),
            new Row(2_250, 6, "more bytes are copied in all than with fewer"),
            new Row(2_240, 4, "with more at a time no more bytes are copied in all")
        }) {
            LiveWidth width = LiveWidth.NEW
                    .seen(5, 0, true, MIB, T0)
                    .seen(5, 0, true, 2_001 * MIB, T0.plusSeconds(20))
                    .seen(6, 0, true, 2_001 * MIB, T0.plusSeconds(21))
                    .seen(6, 0, true, (2_001L + row.inTwentySeconds()) * MIB, T0.plusSeconds(41));
            assertEquals(row.toString(), row.wide(), width.width().wide());
            assertEquals(row.toString(), row.why(), width.width().why());
        }
    }

    @Test
    public void aSignOfLoadHalvesWhatRunsUnlimited() {
        LiveWidth width = LiveWidth.NEW.loaded("HTTP 504", T0);
        assertEquals(2, width.width().wide());
        assertEquals(width, Widths.NEW.loaded(MoveKind.LIVE, "HTTP 504", T0).live());
    }

    @Test
    public void aLookAtTheLiveMigrationsIsTheirs() {
        Widths widths = Widths.NEW.seen(2, 1, true, 0, T0);
        assertEquals(LiveWidth.NEW.seen(2, 1, true, 0, T0), widths.live());
        assertEquals(1, widths.live().queued());
        assertEquals(Widths.NEW.others(), widths.others());
    }
}
