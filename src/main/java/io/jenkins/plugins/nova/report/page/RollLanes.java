package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.HostCourse;
import io.jenkins.plugins.nova.report.data.RollLane;
import io.jenkins.plugins.nova.report.data.RollLane.State;
import io.jenkins.plugins.nova.report.data.RollProgress;
import io.jenkins.plugins.nova.report.data.Segment;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The lanes of a roll over time: how many hosts were away when, and one for each host. What is drawn up to now goes in steps that can be
 * seen, so that a look sends the few lanes in which something happened.
 */
final class RollLanes {

    /** What no more hosts than this have in common is told in their lanes, too. */
    private static final int OF_ITS_OWN = 4;

    private static final int MOST_STEPS = 30;
    private static final int SEEN_STEPS = 240;
    private static final int LEAST_STEP = 10;

    /** The part of a step by which a lane grows later than the one above it: the golden ratio's, which spreads any number of them. */
    private static final double LATER = 0.618_033_988_75;

    private static final String TOP = "1";
    private static final double FLOOR = 17;
    private static final double HEIGHT = 16;

    private static final Set<String> KINDS = Set.of(HostCourse.DRAINING, HostCourse.BLOCK, HostCourse.SETTLING);

    private final RollProgress roll;
    private final View view;
    private final String id;
    private final Instant until;
    private final List<RollLane> rows;
    private final Map<String, List<RollLane>> waits;
    private final RollLaneWords words;
    private final TimeAxis axis;
    private final Map<RollLane, Integer> place = new LinkedHashMap<>();

    /**
     * @param id of the roll's section
     * @param until where the axis ends
     * @param rows the hosts whose lanes are drawn
     * @param waits which hosts wait for what
     */
    RollLanes(
            RollProgress roll,
            View view,
            String id,
            Instant until,
            List<RollLane> rows,
            Map<String, List<RollLane>> waits,
            RollLaneWords words) {
        this.roll = roll;
        this.view = view;
        this.id = id;
        this.until = until;
        this.rows = rows;
        this.waits = waits;
        this.words = words;
        for (RollLane lane : roll.getLanes()) {
            place.put(lane, place.size());
        }
        axis = new TimeAxis(roll.began(), until, new TimeScale(roll.began(), List.of()), view.zone());
    }

    void write(Markup markup) {
        markup.open("div", "class", "nova-lanes nova-hosts");
        markup.openPiece("div", id + "-axis", "data-nova-box", axis.box());
        axis.write(markup);
        markup.closePiece();
        if (view.live()) {
            axis.line(id + "-now", roll.began().plusSeconds(soFar()), markup);
        }
        markup.open("ul", "class", "nova-lane-list", "id", id + "-away-list");
        away(markup);
        markup.close();
        markup.open("ul", "class", "nova-lane-list", "id", id + "-hosts");
        rows.forEach(lane -> lane(lane, markup));
        markup.close().close();
    }

    /** How many hosts were away when, beside what was planned and what may be. */
    private void away(Markup markup) {
        SortedMap<Long, Integer> planned = thinned(roll.awayAsPlanned());
        SortedMap<Long, Integer> actual = thinned(roll.awayOverTime());
        int allowed = roll.getPlan().budget().maxAway();
        int most = Math.max(
                Math.max(1, allowed),
                Math.max(
                        planned.values().stream().mapToInt(each -> each).max().orElse(0),
                        actual.values().stream().mapToInt(each -> each).max().orElse(0)));
        long ends = roll.seconds(until);
        markup.openPiece("li", id + "-away", "class", "nova-lane");
        markup.leaf("span", "Hosts away", "class", "nova-lane-name");
        markup.open(
                "svg",
                "class",
                "nova-plot nova-away",
                "viewBox",
                axis.box(),
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                "Hosts away over time: at most "
                        + actual.values().stream().mapToInt(each -> each).max().orElse(0) + " at once"
                        + (allowed > 0 ? ", " + allowed + " may be" : ""));
        markup.open(
                        "path",
                        "class",
                        "nova-p-area",
                        "d",
                        "M0 17V" + stairs(planned, most, null).substring("M0 ".length()) + "V17")
                .close();
        if (allowed > 0) {
            markup.open("path", "class", "nova-p-limit", "d", "M0 " + y(allowed, most) + "H" + 4 * Math.max(1, ends))
                    .close();
        }
        boolean begun = roll.getLanes().stream().anyMatch(lane -> lane.left() != null);
        if (begun) {
            markup.open(
                            "path",
                            "class",
                            "nova-p-away",
                            "d",
                            stairs(actual, most, roll.live() ? Math.max(soFar(), actual.lastKey()) : null))
                    .close();
        }
        markup.close();
        markup.open("span", "class", "nova-lane-end");
        markup.text(roll.getAway() + (allowed > 0 ? " of " + allowed : "") + (view.live() ? " now" : " left away"))
                .close();
        markup.closePiece();
    }

    /** Of very many changes the highest of each stretch of time: more than a screen shows of them would only be sent. */
    private SortedMap<Long, Integer> thinned(SortedMap<Long, Integer> all) {
        if (all.size() <= MOST_STEPS) {
            return all;
        }
        long width = Math.max(1, roll.seconds(until) / MOST_STEPS + 1);
        TreeMap<Long, Integer> thin = new TreeMap<>();
        int last = 0;
        for (Map.Entry<Long, Integer> each : all.entrySet()) {
            long column = each.getKey() / width * width;
            thin.merge(column, thin.containsKey(column) ? each.getValue() : Math.max(last, each.getValue()), Math::max);
            last = each.getValue();
        }
        thin.put(all.lastKey() + width, last);
        return thin;
    }

    /**
     * @param now where the last step ends; null for where it began
     */
    private static String stairs(Map<Long, Integer> steps, int most, Long now) {
        StringBuilder path = new StringBuilder();
        String at = null;
        for (Map.Entry<Long, Integer> step : steps.entrySet()) {
            String y = y(step.getValue(), most);
            if (at == null) {
                path.append("M").append(step.getKey()).append(" ").append(y);
            } else if (!y.equals(at)) {
                path.append("H").append(step.getKey()).append("V").append(y);
            }
            at = y;
        }
        return now == null ? path.toString() : path.append("H").append(now).toString();
    }

    private static String y(int away, int most) {
        return away == most ? TOP : TimeAxis.number(FLOOR - HEIGHT * away / most);
    }

    private void lane(RollLane lane, Markup markup) {
        int at = place.get(lane);
        markup.openPiece(
                "li",
                id + "-" + at,
                "data-nova-in",
                id + "-hosts",
                "data-nova-at",
                String.valueOf(at),
                "class",
                "nova-lane",
                "data-host",
                "",
                "data-standing",
                RollSection.standing(lane.state()).key());
        markup.open("span", "class", "nova-lane-name");
        words.link(lane, () -> markup.leaf("bdi", lane.host()), markup);
        markup.close();
        markup.openPiece(
                "svg",
                id + "-s" + at,
                "class",
                "nova-plot",
                "viewBox",
                axis.box(),
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true");
        if (lane.plan().planned()) {
            bar("planned", lane.plan().begins(), lane.plan().ends(), markup);
        }
        // a wait is not drawn: two hundred lines that grow would be sent again and again
        lane.phases().stream()
                .filter(phase -> !phase.kind().equals(HostCourse.WAITING))
                .forEach(phase -> bar(kind(phase), roll.seconds(phase.start()), end(phase, at), markup));
        if (lane.state() == State.FAILED && lane.ended() != null) {
            bar("failed", roll.seconds(lane.ended()), beyond(roll.seconds(lane.ended()), at), markup);
        }
        markup.closePiece();
        markup.openPiece("span", id + "-e" + at, "class", "nova-lane-end");
        Standing standing = RollSection.standing(lane.state());
        markup.open("b", "class", "nova-is-" + standing.key());
        markup.leaf("i", standing.sign(), "aria-hidden", "true")
                .text(" " + RollLaneWords.words(lane))
                .close();
        markup.text(words.said(lane)).closePiece();
        String why = why(lane);
        if (!why.isEmpty()) {
            markup.leaf("span", why, "class", "nova-lane-why");
        }
        markup.closePiece();
    }

    /** What is of this host alone; what many have in common stands above. */
    private String why(RollLane lane) {
        return switch (lane.state()) {
            case WAITING -> {
                List<RollLane> same = waits.getOrDefault(lane.waitsFor(), List.of());
                yield same.isEmpty() || same.size() > OF_ITS_OWN
                        ? ""
                        : "waits for " + RollLaneWords.cut(lane.waitsFor());
            }
            case TO_COME -> RollLaneWords.cut(lane.plan().reason());
            case FAILED -> RollLaneWords.firstLine(lane.message());
            default -> "";
        };
    }

    private static String kind(Segment phase) {
        return KINDS.contains(phase.kind()) ? phase.kind() : HostCourse.DRAINING;
    }

    private long end(Segment phase, int lane) {
        return phase.end() == null ? beyond(roll.seconds(phase.start()), lane) : roll.seconds(phase.end());
    }

    /** To where a lane's bar is drawn that has no end: each lane has seconds of its own at which it grows, so that not all do at once. */
    private long beyond(long start, int lane) {
        return Math.max(start, view.live() ? soFar(lane * LATER % 1) : roll.seconds(until));
    }

    private long soFar() {
        return soFar(0.0);
    }

    /** Now, to as much as can be seen: a lane that was sent again for each second would be most of what is sent. */
    private long soFar(double ofAStep) {
        long step = Math.max(LEAST_STEP, roll.seconds(until) / SEEN_STEPS);
        long late = (long) (ofAStep * step);
        return Math.max(0, Math.floorDiv(roll.seconds(view.now()) - late, step) * step + late);
    }

    private static void bar(String kind, long from, long until, Markup markup) {
        if (until > from) {
            markup.open("path", "class", "nova-p-" + kind, "d", "M" + from + " 9H" + until)
                    .close();
        }
    }

    static void legend(Markup markup) {
        markup.open("ul", "class", "nova-legend", "aria-label", "Legend");
        for (String[] key : new String[][] {
            {"planned", "as planned"},
            {"draining", "is emptied"},
            {"block", "the block is at work"},
            {"settling", "comes back into service"},
            {"failed", "failed, still away"}
        }) {
            markup.open("li");
            markup.open("svg", "class", "nova-key", "viewBox", "0 0 28 18", "aria-hidden", "true");
            markup.open("path", "class", "nova-p-" + key[0], "d", "M0 9H28").close();
            markup.close().text(key[1]).close();
        }
        markup.close();
    }
}
