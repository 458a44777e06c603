package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import hudson.ExtensionList;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import hudson.security.ACL;
import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.step.controller.SomeAgents.Agent;
import io.jenkins.plugins.nova.step.controller.SomeAgents.Blocked;
import java.io.File;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Which agents a build may have look at guests: those that {@code node} would give it an executor on. */
public class WatchingAgentTest {

    @Rule
    public final SomeAgents agents = new SomeAgents();

    private final Run<?, ?> build = RehearsedRun.begin("ops/night", new File("target/watching-agent"));

    private static GuestOrder from(String agent) {
        return new GuestOrder(Map.of("db1", GuestAddress.parse("tcp://10.0.0.5:5432")), false, agent);
    }

    private String refused(String agent) {
        return assertThrows(AbortException.class, () -> WatchingAgent.checkBuild(from(agent), build, true))
                .getMessage();
    }

    private static void has(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text + "\nlacks " + part, text.contains(part));
        }
    }

    @Test
    public void whatMayNotBeUsedIsRefusedWithTheWayOut() {
        agents.add("tenant-net");
        agents.add("secret-net").objects("this node takes builds of folder 'b' alone");
        agents.add("away").reachedBy(null);
        has(
                refused("tenant"),
                "watchFrom: 'tenant' will not do; this Jenkins has no agent of that name",
                "give 'away', 'secret-net', 'tenant-net', or 'built-in' for the controller.");
        has(
                refused("secret-net"),
                "watchFrom: 'secret-net' will not do; this build may not use that agent (this node takes builds of folder 'b'"
                        + " alone), as node('secret-net') could not either");
        has(refused("away"), "watchFrom: 'away' will not do; that agent is offline", "bring it online");
    }

    @Test
    public void whatMayBeUsedIsNot() throws Exception {
        agents.add("tenant-net");
        agents.add("away").reachedBy(null);
        WatchingAgent.checkBuild(from("tenant-net"), build, true);
        WatchingAgent.checkBuild(from(null), build, true);
        WatchingAgent.checkBuild(GuestOrder.NONE.from("nobody"), build, true);
        WatchingAgent.checkBuild(from("away"), build, false);
    }

    /** What may not be used is not offered either. */
    @Test
    public void whoLacksThePermissionIsRefused() throws Exception {
        agents.add("tenant-net").denied();
        agents.add("other-net");
        Authentication user = new TestingAuthenticationToken("carol", "secret");
        String refused = assertThrows(
                        AbortException.class, () -> WatchingAgent.checkBuild("tenant-net", build, user, true))
                .getMessage();
        has(refused, "this build may not use that agent (carol lacks the permission Agent/Build)");
        has(refused, "give 'other-net', or 'built-in' for the controller.");
        WatchingAgent.checkBuild("other-net", build, user, true);
        WatchingAgent.checkBuild("tenant-net", build, ACL.SYSTEM2, true);
    }

    /** As whatever else decides where a build goes. */
    @Test
    public void aDispatcherHasItsSay() throws Exception {
        QueueTaskDispatcher no = new QueueTaskDispatcher() {
            @Override
            public CauseOfBlockage canTake(Node node, Queue.BuildableItem item) {
                return item.task.getName().contains("night") ? new Blocked("not by night") : null;
            }
        };
        QueueTaskDispatcher broken = new QueueTaskDispatcher() {
            @Override
            public CauseOfBlockage canTake(Node node, Queue.BuildableItem item) {
                throw new IllegalStateException("broken");
            }
        };
        agents.add("tenant-net");
        ExtensionList.lookup(QueueTaskDispatcher.class).add(no);
        try {
            has(refused("tenant-net"), "this build may not use that agent (not by night)");
            ExtensionList.lookup(QueueTaskDispatcher.class).remove(no);
            ExtensionList.lookup(QueueTaskDispatcher.class).add(broken);
            has(refused("tenant-net"), "this build may not use that agent (it could not be found out: broken)");
        } finally {
            ExtensionList.lookup(QueueTaskDispatcher.class).remove(broken);
            ExtensionList.lookup(QueueTaskDispatcher.class).remove(no);
        }
        WatchingAgent.checkBuild(from("tenant-net"), build, true);
    }

    @Test
    public void itMayGoAndComeBack() {
        Agent agent = agents.add("tenant-net");
        assertTrue(WatchingAgent.exists("tenant-net"));
        assertTrue(WatchingAgent.exists("built-in"));
        assertNotNull(WatchingAgent.channel("tenant-net"));
        agent.reachedBy(null);
        assertNull(WatchingAgent.channel("tenant-net"));
        agents.remove(agent);
        assertNull(WatchingAgent.channel("tenant-net"));
        assertFalse(WatchingAgent.exists("tenant-net"));
        assertEquals("built-in", WatchingAgent.CONTROLLER);
    }
}
