package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.filter.Filters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** One world, and one thing in it that is another: is it another plan to whoever approves it? */
@RunWith(Parameterized.class)
public class PlanHashTest {

    private static final boolean COVERED = true;
    private static final boolean NOT_COVERED = false;

    /** All that a plan is made from. */
    private record World(Wish wish, Estate estate, List<Server> servers) {

        static World ordinary() {
            return new World(
                    Wish.of(Route.BY_STATE),
                    Estates.up("compute1", "compute2", "compute3").hypervisors(List.of(hypervisor(4096L))),
                    List.of(web().make(), batch().make()));
        }

        World wish(UnaryOperator<Wish> change) {
            return new World(change.apply(wish), estate, servers);
        }

        World estate(UnaryOperator<Estate> change) {
            return new World(wish, change.apply(estate), servers);
        }

        World servers(Servers... all) {
            return new World(
                    wish, estate, List.of(all).stream().map(Servers::make).toList());
        }

        String hash() {
            return Filters.planner()
                    .plan("compute1", servers, new PlanContext(wish, estate), 2, Rates.ASSUMED)
                    .hash();
        }
    }

    private static Servers web() {
        return Servers.named("web1");
    }

    private static Servers batch() {
        return Servers.named("batch1").is("SHUTOFF", "stopped").power(4);
    }

    private static Flavor flavor(String name, long ramMiB) {
        return new Flavor(null, name, 1, ramMiB, 1, 0, 0, Map.of());
    }

    private static Hypervisor hypervisor(long usedMiB) {
        return new Hypervisor(
                "id-compute2", "compute2", "compute2", "QEMU", 1, true, true, null, 16, 2, 65536L, usedMiB, 3, null);
    }

    private static Object[] row(boolean covered, String what, UnaryOperator<World> change) {
        return new Object[] {what, covered, change};
    }

    /** What is another, and whether the hash shows it. */
    @Parameters(name = "{0}: {1}")
    public static List<Object[]> table() {
        return List.of(
                row(COVERED, "a server more", w -> w.servers(web(), batch(), Servers.named("web9"))),
                row(COVERED, "a server less", w -> w.servers(web())),
                row(
                        COVERED,
                        "another server of the same name",
                        w -> new World(
                                w.wish, w.estate, List.of(Servers.named("web1b").make(), batch().make()))),
                row(COVERED, "stopped: moved cold", w -> w.servers(web().is("SHUTOFF", "stopped"), batch())),
                row(COVERED, "suspended: blocked", w -> w.servers(web().is("SUSPENDED", "suspended"), batch())),
                row(COVERED, "its owner says cold", w -> w.servers(web().metadata("maintenance", "cold"), batch())),
                row(COVERED, "its owner says skip, by tag", w -> w.servers(web().tag("maintenance:skip"), batch())),
                row(COVERED, "resized to another flavor", w -> w.servers(web().flavor(flavor("huge", 999)), batch())),
                row(COVERED, "a target", w -> w.wish(wish -> wish.to("compute2"))),
                row(COVERED, "another route", w -> w.wish(wish -> Wish.of(Route.COLD))),
                row(COVERED, "block migration", w -> w.wish(wish -> wish.blockMigration(BlockMigration.FALSE))),
                row(COVERED, "the host is down", w -> w.estate(e -> Estates.down("compute1"))),
                row(
                        COVERED,
                        "no host without a member of its group is left",
                        w -> w.estate(e -> Estates.group(
                                e,
                                "anti-affinity",
                                1,
                                Map.of("web1", "compute1", "web2", "compute2", "web3", "compute3")))),
                row(NOT_COVERED, "tags that say nothing of maintenance", w -> w.servers(web().tag("blue"), batch())),
                row(NOT_COVERED, "metadata of another kind", w -> w.servers(web().metadata("team", "a"), batch())),
                row(NOT_COVERED, "the order of the list", w -> {
                    List<Server> turned = new ArrayList<>(w.servers);
                    Collections.reverse(turned);
                    return new World(w.wish, w.estate, turned);
                }),
                row(
                        NOT_COVERED,
                        "the order of the hosts",
                        w -> w.estate(e -> {
                            var turned = new ArrayList<>(e.services());
                            Collections.reverse(turned);
                            return e.services(turned);
                        })),
                row(
                        NOT_COVERED,
                        "the cordon itself",
                        w -> w.estate(e -> e.services(List.of(
                                Estates.service("compute1", false, true),
                                Estates.service("compute2", true, true),
                                Estates.service("compute3", true, true))))),
                row(NOT_COVERED, "free memory", w -> w.estate(e -> e.hypervisors(List.of(hypervisor(60000L))))),
                row(NOT_COVERED, "a fault of old", w -> w.servers(web().fault("No valid host was found."), batch())),
                row(NOT_COVERED, "a lock, which holds no admin", w -> w.servers(web().locked("mine"), batch())),
                row(NOT_COVERED, "a task that passes", w -> w.servers(web().task("image_snapshot"), batch())),
                row(
                        NOT_COVERED,
                        "paused: moved live all the same",
                        w -> w.servers(web().is("PAUSED", "paused"), batch())),
                row(
                        NOT_COVERED,
                        "one that is being deleted",
                        w -> w.servers(web(), batch(), Servers.named("old").task("deleting"))),
                row(
                        NOT_COVERED,
                        "its group, where there is room",
                        w -> w.estate(e ->
                                Estates.group(e, "anti-affinity", 1, Map.of("web1", "compute1", "web2", "compute2")))));
    }

    private final boolean covered;
    private final UnaryOperator<World> change;

    public PlanHashTest(String what, boolean covered, UnaryOperator<World> change) {
        this.covered = covered;
        this.change = change;
    }

    @Test
    public void theHashShowsWhatMattersAndNothingElse() {
        String before = World.ordinary().hash();
        String after = change.apply(World.ordinary()).hash();
        if (covered) {
            assertNotEquals(before, after);
        } else {
            assertEquals(before, after);
        }
    }
}
