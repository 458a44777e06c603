package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.simulator.Overload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How long a host takes to be emptied, from the first request for a move to the last arrival, against what Nova itself takes for
 * the same host. Local disks are copied one server after the other there, for each guest is down meanwhile; all else is asked
 * for at once.
 */
final class MakespanBenchmark implements Benchmark {

    /** MiB a second. */
    private static final double LINK = 1_000;

    /** What one guest's copying can do of it. */
    private static final double ONE_COPY = 400;

    /** Of which no two are moved at once by whoever cares for their guests. */
    private static final Set<Way> IN_TURN = EnumSet.of(Way.DISK);

    private final String kind;
    private final String limit;
    private final FullHost host;

    /**
     * @param kind what is moved, for the line
     * @param limit what bounds it, for the line
     * @param host what is to be emptied
     */
    private MakespanBenchmark(String kind, String limit, FullHost host) {
        this.kind = kind;
        this.limit = limit;
        this.host = host;
    }

    /** All of them. */
    static List<Benchmark> all() {
        return List.of(
                live(12, 1),
                live(24, 4),
                new MakespanBenchmark("live", "link", copied(0).with(24, Way.LIVE)),
                new MakespanBenchmark(
                        "live",
                        "2then6",
                        new FullHost()
                                .host(h -> h.liveMigrations(2))
                                .changing(Duration.ofSeconds(15), cloud -> cloud.liveMigrations(FullHost.NAME, 6))
                                .with(36, Way.LIVE)),
                cold(20),
                refused("cold", Overload.NO_VALID_HOST, Way.COLD),
                refused("cold", Overload.MESSAGING_TIMEOUT, Way.COLD),
                new MakespanBenchmark(
                        "disk", "link", new FullHost().host(h -> h.link(LINK)).with(10, Way.DISK)),
                rebuilt(20),
                refused("rebuild", Overload.GATEWAY_TIMEOUT, Way.REBUILD),
                new MakespanBenchmark(
                        "mixed",
                        "2,link",
                        copied(2)
                                .fullSpeed(1)
                                .with(20, Way.LIVE)
                                .with(10, Way.DISK)
                                .with(10, Way.COLD)));
    }

    /** Live moves of 2 s a copy, so many at once. */
    static MakespanBenchmark live(int servers, int atOnce) {
        return new MakespanBenchmark(
                "live",
                Integer.toString(atOnce),
                new FullHost()
                        .host(h -> h.liveMigrations(atOnce))
                        .guests("m1.small", b -> b.liveSeconds(2))
                        .with(servers, Way.LIVE));
    }

    /** Cold moves without a disk to copy, of 2 s each, of which Nova's own part is 0.6 s: of that one goes at full speed. */
    static MakespanBenchmark cold(int servers) {
        return new MakespanBenchmark("cold", "load", new FullHost().fullSpeed(1).with(servers, Way.COLD));
    }

    /** Rebuilds of 1.7 s each while there are three of them at most. */
    static MakespanBenchmark rebuilt(int servers) {
        return new MakespanBenchmark(
                "rebuild",
                "load",
                new FullHost()
                        .fullSpeed(3)
                        .guests("m1.small", b -> b.spawnSeconds(1))
                        .with(servers, Way.REBUILD));
    }

    /** Twenty in a cloud that has enough to do with four, and no patience with more than eight. */
    private static MakespanBenchmark refused(String kind, Overload how, Way way) {
        return new MakespanBenchmark(
                kind, how.name(), new FullHost().fullSpeed(4).refusing(8, how).with(20, way));
    }

    /** Guests of 4 GiB that dirty some of it, over a link that two and a half copies fill. */
    private static FullHost copied(int atOnce) {
        return new FullHost()
                .host(h -> h.liveMigrations(atOnce).link(LINK))
                .guests("m1.medium", b -> b.copiesAt(ONE_COPY).dirties(10, 300));
    }

    @Override
    public List<Figure> run() {
        Moved floor = PlainRequests.move(host, IN_TURN);
        Moved oneAtATime = PlainRequests.oneAtATime(host);
        DrainRun ours = new DrainRun(host);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("makespan")
                .with("kind", kind)
                .with("limit", limit)
                .with("servers", host.size())
                .with("floor", seconds(floor.makespan()))
                .with("ours", seconds(ours.moved().makespan()))
                .with("ratio", ratio(ours.moved().makespan(), floor.makespan()))
                .with("total", seconds(ours.total()))
                .with("downtime", seconds(ours.moved().downtime()))
                .with("downtimeOfFloor", seconds(floor.downtime()))
                .with("downtimeOneAtATime", seconds(oneAtATime.downtime()))
                .with("queuedMax", ours.moved().queued())
                .with("requestsATick", ours.requestsATick())
                .with("requestsALook", ours.requestsALook())
                .with("savedBytesATick", ours.savedBytesATick()));
        if (host.count(Way.DISK) > 0) {
            Moved allAtOnce = PlainRequests.move(host, Set.of());
            figures.add(Figure.of("makespanAllAtOnce")
                    .with("kind", kind)
                    .with("servers", host.size())
                    .with("floor", seconds(allAtOnce.makespan()))
                    .with("downtimeOfFloor", seconds(allAtOnce.downtime())));
        }
        return figures;
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    private static String ratio(Duration one, Duration other) {
        return String.format(Locale.ROOT, "%.2f", (double) one.toMillis() / other.toMillis());
    }
}
