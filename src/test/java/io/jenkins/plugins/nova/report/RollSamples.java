package io.jenkins.plugins.nova.report;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.HostCourse;
import io.jenkins.plugins.nova.report.data.RollMark;
import io.jenkins.plugins.nova.report.data.RollReport;
import io.jenkins.plugins.nova.report.data.Segment;
import io.jenkins.plugins.nova.report.data.ServerRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rolls as they happen, for the tests of the page: a canary alone, then as many hosts at a time as the budget allows. */
public final class RollSamples {

    public static final int DRAIN = 600;
    public static final int BLOCK = 1_200;
    public static final int SETTLE = 300;
    public static final int WHOLE = DRAIN + BLOCK + SETTLE;
    private static final int APART = 30;

    private RollSamples() {}

    public static String host(int number) {
        return String.format(Locale.ROOT, "compute-rack7-%03d.dc1.example.org", number);
    }

    /** An id as a step has it. */
    public static String id(int number) {
        return String.format(Locale.ROOT, "5f0c7a3e-91d4-4b7e-8a55-%012d", number);
    }

    private static long begins(int number, int away) {
        return number == 0 ? 0 : WHOLE + (long) (number - 1) / away * WHOLE + (number - 1) % away * APART;
    }

    /**
     * A plan.
     *
     * @param hosts how many
     * @param servers on each
     * @param away how many at once
     */
    public static RollReport plan(int hosts, int servers, int away) {
        List<RollReport.Host> all = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            long begins = begins(i, away);
            all.add(new RollReport.Host(
                    host(i),
                    "CLEAR",
                    "",
                    servers,
                    begins,
                    begins + DRAIN,
                    begins + DRAIN + BLOCK,
                    begins + WHOLE,
                    null));
        }
        return new RollReport(
                "0d7c3a52-7f31-4c0f-9e60-5b1f7e2a9c11",
                "aggregate:rack7",
                "production",
                Samples.START,
                "7c1f9b2e5a40",
                new RollReport.Budget(away, 1, null),
                true,
                hosts * servers,
                hosts * servers,
                begins(hosts - 1, away) + WHOLE,
                all);
    }

    /**
     * What the steps tell.
     *
     * @param plan of {@link #plan}
     * @param second since the beginning
     * @param pace how much longer everything takes than it was planned
     * @param failed the number of a host that fails in its block; negative for none
     */
    public static List<DrainReport> at(RollReport plan, long second, double pace, int failed) {
        List<DrainReport> all = new ArrayList<>();
        int away = plan.budget().maxAway();
        long under = plan.hosts().stream()
                .filter(host -> host.begins() * pace <= second && second < host.ends() * pace)
                .count();
        for (int i = 0; i < plan.hosts().size(); i++) {
            RollReport.Host host = plan.hosts().get(i);
            long begins = Math.round(host.begins() * pace);
            long drained = Math.round(host.drained() * pace);
            long worked = Math.round(host.worked() * pace);
            long ends = Math.round(host.ends() * pace);
            List<Segment> phases = new ArrayList<>();
            phase(HostCourse.WAITING, 0, begins, second, phases);
            phase(HostCourse.DRAINING, begins, drained, second, phases);
            phase(HostCourse.BLOCK, drained, worked, second, phases);
            boolean fails = i == failed && second >= worked;
            if (!fails) {
                phase(HostCourse.SETTLING, worked, ends, second, phases);
            }
            boolean over = fails || second >= ends;
            boolean waits = second < begins;
            List<ServerRow> servers = new ArrayList<>();
            for (int n = 0; !waits && n < host.moves(); n++) {
                long from = begins + (drained - begins) * n / host.moves();
                long until = begins + (drained - begins) * (n + 1) / host.moves();
                String name = "guest-" + i + "-" + n;
                servers.add(
                        second >= until
                                ? Samples.moved(name, "compute-spare-1", 8192, (int) from, (int) until)
                                : Samples.row(
                                        name,
                                        "live",
                                        "",
                                        "",
                                        "",
                                        "",
                                        0,
                                        8192,
                                        -1,
                                        List.of(Samples.segment("waiting", (int) begins, -1))));
            }
            DrainReport report = new DrainReport(
                    id(i),
                    "nodeMaintenance",
                    plan.cloud(),
                    host.host(),
                    fails ? "BODY_FAILED" : over ? "DONE" : DrainReport.RUNNING,
                    waits ? null : "1f9b2e5a407c",
                    Samples.START,
                    over ? Samples.START.plusSeconds(fails ? worked : ends) : null,
                    fails ? "The block failed: script returned exit code 1. The host stays cordoned." : "Goes on.",
                    servers,
                    null,
                    null,
                    null,
                    null,
                    over ? (fails ? DrainReport.CLOSED : DrainReport.OPEN) : null);
            String waitsFor = "the budget, of which budget.maxAway " + away + " is used: away are " + under + " hosts";
            all.add(report.in(
                    new RollMark(plan.id(), plan.key(), plan.hosts().size(), !waits),
                    new HostCourse(phases, waits ? waitsFor : null, null)));
        }
        return all;
    }

    private static void phase(String kind, long from, long until, long second, List<Segment> phases) {
        if (second >= from) {
            phases.add(new Segment(kind, time(from), second >= until ? time(until) : null));
        }
    }

    public static Instant time(long second) {
        return Samples.START.plusSeconds(second);
    }
}
