package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.simulator.Behaviour;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.HostBuilder;
import io.jenkins.plugins.nova.simulator.Overload;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A host that is to be emptied, with its servers; a cloud around it that has room for them all. Can be made any number of times. */
final class FullHost {

    static final String NAME = "compute1";

    /** Of CPUs, MiB and GiB: ample. */
    private static final int ROOM = 64 * 1_024 * 1_024;

    private final Map<Way, Integer> counts = new EnumMap<>(Way.class);
    private Consumer<HostBuilder> host = h -> {};
    private Consumer<Behaviour> guests = b -> {};
    private String flavor = "m1.small";
    private int fullSpeed;
    private int refusesBeyond;
    private Overload refusal;
    private Duration later;
    private Consumer<SimulatedCloud> change;

    /** So many servers more of a way. */
    FullHost with(int servers, Way way) {
        counts.put(way, servers);
        return this;
    }

    /** Its nova.conf and its link. */
    FullHost host(Consumer<HostBuilder> how) {
        host = how;
        return this;
    }

    /** How its guests behave, and their size. */
    FullHost guests(String theirFlavor, Consumer<Behaviour> how) {
        flavor = theirFlavor;
        guests = how;
        return this;
    }

    /** So many operations for moves go at full speed in this cloud. */
    FullHost fullSpeed(int operations) {
        fullSpeed = operations;
        return this;
    }

    /** With more operations for moves than so many under way the cloud refuses what {@link #careless} knows nothing of. */
    FullHost refusing(int beyond, Overload how) {
        refusesBeyond = beyond;
        refusal = how;
        return this;
    }

    /** Something changes so long after the cloud was made. */
    FullHost changing(Duration after, Consumer<SimulatedCloud> what) {
        later = after;
        change = what;
        return this;
    }

    int size() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many of a way. */
    int count(Way way) {
        return counts.getOrDefault(way, 0);
    }

    /** Whether the host is dead. */
    boolean dead() {
        return counts.containsKey(Way.REBUILD);
    }

    /** The servers by name, each with its way; the ways take turns as far as there are servers of each. */
    Map<String, Way> servers() {
        Map<String, Way> servers = new LinkedHashMap<>();
        for (int i = 1; i <= size(); i++) {
            for (Way way : counts.keySet()) {
                if (i <= counts.get(way)) {
                    servers.put(way.name().toLowerCase(Locale.ROOT) + i, way);
                }
            }
        }
        return servers;
    }

    /** A cloud with it, in driven time; a host that is dead has been so for long enough to read down. */
    SimulatedCloud cloud() {
        SimulatedCloud cloud = careless();
        cloud.overload(refusesBeyond, refusal);
        return cloud;
    }

    /** The same, which takes whatever it is asked for: who asks for all at once has nobody to ask again. */
    SimulatedCloud careless() {
        CloudBuilder builder = SimulatedCloud.builder()
                .fullSpeed(fullSpeed)
                .host("spare", h -> h.capacity(ROOM, ROOM, ROOM))
                .host(NAME, h -> host.accept(h.capacity(ROOM, ROOM, ROOM)));
        servers()
                .forEach((name, way) -> builder.server(name, s -> {
                    way.describe(s);
                    s.flavor(flavor).behaviour(guests);
                }));
        SimulatedCloud cloud = builder.start();
        if (dead()) {
            cloud.kill(NAME);
            cloud.advance(Duration.ofSeconds(61));
        }
        if (change != null) {
            cloud.after(later, () -> change.accept(cloud));
        }
        return cloud;
    }
}
