package io.jenkins.plugins.nova.plan.room;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.Test;

/** Who is placed first. */
public class PackingOrderTest {

    private static final int[] NONE = {};

    /** Servers and hosts by number; each host may take each server unless told otherwise. */
    private static int[] order(PackingOrder order, long[][] needs, long[][] free) {
        boolean[][] may = new boolean[needs.length][free.length];
        Arrays.stream(may).forEach(hosts -> Arrays.fill(hosts, true));
        return order.of(needs, may, free, alone(needs.length));
    }

    private static int[][] alone(int servers) {
        return IntStream.range(0, servers).mapToObj(server -> NONE).toArray(int[][]::new);
    }

    @Test
    public void eachServerHasOneTurnInEveryOrder() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int servers = random.nextInt(9);
            long[][] needs = IntStream.range(0, servers)
                    .mapToObj(server -> new long[] {random.nextInt(5), random.nextInt(5)})
                    .toArray(long[][]::new);
            long[][] free = {{random.nextInt(9), random.nextInt(9)}, {random.nextInt(9), -1}};
            for (PackingOrder order : PackingOrder.values()) {
                int[] turns = order(order, needs, free);
                Arrays.sort(turns);
                assertArrayEquals(IntStream.range(0, servers).toArray(), turns);
            }
        }
    }

    @Test
    public void ofOneResourceTheLargestIsFirstAndTheSmallestLastOrTheOtherWayRound() {
        long[][] needs = {{3}, {9}, {1}, {7}};
        long[][] free = {{10}, {20}};
        assertArrayEquals(new int[] {1, 3, 0, 2}, order(PackingOrder.LARGEST, needs, free));
        assertArrayEquals(new int[] {2, 0, 3, 1}, order(PackingOrder.SMALLEST, needs, free));
    }

    /** 8 of 200 is little and 3 of 8 is much, whichever of the two resources comes first. */
    @Test
    public void largeIsWhoTakesALargeShareOfWhatThereIs() {
        long[][] free = {{100, 4}, {100, 4}};
        assertArrayEquals(new int[] {1, 0}, order(PackingOrder.LARGEST, new long[][] {{8, 1}, {1, 3}}, free));
        long[][] turned = {{4, 100}, {4, 100}};
        assertArrayEquals(new int[] {1, 0}, order(PackingOrder.LARGEST, new long[][] {{1, 8}, {3, 1}}, turned));
    }

    /** On a host where more is used than there is nothing is free; it takes nothing away from what others have. */
    @Test
    public void aHostThatIsOverfullMakesNobodyLarger() {
        long[][] needs = {{30, 1}, {1, 30}};
        long[][] free = {{100, 50}, {-90, 0}};
        assertArrayEquals(new int[] {1, 0}, order(PackingOrder.LARGEST, needs, free));
    }

    @Test
    public void whoeverFewestHostsCanTakeIsFirstAndThenTheLargest() {
        long[][] free = {{8}, {3}, {3}};
        long[][] needs = {{2}, {3}, {8}, {2}, {9}};
        boolean[][] may = {
            {true, true, true}, {true, true, true}, {true, true, true}, {false, true, false}, {true, true, true}
        };
        assertArrayEquals(
                "nowhere, on one host (what is just enough is enough), on one that alone may, on three by size",
                new int[] {4, 2, 3, 1, 0},
                PackingOrder.FEWEST_HOSTS.of(needs, may, free, alone(5)));
    }

    @Test
    public void aHostThatLacksOneOfTwoResourcesCannotTakeIt() {
        long[][] free = {{8, 1}, {8, 9}};
        long[][] needs = {{8, 1}, {1, 2}};
        assertArrayEquals(new int[] {1, 0}, order(PackingOrder.FEWEST_HOSTS, needs, free));
    }

    @Test
    public void whoeverIsInTheMostGroupsIsFirstAndThenTheLargest() {
        long[][] needs = {{9}, {1}, {2}, {8}};
        boolean[][] may = {{true}, {true}, {true}, {true}};
        int[][] groups = {{}, {0}, {0, 1}, {1}};
        assertArrayEquals(new int[] {2, 3, 1, 0}, PackingOrder.GROUPED.of(needs, may, new long[][] {{20}}, groups));
    }

    @Test
    public void fullestAndEmptiestAreOppositesAndOfEqualHostsTheFirstIsKept() {
        long[] needs = {4, 1};
        long[] tight = {5, 90};
        long[] wide = {50, 90};
        long[] narrow = {50, 1};
        record Row(String what, long[] free, long[] other, boolean fullest, boolean emptiest) {}
        for (Row row : new Row[] {
            new Row("less left of what it needs most", tight, wide, true, false),
            new Row("more left of it", wide, tight, false, true),
            new Row("the scarcest resource counts, not the first", narrow, tight, true, false),
            new Row("the same", tight, tight.clone(), false, false)
        }) {
            assertEquals(row.what(), row.fullest(), PackingChoice.FULLEST.prefers(row.free(), row.other(), needs));
            assertEquals(row.what(), row.emptiest(), PackingChoice.EMPTIEST.prefers(row.free(), row.other(), needs));
            assertTrue(row.what(), !PackingChoice.FIRST.prefers(row.free(), row.other(), needs));
        }
    }

    @Test
    public void whatAServerDoesNotNeedDoesNotMakeAHostTight() {
        long[] memoryAlone = {4, 0};
        assertTrue(!PackingChoice.FULLEST.prefers(new long[] {9, -5}, new long[] {8, 90}, memoryAlone));
        assertTrue(PackingChoice.EMPTIEST.prefers(new long[] {9, 0}, new long[] {8, 90}, memoryAlone));
    }
}
