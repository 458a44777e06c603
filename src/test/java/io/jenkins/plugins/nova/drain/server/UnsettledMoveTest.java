package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.migration;
import static io.jenkins.plugins.nova.drain.Look.of;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.PlannedAs;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.observe.Permission;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Verdict;
import org.junit.Test;

/** Law 14: a resize is its owner's to settle, unless the pipeline names its server; a cold migration is the operator's. */
public class UnsettledMoveTest {

    private static final Server VERIFY =
            Servers.named("a").on("compute2").is("VERIFY_RESIZE", "resized").make();
    private static final Migration MOVED = migration(7, "a", "migration", "finished");
    private static final Migration RESIZED = migration(7, "a", "resize", "finished");

    private static ServerState ended(Orders orders, Migration migration) {
        ServerState server =
                with(waiting("a", Action.SKIP), edit -> edit.planned = PlannedAs.of(VERIFY, Verdict.skip("")));
        DrainState state = drain(orders, server);
        return new UnsettledMove(state, Permission.of(state)).ended(server, VERIFY, migration, NOW);
    }

    @Test
    public void aColdMigrationWaitsForWhoeverDrainsTheHost() {
        ServerState server = ended(Orders.empty("compute1"), MOVED);
        assertEquals(
                "AWAITING_CONFIRM: left this host before, not asked for by this step, and waits in VERIFY_RESIZE on"
                        + " compute2 (migration 7); its old disks are still on compute1",
                told(server));
        assertEquals("compute1", server.source());
        assertEquals("compute2", server.to());
        assertEquals(Long.valueOf(7), server.migration());
        assertEquals("confirmResize or revertResize it before the host is switched off.", server.hint());
        String ours = told(ended(Orders.empty("compute1"), of("u-ops", MOVED)));
        assertTrue(ours, ours.contains("asked for by this credential's user"));
    }

    @Test
    public void aResizeWaitsForItsOwner() {
        ServerState server = ended(Orders.empty("compute1"), RESIZED);
        assertEquals(
                "AWAITING_OWNER: was resized by its owner and waits for the owner's word in VERIFY_RESIZE on compute2"
                        + " (migration 7); its old disks are still on compute1",
                told(server));
        assertTrue(server.hint(), server.hint().contains("approve: ['id-a']"));
        String whose = told(ended(Orders.empty("compute1"), of("u-owner", RESIZED)));
        assertTrue(whose, whose.contains("resized by its owner (user u-owner) and"));
    }

    @Test
    public void aResizeThatThePipelineNamesMayBeSettledByIt() {
        for (String reference : new String[] {"a", "*"}) {
            ServerState server = ended(Orders.empty("compute1").approve(reference), RESIZED);
            assertTrue(told(server), told(server).startsWith("AWAITING_CONFIRM: was resized by its owner"));
            assertEquals("confirmResize or revertResize it before the host is switched off.", server.hint());
        }
        String other = told(ended(Orders.empty("compute1").approve("b"), RESIZED));
        assertTrue(other, other.startsWith("AWAITING_OWNER"));
    }
}
