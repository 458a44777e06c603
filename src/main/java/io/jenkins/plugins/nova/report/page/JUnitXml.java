package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.ServerRow;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

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
