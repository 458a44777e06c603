package io.jenkins.plugins.nova.hosts;

import hudson.model.Item;
import io.jenkins.plugins.nova.drain.claim.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A page with all that a page can have, for a browser. */
final class SamplePage {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String ELSEWHERE = "https://other.example.org/";

    private SamplePage() {}

    /** Jobs that take a host, for whoever looks. */
    static void jobs(SomeController controller) {
        controller.job("maintenance/one-host", Set.of(Item.READ, Item.BUILD), "HOST");
        controller.job("maintenance/rescue-of-a-dead-host", Set.of(Item.READ, Item.BUILD), "HOST");
    }

    /** The page of a cloud with hosts of all kinds, read so long ago. */
    static HostsOfCloud of(int secondsAgo, String firstHost) {
        List<ReadHost> hosts = new ArrayList<>(
                List.of(
                        host(firstHost, true, true, false, null),
                        host(
                                "compute2.rack7.example.org",
                                true,
                                false,
                                false,
                                held("ops/nightly/host-maintenance#1204")),
                        host(
                                "compute3.rack7.example.org",
                                true,
                                false,
                                false,
                                "memory errors, see INC-4711; do not enable"),
                        host("compute4.rack7.example.org", false, false, true, "AUTO: Connection to libvirt lost: 1"),
                        host("compute5.rack7.example.org", true, false, false, null),
                        host(
                                "compute6.rack7.example.org",
                                true,
                                false,
                                false,
                                "nova-maintenance: ops/drain#12 for: CHG-1 failed: the job ops/reboot failed, see its console")));
        hosts.add(new ReadHost(
                "lost.example.org", "", List.of(), false, false, false, false, null, null, null, 0, Map.of()));
        for (int i = 7; i < 12; i++) {
            hosts.add(host("compute" + i + ".rack7.example.org", true, true, false, null));
        }
        CloudReading reading = new CloudReading(
                NOW.minusSeconds(secondsAgo),
                hosts,
                List.of(
                        new WaitingServer(
                                "11111111-2222-4333-8444-555555555555",
                                "billing-database-replica-0001",
                                firstHost,
                                "compute2.rack7.example.org",
                                NOW.minusSeconds(93784),
                                false),
                        new WaitingServer("2", "web1", firstHost, "compute3.rack7.example.org", null, true)),
                List.of("Nova cannot tell how lost.example.org stands: a cell does not answer."
                        + " Servers and moves of that cell may be missing here."));
        return new HostsOfCloud(
                "lab",
                new HostReadings.Seen(
                        NOW,
                        reading,
                        secondsAgo > 60 ? "https://keystone.example.org:5000/v3 has not answered within 60 s" : null,
                        secondsAgo > 60 ? NOW.minusSeconds(20) : null,
                        null));
    }

    /** The page of a cloud that is read for the first time. */
    static HostsOfCloud first() {
        return new HostsOfCloud("lab", new HostReadings.Seen(NOW, null, null, null, NOW.minusSeconds(3)));
    }

    private static String held(String build) {
        return new Claim(build, "1a2b3c4d", ELSEWHERE, NOW.minusSeconds(8000), "CHG0031337 firmware").reason();
    }

    private static ReadHost host(String name, boolean up, boolean enabled, boolean forcedDown, String reason) {
        return new ReadHost(
                name,
                name.hashCode() % 2 == 0 ? "east" : "west",
                List.of("rack7", "gpu-with-a-long-name"),
                true,
                up,
                enabled,
                forcedDown,
                reason,
                Claim.parse(reason).map(Holder::of).orElse(null),
                NOW.minusSeconds(up ? 4 : 4000),
                17,
                Map.of("ACTIVE", 14, "SHUTOFF", 2, "VERIFY_RESIZE", 1));
    }
}
