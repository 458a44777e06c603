package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.RollLane;
import io.jenkins.plugins.nova.report.data.RollLane.State;
import io.jenkins.plugins.nova.report.data.RollReport;
import java.time.Instant;
import java.util.regex.Pattern;

/** What is told of the host of a lane in words, above the lanes and beside them. */
final class RollLaneWords {

    private static final int LONGEST_TEXT = 160;

    private final View view;
    private final boolean days;

    /**
     * @param days whether the roll takes more than one day
     */
    RollLaneWords(View view, boolean days) {
        this.view = view;
        this.days = days;
    }

    /**
     * The name of a host, leading to its drain where it has one.
     *
     * @param name writes the name
     */
    void link(RollLane lane, Runnable name, Markup markup) {
        if (lane.drain() == null) {
            name.run();
            return;
        }
        String href = view.changes() == null ? "#nova-" + lane.drain() : "drain/" + lane.drain() + "/";
        markup.open("a", "href", href);
        name.run();
        markup.close();
    }

    /** How it stands. */
    static String words(RollLane lane) {
        return lane.state() == State.NOT_BEGUN && !"NOT_BEGUN".equals(lane.outcome())
                ? "not begun, " + Standing.humanly(lane.outcome())
                : lane.state() == State.FAILED && !"FAILED".equals(lane.outcome())
                        ? Standing.humanly(lane.outcome())
                        : lane.state().words();
    }

    /** Moves and times, as far as there are any. */
    String said(RollLane lane) {
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

    /**
     * Why a host was not begun, without its name: each branch's message has the name of its own host, and those that were not
     * begun for one reason are one line. Names of other hosts stay, also where one begins with this one's.
     */
    static String reason(RollLane lane) {
        String line = firstLine(lane.message());
        String name = "Host " + Pattern.quote(lane.host()) + "(?![\\w-]|\\.\\w)";
        String why = line.replaceFirst("^" + name + " is not begun: ", "").replaceAll(name, "The host");
        return why.isEmpty() ? words(lane) : why;
    }

    /** Of a text of several lines the first, short enough for the page; empty for null. */
    static String firstLine(String text) {
        return text == null ? "" : cut(text.lines().findFirst().orElse(""));
    }

    /** Short enough for the page. */
    static String cut(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST_TEXT) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
    }

    /** A time of day, with its day where the roll takes more than one. */
    String time(Instant instant) {
        return (days ? Figures.day(instant, view.zone()) + " " : "") + Figures.minute(instant, view.zone());
    }
}
