package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.plan.PlannedServer;
import io.jenkins.plugins.nova.plan.order.Planner;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rest of a roll's plan for the one host whose turn it is, made anew from the cloud as it is.
 *
 * @param host which
 * @param moving its servers that can be moved, by id; a task that is under way is taken to have ended
 * @param blocked what keeps it from being emptied or worked on unless somebody acts
 * @param seats where each of the servers that can be moved goes, by id; none for one that is {@link #shortages short}
 * @param again those of these seats that are on hosts still to be emptied, so that the server moves once more
 * @param shortages the servers without a seat
 */
public record NextHost(
        String host,
        List<PlannedServer> moving,
        List<RollBlock> blocked,
        Map<String, String> seats,
        Map<String, String> again,
        List<RollShort> shortages) {

    public NextHost {
        moving = List.copyOf(moving);
        blocked = List.copyOf(blocked);
        seats = Map.copyOf(seats);
        again = Map.copyOf(again);
        shortages = List.copyOf(shortages);
    }

    /** Why a server goes to a host that is emptied later. */
    public static String whyAgain() {
        return SeatTrial.NO_SEAT_YET;
    }

    /**
     * Makes it. Seats are on hosts that are done or not of the roll as far as there is room, else on hosts still to be emptied.
     *
     * @param planner what is asked about each server
     * @param order whose hosts are those of the roll that are not done, this one among them, all among the services
     * @param host the one that is to begin
     * @param outstanding seats that servers of hosts under way are still to take, host by server id: room there is theirs. One whose
     *     move is under way may hold its room already and then counts twice, which keeps too much free and never too little
     */
    public static NextHost of(
            Planner planner, RollCloud cloud, RollOrder order, String host, Map<String, String> outstanding) {
        JudgedHosts judged = JudgedHosts.of(planner, cloud, order, List.of(host));
        Seating seating = new Seating(cloud);
        new TreeMap<>(outstanding).forEach(seating::move);
        BitSet lasting = seating.usable();
        BitSet later = new BitSet();
        for (String other : order.hosts()) {
            lasting.clear(seating.number(other));
            later.set(seating.number(other));
        }
        int number = seating.number(host);
        later.clear(number);
        later.and(seating.usable());
        List<Integer> leaving = judged.leaving(seating, number);
        SeatTrial trial = SeatTrial.of(seating, number, leaving, lasting, later);
        Map<String, String> seats = new LinkedHashMap<>();
        Map<String, String> again = new LinkedHashMap<>();
        for (int i = 0; i < leaving.size(); i++) {
            int seat = trial.seats()[i];
            if (seat != Seating.NOWHERE) {
                String id = seating.server(leaving.get(i)).id();
                seats.put(id, seating.hosts().get(seat));
                if (!lasting.get(seat)) {
                    again.put(id, seating.hosts().get(seat));
                }
            }
        }
        List<PlannedServer> moving = leaving.stream()
                .map(server -> judged.movable().get(seating.server(server).id()))
                .sorted(Comparator.comparing((PlannedServer one) -> one.server().name())
                        .thenComparing(one -> one.server().id()))
                .toList();
        return new NextHost(host, moving, judged.blocked(), seats, again, trial.shortages(seating, lasting, later));
    }
}
