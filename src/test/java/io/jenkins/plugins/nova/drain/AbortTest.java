package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Law 8 at every moment: an abort starts nothing more, ends as ABORTED and says where every server is. */
@RunWith(Parameterized.class)
public class AbortTest {

    private static final Duration SOON = Duration.ofMinutes(10);

    private final Moment moment;

    public AbortTest(Moment moment) {
        this.moment = moment;
    }

    @Parameters(name = "{0}")
    public static List<Moment> moments() {
        return List.of(Moment.values());
    }

    @Test
    public void anAbortStartsNothingMoreAndSaysWhereEveryServerIs() {
        try (SimulatedCloud cloud = moment.cloud()) {
            DrainBench bench = moment.run(cloud);
            int sent = cloud.audit().changes().size();
            bench.runner.stop("Aborted by Ann");
            aborted(bench, cloud, sent);
        }
    }

    @Test
    public void aSecondAbortWhileItStopsChangesNothing() {
        try (SimulatedCloud cloud = moment.cloud()) {
            DrainBench bench = moment.run(cloud);
            int sent = cloud.audit().changes().size();
            bench.runner.stop("Aborted by Ann");
            bench.executor.step();
            bench.runner.stop("Aborted by Ben");
            aborted(bench, cloud, sent);
        }
    }

    @Test
    public void anAbortAfterARestartBeforeTheFirstTickToo() {
        try (SimulatedCloud cloud = moment.cloud()) {
            DrainBench before = moment.reach(cloud);
            int sent = cloud.audit().changes().size();
            DrainBench bench = new DrainBench(cloud).resume(Moment.lastSaved(before));
            bench.runner.stop("Aborted by Ann");
            aborted(bench, cloud, sent);
        }
    }

    @Test
    public void twoRestartsInARowLoseNothing() {
        try (SimulatedCloud cloud = moment.cloud()) {
            String first = Moment.lastSaved(moment.reach(cloud));
            DrainBench second = new DrainBench(cloud).resume(first);
            second.executor.shutdown();
            String again = DrainCodec.write(second.runner.state());
            DrainBench third = new DrainBench(cloud).resume(again);
            DrainState last = third.finish(Duration.ofHours(8));
            try (SimulatedCloud undisturbed = moment.cloud()) {
                DrainState whole =
                        new DrainBench(undisturbed).begin(moment.order()).finish(Duration.ofHours(8));
                assertEquals(third.text(), whole.outcome(), last.outcome());
            }
        }
    }

    private static void aborted(DrainBench bench, SimulatedCloud cloud, int sent) {
        DrainState last = bench.finish(SOON);
        assertEquals(bench.text(), HostOutcome.ABORTED, last.outcome());
        assertTrue(last.message(), last.message().contains("Aborted by Ann"));
        List<AuditEntry> all = cloud.audit().changes();
        List<AuditEntry> later = all.subList(sent, all.size());
        assertTrue("nothing is started: " + later, later.isEmpty());
        for (ServerState server : last.servers()) {
            assertNotNull(server.name(), server.outcome());
            if (!server.outcome().good()) {
                assertTrue(last.message(), last.message().contains(server.name()));
                assertTrue(server.name() + " has a reason", !server.reason().isEmpty());
            }
        }
        boolean cordoned = !cloud.enabled("compute1");
        if (cordoned) {
            assertTrue(
                    last.message(),
                    last.message().contains("stays cordoned") || last.message().contains("may be disabled"));
        }
    }
}
