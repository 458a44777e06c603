package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Microversion;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Plan;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Rates;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.Wish;
import io.jenkins.plugins.nova.plan.filter.Filters;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One plan of many servers, in memory: every filter, the order and the forecast, for the first time in this process. What
 * it costs is the processor time of its one thread, whatever else the machine does.
 */
final class PlanBenchmark implements Benchmark {

    private static final int MEMBERS = 5;

    private final int servers;
    private final int hosts;

    /**
     * @param servers to be planned
     * @param hosts that they are spread over
     */
    PlanBenchmark(int servers, int hosts) {
        this.servers = servers;
        this.hosts = hosts;
    }

    @Override
    public List<Figure> run() {
        List<Server> all = servers();
        PlanContext context = new PlanContext(Wish.of(Route.BY_STATE), estate(all));
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Plan plan = Filters.planner().plan(null, all, context, 2, Rates.ASSUMED);
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
        return List.of(Figure.of("plan")
                .with("servers", plan.servers().size())
                .with("hosts", hosts)
                .with("seconds", String.format(Locale.ROOT, "%.3f", seconds)));
    }

    /** Of each ten one is shut off, one paused, one suspended, one pinned to CPUs, one with devices, one whose owner asks. */
    private List<Server> servers() {
        List<Server> all = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            Servers server = Servers.named("server-" + i)
                    .on("compute" + i % hosts)
                    .pinnedTo("az" + i % hosts % 3)
                    .flavor(1024L << i % 7, 10L + i % 40, i % 3, 0)
                    .configDrive();
            switch (i % 10) {
                case 0 -> server.is("SHUTOFF", "stopped");
                case 1 -> server.is("PAUSED", "paused");
                case 2 -> server.is("SUSPENDED", "suspended");
                case 3 -> server.extraSpec("hw:cpu_policy", "dedicated").extraSpec("hw:mem_page_size", "1GB");
                case 4 -> server.extraSpec("pci_passthrough:alias", "gpu:1");
                case 5 -> server.metadata("maintenance", "ask");
                default -> server.tag("team:web");
            }
            all.add(server.make());
        }
        return all;
    }

    private Estate estate(List<Server> all) {
        List<ComputeService> services = new ArrayList<>();
        List<Hypervisor> hypervisors = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            String host = "compute" + i;
            services.add(new ComputeService("s" + i, host, "az" + i % 3, true, true, false, null, null));
            hypervisors.add(new Hypervisor(
                    "h" + i, host, host, "QEMU", 8_002_002, true, true, null, null, null, null, null, null, "EPYC"));
        }
        Map<String, String> whereabouts = new HashMap<>();
        all.forEach(server -> whereabouts.put(server.id(), server.host()));
        List<ServerGroup> groups = new ArrayList<>();
        for (int i = 0; i + MEMBERS <= all.size(); i += MEMBERS) {
            List<String> members =
                    all.subList(i, i + MEMBERS).stream().map(Server::id).toList();
            groups.add(new ServerGroup("g" + i, "group-" + i, "anti-affinity", members, null, 1));
        }
        return Estate.UNKNOWN
                .newest(Microversion.of(96))
                .services(services)
                .hypervisors(hypervisors)
                .groups(groups, whereabouts);
    }
}
