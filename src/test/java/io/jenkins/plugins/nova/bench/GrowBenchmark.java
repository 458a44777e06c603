package io.jenkins.plugins.nova.bench;

import java.util.List;

/**
 * What a drain costs in all: requests, bytes of state saved, console lines. Of several sizes it shows what grows with the square of
 * the servers. Seven of ten are moved live, four at a time, the others cold with no disk to copy.
 */
final class GrowBenchmark implements Benchmark {

    private final int servers;

    /** @param servers on the host */
    GrowBenchmark(int servers) {
        this.servers = servers;
    }

    @Override
    public List<Figure> run() {
        int cold = servers * 3 / 10;
        DrainRun ours = new DrainRun(new FullHost()
                .host(h -> h.liveMigrations(4))
                .with(servers - cold, Way.LIVE)
                .with(cold, Way.COLD));
        return List.of(Figure.of("grow")
                .with("servers", servers)
                .with("requests", ours.requests())
                .with("requestsAServer", (double) ours.requests() / servers)
                .with("saves", ours.saves())
                .with("savedBytes", ours.savedBytes())
                .with("savedBytesAServer", ours.savedBytes() / servers)
                .with("savedBytesATick", ours.savedBytesATick())
                .with("lines", ours.lines())
                .with("linesAServer", (double) ours.lines() / servers)
                .with("total", ours.total().toMillis() / 1e3));
    }
}
