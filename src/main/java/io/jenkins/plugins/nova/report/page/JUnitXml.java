package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.RollLane;
import io.jenkins.plugins.nova.report.data.RollProgress;
import io.jenkins.plugins.nova.report.data.ServerRow;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/**
 * A drain as a file of JUnit's, for Jenkins's {@code junit} step: a case per server, failed when the server wants attention,
 * skipped when nothing was done with it, and one case for the whole. A server's case is named by name and id, so that its
 * history is found over builds.
 */
public final class JUnitXml {

    private static final String WHOLE = "(the whole)";

    private final Markup xml = new Markup();
    private final DrainReport drain;
    private final View view;
    private final String suite;
    private final long seconds;

    private JUnitXml(DrainReport drain) {
        this.drain = drain;
        view = View.still(drain.ended(), ZoneOffset.UTC);
        suite = drain.step() + "." + (ServerTable.blank(drain.host()) ? "servers" : drain.host());
        seconds = Duration.between(drain.started(), drain.ended()).toSeconds();
    }

    /**
     * @param drain that is over
     * @return the file's text, to be written in UTF-8
     * @throws NullPointerException when the drain has no end
     */
    public static String of(DrainReport drain) {
        JUnitXml file = new JUnitXml(drain);
        file.write();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + file.xml + "\n";
    }

    /**
     * A roll: a case for each host, failed where somebody must look at it, skipped where nothing was done with it (by this build, or at
     * all), and one case for the whole.
     *
     * @param roll that may still go on: a host under way is then neither
     * @return the file's text, to be written in UTF-8
     */
    public static String of(RollProgress roll) {
        Markup xml = new Markup();
        String suite = "roll."
                + (ServerTable.blank(roll.getPlan().key())
                        ? "hosts"
                        : roll.getPlan().key());
        List<RollLane> lanes = roll.getLanes();
        long bad = lanes.stream().filter(lane -> lane.state().bad()).count();
        long left = lanes.stream().filter(JUnitXml::skipped).count();
        boolean whole = bad == 0;
        long seconds = lanes.stream()
                .map(RollLane::ended)
                .filter(Objects::nonNull)
                .mapToLong(roll::seconds)
                .max()
                .orElse(0);
        xml.open(
                "testsuite",
                "name",
                suite,
                "tests",
                String.valueOf(lanes.size() + 1),
                "failures",
                String.valueOf(bad + (whole ? 0 : 1)),
                "skipped",
                String.valueOf(left),
                "timestamp",
                roll.began().toString(),
                "time",
                String.valueOf(seconds));
        for (RollLane lane : lanes) {
            String message =
                    lane.message() != null ? lane.message() : lane.plan().reason();
            long took = lane.left() == null || lane.ended() == null
                    ? 0
                    : Duration.between(lane.left(), lane.ended()).toSeconds();
            xml.open("testcase", "classname", suite, "name", lane.host(), "time", String.valueOf(took));
            if (lane.state().bad()) {
                xml.leaf("failure", message, "message", lane.state().words());
            } else if (skipped(lane)) {
                xml.leaf("skipped", message, "message", lane.state().words());
            } else {
                xml.leaf("system-out", lane.state().words() + (ServerTable.blank(message) ? "" : ": " + message));
            }
            xml.close();
        }
        xml.open("testcase", "classname", suite, "name", WHOLE, "time", String.valueOf(seconds));
        String told = lanes.stream().filter(lane -> lane.state().done()).count() + " of " + Figures.hosts(lanes.size())
                + " done, " + roll.getMoved() + " of " + roll.moves() + " moves";
        if (whole) {
            xml.leaf("system-out", told);
        } else {
            xml.leaf("failure", told, "message", Figures.hosts(bad) + " failed");
        }
        xml.close().close();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml + "\n";
    }

    private static boolean skipped(RollLane lane) {
        return switch (lane.state()) {
            case TO_COME, WAITING, NOT_BEGUN, DONE_BEFORE -> true;
            default -> false;
        };
    }

    private void write() {
        Standing whole = Standing.of(drain, view);
        List<Standing> standings = drain.servers().stream()
                .map(row -> Standing.of(row, drain, view))
                .toList();
        xml.open(
                "testsuite",
                "name",
                suite,
                "tests",
                String.valueOf(standings.size() + 1),
                "failures",
                String.valueOf(
                        standings.stream().filter(Standing.BAD::equals).count() + (whole == Standing.BAD ? 1 : 0)),
                "skipped",
                String.valueOf(standings.stream().filter(JUnitXml::idle).count() + (idle(whole) ? 1 : 0)),
                "timestamp",
                drain.started().toString(),
                "time",
                String.valueOf(seconds));
        for (int i = 0; i < standings.size(); i++) {
            ServerRow row = drain.servers().get(i);
            String name = ServerTable.label(row) + " (" + row.id() + ")";
            write(name, row.seconds(), standings.get(i), Standing.words(row, drain, view), said(row));
        }
        write(WHOLE, seconds, whole, Standing.words(drain, view), drain.message());
        xml.close();
    }

    private void write(String name, long took, Standing standing, String words, String said) {
        xml.open("testcase", "classname", suite, "name", name, "time", String.valueOf(took));
        if (standing == Standing.BAD) {
            xml.leaf("failure", said, "message", words);
        } else if (idle(standing)) {
            xml.leaf("skipped", said, "message", words);
        } else {
            xml.leaf("system-out", words + (ServerTable.blank(said) ? "" : ": " + said));
        }
        xml.close();
    }

    private static boolean idle(Standing standing) {
        return standing == Standing.QUIET || standing == Standing.PLANNED;
    }

    private static String said(ServerRow row) {
        StringBuilder said = new StringBuilder();
        if (!ServerTable.blank(row.to())) {
            said.append(row.from()).append(" -> ").append(row.to()).append("\n");
        }
        if (!ServerTable.blank(row.reason())) {
            said.append(row.reason()).append("\n");
        }
        if (!ServerTable.blank(row.hint())) {
            said.append(row.hint());
        }
        return said.toString().strip();
    }
}
