package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Everybody else in the cloud: owners, another tool with an admin's rights, and hosts that die and come back. */
final class Neighbours {

    private static final List<String> OWNERS = List.of(
            "os-stop",
            "os-start",
            "lock",
            "unlock",
            "pause",
            "unpause",
            "suspend",
            "resume",
            "confirmResize",
            "revertResize");
    /** Ids of m1.medium and m1.large; all have m1.small at first. */
    private static final List<String> FLAVORS = List.of("2", "3");

    private static final List<String> HOSTS = List.of("compute1", "compute2", "compute3");

    private final List<String> hosts;

    private final SimulatedCloud cloud;
    private final Random random;
    private final TestClient owner;
    private final TestClient robot;
    private final List<String> story;
    private final Set<String> touched = new HashSet<>();
    /** By their owners; to be confirmed or reverted, if they are there yet. */
    private final List<String> resized = new ArrayList<>();

    private final Set<String> down = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private boolean hostsDied;
    private int left;

    /**
     * @param events how many things they do in all
     * @param story gets a line for each
     */
    Neighbours(SimulatedCloud cloud, Random random, int events, List<String> story) {
        this(cloud, HOSTS, random, events, story);
    }

    /** @param hosts where they act */
    Neighbours(SimulatedCloud cloud, List<String> hosts, Random random, int events, List<String> story) {
        this.hosts = hosts;
        this.cloud = cloud;
        this.random = random;
        this.left = events;
        this.story = story;
        owner = TestClient.as(cloud, "demo");
        robot = TestClient.as(cloud, "robot", "admin");
    }

    /** Time passes, and they act in the middle of it. */
    void pass(Duration time) {
        Duration rest = time;
        while (left > 0 && random.nextInt(3) == 0) {
            Duration part = Duration.ofMillis((long) (rest.toMillis() * random.nextDouble()));
            cloud.advance(part);
            rest = rest.minus(part);
            left--;
            act();
        }
        cloud.advance(rest);
        if (left == 0 && !down.isEmpty()) {
            down.forEach(this::restart);
            down.clear();
        }
    }

    private void act() {
        if (!resized.isEmpty() && random.nextBoolean()) {
            String id = resized.get(random.nextInt(resized.size()));
            String action = random.nextBoolean() ? "confirmResize" : "revertResize";
            int status = owner.act(id, "{'" + action + "':null}").status();
            tell("owner asks " + action + " of the resized " + id + ": " + status);
            return;
        }
        int what = random.nextInt(26);
        if (what < 2) {
            host();
            return;
        }
        List<ServerState> all = cloud.servers();
        if (all.isEmpty()) {
            return;
        }
        ServerState server = all.get(random.nextInt(all.size()));
        touched.add(server.id());
        if (what < 5) {
            tell("owner deletes " + server.name() + " on " + server.host() + ", " + server.status());
            deleted.add(server.id());
            cloud.delete(server.id());
        } else if (what < 11) {
            String flavor = FLAVORS.get(random.nextInt(FLAVORS.size()));
            int status = owner.act(server.id(), "{'resize':{'flavorRef':'" + flavor + "'}}")
                    .status();
            if (status == 202) {
                resized.add(server.id());
            }
            tell("owner resizes " + server.name() + " on " + server.host() + " to flavor " + flavor + ": " + status);
        } else if (what < 20) {
            String action = OWNERS.get(random.nextInt(OWNERS.size()));
            int status = owner.act(server.id(), "{'" + action + "':null}").status();
            tell("owner asks " + action + " of " + server.name() + ": " + status);
        } else if (what < 23) {
            String target = hosts.get(random.nextInt(hosts.size()));
            int status = robot.act(server.id(), "{'os-migrateLive':{'host':'" + target + "','block_migration':'auto'}}")
                    .status();
            tell("another tool moves " + server.name() + " live to " + target + ": " + status);
        } else {
            String target = hosts.get(random.nextInt(hosts.size()));
            int status = robot.act(server.id(), "{'migrate':{'host':'" + target + "'}}")
                    .status();
            tell("another tool moves " + server.name() + " cold to " + target + ": " + status);
        }
    }

    private void host() {
        String host = hosts.get(random.nextInt(hosts.size()));
        hostsDied = true;
        if (down.remove(host)) {
            restart(host);
        } else {
            down.add(host);
            tell(host + " dies");
            cloud.kill(host);
        }
    }

    private void restart(String host) {
        tell(host + " starts again");
        cloud.restart(host);
    }

    private void tell(String what) {
        story.add(cloud.clock().instant() + "  " + what);
    }

    /** Servers that somebody did something to. */
    Set<String> touched() {
        return touched;
    }

    Set<String> deleted() {
        return deleted;
    }

    boolean hostsDied() {
        return hostsDied;
    }
}
