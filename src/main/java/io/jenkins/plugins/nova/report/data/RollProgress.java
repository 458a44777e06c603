package io.jenkins.plugins.nova.report.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How far a roll is: its plan, and what the steps of the build tell of its hosts. Immutable; made anew for each look. */
@ExportedBean
public final class RollProgress {

    /** After these nothing of the host is changed. */
    private static final Set<String> UNTOUCHED = Set.of("NOT_BEGUN", "REFUSED", "DRIFTED", "PLANNED");

    /** These change servers, and tell nothing of their host. */
    private static final Set<String> SERVER_STEPS =
            Set.of("confirmResize", "revertResize", "liveMigrate", "coldMigrate");

    /** What {@code bringHome} reports by itself. */
    private static final String HOME = "-home";

    private static final Set<String> ON_THE_MOVE = Set.of("live", "cold", "rebuild", "failover");

    private static final Set<String> MOVED = Set.of("MOVED", "REBUILT", "FAILED_OVER", "CONFIRMED", "AWAITING_CONFIRM");

    private final RollReport plan;
    private final List<RollLane> lanes;
    private final Instant began;
    private final RollForecast forecast;
    private final Instant now;
    private final boolean live;

    private RollProgress(RollReport plan, List<RollLane> lanes, Instant began, Instant now, boolean live) {
        this.plan = plan;
        this.lanes = List.copyOf(lanes);
        this.began = began;
        this.now = now;
        this.live = live;
        forecast = live ? RollForecast.of(lanes, now) : null;
    }

    /**
     * How far a roll is.
     *
     * @param plan as it was planned
     * @param drains all reports of the build, in the order of their beginning; those of other hosts are passed over
     * @param now the time of the look
     * @param live whether the build still runs
     */
    public static RollProgress of(RollReport plan, List<DrainReport> drains, Instant now, boolean live) {
        Map<String, List<DrainReport>> byHost = new HashMap<>();
        for (DrainReport drain : drains) {
            if (drain.host() != null) {
                byHost.computeIfAbsent(drain.host(), unseen -> new ArrayList<>())
                        .add(drain);
            }
        }
        List<RollLane> lanes = new ArrayList<>();
        List<Instant> starts = new ArrayList<>();
        for (RollReport.Host host : plan.hosts()) {
            List<DrainReport> steps = byHost.getOrDefault(host.host(), List.of()).stream()
                    .filter(drain -> belongs(plan, drain))
                    .toList();
            RollLane lane = lane(host, steps, live);
            lanes.add(lane);
            lane.phases().stream().map(Segment::start).findFirst().ifPresent(starts::add);
        }
        return new RollProgress(
                plan, lanes, starts.stream().min(Comparator.naturalOrder()).orElse(plan.began()), now, live);
    }

    /** Whether a step works on a host of the roll: one that says so, or one without a roll that comes after the plan. */
    private static boolean belongs(RollReport plan, DrainReport drain) {
        if (drain.id().endsWith(HOME) || drain.onlyLooks() || SERVER_STEPS.contains(drain.step())) {
            return false;
        }
        if (drain.roll() != null) {
            return drain.roll().id().equals(plan.id()) || drain.roll().key().equals(plan.key());
        }
        return Objects.equals(drain.cloud(), plan.cloud()) && !drain.started().isBefore(plan.began());
    }

    private static RollLane lane(RollReport.Host host, List<DrainReport> steps, boolean live) {
        if (steps.isEmpty()) {
            return new RollLane(
                    host,
                    host.before() == null ? RollLane.State.TO_COME : RollLane.State.DONE_BEFORE,
                    null,
                    null,
                    null,
                    List.of(),
                    0,
                    host.before() == null ? host.moves() : 0,
                    null,
                    null);
        }
        DrainReport last = steps.get(steps.size() - 1);
        List<Segment> phases = new ArrayList<>();
        steps.forEach(step -> phases.addAll(phases(step)));
        Map<String, Boolean> servers = new HashMap<>();
        steps.stream()
                .flatMap(step -> step.servers().stream())
                .filter(row -> MOVED.contains(outcome(row)) || ON_THE_MOVE.contains(String.valueOf(row.action())))
                .forEach(row -> servers.merge(row.id(), MOVED.contains(outcome(row)), Boolean::logicalOr));
        RollLane.State state = state(last, phases, live);
        HostCourse course = last.course();
        boolean waits = state == RollLane.State.WAITING && course != null;
        return new RollLane(
                host,
                state,
                steps.get(0).id(),
                last.outcome(),
                last.message(),
                phases,
                (int) servers.values().stream().filter(moved -> moved).count(),
                servers.isEmpty() ? (state.done() ? 0 : host.moves()) : servers.size(),
                waits ? course.waitsFor() : null,
                waits ? course.until() : null);
    }

    private static String outcome(ServerRow row) {
        return row.outcome() == null ? "" : row.outcome();
    }

    /** Reports of steps without a block, and early ones, tell of no phases: the host was being emptied. */
    private static List<Segment> phases(DrainReport step) {
        if (step.course() != null && !step.course().phases().isEmpty()) {
            return step.course().phases();
        }
        String kind = step.step().equals("nodeReturn") ? HostCourse.SETTLING : HostCourse.DRAINING;
        return UNTOUCHED.contains(step.outcome())
                ? List.of()
                : List.of(new Segment(kind, step.started(), step.ended()));
    }

    private static RollLane.State state(DrainReport last, List<Segment> phases, boolean live) {
        if (last.running()) {
            if (!live) {
                return RollLane.State.INTERRUPTED;
            }
            return switch (phases.isEmpty() ? "" : phases.get(phases.size() - 1).kind()) {
                case HostCourse.WAITING -> RollLane.State.WAITING;
                case HostCourse.BLOCK -> RollLane.State.BLOCK;
                case HostCourse.SETTLING -> RollLane.State.SETTLING;
                default -> RollLane.State.DRAINING;
            };
        }
        if (last.outcome().equals("DONE")) {
            // nodeEvacuate alone leaves an empty host behind its cordon: what follows in the pipeline is its block
            boolean empty = DrainReport.CLOSED.equals(last.hostState()) && live;
            return empty ? RollLane.State.BLOCK : RollLane.State.DONE;
        }
        if (last.outcome().equals("DONE_BEFORE")) {
            return RollLane.State.DONE_BEFORE;
        }
        boolean touched = phases.stream().anyMatch(phase -> !phase.kind().equals(HostCourse.WAITING));
        return UNTOUCHED.contains(last.outcome()) || !touched ? RollLane.State.NOT_BEGUN : RollLane.State.FAILED;
    }

    /** As it was planned. */
    @Exported(inline = true)
    public RollReport getPlan() {
        return plan;
    }

    /** Its hosts, as the plan has them. */
    @Exported(inline = true)
    public List<RollLane> getLanes() {
        return lanes;
    }

    /** When the last host is likely to be in service again; {@code null} where nothing goes on, or nothing is known. */
    @Exported(inline = true)
    public RollForecast getForecast() {
        return forecast;
    }

    /** How many moves have been made. */
    @Exported
    public int getMoved() {
        return lanes.stream().mapToInt(RollLane::moved).sum();
    }

    /** How many hosts of the roll are away now. */
    @Exported
    public int getAway() {
        return (int) lanes.stream().filter(RollLane::away).count();
    }

    /** How many moves are made in all, as far as it is known now. */
    public int moves() {
        return lanes.stream().mapToInt(RollLane::moves).sum();
    }

    /** When its first host began, or began to wait; when it was planned where none has. The plan's seconds count from here. */
    public Instant began() {
        return began;
    }

    /** The time of this look. */
    public Instant now() {
        return now;
    }

    /** Whether the build still runs. */
    public boolean live() {
        return live;
    }

    /** How many hosts are in one of these states. */
    public long count(RollLane.State... states) {
        return lanes.stream()
                .filter(lane -> List.of(states).contains(lane.state()))
                .count();
    }

    /**
     * How many hosts of the roll were away from when on, up to now: those that were disabled or down before the roll began count
     * until they are done.
     *
     * @return by the seconds from the beginning, in their order
     */
    public SortedMap<Long, Integer> awayOverTime() {
        TreeMap<Long, Integer> changes = new TreeMap<>();
        changes.put(0L, 0);
        for (RollLane lane : lanes) {
            boolean before = lane.plan().state().equals("AWAY") && lane.state() != RollLane.State.DONE_BEFORE;
            if (before) {
                changes.merge(0L, 1, Integer::sum);
            } else if (lane.left() != null) {
                changes.merge(seconds(lane.left()), 1, Integer::sum);
            }
            if ((before || lane.left() != null) && !lane.away() && lane.ended() != null) {
                changes.merge(seconds(lane.ended()), -1, Integer::sum);
            }
        }
        return summed(changes);
    }

    /** The same, as it was planned. */
    public SortedMap<Long, Integer> awayAsPlanned() {
        TreeMap<Long, Integer> changes = new TreeMap<>();
        changes.put(0L, 0);
        for (RollReport.Host host : plan.hosts()) {
            boolean before = host.state().equals("AWAY") && host.before() == null;
            if (before || host.planned()) {
                changes.merge(before ? 0L : host.begins(), 1, Integer::sum);
            }
            if (host.planned()) {
                changes.merge(host.ends(), -1, Integer::sum);
            }
        }
        return summed(changes);
    }

    private static SortedMap<Long, Integer> summed(TreeMap<Long, Integer> changes) {
        TreeMap<Long, Integer> sums = new TreeMap<>();
        int sum = 0;
        for (Map.Entry<Long, Integer> change : changes.entrySet()) {
            sum += change.getValue();
            sums.put(change.getKey(), sum);
        }
        return sums;
    }

    /** From the beginning of the roll; never negative. */
    public long seconds(Instant instant) {
        return Math.max(0, instant.getEpochSecond() - began.getEpochSecond());
    }
}
