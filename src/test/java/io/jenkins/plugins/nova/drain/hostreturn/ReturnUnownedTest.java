package io.jenkins.plugins.nova.drain.hostreturn;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.Test;

/**
 * Masakari's host that is on maintenance when a nodeReturn opens it which knows no step that has set that: its record has no room for a
 * claim, so the build of the cordon's claim is asked, and otherwise it stays and is told.
 */
public class ReturnUnownedTest {

    private static final String HOST = "compute1";
    private static final String COMMAND = "openstack segment host update --on_maintenance False ";

    private static final class Known implements Holders {
        private final HostSetting setting;
        private final Duration late;

        /** @param late after the record was written; null where nothing is known of the step */
        Known(HostSetting setting, Duration late) {
            this.setting = setting;
            this.late = late;
        }

        @Override
        public Holding of(Claim claim) {
            return Holding.ENDED;
        }

        @Override
        public Optional<Instant> wrote(Claim claim, String service, String id) {
            assertEquals(ReturnBench.BY, claim.build());
            return late != null && service.equals("masakari") && id.equals(setting.id())
                    ? Optional.of(setting.changed().plus(late))
                    : Optional.empty();
        }
    }

    @Test
    public void whoseItIsTellsTheBuildThatClosedTheHost() {
        record Row(boolean held, Duration late, String reason, boolean back, boolean told) {}
        String cordon = Claim.PREFIX + ReturnBench.BY;
        for (Row row : new Row[] {
            new Row(true, Duration.ZERO, cordon, true, false),
            // it has been written since: by somebody else
            new Row(true, Duration.ofSeconds(-5), cordon, false, true),
            new Row(true, null, cordon, false, true),
            new Row(false, null, cordon, false, false),
            new Row(false, Duration.ZERO, cordon, false, false)
        }) {
            try (SimulatedCloud cloud = SimulatedCloud.builder()
                    .host("compute2")
                    .host(HOST)
                    .segment("rack1", HOST)
                    .start()) {
                if (row.held()) {
                    cloud.setOnMaintenance(HOST, true);
                }
                ReturnBench bench = new ReturnBench(cloud);
                HostSetting setting = bench.nova()
                        .hostSettings(HostSetting.Kind.INSTANCE_HA, HOST)
                        .get(0);
                bench.holders = new Known(setting, row.held() ? row.late() : null);
                bench.claims = true;
                bench.reason = row.reason();
                ReturnState last = bench.begin(null).finish(Duration.ofHours(2));
                assertEquals(row + bench.text(), ReturnOutcome.READY, last.outcome());
                assertTrue(cloud.enabled(HOST));
                assertEquals(row + bench.text(), row.held() && !row.back(), cloud.onMaintenance(HOST));
                assertEquals(
                        row + bench.text(),
                        row.told(),
                        bench.text().contains("is on maintenance, and nothing tells here who has set that")
                                && bench.text().contains(COMMAND));
            }
        }
    }

    /** nodeMaintenance knows its own drain, and looks for nothing. */
    @Test
    public void onlyWhoKnowsNothingElseAsks() {
        try (SimulatedCloud cloud = SimulatedCloud.builder()
                .host("compute2")
                .host(HOST)
                .segment("rack1", HOST)
                .start()) {
            cloud.setOnMaintenance(HOST, true);
            ReturnBench bench = new ReturnBench(cloud);
            bench.begin(null).finish(Duration.ofHours(2));
            assertFalse(bench.text(), bench.text().contains(COMMAND));
        }
    }
}
