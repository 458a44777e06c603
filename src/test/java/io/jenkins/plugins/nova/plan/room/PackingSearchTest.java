package io.jenkins.plugins.nova.plan.room;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.Test;

/** What the search may leave out, and what it may claim. */
public class PackingSearchTest {

    private static final int[] NO_GROUPS = {};

    /** Servers that may go anywhere, of one resource class, and no groups. */
    private static PackingState state(long[] needs, long... free) {
        boolean[][] may = new boolean[needs.length][free.length];
        Arrays.stream(may).forEach(hosts -> Arrays.fill(hosts, true));
        return state(needs, may, free);
    }

    private static PackingState state(long[] needs, boolean[][] may, long... free) {
        return new PackingState(
                column(needs),
                may,
                IntStream.range(0, needs.length).mapToObj(server -> NO_GROUPS).toArray(int[][]::new),
                column(free),
                new int[free.length][0]);
    }

    private static long[][] column(long[] amounts) {
        return Arrays.stream(amounts).mapToObj(amount -> new long[] {amount}).toArray(long[][]::new);
    }

    private static int[] inTurn(int servers) {
        return IntStream.range(0, servers).toArray();
    }

    private static int[] nowhere(int servers) {
        int[] placed = new int[servers];
        Arrays.fill(placed, PackingState.NOWHERE);
        return placed;
    }

    private static PackingSearch ran(PackingState state, int[] best, int steps) {
        PackingSearch search = new PackingSearch(state, inTurn(state.servers()), best, steps);
        search.run();
        return search;
    }

    private static long left(int[] placed) {
        return Arrays.stream(placed)
                .filter(host -> host == PackingState.NOWHERE)
                .count();
    }

    /** One look at each server and host is enough where the sums, or the servers that no host may take, show it. */
    @Test
    public void whatCannotBeBetterIsKeptAfterOneLook() {
        long[] sizes = {13, 11, 9, 8, 7, 6, 5, 4};
        int[] allButOne = {0, 0, 1, 1, 2, 2, 1, PackingState.NOWHERE};
        PackingSearch full = ran(state(sizes, 24, 20, 18), allButOne, sizes.length * 3 + 1);
        assertTrue("63 do not fit in 62", full.exhausted());
        assertSame(allButOne, full.best());

        long[] small = {1, 1, 1, 1, 2, 3, 4, 5};
        boolean[][] may = new boolean[small.length][3];
        IntStream.range(4, small.length).forEach(server -> Arrays.fill(may[server], true));
        int[] homeless = {-1, -1, -1, -1, 0, 0, 0, 0};
        PackingSearch some = ran(state(small, may, 99, 98, 97), homeless, small.length * 3 + 1);
        assertTrue("four may go nowhere", some.exhausted());
        assertSame(homeless, some.best());
    }

    /** Of n servers alike it counts how many are on which host, of n hosts alike how the servers are parted. */
    @Test
    public void mirrorImagesAreLookedAtOnce() {
        record Row(String what, long[] needs, long[] free, int least, int steps) {}
        for (Row row : new Row[] {
            new Row("servers alike", new long[] {5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, new long[] {14, 13, 9, 19}, 2, 2_000),
            new Row("hosts alike", new long[] {11, 10, 9, 8, 7, 6, 6}, new long[] {12, 12, 12, 12, 12}, 1, 400)
        }) {
            PackingSearch search = ran(state(row.needs(), row.free()), nowhere(row.needs().length), row.steps());
            assertTrue(row.what(), search.exhausted());
            assertEquals(row.what(), row.least(), left(search.best()));
        }
    }

    /** With however few steps: what is said to be proven is true, and what is known already never gets worse. */
    @Test
    public void whatIsSaidToBeProvenIsSoWhateverTheSteps() {
        Random random = new Random(11);
        int proven = 0;
        int open = 0;
        for (int round = 0; round < 150; round++) {
            long[] needs = random.longs(2 + random.nextInt(3), 1, 7).toArray();
            long[] free = random.longs(1 + random.nextInt(3), 0, 10).toArray();
            long least = left(ran(state(needs, free), nowhere(needs.length), Integer.MAX_VALUE)
                    .best());
            assertEquals(least(needs, free, 0), least);
            for (int steps = 0; steps < 60; steps++) {
                PackingSearch search = ran(state(needs, free), nowhere(needs.length), steps);
                String what = Arrays.toString(needs) + " on " + Arrays.toString(free) + " in " + steps;
                assertTrue(what, left(search.best()) >= least);
                if (search.exhausted()) {
                    assertEquals(what, least, left(search.best()));
                    proven++;
                } else {
                    open++;
                }
            }
        }
        assertTrue(proven + " proven, " + open + " open", proven > 1000 && open > 1000);
    }

    /** The fewest left over, by trying all. */
    private static long least(long[] needs, long[] free, int at) {
        if (at == needs.length) {
            return 0;
        }
        long least = 1 + least(needs, free, at + 1);
        for (int host = 0; host < free.length; host++) {
            if (needs[at] <= free[host]) {
                free[host] -= needs[at];
                least = Math.min(least, least(needs, free, at + 1));
                free[host] += needs[at];
            }
        }
        return least;
    }

    /**
     * One look whether there is room, one try, and with a second host like the first another try and a comparison; with as many
     * steps and no more it cannot know that it is through.
     */
    @Test
    public void aStepIsALookAtAServerAndAHostOrAtTwoHosts() {
        record Row(long[] free, int steps) {}
        for (Row row : new Row[] {new Row(new long[] {1}, 2), new Row(new long[] {1, 1}, 4)}) {
            PackingState state = state(new long[] {1}, row.free());
            assertFalse(ran(state, nowhere(1), row.steps()).exhausted());
            assertTrue(ran(state(new long[] {1}, row.free()), nowhere(1), row.steps() + 1)
                    .exhausted());
        }
    }

    @Test
    public void noServersAreAllPlaced() {
        PackingSearch search = ran(state(new long[0], 5), nowhere(0), 10);
        assertTrue(search.exhausted());
        assertEquals(0, search.best().length);
    }

    @Test
    public void serversAreAlikeWhenNothingButTheirIdsTellsThemApart() {
        long[][] needs = {{1, 2}, {1, 2}, {1, 3}, {1, 2}, {1, 2}};
        boolean[][] may = {{true, true}, {true, true}, {true, true}, {true, false}, {true, true}};
        int[][] groups = {{0}, {0}, {0}, {0}, {}};
        PackingState state = new PackingState(needs, may, groups, new long[2][2], new int[2][1]);
        assertTrue(state.alike(0, 1));
        assertFalse("other needs", state.alike(0, 2));
        assertFalse("other hosts", state.alike(0, 3));
        assertFalse("other groups", state.alike(0, 4));
    }

    @Test
    public void hostsAreInterchangeableWhenNoServerCanTellThemApart() {
        long[][] free = {{5, 5}, {5, 5}, {5, 4}, {5, 5}, {5, 5}};
        int[][] seats = {{1}, {1}, {1}, {2}, {1}};
        boolean[][] may = {{true, true, true, true, true}, {true, true, true, true, false}};
        PackingState state = new PackingState(new long[2][2], may, new int[][] {{}, {}}, free, seats);
        assertTrue(state.interchangeable(0, 1));
        assertFalse("less free", state.interchangeable(0, 2));
        assertFalse("more seats", state.interchangeable(0, 3));
        assertFalse("not for each server", state.interchangeable(0, 4));
    }

    /** Whatever is put somewhere takes room and a seat there and nowhere else, and gives both back. */
    @Test
    public void whatIsPutIsThereAndTakesItsRoomUntilItIsTaken() {
        PackingState state = new PackingState(
                new long[][] {{3}, {3}, {1}},
                new boolean[][] {{true, true}, {true, true}, {true, true}},
                new int[][] {{0}, {}, {0}},
                new long[][] {{5}, {5}},
                new int[][] {{1}, {1}});
        state.put(0, 1);
        assertEquals(1, state.host(0));
        assertEquals(7, state.free(0));
        assertFalse("no room", state.fits(1, 1));
        assertFalse("no seat", state.fits(2, 1));
        assertTrue(state.fits(1, 0) && state.fits(2, 0));
        state.take(0, 1);
        assertEquals(PackingState.NOWHERE, state.host(0));
        assertEquals(10, state.free(0));
        assertTrue(state.fits(1, 1) && state.fits(2, 1));
    }
}
