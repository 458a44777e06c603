package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.PlannedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * A roll played through, from one host's end to the next: whenever the budget has a place, the first host in the order begins whose
 * servers all have seats on hosts that are done or not of this roll. Where none is under way and none has, the host begins
 * whose servers need the fewest seats on hosts that are still to be emptied. Where there is a window, no host begins that would not
 * end in it; with nothing under way, time goes on to the next opening.
 */
final class RollRun {

    /** So many hosts without seats for all their servers are enough to wait for the next one that is done. */
    private static final int MOST_TRIED = 32;

    /** So many hosts are compared where some of whose servers must move once more. */
    private static final int MOST_COMPARED = 64;

    private final Seating seating;
    private final RollBudget budget;
    private final RollOrder order;
    private final Map<Integer, HostPlan> plans;
    private final JudgedHosts judged;
    private final Map<String, PlannedServer> movable;
    private final List<Integer> waiting;
    private final BitSet away = new BitSet();
    private final BitSet seats;
    private final BitSet done = new BitSet();
    private final Map<Integer, Set<Integer>> after = new HashMap<>();
    private final PriorityQueue<Away> under =
            new PriorityQueue<>(Comparator.comparing(Away::ends).thenComparing(Away::host));
    private final Map<Integer, Integer> moved = new HashMap<>();
    private final List<RollTurn> turns = new ArrayList<>();
    private final List<RollShort> shortages = new ArrayList<>();
    private Duration now = Duration.ZERO;
    /** The longest that is known to end in the window that is open now, and the shortest that is known not to; null before. */
    private Duration fits;

    private Duration fitsNot;

    /** A host that is away. */
    private record Away(int host, Duration ends, List<Integer> left) {}

    /**
     * @param plans what is known of each host of the roll, by its number
     * @param judged the servers of these hosts
     * @param sequence the hosts of the roll, the first one first
     */
    RollRun(
            Seating seating,
            RollBudget budget,
            Estate estate,
            RollOrder order,
            Map<Integer, HostPlan> plans,
            JudgedHosts judged,
            List<Integer> sequence) {
        this.seating = seating;
        this.budget = budget;
        this.order = order;
        this.plans = plans;
        this.judged = judged;
        this.movable = judged.movable();
        this.waiting = new ArrayList<>(sequence);
        for (ComputeService service : estate.services()) {
            away.set(seating.number(service.host()), !service.enabled() || !service.up());
        }
        seats = seating.usable();
        sequence.forEach(seats::clear);
    }

    /** What came of it. */
    record Played(List<RollTurn> turns, List<RollShort> shortages) {
        int moves() {
            return turns.stream().mapToInt(turn -> turn.moves().size()).sum();
        }

        Duration ends() {
            return turns.stream()
                    .filter(RollTurn::begun)
                    .map(turn -> turn.times().ends())
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }

        long begun() {
            return turns.stream().filter(RollTurn::begun).count();
        }
    }

    /** Plays it, once. */
    Played play() {
        while (!waiting.isEmpty()) {
            // before anything moves twice: what waits for a window only need not
            if (!beginSome() && !comeBack() && !waitForWindow() && !beginOnHostsToBeEmptied() && !waitForAnyWindow()) {
                break;
            }
        }
        leaveTheRest();
        return new Played(turns, shortages);
    }

    /** Begins all that may begin now; whether any did. */
    private boolean beginSome() {
        boolean some = false;
        int first = firstTier();
        int tried = 0;
        for (int host : List.copyOf(waiting)) {
            boolean alone = order.canary() && turns.size() == 1 && !under.isEmpty();
            if (alone || (tried >= MOST_TRIED && !under.isEmpty())) {
                break;
            }
            if (plans.get(host).tier() > first || !mayBegin(host) || !fits(host)) {
                continue;
            }
            SeatTrial trial = trial(host, new BitSet());
            if (trial.none() == 0) {
                begin(trial);
                some = true;
            } else {
                tried++;
            }
        }
        return some;
    }

    private int firstTier() {
        return waiting.stream().mapToInt(host -> plans.get(host).tier()).min().orElse(0);
    }

    // ---- windows

    /** How long a host would be away if it began now. */
    private Duration takes(int host) {
        return drain(plans.get(host), judged.leaving(seating, host))
                .plus(order.block())
                .plus(order.settling());
    }

    /**
     * Whether a host that began now would end in the window that is open now. What is shorter than something that would does as well,
     * and what is longer than something that would not does not: the calendar is asked few times for each moment.
     */
    private boolean fits(int host) {
        if (order.window() == null) {
            return true;
        }
        Duration takes = takes(host);
        if (fits != null && takes.compareTo(fits) <= 0) {
            return true;
        }
        if (fitsNot != null && takes.compareTo(fitsNot) >= 0) {
            return false;
        }
        boolean does = opening(takes).filter(Duration.ZERO::equals).isPresent();
        if (does) {
            fits = takes;
        } else {
            fitsNot = takes;
        }
        return does;
    }

    /** How long from now until something may begin that takes so long; empty where no window is as long. */
    private Optional<Duration> opening(Duration takes) {
        Instant at = order.begins().plus(now);
        return order.window().opening(at, takes).map(opens -> Duration.between(at, opens));
    }

    private void goOn(Duration to) {
        now = to;
        fits = null;
        fitsNot = null;
    }

    /** Nothing is under way: goes on to when the first host may begin whose servers all have lasting seats. */
    private boolean waitForWindow() {
        int first = firstTier();
        return waitFor(
                waiting.stream().filter(host -> plans.get(host).tier() == first).toList(), host -> new BitSet());
    }

    /** The same with any seats. */
    private boolean waitForAnyWindow() {
        return waitFor(waiting, this::stillToBeEmptied);
    }

    private boolean waitFor(List<Integer> hosts, IntFunction<BitSet> later) {
        if (order.window() == null) {
            return false;
        }
        Map<Integer, Duration> takes = new HashMap<>();
        hosts.stream().filter(this::mayBegin).forEach(host -> takes.put(host, takes(host)));
        // the shorter it takes, the earlier the window
        List<Integer> shortestFirst = takes.keySet().stream()
                .filter(host -> !fits(host))
                .sorted(Comparator.comparing(takes::get))
                .toList();
        for (int host : shortestFirst) {
            Optional<Duration> opens = opening(takes.get(host));
            if (opens.isEmpty()) {
                return false;
            }
            if (trial(host, later.apply(host)).none() == 0) {
                goOn(now.plus(opens.get()));
                return true;
            }
        }
        return false;
    }

    private static String words(Duration time) {
        long minutes = time.plusSeconds(59).toMinutes();
        return minutes < 60
                ? minutes + " min"
                : minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    // ----

    private boolean mayBegin(int host) {
        return done(after.getOrDefault(host, Set.of()))
                && budget.refusal(host, away, seating::empty).isEmpty();
    }

    private boolean done(Set<Integer> hosts) {
        return hosts.stream().allMatch(done::get);
    }

    /** Seats for all that must leave a host now: its own servers that can be moved, and those that the roll brought there. */
    private SeatTrial trial(int host, BitSet later) {
        return SeatTrial.of(seating, host, judged.leaving(seating, host), seats, later);
    }

    /** Nothing is under way, and no host can begin otherwise: some servers will have to move once more. */
    private boolean beginOnHostsToBeEmptied() {
        SeatTrial best = null;
        int tried = 0;
        for (int host : waiting) {
            if (!mayBegin(host) || !fits(host)) {
                continue;
            }
            SeatTrial trial = trial(host, stillToBeEmptied(host));
            if (trial.none() == 0 && (best == null || trial.again() < best.again())) {
                best = trial;
            }
            tried++;
            if (best != null && (best.again() == 0 || tried >= MOST_COMPARED)) {
                break;
            }
        }
        if (best != null) {
            begin(best);
        }
        return best != null;
    }

    private BitSet stillToBeEmptied(int but) {
        BitSet hosts = new BitSet();
        waiting.forEach(hosts::set);
        hosts.clear(but);
        hosts.and(seating.usable());
        return hosts;
    }

    private void begin(SeatTrial trial) {
        int host = trial.host();
        HostPlan plan = plans.get(host);
        waiting.remove(Integer.valueOf(host));
        List<RollMove> moves = new ArrayList<>();
        Set<Integer> needed = new TreeSet<>(after.getOrDefault(host, Set.of()));
        Map<Integer, Integer> seatOf = new HashMap<>();
        for (int i = 0; i < trial.seats().length; i++) {
            seatOf.put(trial.leaving().get(i), trial.seats()[i]);
        }
        for (int server : plan.inOrder(trial.leaving(), seating)) {
            int seat = seatOf.get(server);
            boolean again = !seats.get(seat);
            if (again) {
                after.computeIfAbsent(seat, unseen -> new HashSet<>()).add(host);
            } else if (done.get(seat)) {
                needed.add(seat);
            }
            moves.add(new RollMove(
                    seating.server(server),
                    movable.get(seating.server(server).id()).verdict().action(),
                    seating.hosts().get(host),
                    seating.hosts().get(seat),
                    moved.merge(server, 1, Integer::sum),
                    again ? SeatTrial.NO_SEAT_YET : ""));
            seating.move(server, seat);
        }
        List<Integer> left = new ArrayList<>(trial.leaving());
        for (int server : judged.replaced(seating, host)) {
            seating.leave(server);
            left.add(server);
        }
        Duration drained = now.plus(drain(plan, trial.leaving()));
        Duration worked = drained.plus(order.block());
        Duration ends = worked.plus(order.settling());
        turns.add(new RollTurn(
                seating.hosts().get(host),
                plan.state(),
                plan.why(),
                needed.stream().map(seating.hosts()::get).toList(),
                ends.minus(now),
                new RollTurn.Times(now, drained, worked, ends),
                moves));
        under.add(new Away(host, ends, left));
        away.set(host);
    }

    /** Its own servers as planned, and one after the other those that the roll brought. */
    private Duration drain(HostPlan plan, List<Integer> leaving) {
        Duration takes = plan.drain();
        for (int server : leaving) {
            String id = seating.server(server).id();
            takes = plan.starts(id)
                    ? takes
                    : takes.plus(movable.get(id).expected().takes());
        }
        return takes;
    }

    /** Goes on to when the next host is done; false when none is under way. */
    private boolean comeBack() {
        Away next = under.poll();
        if (next == null) {
            return false;
        }
        goOn(next.ends());
        int host = next.host();
        seating.release(host, next.left());
        done.set(host);
        if (plans.get(host).comesBack()) {
            away.clear(host);
            seats.set(
                    host,
                    seating.usable().get(host)
                            || order.first().contains(seating.hosts().get(host)));
        }
        return true;
    }

    /** What cannot begin at all: for the budget, or for want of seats. */
    private void leaveTheRest() {
        for (int host : waiting.stream().sorted().toList()) {
            String name = seating.hosts().get(host);
            Optional<String> over = budget.refusal(host, away, seating::empty);
            Duration takes = takes(host);
            if (order.window() != null && opening(takes).isEmpty()) {
                turns.add(notBegun(
                        name,
                        RollTurn.State.TOO_LONG,
                        "it takes " + words(takes) + ", and no window ("
                                + order.window().words() + ") is as long",
                        takes));
                continue;
            }
            if (over.isPresent()) {
                turns.add(notBegun(name, RollTurn.State.OVER_BUDGET, over.get(), takes));
                continue;
            }
            BitSet worse = stillToBeEmptied(host);
            SeatTrial trial = trial(host, worse);
            shortages.addAll(trial.shortages(seating, seats, worse));
            turns.add(notBegun(name, RollTurn.State.SHORT, trial.words(), takes));
        }
    }

    private static RollTurn notBegun(String host, RollTurn.State state, String why, Duration takes) {
        return new RollTurn(host, state, why, List.of(), takes, null, List.of());
    }
}
