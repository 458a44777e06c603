package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.RollForecast;
import io.jenkins.plugins.nova.report.data.RollLane;
import io.jenkins.plugins.nova.report.data.RollLane.State;
import io.jenkins.plugins.nova.report.data.RollProgress;
import io.jenkins.plugins.nova.report.data.RollReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

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

    private final RollProgress roll;
    private final View view;
    private final String id;
    private final Shown<RollLane> shown;
    private final Map<String, List<RollLane>> waits;
    private final RollLanes lanes;
    private final RollLaneWords words;

    /**
     * @param at its place among the rolls of the page
     */
    RollSection(RollProgress roll, int at, View view) {
        this.roll = roll;
        this.view = view;
        id = "r" + at;
        shown = Shown.of(roll.getLanes(), lane -> HostCard.rank(standing(lane.state())));
        waits = grouped(lane -> lane.state() == State.WAITING ? lane.waitsFor() : "");
        Instant until = until();
        words = new RollLaneWords(view, Duration.between(roll.began(), until).compareTo(Duration.ofDays(1)) > 0);
        lanes = new RollLanes(roll, view, id, until, shown.rows(), waits, words);
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
        RollLanes.legend(markup);
        lanes.write(markup);
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
        return words.time(rounded);
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
            words.link(lane, () -> markup.name(lane.host()), markup);
            markup.text(" – ").leaf("strong", RollLaneWords.words(lane));
            String why = lane.state() == State.INTERRUPTED
                    ? "the build is over, and its step never told its end"
                    : RollLaneWords.firstLine(lane.message());
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
        Map<String, List<RollLane>> why =
                grouped(lane -> lane.state() == State.NOT_BEGUN ? RollLaneWords.reason(lane) : "");
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
                    markup.text(" " + (alone ? one : many) + RollLaneWords.cut(group.getKey()));
                    lanes.stream()
                            .map(RollLane::until)
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder())
                            .ifPresent(time -> markup.text(" (until " + words.time(time) + ")"));
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
}
