package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.observe.RollReader;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.turn.RollBoard.Standing;
import io.jenkins.plugins.nova.drain.turn.RollBoard.State;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.roll.NextHost;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One tick of a host that waits for its turn: the {@link Pass passes} in their order, of which the first that has a word ends the
 * tick. Pure but for what the last passes ask of the {@link TurnLook}. One instance decides one tick.
 */
final class TurnTick {

    /** What is asked at a tick, in this order. */
    private enum Pass {
        /** First, whatever else there is: nothing is begun after an abort (law 8). */
        STOPPED(TurnTick::stopped),

        /** At once, whoever has failed meanwhile: it is so whatever becomes of the others. */
        DONE_BEFORE(TurnTick::doneBefore),

        /** Before anything is waited for: it will never be this host's turn. */
        ENOUGH_FAILED(TurnTick::enoughFailed),

        /** Other branches of the build may not have told yet that they are there. */
        FIRST_LOOK(TurnTick::firstLook),

        /** After what ends a wait, for that does not begin anything. */
        CONTROLLER_RESTS(TurnTick::controllerRests),

        /** Who was under way before a restart may fail, and has seats that are not told yet. */
        NOT_RESUMED(TurnTick::notResumed),

        /** Before the order, which the canary's host may not be the first of. */
        CANARY(TurnTick::canary),

        /** One host of a build at a time asks the cloud, so that what two are promised cannot be the same. */
        ORDER(TurnTick::order),

        /** Before the cloud is asked: it may be hours. */
        WINDOW(TurnTick::window),

        /** Who let others go takes its place in the order again, for a tick, before it asks the cloud beside them. */
        BACK_IN_LINE(TurnTick::backInLine),

        /** Of what the board knows: a host to which servers are on their way is not emptied. */
        ARRIVALS(TurnTick::arrivals),

        /** Before the budget: a place in it is of no use to a host that is somebody else's. */
        HELD(TurnTick::held),

        /** What counts is the cloud: other builds and controllers take from the same budget. */
        BUDGET(TurnTick::budget),

        /** Last, for it reads the most; it begins, or says what it lacks. */
        PLAN(TurnTick::plan);

        private final Predicate<TurnTick> work;

        Pass(Predicate<TurnTick> work) {
            this.work = work;
        }
    }

    /** After the first look, and in line again: the ticks of others have been in between. */
    static final Duration SOON = Duration.ofSeconds(4);

    /** Of the host whose turn is next. */
    static final Duration HEAD = Duration.ofSeconds(10);

    /** By so much at most, and by chance, it is longer while the budget is full. */
    private static final Duration APART = Duration.ofSeconds(4);

    /** Of the others, whose place in the order makes it shorter: the next one takes over soon. */
    static final Duration LONG = Duration.ofSeconds(15);

    private static final Duration EACH_BEFORE = Duration.ofSeconds(2);

    /** Until a moment that is known; not longer, so that others who fail or are done are seen. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** How long after a restart, or after the beginning, another host of the build is waited for. */
    static final Duration MISSING = Duration.ofMinutes(5);

    /** After which it is looked again whether what blocks was settled, where nobody else is before it. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    /** Servers and hosts that are named; the others are counted. */
    private static final int MOST_NAMED = 10;

    /** What a host waits for that has nothing of its own to wait for. */
    static final String ITS_TURN = "its turn";

    private final TurnState before;
    private final TurnOrder order;
    private final String host;
    private final Map<String, Standing> board;
    private final boolean quiet;
    private final TurnLook look;
    private final Instant now;
    private final TurnState.Edit edit;
    private Estate site;
    private Duration pause = LONG;

    /**
     * @param before the state before the tick
     * @param board how the hosts of the roll stand, this one among them or not
     * @param quiet whether the controller prepares for shutdown
     * @param look the cloud
     * @param now the time of the tick
     */
    TurnTick(TurnState before, Map<String, Standing> board, boolean quiet, TurnLook look, Instant now) {
        this.before = before;
        this.order = before.order();
        this.host = order.host();
        this.board = new LinkedHashMap<>(board);
        this.board.remove(host);
        this.quiet = quiet;
        this.look = look;
        this.now = now;
        this.edit = before.edit();
        edit.until = null;
        edit.yields = null;
        edit.trouble = null;
        edit.troubleSince = null;
    }

    /**
     * What a tick has decided.
     *
     * @param state the state after it
     * @param pause how long to wait before the next
     */
    record Decided(TurnState state, Duration pause) {}

    /** Goes through the passes. */
    Decided decided() {
        for (Pass pass : Pass.values()) {
            if (pass.work.test(this)) {
                break;
            }
        }
        return new Decided(edit.done(), pause);
    }

    // ---- ways to end a tick

    private boolean ends(TurnOutcome outcome, String message) {
        edit.end(outcome, message, now);
        return true;
    }

    private boolean notBegun(String why) {
        return ends(TurnOutcome.NOT_BEGUN, "Host " + host + " is not begun: " + why);
    }

    private boolean waits(String what, Duration forAtMost) {
        edit.waitsFor = what;
        pause = forAtMost;
        return true;
    }

    private boolean waitsUntil(String what, Instant until) {
        edit.until = until;
        Duration left = Duration.between(now, until);
        return waits(what, left.compareTo(LONGEST) > 0 ? LONGEST : left.toSeconds() < 1 ? Duration.ofSeconds(1) : left);
    }

    private boolean yields(Yield.Why why, Set<String> to, String what, Duration forAtMost) {
        edit.yields = new Yield(why, now, to).after(before.yields());
        return waits(what, forAtMost);
    }

    // ---- the passes

    private boolean stopped() {
        return before.stop() != null && ends(TurnOutcome.ABORTED, aborted(before));
    }

    /** What is said of a host that was not begun because the build was aborted. */
    static String aborted(TurnState state) {
        return state.stop().why() + ". Host " + state.order().host()
                + " was not begun: it is as it was, and its servers are where they were.";
    }

    private boolean doneBefore() {
        String proof = order.done().get(host);
        return proof != null && ends(TurnOutcome.DONE_BEFORE, "Host " + host + " is passed over: " + proof);
    }

    private boolean enoughFailed() {
        Standing canary = isCanary() ? null : board.get(order.canary());
        if (canary != null && (failed(canary) || canary.is(State.NOT_BEGUN))) {
            return notBegun("the canary " + failure(order.canary(), canary) + ". " + wayOn(order.canary()));
        }
        List<String> failed = board.keySet().stream()
                .filter(other -> failed(board.get(other)))
                .sorted()
                .toList();
        if (failed.size() < order.stopAfter()) {
            return false;
        }
        List<String> told =
                failed.stream().map(other -> failure(other, board.get(other))).toList();
        return notBegun(some(told) + " (stopAfter: " + order.stopAfter() + "). " + wayOn(some(failed)));
    }

    private boolean isCanary() {
        return order.canary() == null || order.canary().equals(host);
    }

    private boolean failed(Standing standing) {
        return standing.is(State.FAILED) || (standing.is(State.NOT_RESUMED) && overdue(standing.since()));
    }

    private boolean overdue(Instant since) {
        return Duration.between(since, now).compareTo(MISSING) >= 0;
    }

    private static String failure(String other, Standing standing) {
        return other
                + switch (standing.state()) {
                    case NOT_RESUMED -> " has not gone on since the controller's restart";
                    case NOT_BEGUN -> " was not begun";
                    default -> " failed";
                };
    }

    private String wayOn(String others) {
        String goingOn = board.values().stream().anyMatch(other -> other.is(State.UNDER_WAY))
                ? "What is under way comes to its end. "
                : "";
        return goingOn + "To go on with the roll, see to " + others + " and run the same job again.";
    }

    private boolean firstLook() {
        return before.waitsFor().isEmpty() && waits(ITS_TURN, SOON);
    }

    private boolean controllerRests() {
        return quiet && waits("the controller, which prepares for shutdown and begins nothing new", LONG);
    }

    private boolean notResumed() {
        Optional<String> missing = board.keySet().stream()
                .filter(other -> board.get(other).is(State.NOT_RESUMED))
                .filter(other -> !failed(board.get(other)))
                .sorted()
                .findFirst();
        return missing.isPresent()
                && waitsUntil(
                        missing.get() + ", which has not gone on since the controller's restart",
                        board.get(missing.get()).since().plus(MISSING));
    }

    private boolean canary() {
        String canary = order.canary();
        if (isCanary() || order.done().containsKey(canary)) {
            return false;
        }
        Standing standing = board.get(canary);
        if (standing == null) {
            return canaryMissing(canary);
        }
        if (!standing.is(State.DONE)) {
            return waits("the canary " + canary + ", which goes first and alone", LONG);
        }
        Instant burnt = standing.since().plus(order.burnIn() == null ? Duration.ZERO : order.burnIn());
        return now.isBefore(burnt)
                && waitsUntil(
                        "the end of the " + Quantity.time(order.burnIn()) + " in which the canary " + canary
                                + " must show itself",
                        burnt);
    }

    /** It may be that this build has no step for it. */
    private boolean canaryMissing(String canary) {
        String what = "the canary " + canary + ", of which no step has begun in this build";
        Instant until = what.equals(before.waitsFor()) && before.until() != null ? before.until() : now.plus(MISSING);
        return now.isBefore(until)
                ? waitsUntil(what, until)
                : notBegun("the canary " + canary + " goes first, and no step of this build is for it. Give it a branch"
                        + " with nodeMaintenance, or plan the roll with canary: false.");
    }

    private boolean order() {
        int mine = order.hosts().indexOf(host);
        List<Standing> first = order.hosts().subList(0, mine < 0 ? order.hosts().size() : mine).stream()
                .map(board::get)
                .filter(this::isBefore)
                .toList();
        if (first.isEmpty()) {
            return false;
        }
        edit.yields = passedOn(first);
        Duration near = EACH_BEFORE.multipliedBy(Math.min(first.size(), LONG.toSeconds()));
        return waits(ITS_TURN, near.compareTo(LONG) < 0 ? near : LONG);
    }

    /** Whom all those let go that this host waits for, it does not keep either: hosts of other sites than the one that is full. */
    private Yield passedOn(List<Standing> first) {
        Set<String> to = new LinkedHashSet<>(order.hosts());
        for (Standing other : first) {
            if (other.yields() == null || other.yields().to() == null) {
                return null;
            }
            to.retainAll(other.yields().to());
        }
        return to.isEmpty() ? null : new Yield(Yield.Why.BUDGET, now, to).after(before.yields());
    }

    private boolean isBefore(Standing other) {
        return other != null
                && other.is(State.WAITING)
                && (other.yields() == null || !other.yields().lets(host));
    }

    private boolean window() {
        if (order.window() == null) {
            return false;
        }
        Optional<Instant> opens = order.window().opening(now, order.takes());
        if (opens.isEmpty()) {
            return notBegun("no window is as long as it is likely to be away (" + Quantity.time(order.takes())
                    + "). Give the roll a longer window.");
        }
        if (!opens.get().isAfter(now)) {
            return false;
        }
        edit.yields = new Yield(Yield.Why.WINDOW, now, null).after(before.yields());
        return waitsUntil("a window that leaves " + Quantity.time(order.takes()) + " for it", opens.get());
    }

    private boolean backInLine() {
        Yield was = before.yields();
        if (was == null || was.why() == Yield.Why.BUDGET) {
            return false;
        }
        if (was.why() == Yield.Why.WINDOW || isDue(was)) {
            return waits(before.waitsFor(), SOON);
        }
        edit.yields = was;
        return waits(before.waitsFor(), LONG);
    }

    /** Whether what kept it may be over: hosts that are done give seats, and where nobody else goes on there is nothing to wait for. */
    private boolean isDue(Yield was) {
        boolean more = was.why() == Yield.Why.SEATS
                && board.values().stream()
                        .anyMatch(other -> other.is(State.DONE) && other.since().isAfter(was.since()));
        boolean settled = Duration.between(was.since(), now).compareTo(SETTLED) >= 0;
        return more || (!othersMayBegin() && (settled || !anyUnderWay()));
    }

    private boolean anyUnderWay() {
        return board.values().stream().anyMatch(TurnTick::underWay);
    }

    private static boolean underWay(Standing other) {
        return other.is(State.UNDER_WAY) || other.is(State.NOT_RESUMED);
    }

    /** Whether one that waits may begin while this one does not; who waits for a window or the budget will. */
    private boolean othersMayBegin() {
        if (host.equals(order.canary())) {
            // they wait for this one: would it wait for them, none would ever begin
            return false;
        }
        return board.values().stream()
                .filter(other -> other.is(State.WAITING))
                .map(Standing::yields)
                .anyMatch(yield -> yield == null || yield.why() == Yield.Why.WINDOW || yield.why() == Yield.Why.BUDGET);
    }

    private boolean goesOn() {
        return anyUnderWay() || othersMayBegin();
    }

    private boolean arrivals() {
        List<String> from = board.keySet().stream()
                .filter(other -> underWay(board.get(other)))
                .filter(other -> board.get(other).seats().containsValue(host))
                .sorted()
                .toList();
        return !from.isEmpty()
                && yields(Yield.Why.SEATS, null, "servers of " + some(from) + ", which come to it", LONG);
    }

    /** The site, read once a tick. */
    private Estate site() {
        if (site == null) {
            site = look.site();
        }
        return site;
    }

    /** Who is at work on the host ends some time; of somebody else that cannot be told. */
    private boolean held() {
        CordonOwnership owner = site().service(host).map(look::ownership).orElse(null);
        if (owner == null || owner.kind != CordonOwnership.Kind.HELD) {
            return false;
        }
        return owner.runs() || goesOn()
                ? yields(Yield.Why.BLOCKED, null, owner.holder + ", which holds it", LONG)
                : notBegun(owner.refusal(host));
    }

    private boolean budget() {
        Estate read = site();
        Set<String> begun = new HashSet<>();
        board.forEach((other, standing) -> {
            if (underWay(standing)) {
                begun.add(other);
            }
        });
        // one of this build may have begun a moment ago, and not be cordoned yet
        Estate estate = read.services(read.services().stream()
                .map(service -> begun.contains(service.host()) ? service.disabled() : service)
                .toList());
        Optional<ComputeService> service = estate.service(host);
        if (service.isEmpty()) {
            return notBegun("there is no compute service on a host called exactly '" + host + "' any more.");
        }
        if (!service.get().up()) {
            String down = service.get().known()
                    ? "its compute service is down"
                    : "Nova cannot tell anything about its compute service (its cell does not answer)";
            return goesOn()
                    ? yields(Yield.Why.BLOCKED, null, "its compute service to be up", LONG)
                    : notBegun(down + ". See to it and run the same job again; a dead host's servers are rebuilt by"
                            + " nodeEvacuate with deadHost.");
        }
        Budget budget = order.request().budget();
        Optional<String> misplaced = budget.limits() ? budget.misplaced(host, estate) : Optional.empty();
        if (misplaced.isPresent()) {
            return notBegun(misplaced.get());
        }
        Optional<String> full = budget.full(host, estate);
        return full.isPresent() && overBudget(budget, estate, full.get());
    }

    /** Hosts of other zones have a budget of their own, and need not wait. */
    private boolean overBudget(Budget budget, Estate estate, String full) {
        Set<String> elsewhere = new LinkedHashSet<>(order.hosts());
        budget.counted(host, estate).forEach(elsewhere::remove);
        elsewhere.remove(host);
        return budget.aggregate() != null || elsewhere.isEmpty()
                ? waits(full, apart())
                : yields(Yield.Why.BUDGET, elsewhere, full, apart());
    }

    /** Two builds that have both stepped back from one place are not to come back for it in the same moment again and again. */
    private Duration apart() {
        String mine = order.roll() + host + now.getEpochSecond();
        return HEAD.plusMillis(Math.floorMod(mine.hashCode(), APART.toMillis()));
    }

    private boolean plan() {
        RollReader.Next read;
        try {
            read = look.plan(notDone(), outstanding());
        } catch (IllegalArgumentException e) {
            return ends(TurnOutcome.REFUSED, e.getMessage() + " Nothing of " + host + " was changed.");
        }
        read.notes().forEach(edit::note);
        NextHost next = read.plan();
        TurnPlan words = new TurnPlan(order, next);
        if (!next.blocked().isEmpty()) {
            return goesOn() ? yields(Yield.Why.BLOCKED, null, words.waitsForOwners(), LONG) : notBegun(words.blocked());
        }
        if (!next.shortages().isEmpty()) {
            return goesOn() ? yields(Yield.Why.SEATS, null, words.waitsForSeats(), LONG) : notBegun(words.shortages());
        }
        if (!next.again().isEmpty() && goesOn()) {
            return yields(Yield.Why.SEATS, null, words.waitsForBetterSeats(), LONG);
        }
        return drifted(words) || begins(next, words);
    }

    private boolean drifted(TurnPlan words) {
        List<String> broken = words.broken();
        if (broken.isEmpty()) {
            return false;
        }
        String what = "what was approved for " + host + " does not hold any more: " + some(broken) + ".";
        return switch (order.onDrift()) {
            case FAIL ->
                ends(
                        TurnOutcome.REFUSED,
                        "roll: " + what
                                + " Nothing of it was changed. Plan the roll again and have that approved, or say"
                                + " onDrift: 'continue'.");
            case ASK ->
                ends(
                        TurnOutcome.DRIFTED,
                        "roll: " + what + " Nothing of it was changed, and somebody is to decide. To go on: onDrift:"
                                + " 'continue', or a new plan of the roll.");
            case CONTINUE -> {
                edit.note("roll: " + what + " Going on all the same (onDrift: 'continue').");
                yield false;
            }
        };
    }

    private boolean begins(NextHost next, TurnPlan words) {
        words.told().forEach(edit::note);
        edit.seats = next.seats();
        return ends(TurnOutcome.BEGINS, "");
    }

    private Collection<String> notDone() {
        Set<String> hosts = new LinkedHashSet<>(order.request().hosts());
        hosts.removeAll(order.done().keySet());
        hosts.removeIf(other -> board.containsKey(other) && board.get(other).is(State.DONE));
        hosts.add(host);
        return hosts;
    }

    private Map<String, String> outstanding() {
        Map<String, String> seats = new LinkedHashMap<>();
        board.values().stream().filter(TurnTick::underWay).forEach(other -> seats.putAll(other.seats()));
        return seats;
    }

    /** Some of these names, and how many there are besides. */
    static String some(Collection<String> names) {
        List<String> all = new ArrayList<>(names);
        return String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())))
                + (all.size() > MOST_NAMED ? " and " + (all.size() - MOST_NAMED) + " more" : "");
    }
}
