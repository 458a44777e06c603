package io.jenkins.plugins.nova.drain.observe;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.taken;
import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** What a look costs for a server whose request was taken and of which Nova shows no migration yet. */
public class ServerReadsTest {

    private final List<String> asked = new ArrayList<>();

    private final Nova nova = (Nova) Proxy.newProxyInstance(
            ServerReadsTest.class.getClassLoader(), new Class<?>[] {Nova.class}, (p, method, a) -> {
                asked.add(method.getName());
                return switch (method.getName()) {
                    case "action" -> new InstanceAction("migrate", "req-1", null, NOW, null, List.of());
                    case "migrations" -> Listed.of(List.of());
                    case "server" -> Servers.named("a").make();
                    default -> throw new AssertionError(method);
                };
            });

    private List<String> asked(Action action, Duration ago, Servers listed) {
        asked.clear();
        ServerState server = taken("a", action, NOW.minus(ago));
        ServerReads reads = new ServerReads(nova, new ArrayList<>());
        reads.follow(server, listed == null ? List.of() : List.of(listed.make()), NOW);
        assertEquals(asked.contains("action"), reads.events.containsKey(server.id()));
        return List.copyOf(asked);
    }

    /**
     * The list may be older than the request, and nothing is concluded from its row before {@link Limits#SETTLE} has passed: as
     * many requests as there are moves, at each look, would be for nothing, and keep Nova from what it was asked for.
     */
    @Test
    public void whyNothingIsShownIsAskedOnceThatMeansSomething() {
        Duration soon = Limits.SETTLE.minusMillis(1);
        for (Action action : List.of(Action.LIVE, Action.COLD, Action.REBUILD)) {
            String row = action.toString();
            assertEquals(row, List.of(), asked(action, Duration.ZERO, Servers.named("a")));
            assertEquals(row, List.of(), asked(action, soon, Servers.named("a")));
            assertEquals(row, List.of("migrations", "action"), asked(action, Limits.SETTLE, Servers.named("a")));
            Servers busy = Servers.named("a").task("resize_prep");
            assertEquals(row, List.of(), asked(action, soon, busy));
            assertEquals(row, List.of("migrations"), asked(action, Limits.SETTLE, busy));
        }
    }

    /** One that the list does not show is read alone: it may have been deleted meanwhile. */
    @Test
    public void whatIsNotListedIsReadAlone() {
        Duration soon = Limits.SETTLE.minusMillis(1);
        assertEquals(List.of("server"), asked(Action.COLD, soon, null));
        assertEquals(List.of("migrations", "server", "action"), asked(Action.COLD, Limits.SETTLE, null));
    }
}
