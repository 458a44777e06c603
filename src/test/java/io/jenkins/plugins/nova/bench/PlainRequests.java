package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What Nova itself takes to empty a host: plain requests by somebody who knows what is to be done, sees each arrival at once, and
 * has no care. Some ways all at once, others one server after the other.
 */
final class PlainRequests {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration BOUND = Duration.ofHours(12);

    private PlainRequests() {}

    /**
     * Empties the host in a cloud of its own.
     *
     * @param host what is to be emptied
     * @param inTurn the ways of which no two servers are moved at once; of all others all are asked for at once
     */
    static Moved move(FullHost host, Set<Way> inTurn) {
        try (SimulatedCloud cloud = host.careless()) {
            TestClient admin = TestClient.as(cloud, "admin");
            Deque<Map.Entry<String, Way>> turn = new ArrayDeque<>();
            host.servers().entrySet().forEach(each -> {
                if (inTurn.contains(each.getValue())) {
                    turn.add(each);
                } else {
                    ask(cloud, admin, each);
                }
            });
            Map.Entry<String, Way> moving = null;
            Duration waited = Duration.ZERO;
            while (!Moved.all(host, cloud)) {
                if (moving == null || moving.getValue().arrived(cloud.server(moving.getKey()), FullHost.NAME)) {
                    moving = turn.poll();
                    if (moving != null) {
                        ask(cloud, admin, moving);
                    }
                }
                cloud.advance(LOOK);
                waited = waited.plus(LOOK);
                if (waited.compareTo(BOUND) > 0) {
                    throw new IllegalStateException("not over within " + BOUND + ": " + cloud.servers());
                }
            }
            return Moved.of(host, cloud);
        }
    }

    /** One server after the other. */
    static Moved oneAtATime(FullHost host) {
        return move(host, EnumSet.allOf(Way.class));
    }

    private static void ask(SimulatedCloud cloud, TestClient admin, Map.Entry<String, Way> server) {
        TestClient.Reply reply =
                admin.act(cloud.id(server.getKey()), server.getValue().request());
        if (reply.status() >= 300) {
            throw new IllegalStateException(server + ": " + reply.text());
        }
    }
}
