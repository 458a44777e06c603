package io.jenkins.plugins.nova.plan.roll;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Seats for the servers that leave a host together, as good as the two ways of seating find them.
 *
 * @param host the host
 * @param leaving its servers that leave
 * @param seats where each of these goes, or {@link Seating#NOWHERE}
 * @param again how many of them go to hosts that are emptied later
 * @param none how many have no seat
 */
record SeatTrial(int host, List<Integer> leaving, int[] seats, int again, int none) {

    /** Why a server goes to a host that is emptied later. */
    static final String NO_SEAT_YET =
            "no host that is done or not of this roll had room for it then, so it goes to one that is emptied later";

    private static final Comparator<SeatTrial> BETTER =
            Comparator.comparingInt(SeatTrial::none).thenComparingInt(SeatTrial::again);

    /**
     * Tries both ways; nothing is changed.
     *
     * @param lasting hosts on which a server may stay: done, or not of the roll
     * @param later hosts that are still to be emptied; may be empty
     */
    static SeatTrial of(Seating seating, int host, List<Integer> leaving, BitSet lasting, BitSet later) {
        SeatTrial best = null;
        for (Seating.Way way : Seating.Way.values()) {
            best = better(best, judged(host, leaving, seating.seats(leaving, lasting, later, way), lasting));
            if (best.none() == 0 && best.again() == 0) {
                return best;
            }
        }
        // what keeps more of them off hosts to be emptied may leave one without any seat
        BitSet all = both(lasting, later);
        for (Seating.Way way : Seating.Way.values()) {
            if (best.none() > 0 && !later.isEmpty()) {
                best = better(best, judged(host, leaving, seating.seats(leaving, all, new BitSet(), way), lasting));
            }
        }
        return best;
    }

    private static SeatTrial judged(int host, List<Integer> leaving, int[] found, BitSet lasting) {
        int again = 0;
        int none = 0;
        for (int seat : found) {
            if (seat == Seating.NOWHERE) {
                none++;
            } else if (!lasting.get(seat)) {
                again++;
            }
        }
        return new SeatTrial(host, leaving, found, again, none);
    }

    private static SeatTrial better(SeatTrial one, SeatTrial other) {
        return one == null || BETTER.compare(other, one) < 0 ? other : one;
    }

    private static BitSet both(BitSet one, BitSet other) {
        BitSet all = (BitSet) one.clone();
        all.or(other);
        return all;
    }

    /** Why those without a seat have none, on the hosts that were tried. */
    List<RollShort> shortages(Seating seating, BitSet lasting, BitSet later) {
        BitSet all = both(lasting, later);
        List<RollShort> shortages = new ArrayList<>();
        for (int i = 0; i < seats.length; i++) {
            if (seats[i] == Seating.NOWHERE) {
                shortages.add(seating.shortage(leaving.get(i), all, leaving, seats));
            }
        }
        return shortages;
    }

    /** What is said of a host some of whose servers have no seat. */
    String words() {
        return none + " of the " + leaving.size() + " servers that leave it have no seat";
    }
}
