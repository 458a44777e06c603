package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.HostCourse;
import io.jenkins.plugins.nova.report.data.RollForecast;
import io.jenkins.plugins.nova.report.data.RollLane;
import io.jenkins.plugins.nova.report.data.RollLane.State;
import io.jenkins.plugins.nova.report.data.RollProgress;
import io.jenkins.plugins.nova.report.data.RollReport;
import io.jenkins.plugins.nova.report.data.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A roll on the page: how far it is, when it is likely to end, who waits for what, how many hosts were away when, and a lane for
 * each host, which leads to its drain.
 *
 * <p>Two hundred hosts are shown at once, and what changes at a tick is to stay small: what many hosts have in common (what they
 * wait for) is told once above the lanes and not in each, and what changes with each move stands in a piece of its own.
 */
final class RollSection {

    private static final int MOST_NAMES = 4;
    private static final int MOST_GROUPS = 8;
    private static final int MOST_FAILED = 20;
    private static final int LONGEST_TEXT = 160;

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

    private final RollProgress roll;
    private final View view;
    private final String id;
    private final Shown<RollLane> shown;
    private final Map<RollLane, Integer> place = new LinkedHashMap<>();
    private final Map<String, List<RollLane>> waits;
    private final TimeAxis axis;
    private final Instant until;
    private final boolean days;

    /**
     * @param at its place among the rolls of the page
     */
    RollSection(RollProgress roll, int at, View view) {
        this.roll = roll;
        this.view = view;
        id = "r" + at;
        for (RollLane lane : roll.getLanes()) {
            place.put(lane, place.size());
        }
        shown = Shown.of(roll.getLanes(), lane -> HostCard.rank(standing(lane.state())));
        waits = grouped(lane -> lane.state() == State.WAITING ? lane.waitsFor() : "");
        until = until();
        days = Duration.between(roll.began(), until).compareTo(Duration.ofDays(1)) > 0;
        axis = new TimeAxis(roll.began(), until, new TimeScale(roll.began(), List.of()), view.zone());
    }

    private Instant until() {
        long planned = roll.getPlan().hosts().stream()
                .mapToLong(RollReport.Host::ends)
                .max()
                .orElse(0);
        long longest = Math.max(60, planned);
        long latest = longest;
        for (RollLane lane : roll.getLanes()) {
            latest = lane.ended() == null ? latest : Math.max(latest, roll.seconds(lane.ended()));
        }
        RollForecast forecast = roll.getForecast();
        if (forecast != null) {
            latest = Math.max(latest, roll.seconds(forecast.likely()));
        }
        if (view.live()) {
            latest = Math.max(latest, roll.seconds(view.now()));
        }
        // with room, and in steps: an axis that grew and shrank with each forecast would be sent at each look
        long room = longest + longest / 20;
        long step = Math.max(1, longest / 4);
        return roll.began().plusSeconds(room + Math.max(0, latest - room + step - 1) / step * step);
    }

    private Map<String, List<RollLane>> grouped(Function<RollLane, String> by) {
        Map<String, List<RollLane>> groups = new LinkedHashMap<>();
        for (RollLane lane : roll.getLanes()) {
            String key = by.apply(lane);
            if (!ServerTable.blank(key)) {
                groups.computeIfAbsent(key, unseen -> new ArrayList<>()).add(lane);
            }
        }
        return groups;
    }

    /** How the host of a lane stands, as everything on the page is sorted. */
    static Standing standing(State state) {
        return switch (state) {
            case TO_COME -> Standing.PLANNED;
            case WAITING -> Standing.WAITING;
            case DRAINING, BLOCK, SETTLING -> Standing.MOVING;
            case DONE, DONE_BEFORE -> Standing.GOOD;
            case FAILED, INTERRUPTED -> Standing.BAD;
            case NOT_BEGUN -> Standing.QUIET;
        };
    }

    /** How the roll stands as a whole. */
    private Standing standing() {
        if (roll.getLanes().stream().anyMatch(lane -> lane.state().bad())) {
            return Standing.BAD;
        }
        if (!roll.getLanes().isEmpty()
                && roll.getLanes().stream().allMatch(lane -> lane.state().done())) {
            return Standing.GOOD;
        }
        return view.live() ? Standing.MOVING : Standing.QUIET;
    }

    void write(Markup markup) {
        markup.openPiece(
                "section",
                id,
                "data-nova-in",
                "nova-rolls",
                "data-nova-at",
                id.substring(1),
                "class",
                "nova-drain nova-roll",
                "data-nova-drain",
                id,
                "aria-labelledby",
                id + "-h");
        markup.open("header", "class", "nova-head");
        markup.leaf("h2", "Roll of " + Figures.hosts(roll.getLanes().size()), "id", id + "-h");
        if (!ServerTable.blank(roll.getPlan().cloud())) {
            markup.open("p", "class", "nova-what")
                    .text("on cloud ")
                    .name(roll.getPlan().cloud());
            markup.close();
        }
        markup.close();
        verdict(markup);
        facts(markup);
        markup.openPiece("div", id + "-failed");
        failed(markup);
        markup.closePiece().openPiece("div", id + "-waits");
        waiting(markup);
        markup.closePiece().openPiece("div", id + "-not");
        notBegun(markup);
        markup.closePiece();
        markup.leaf("h3", "Hosts");
        filter(markup);
        legend(markup);
        lanes(markup);
        markup.openPiece("div", id + "-left");
        if (!shown.whole()) {
            markup.open("p", "class", "nova-none");
            markup.text(shown.rows().size() + " of " + Figures.hosts(shown.all())
                    + " are drawn here, those under way or in trouble first. All of them are in ");
            if (view.changes() == null) {
                markup.text("the JSON of the build's page.");
            } else {
                markup.leaf("a", "the JSON of this page", "href", "api/json").text(".");
            }
            markup.close();
        }
        markup.closePiece().closePiece();
    }

    // ---- above the lanes

    private void verdict(Markup markup) {
        Standing standing = standing();
        markup.openPiece("div", id + "-verdict", "class", "nova-verdict nova-edge-" + standing.key());
        long done = roll.count(State.DONE, State.DONE_BEFORE);
        int all = roll.getLanes().size();
        markup.open("p", "class", "nova-sentence");
        ServerTable.badge(standing, words(standing), markup);
        markup.text(" ").leaf("span", done + " of " + Figures.hosts(all) + " done", "data-nova-say", "");
        markup.close();
        markup.open("p", "class", "nova-count");
        markup.open(
                "progress",
                "max",
                String.valueOf(Math.max(1, all)),
                "value",
                String.valueOf(done),
                "class",
                "nova-is-" + standing.key(),
                "aria-hidden",
                "true");
        markup.close();
        tally("under way", roll.count(State.DRAINING, State.BLOCK, State.SETTLING), Standing.MOVING, markup);
        tally("waiting", roll.count(State.WAITING), Standing.WAITING, markup);
        tally("failed", roll.count(State.FAILED), Standing.BAD, markup);
        tally("interrupted", roll.count(State.INTERRUPTED), Standing.BAD, markup);
        tally("not begun", roll.count(State.NOT_BEGUN), Standing.QUIET, markup);
        tally("to come", roll.count(State.TO_COME), Standing.PLANNED, markup);
        tally("done before", roll.count(State.DONE_BEFORE), Standing.GOOD, markup);
        markup.open("span", "class", "nova-tally");
        markup.leaf("strong", roll.getMoved() + " of " + roll.moves() + " moves");
        markup.close().close().closePiece();
    }

    private static void tally(String words, long count, Standing standing, Markup markup) {
        if (count > 0) {
            markup.open("span", "class", "nova-tally");
            markup.leaf("span", standing.sign(), "class", "nova-sign nova-is-" + standing.key(), "aria-hidden", "true");
            markup.text(" " + count + " " + words).close();
        }
    }

    private String words(Standing standing) {
        return switch (standing) {
            case BAD -> "needs attention";
            case GOOD -> "done";
            case MOVING ->
                roll.count(State.DRAINING, State.BLOCK, State.SETTLING, State.DONE) > 0 ? "in progress" : "not begun";
            default -> "over";
        };
    }

    private void facts(Markup markup) {
        markup.openPiece("dl", id + "-facts", "class", "nova-facts");
        RollForecast forecast = roll.getForecast();
        if (forecast != null) {
            fact(
                    "Likely to end",
                    moment(forecast.likely()) + ", between " + moment(forecast.earliest()) + " and "
                            + moment(forecast.latest()),
                    markup);
        }
        long planned = roll.getPlan().seconds();
        fact(
                "As planned",
                moment(roll.began().plusSeconds(planned)) + ", after " + Figures.span(Duration.ofSeconds(planned)),
                markup);
        RollReport.Budget budget = roll.getPlan().budget();
        fact("Away", roll.getAway() + (budget.maxAway() > 0 ? " of " + budget.maxAway() + " that may be" : ""), markup);
        if (budget.minFree() > 0) {
            fact("Hosts to be kept free", String.valueOf(budget.minFree()), markup);
        }
        if (!ServerTable.blank(roll.getPlan().hash())) {
            markup.open("div").leaf("dt", "Plan").open("dd");
            markup.leaf("code", roll.getPlan().hash()).close().close();
        }
        markup.closePiece();
    }

    private static void fact(String name, String value, Markup markup) {
        markup.open("div").leaf("dt", name).leaf("dd", value).close();
    }

    /** To five minutes where it is more than an hour away: what is told more exactly than it is known changes at each look. */
    private String moment(Instant instant) {
        long step = Duration.between(view.now(), instant).abs().compareTo(Duration.ofHours(1)) > 0 ? 300 : 60;
        Instant rounded = Instant.ofEpochSecond(Math.round((double) instant.getEpochSecond() / step) * step);
        return time(rounded);
    }

    private String time(Instant instant) {
        return (days ? Figures.day(instant, view.zone()) + " " : "") + Figures.minute(instant, view.zone());
    }

    private void failed(Markup markup) {
        List<RollLane> bad =
                roll.getLanes().stream().filter(lane -> lane.state().bad()).toList();
        if (bad.isEmpty()) {
            return;
        }
        markup.open("div", "class", "nova-box nova-edge-bad");
        markup.leaf("h3", "Needs attention: " + Figures.hosts(bad.size()));
        markup.open("ul");
        for (RollLane lane : bad.subList(0, Math.min(MOST_FAILED, bad.size()))) {
            markup.open("li");
            link(lane, () -> markup.name(lane.host()), markup);
            markup.text(" – ").leaf("strong", words(lane));
            String why = lane.state() == State.INTERRUPTED
                    ? "the build is over, and its step never told its end"
                    : firstLine(lane.message());
            markup.text(why.isEmpty() ? "" : ": " + why).close();
        }
        markup.close();
        if (bad.size() > MOST_FAILED) {
            markup.leaf("p", "and " + (bad.size() - MOST_FAILED) + " more: see their lanes");
        }
        String may = bad.size() == 1 ? "It may still be cordoned," : "Each may still be cordoned,";
        markup.leaf("p", may + " and counts as away.", "class", "nova-hint").close();
    }

    private void waiting(Markup markup) {
        if (!waits.isEmpty()) {
            groups("Waiting", "waiting", "wait for ", "waits for ", waits, markup);
        }
    }

    private void notBegun(Markup markup) {
        Map<String, List<RollLane>> why = grouped(lane -> lane.state() == State.NOT_BEGUN ? reason(lane) : "");
        if (!why.isEmpty()) {
            groups("Not begun", "quiet", "– ", "– ", why, markup);
        }
    }

    private void groups(
            String title, String edge, String many, String one, Map<String, List<RollLane>> groups, Markup markup) {
        markup.open("div", "class", "nova-box nova-edge-" + edge);
        long all = groups.values().stream().mapToLong(List::size).sum();
        markup.leaf("h3", title + ": " + Figures.hosts(all));
        markup.open("ul");
        groups.entrySet().stream()
                .sorted((a, b) -> b.getValue().size() - a.getValue().size())
                .limit(MOST_GROUPS)
                .forEach(group -> {
                    List<RollLane> lanes = group.getValue();
                    markup.open("li");
                    boolean alone = lanes.size() == 1;
                    markup.leaf("strong", Figures.hosts(lanes.size()));
                    markup.text(" " + (alone ? one : many) + cut(group.getKey()));
                    lanes.stream()
                            .map(RollLane::until)
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder())
                            .ifPresent(time -> markup.text(" (until " + time(time) + ")"));
                    markup.open("p", "class", "nova-hint");
                    for (int i = 0; i < Math.min(MOST_NAMES, lanes.size()); i++) {
                        markup.text(i == 0 ? "" : ", ").leaf("bdi", lanes.get(i).host());
                    }
                    if (lanes.size() > MOST_NAMES) {
                        markup.text(" and " + (lanes.size() - MOST_NAMES) + " more");
                    }
                    markup.close().close();
                });
        markup.close();
        if (groups.size() > MOST_GROUPS) {
            long more = groups.entrySet().stream()
                    .sorted((a, b) -> b.getValue().size() - a.getValue().size())
                    .skip(MOST_GROUPS)
                    .mapToLong(group -> group.getValue().size())
                    .sum();
            markup.leaf("p", "and " + Figures.hosts(more) + " more, for reasons of their own: see their lanes");
        }
        markup.close();
    }

    /**
     * Why a host was not begun, without its name: each branch's message has the name of its own host, and those that were not
     * begun for one reason are one line. Names of other hosts stay, also where one begins with this one's.
     */
    private static String reason(RollLane lane) {
        String line = firstLine(lane.message());
        String name = "Host " + Pattern.quote(lane.host()) + "(?![\\w-]|\\.\\w)";
        String why = line.replaceFirst("^" + name + " is not begun: ", "").replaceAll(name, "The host");
        return why.isEmpty() ? words(lane) : why;
    }

    private static String firstLine(String text) {
        return text == null ? "" : cut(text.lines().findFirst().orElse(""));
    }

    private static String cut(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST_TEXT) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
    }

    /** Hidden until the page's script shows it: without the script it could do nothing. */
    private void filter(Markup markup) {
        markup.open("div", "class", "nova-filter", "hidden", "hidden");
        markup.leaf("label", "Filter", "for", id + "-f");
        markup.empty(
                "input",
                "id",
                id + "-f",
                "type",
                "search",
                "autocomplete",
                "off",
                "spellcheck",
                "false",
                "placeholder",
                "host, state, reason",
                "aria-controls",
                id + "-hosts");
        markup.open("div", "class", "nova-choices", "role", "group", "aria-label", "Show hosts by state");
        choice("", "all", roll.getLanes().size(), markup);
        choice("bad", "failed", count(Standing.BAD), markup);
        choice("moving", "under way", count(Standing.MOVING), markup);
        choice("waiting", "waiting", count(Standing.WAITING), markup);
        choice("planned", "to come", count(Standing.PLANNED), markup);
        choice("quiet", "not begun", count(Standing.QUIET), markup);
        choice("good", "done", count(Standing.GOOD), markup);
        markup.close();
        markup.leaf("p", "", "class", "nova-shown", "role", "status");
        markup.close();
    }

    private long count(Standing standing) {
        return roll.getLanes().stream()
                .filter(lane -> standing(lane.state()) == standing)
                .count();
    }

    private void choice(String key, String words, long count, Markup markup) {
        markup.open("button", "type", "button", "data-nova-show", key, "aria-pressed", String.valueOf(key.isEmpty()));
        markup.text(words + " ");
        markup.openPiece("span", id + "-n-" + (key.isEmpty() ? "all" : key), "class", "nova-n")
                .text(String.valueOf(count))
                .closePiece()
                .close();
    }

    private static void legend(Markup markup) {
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

    // ---- the lanes

    private void lanes(Markup markup) {
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
        shown.rows().forEach(lane -> lane(lane, markup));
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
                standing(lane.state()).key());
        markup.open("span", "class", "nova-lane-name");
        link(lane, () -> markup.leaf("bdi", lane.host()), markup);
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
        Standing standing = standing(lane.state());
        markup.open("b", "class", "nova-is-" + standing.key());
        markup.leaf("i", standing.sign(), "aria-hidden", "true")
                .text(" " + words(lane))
                .close();
        markup.text(said(lane)).closePiece();
        String why = why(lane);
        if (!why.isEmpty()) {
            markup.leaf("span", why, "class", "nova-lane-why");
        }
        markup.closePiece();
    }

    private void link(RollLane lane, Runnable name, Markup markup) {
        if (lane.drain() == null) {
            name.run();
            return;
        }
        String href = view.changes() == null ? "#nova-" + lane.drain() : "drain/" + lane.drain() + "/";
        markup.open("a", "href", href);
        name.run();
        markup.close();
    }

    private static String words(RollLane lane) {
        return lane.state() == State.NOT_BEGUN && !"NOT_BEGUN".equals(lane.outcome())
                ? "not begun, " + Standing.humanly(lane.outcome())
                : lane.state() == State.FAILED && !"FAILED".equals(lane.outcome())
                        ? Standing.humanly(lane.outcome())
                        : lane.state().words();
    }

    /** Moves and times, as far as there are any. */
    private String said(RollLane lane) {
        StringBuilder said = new StringBuilder();
        if (lane.state() == State.DONE_BEFORE) {
            RollReport.Before before = lane.plan().before();
            return before == null
                    ? ""
                    : ", by " + before.build()
                            + (before.when() == null
                                    ? ""
                                    : ", " + Figures.day(before.when(), view.zone()) + " "
                                            + Figures.minute(before.when(), view.zone()));
        }
        if (lane.moves() > 0) {
            said.append(", ")
                    .append(
                            lane.moved() == lane.moves()
                                    ? lane.moves()
                                    : lane.left() == null
                                            ? String.valueOf(lane.moves())
                                            : lane.moved() + " of " + lane.moves())
                    .append(lane.moves() == 1 ? " move" : " moves");
        }
        if (lane.left() != null) {
            said.append(", ").append(time(lane.left()));
            if (lane.ended() == null) {
                return said.append("–").toString();
            }
            boolean same = Figures.day(lane.left(), view.zone()).equals(Figures.day(lane.ended(), view.zone()));
            said.append("–").append(same ? Figures.minute(lane.ended(), view.zone()) : time(lane.ended()));
        }
        return said.toString();
    }

    /** What is of this host alone; what many have in common stands above. */
    private String why(RollLane lane) {
        return switch (lane.state()) {
            case WAITING -> {
                List<RollLane> same = waits.getOrDefault(lane.waitsFor(), List.of());
                yield same.isEmpty() || same.size() > OF_ITS_OWN ? "" : "waits for " + cut(lane.waitsFor());
            }
            case TO_COME -> cut(lane.plan().reason());
            case FAILED -> firstLine(lane.message());
            default -> "";
        };
    }

    private static final Set<String> KINDS = Set.of(HostCourse.DRAINING, HostCourse.BLOCK, HostCourse.SETTLING);

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
}
