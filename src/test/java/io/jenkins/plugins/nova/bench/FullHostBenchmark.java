package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.fire.Drill;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.page.ReportPage;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.PageOf;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * The plan of one host with very many servers, read from a simulated cloud over HTTP, as a dry run makes it; what it takes
 * to save; and the build's page of it. The seconds are processor time of the one thread that reads, plans and writes: what
 * the simulated cloud itself takes is not in them.
 */
final class FullHostBenchmark implements Benchmark {

    private static final String HOST = "compute1";

    /** Of CPUs, MiB and GiB: ample for any number of m1.small. */
    private static final int ROOM = 64 * 1_024 * 1_024;

    private static final int MEMBERS = 5;

    private final int servers;
    private final int hosts;

    /**
     * @param servers on the host
     * @param hosts in the cloud besides it
     */
    FullHostBenchmark(int servers, int hosts) {
        this.servers = servers;
        this.hosts = hosts;
    }

    @Override
    public List<Figure> run() {
        try (SimulatedCloud cloud = cloud()) {
            long begun = cpu();
            Narrator narrator = new Narrator();
            DrainState planned = new Drill(
                            cloud.identityUrl(),
                            cloud.clock().instant(),
                            cloud::advance,
                            text -> {},
                            () -> false,
                            Duration.ofMinutes(2))
                    .watched((before, after) ->
                            narrator.lines(before, after, cloud.clock().instant()))
                    .begin(Orders.empty(HOST).dryRun().make(), Duration.ofMinutes(5));
            long plannedAt = cpu();
            String saved = DrainCodec.write(planned);
            Instant now = cloud.clock().instant();
            long pageBegun = cpu();
            DrainReport report = PageOf.evacuation(planned, now);
            String page = ReportPage.selfContained(List.of(report), "Plan", now, ZoneOffset.UTC);
            return List.of(
                    Figure.of("dryRun")
                            .with("servers", planned.servers().size())
                            .with("hosts", hosts)
                            .with("requests", cloud.audit().entries().size())
                            .with("seconds", seconds(plannedAt - begun))
                            .with("stateBytesAServer", saved.length() / servers),
                    Figure.of("page")
                            .with("servers", report.plan().rows().size())
                            .with("bytes", page.getBytes(StandardCharsets.UTF_8).length)
                            .with("seconds", seconds(cpu() - pageBegun)));
        }
    }

    private SimulatedCloud cloud() {
        CloudBuilder builder = SimulatedCloud.builder();
        for (int i = 1; i <= hosts; i++) {
            builder.host("spare" + i, h -> h.capacity(ROOM, ROOM, ROOM));
        }
        for (int i = 0; i * MEMBERS < servers; i++) {
            builder.group("group" + i, "soft-anti-affinity", "admin");
        }
        builder.host(HOST, h -> h.capacity(ROOM, ROOM, ROOM));
        for (int i = 0; i < servers; i++) {
            String group = "group" + i / MEMBERS;
            String status = i % 10 == 0 ? "SHUTOFF" : "ACTIVE";
            builder.server("server" + i, s -> s.group(group).status(status));
        }
        return builder.start();
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }
}
