package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.drain.DrainBench;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.controller.GuestConnects;
import java.time.Duration;
import java.util.function.Function;

/** A host all of whose servers are moved live while their guests are looked at; in driven time, on the engine as it is. */
final class WatchedHost implements AutoCloseable {

    static final String NAME = "compute1";
    private static final int AT_A_TIME = 8;

    private final SimulatedCloud cloud;
    private final Orders orders;
    private final DrainBench bench;

    /**
     * @param servers on the host
     * @param seconds that each is copied
     * @param guests how they answer, on this cloud
     */
    WatchedHost(int servers, double seconds, Function<SimulatedCloud, GuestConnects> guests) {
        CloudBuilder builder =
                SimulatedCloud.builder().host("compute2").host("compute3").host(NAME, h -> h.liveMigrations(AT_A_TIME));
        Orders watched = Orders.empty(NAME);
        for (int i = 0; i < servers; i++) {
            builder.server("guest" + i, s -> s.volumeBacked().behaviour(b -> b.liveSeconds(seconds)));
            watched.watching("guest" + i, "tcp://10.1." + i / 250 + "." + (i % 250 + 1) + ":22");
        }
        cloud = builder.start();
        orders = watched;
        bench = new DrainBench(cloud);
        bench.guests = guests.apply(cloud);
    }

    DrainBench drained() {
        bench.begin(orders.make()).finish(Duration.ofDays(7));
        return bench;
    }

    SimulatedCloud cloud() {
        return cloud;
    }

    @Override
    public void close() {
        cloud.close();
    }
}
