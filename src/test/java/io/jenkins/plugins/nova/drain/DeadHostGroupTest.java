package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.Test;

/** Law 9: members of one anti-affinity group are rebuilt one at a time, or two of them may be given the same host. */
public class DeadHostGroupTest {

    @Test
    public void membersOfOneGroupAreEvacuatedOneAfterTheOther() {
        try (SimulatedCloud cloud = SimulatedCloud.builder()
                .group("db", "anti-affinity", "admin")
                .host("compute2")
                .host("compute3")
                .host("compute4")
                .host("compute1", h -> h.down())
                .server("db1", s -> s.volumeBacked().group("db"))
                .server("db2", s -> s.volumeBacked().group("db"))
                .server("web1", s -> s.volumeBacked())
                .server("web2", s -> s.volumeBacked())
                .start()) {
            cloud.advance(Duration.ofSeconds(1));
            DrainBench bench = new DrainBench(cloud)
                    .begin(Orders.empty("compute1").fenced().concurrency(4).make());
            Set<Integer> members = new HashSet<>();
            Set<Integer> all = new HashSet<>();
            bench.until(
                    () -> {
                        var underWay = bench.runner.state().in(ServerState.Stage.UNDER_WAY);
                        all.add(underWay.size());
                        members.add((int) underWay.stream()
                                .filter(server -> !server.antiAffinity().isEmpty())
                                .count());
                        return bench.last != null;
                    },
                    Duration.ofHours(1));
            assertEquals(bench.text(), HostOutcome.DONE, bench.last.outcome());
            assertTrue("a member was seen under way: " + members, members.contains(1));
            assertTrue("others go beside it: " + all, all.contains(3));
            assertTrue("never two members: " + members, !members.contains(2));
        }
    }
}
