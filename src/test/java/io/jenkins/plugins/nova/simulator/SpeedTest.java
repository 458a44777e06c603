package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.After;
import org.junit.Test;

/** What bounds how fast a cloud moves servers: Nova's limit, the link, and how much there is to do. */
public class SpeedTest {
    private static final String LIVE = "{'os-migrateLive':{'host':null,'block_migration':'auto'}}";
    private static final String COLD = "{'migrate':null}";
    private static final String EVACUATE = "{'evacuate':{}}";

    private SimulatedCloud cloud;
    private TestClient admin;
    private Instant begun;

    @After
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private void cloud(int servers, Consumer<HostBuilder> host, Consumer<ServerBuilder> server) {
        cloud(SimulatedCloud.builder(), servers, host, server);
    }

    private void cloud(CloudBuilder builder, int servers, Consumer<HostBuilder> host, Consumer<ServerBuilder> server) {
        close();
        builder.flavor("tiny", 1, 1_000, 10, Map.of()).host("compute1", host);
        for (int i = 1; i <= servers; i++) {
            builder.server("s" + i, s -> server.accept(s.flavor("tiny")));
        }
        cloud = builder.host("compute2").start();
        admin = TestClient.as(cloud, "admin");
        begun = cloud.clock().instant();
    }

    private void ask(String action, int first, int last) {
        for (int i = first; i <= last; i++) {
            int status = admin.act(cloud.id("s" + i), action).status();
            assertTrue("" + status, status < 300);
        }
    }

    private int in(String status) {
        return Collections.frequency(
                cloud.migrations().stream().map(MigrationState::status).toList(), status);
    }

    private void pass(double seconds) {
        cloud.advance(Duration.ofMillis((long) (seconds * 1_000)));
    }

    /** Seconds from the beginning to the last change of a server. */
    private double lasted(String server) {
        return Duration.between(begun, cloud.server(server).updated()).toMillis() / 1e3;
    }

    @Test
    public void soManyLiveMigrationsRunAtOnceAndTheOthersAreQueued() {
        for (List<Integer> row : List.of(List.of(1, 1, 5), List.of(4, 4, 2), List.of(0, 6, 0), List.of(9, 6, 0))) {
            cloud(6, h -> h.liveMigrations(row.get(0)), s -> {});
            ask(LIVE, 1, 6);
            pass(1.5);
            assertEquals(row.toString(), (int) row.get(1), in("running"));
            assertEquals(row.toString(), (int) row.get(2), in("queued"));
            assertEquals(row.toString(), (int) row.get(2), cloud.mostLiveQueued("compute1"));
            cloud.settle(Duration.ofMinutes(1));
            assertEquals(row.toString(), 6, in("completed"));
        }
    }

    @Test
    public void theNextOneBeginsWhenAnyOfThoseThatRunHasEndedInWhateverWay() {
        cloud(4, h -> h.liveMigrations(2), s -> s.behaviour(b -> b.liveSeconds(60)));
        ask(LIVE, 1, 4);
        pass(2);
        assertEquals(2, in("running"));
        cloud.behaviour("s1").fails(Operation.LIVE);
        assertEquals(
                202,
                admin.delete("/servers/" + cloud.id("s2") + "/migrations/2").status());
        pass(1);
        assertEquals(List.of("running", "cancelled", "running", "queued"), statuses());
        pass(58.5);
        assertEquals(List.of("failed", "cancelled", "running", "running"), statuses());
        cloud.settle(Duration.ofMinutes(5));
        assertEquals(2, in("completed"));
    }

    private List<String> statuses() {
        return cloud.migrations().stream().map(MigrationState::status).toList();
    }

    @Test
    public void aLimitThatIsChangedHoldsFromThenOn() {
        cloud(6, h -> {}, s -> s.behaviour(b -> b.liveSeconds(30)));
        ask(LIVE, 1, 6);
        pass(5);
        assertEquals(1, in("running"));
        cloud.liveMigrations("compute1", 3);
        pass(1);
        assertEquals(3, in("running"));
        cloud.liveMigrations("compute1", 1);
        pass(60);
        assertEquals(1, in("running"));
        assertEquals(2, in("queued"));
    }

    @Test
    public void theHostThatIsMovedToHasNoSayInIt() {
        cloud(3, h -> h.liveMigrations(3), s -> {});
        ask(LIVE, 1, 3);
        pass(1.5);
        assertEquals(3, in("running"));
    }

    /** 1000 MiB each over 100 MiB a second: 10 s for one, whoever else is copied has to be waited for. */
    @Test
    public void liveCopiesShareTheLinkEqually() {
        cloud(2, h -> h.liveMigrations(0).link(100), s -> {});
        ask(LIVE, 1, 1);
        pass(0.81 + 5);
        ask(LIVE, 2, 2);
        cloud.settle(Duration.ofMinutes(1));
        // half of the first was copied alone; its second half took twice as long, but for the last half second's worth
        assertEquals(0.8 + 5 + 10, lasted("s1"), 2);
        assertEquals(0.8 + 20, lasted("s2"), 2);
        assertTrue(lasted("s1") < lasted("s2") - 2);
    }

    @Test
    public void whatACopyCannotTakeTheOthersHave() {
        cloud(2, h -> h.liveMigrations(0).link(100), s -> {});
        cloud.behaviour("s1").copiesAt(20);
        ask(LIVE, 1, 2);
        cloud.settle(Duration.ofMinutes(2));
        assertEquals(0.8 + 50, lasted("s1"), 1.5);
        assertEquals(0.8 + 12.5, lasted("s2"), 1.5);
    }

    @Test
    public void anAbortedCopyLeavesTheLinkToTheOthers() {
        cloud(2, h -> h.liveMigrations(0).link(100), s -> {});
        ask(LIVE, 1, 2);
        pass(5.8);
        assertEquals(
                202,
                admin.delete("/servers/" + cloud.id("s1") + "/migrations/1").status());
        cloud.settle(Duration.ofMinutes(2));
        assertEquals("compute1", cloud.server("s1").host());
        assertEquals(0.8 + 5 + 7.5, lasted("s2"), 1.5);
    }

    /** 10 GiB each over 1024 MiB a second. */
    @Test
    public void coldCopiesOfLocalDisksShareTheLinkAndTheirGuestsAreDownMeanwhile() {
        cloud(2, h -> h.link(1_024), s -> {});
        ask(COLD, 1, 1);
        cloud.settle(Duration.ofMinutes(2));
        double alone = lasted("s1");
        assertEquals(10 + 2, alone, 0.5);
        assertEquals(10 + 1.5, cloud.downtime("s1").toMillis() / 1e3, 0.5);
        cloud(2, h -> h.link(1_024), s -> {});
        ask(COLD, 1, 2);
        cloud.settle(Duration.ofMinutes(2));
        assertEquals(alone + 10, lasted("s1"), 0.1);
        assertEquals(alone + 10, lasted("s2"), 0.1);
        assertEquals(20 + 1.5, cloud.downtime("s2").toMillis() / 1e3, 0.5);
    }

    @Test
    public void whatHasNoLocalDiskDoesNotUseTheLink() {
        cloud(2, h -> h.link(1_024), s -> s.volumeBacked());
        ask(COLD, 1, 2);
        cloud.settle(Duration.ofMinutes(2));
        assertEquals(2, lasted("s2"), 0.1);
    }

    @Test
    public void aLinkMayBecomeSlowerAndFailMeanwhile() {
        cloud(1, h -> h.link(1_024), s -> {});
        ask(COLD, 1, 1);
        pass(1.7 + 5);
        cloud.link("compute1", 512);
        pass(5);
        cloud.link("compute1", 0);
        pass(100);
        assertEquals("RESIZE", cloud.server("s1").status());
        cloud.link("compute1", 512);
        cloud.settle(Duration.ofMinutes(2));
        assertEquals(1.7 + 5 + 5 + 100 + 5, lasted("s1"), 1);
    }

    @Test
    public void withoutALinkNoCopySlowsAnother() {
        cloud(6, h -> h.liveMigrations(0), s -> {});
        ask(LIVE, 1, 1);
        cloud.settle(Duration.ofMinutes(1));
        double alone = lasted("s1");
        cloud(6, h -> h.liveMigrations(0), s -> {});
        ask(LIVE, 1, 6);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals(alone, lasted("s6"), 0.01);
    }

    private void dead(CloudBuilder builder, int servers) {
        cloud(builder, servers, HostBuilder::down, s -> {});
    }

    @Test
    public void moreOperationsThanTheCloudCanDoAreSlowerInProportion() {
        for (String action : List.of(COLD, EVACUATE)) {
            double[] times = new double[3];
            int[] atOnce = {1, 3, 12};
            for (int i = 0; i < times.length; i++) {
                CloudBuilder builder = SimulatedCloud.builder().fullSpeed(3);
                if (action.equals(EVACUATE)) {
                    dead(builder, 12);
                } else {
                    cloud(builder, 12, h -> {}, s -> s.volumeBacked());
                }
                ask(action, 1, atOnce[i]);
                cloud.settle(Duration.ofMinutes(2));
                times[i] = lasted("s" + atOnce[i]);
                assertEquals(atOnce[i], cloud.mostOperations());
                if (action.equals(COLD)) {
                    assertEquals(1.32, cloud.downtime("s" + atOnce[i]).toMillis() / 1e3, 0.01);
                }
            }
            assertEquals(action, times[0], times[1], 0.01);
            // of a cold move the 0.61 s until the guest is taken down
            double work = action.equals(COLD) ? 0.61 : times[0];
            assertEquals(action, times[0] + work * 3, times[2], 0.1);
        }
    }

    @Test
    public void copyingIsNoOperation() {
        cloud(
                SimulatedCloud.builder().fullSpeed(1),
                2,
                h -> h.liveMigrations(0),
                s -> s.behaviour(b -> b.liveSeconds(60)));
        ask(LIVE, 1, 1);
        pass(3);
        ask(LIVE, 2, 2);
        cloud.settle(Duration.ofMinutes(3));
        assertEquals(60.8, lasted("s1"), 0.3);
        assertEquals(3 + 60.8, lasted("s2"), 0.3);
    }

    @Test
    public void tooMuchAtOnceIsRefusedAndPasses() {
        for (String action : List.of(LIVE, COLD, EVACUATE)) {
            for (Overload how : Overload.values()) {
                CloudBuilder builder = SimulatedCloud.builder().overload(2, how);
                if (action.equals(EVACUATE)) {
                    dead(builder, 4);
                } else {
                    cloud(builder, 4, h -> {}, s -> {});
                }
                ask(action, 1, 3);
                TestClient.Reply reply = admin.act(cloud.id("s4"), action);
                String what = action + how + reply.text();
                switch (how) {
                    case NO_VALID_HOST -> assertTrue(what, reply.status() < 300);
                    case MESSAGING_TIMEOUT -> {
                        assertEquals(what, 500, reply.status());
                        assertTrue(what, reply.message().contains("MessagingTimeout"));
                    }
                    case GATEWAY_TIMEOUT -> assertEquals(what, 504, reply.status());
                    default -> throw new AssertionError(how);
                }
                cloud.settle(Duration.ofMinutes(1));
                assertEquals(what, how == Overload.GATEWAY_TIMEOUT, moved("s4"));
                if (how == Overload.NO_VALID_HOST) {
                    String details = admin.action(cloud.id("s4"), reply)
                            .path("events")
                            .path(0)
                            .path("details")
                            .asText();
                    assertTrue(what + details, details.startsWith("No valid host was found."));
                    assertTrue(what, in("error") > 0);
                }
                if (how != Overload.GATEWAY_TIMEOUT) {
                    ask(action, 4, 4);
                    cloud.settle(Duration.ofMinutes(1));
                    assertTrue(what, moved("s4"));
                }
            }
        }
    }

    private boolean moved(String server) {
        return cloud.server(server).host().equals("compute2");
    }

    @Test
    public void aGuestIsDownWhileItIsMovedColdOrRebuiltAndNotWhileItIsMovedLive() {
        cloud(1, h -> {}, s -> {});
        ask(LIVE, 1, 1);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals(Duration.ZERO, cloud.downtime("s1"));
        ask("{'migrate':null}", 1, 1);
        cloud.settle(Duration.ofMinutes(1));
        double there = cloud.downtime("s1").toMillis() / 1e3;
        assertEquals(1.32, there, 0.01);
        pass(100);
        assertEquals(there, cloud.downtime("s1").toMillis() / 1e3, 0);
        ask("{'revertResize':null}", 1, 1);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals(there + 0.77, cloud.downtime("s1").toMillis() / 1e3, 0.01);
    }

    @Test
    public void aDeadHostsGuestIsDownFromItsDeathToItsSpawning() {
        cloud(2, h -> {}, s -> {});
        pass(10);
        cloud.kill("compute1");
        pass(61);
        ask(EVACUATE, 1, 1);
        pass(10);
        assertEquals(61 + 1.15, cloud.downtime("s1").toMillis() / 1e3, 0.01);
        assertEquals(71, cloud.downtime("s2").toMillis() / 1e3, 0);
        cloud.restart("compute1");
        pass(10);
        assertEquals(71, cloud.downtime("s2").toMillis() / 1e3, 0);
    }

    @Test
    public void whatDidNotRunIsNotDown() {
        cloud(1, h -> {}, s -> s.status("SHUTOFF"));
        ask(COLD, 1, 1);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals(Duration.ZERO, cloud.downtime("s1"));
    }
}
