package io.jenkins.plugins.nova.rehearsal.twin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.simulator.CloudFile;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a drain does on the twin it does on the cloud. */
public class TwinTest {

    private static final String CLOUD = """
            {"hosts": ["c1", "c2", "c3", "c4"],
             "rates": {"live": {"seconds": 12}, "cold": {"seconds": 25}},
             "groups": {"db": {"policy": "anti-affinity", "members": ["db1", "db2", "db3"]}},
             "servers": {
               "db1": {"host": "c1", "flavor": "m1.large", "bootsFrom": "volume"}, "db2": {"host": "c2"}, "db3": {"host": "c3"},
               "web1": {"host": "c1"}, "web2": {"host": "c1"}, "web3": {"host": "c1"}, "web4": {"host": "c2"},
               "huge": {"host": "c1", "flavor": "r1.huge"}, "off": {"host": "c1", "status": "SHUTOFF"},
               "asleep": {"host": "c1", "status": "SUSPENDED"}, "asks": {"host": "c1", "metadata": {"maintenance": "ask"}},
               "away": {"host": "c2", "resizedFrom": "c1"}}}
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theDrainOfTheTwinIsTheDrainOfTheCloud() throws Exception {
        String call = "nodeEvacuate host: 'c1', confirm: 'auto', propagate: false";
        Instant now = Instant.now();
        try (SimulatedCloud cloud =
                CloudFile.parse("cloud.json", CLOUD).describe(now).start()) {
            // what was moved before tells how fast that is
            for (String server : new String[] {"web1", "web2", "web3"}) {
                assertEquals(
                        202, cloud.act("admin", server, "{'os-migrateLive':{'host':'c4','block_migration':'auto'}}"));
            }
            cloud.settle(Duration.ofHours(1));
            for (String server : new String[] {"web1", "web2", "web3"}) {
                assertEquals(
                        202, cloud.act("admin", server, "{'os-migrateLive':{'host':'c1','block_migration':'auto'}}"));
            }
            assertEquals(202, cloud.act("admin", "off", "{'migrate':{'host':'c4'}}"));
            cloud.settle(Duration.ofHours(1));
            assertEquals(204, cloud.act("admin", "off", "{'confirmResize':null}"));
            cloud.settle(Duration.ofHours(1));
            assertEquals(202, cloud.act("admin", "off", "{'migrate':{'host':'c1'}}"));
            cloud.settle(Duration.ofHours(1));
            assertEquals(204, cloud.act("admin", "off", "{'confirmResize':null}"));
            cloud.settle(Duration.ofHours(1));
            String file =
                    Drains.snapshot(cloud.environment("admin"), cloud.clock().instant());

            Drains.Result twin = Drains.onTwin(file, folder.newFolder(), call);
            Drains.Result same = Drains.on(cloud, folder.newFolder(), call);

            assertFalse(twin.console(), twin.fates().isEmpty());
            assertEquals(twin.console() + same.console(), same.fates(), twin.fates());
            double ratio = (double) twin.took().toMillis() / same.took().toMillis();
            assertTrue(twin.took() + " on the twin, " + same.took() + "\n" + file, ratio > 0.85 && ratio < 1.15);
        }
    }

    @Test
    public void whatStandsBesideNovaIsSetOnTheTwinAsOnTheCloud() throws Exception {
        String call =
                "nodeEvacuate host: 'compute1', confirm: 'auto', beside: ['masakari', 'cinder', 'neutron', 'octavia'],"
                        + " propagate: false";
        String example = Files.readString(Path.of("docs/examples/hyperconverged.json"));
        try (SimulatedCloud cloud =
                CloudFile.parse("cloud.json", example).describe(Instant.now()).start()) {
            String file =
                    Drains.snapshot(cloud.environment("admin"), cloud.clock().instant());

            Drains.Result twin = Drains.onTwin(file, folder.newFolder(), call);
            Drains.Result same = Drains.on(cloud, folder.newFolder(), call);

            assertEquals(twin.console() + same.console(), beside(same), beside(twin));
            for (String said : List.of(
                    "host compute1 of segment rack1",
                    "volume service compute1@ceph",
                    "L3 agent of compute1",
                    "office")) {
                assertTrue(said + "\n" + twin.console(), beside(twin).stream().anyMatch(line -> line.contains(said)));
            }
            assertEquals(outcomes(same), outcomes(twin));
            assertEquals("FAILED_OVER", outcomes(twin).get("amphora-1"));
            assertEquals("MOVED", outcomes(twin).get("web1"));
            assertTrue(twin.console(), cloud.onMaintenance("compute1"));
            assertEquals(List.of("compute2"), cloud.servedOn("office"));
        }
    }

    /** What the console says of the services, without when; in which order they are told does not matter. */
    private static List<String> beside(Drains.Result drain) {
        return drain.console()
                .lines()
                .filter(line -> line.matches(".*(Masakari|Cinder|Neutron).*"))
                .map(line -> line.replaceAll("\\d+ s\\b|req-[0-9a-f-]+|since [0-9TZ:-]+|step [0-9a-f]+", "…"))
                .sorted()
                .toList();
    }

    private static Map<String, String> outcomes(Drains.Result drain) {
        return drain.fates().entrySet().stream()
                .filter(fate ->
                        !fate.getKey().startsWith("amphora-0")) // one that Octavia has made has a name of chance
                .collect(Collectors.toMap(
                        Map.Entry::getKey, fate -> fate.getValue().outcome()));
    }

    @Test
    public void aRehearsalOnATwinGoesTheSameWayEachTime() throws Exception {
        String call = "nodeEvacuate host: 'c1', propagate: false";
        Drains.Result one = Drains.onTwin(CLOUD, folder.newFolder(), call);
        Drains.Result other = Drains.onTwin(CLOUD, folder.newFolder(), call);

        assertEquals(one.fates(), other.fates());
        assertEquals(one.took().toSeconds(), other.took().toSeconds(), 2);
    }
}
