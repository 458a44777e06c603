package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.report.Browser;
import io.jenkins.plugins.nova.report.RollSamples;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.RollReport;
import io.jenkins.plugins.nova.report.page.Changes;
import io.jenkins.plugins.nova.report.page.ReportPage;
import io.jenkins.plugins.nova.report.page.View;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The page of a roll in the middle of it: its bytes, the largest update through a change of waves, the processor time that its
 * writing takes, and the first paint in Chromium where there is one. The first writing is measured, with nothing warmed up, and
 * the last one of many.
 */
final class RollPageBenchmark implements Benchmark {

    private static final int AWAY = 4;
    private static final int TICK = 5;

    private final int hosts;
    private final int servers;

    /**
     * @param hosts of the roll
     * @param servers on all of them
     */
    RollPageBenchmark(int hosts, int servers) {
        this.hosts = hosts;
        this.servers = servers;
    }

    @Override
    public List<Figure> run() {
        RollReport plan = RollSamples.plan(hosts, servers / hosts, AWAY);
        long middle = plan.hosts().get(hosts / 2).begins();
        Changes changes = new Changes();
        View view = view(middle);
        List<DrainReport> drains = RollSamples.at(plan, middle, 1, 3);
        long begun = cpu();
        String whole = changes.whole(ReportPage.page(List.of(plan), drains, List.of(), view), view);
        long first = cpu() - begun;
        long last = 0;
        int most = 0;
        String token = token(whole);
        for (long second = middle; second < middle + RollSamples.WHOLE; second += TICK) {
            List<DrainReport> now = RollSamples.at(plan, second, 1, 3);
            View then = view(second);
            begun = cpu();
            String update = changes.since(token, ReportPage.page(List.of(plan), now, List.of(), then), then);
            last = cpu() - begun;
            most = Math.max(most, bytes(update));
            token = token(update);
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("rollpage")
                .with("hosts", hosts)
                .with("servers", servers)
                .with("bytes", bytes(whole))
                .with("updateAtMost", most)
                .with("firstSeconds", seconds(first))
                .with("seconds", seconds(last)));
        if (Files.isExecutable(Browser.CHROMIUM)) {
            figures.add(Figure.of("rollpaint").with("seconds", painted(plan, drains, middle)));
        }
        return figures;
    }

    /** As a file that stands alone would be without the drains below it: what a browser has to do is the same. */
    private static String painted(RollReport plan, List<DrainReport> drains, long second) {
        try {
            Path folder = Files.createTempDirectory("rollpage");
            View view = view(second);
            String alone = ReportPage.selfContained(List.of(), "Roll", view.now(), ZoneOffset.UTC);
            String page = new Changes().whole(ReportPage.page(List.of(plan), drains, List.of(), view), view);
            Path file = folder.resolve("roll.html");
            Files.writeString(file, alone.replace("</main>", page.replace("data-nova-live=\"true\"", "") + "</main>"));
            try (Browser browser = new Browser(Files.createDirectory(folder.resolve("profile")))) {
                browser.size(1300, 900);
                browser.open(file.toUri());
                browser.open(file.toUri());
                browser.await("performance.getEntriesByName('first-contentful-paint').length > 0");
                return seconds(
                        (long) (browser.ask("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                                        .asDouble()
                                * 1e6));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static View view(long second) {
        return new View(RollSamples.time(second), ZoneOffset.UTC, true, "changes", null);
    }

    private static String token(String answer) {
        String name = "data-nova-token=\"";
        int from = answer.indexOf(name) + name.length();
        return answer.substring(from, answer.indexOf('"', from));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }
}
