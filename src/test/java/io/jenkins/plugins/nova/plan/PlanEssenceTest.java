package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.filter.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** What of a plan is approved with its hash, and what is not. */
public class PlanEssenceTest {

    private static Plan plan(Wish wish, Estate estate, Server... servers) {
        return Filters.planner().plan("compute1", List.of(servers), new PlanContext(wish, estate), 2, Rates.ASSUMED);
    }

    private static Plan plan(Server... servers) {
        return plan(Wish.of(Route.BY_STATE), Estates.up("compute1"), servers);
    }

    private static Servers web() {
        return Servers.named("web1");
    }

    private static Server off() {
        return Servers.named("batch1").is("SHUTOFF", "stopped").power(4).make();
    }

    private static void assertSame(Server before, Server now) {
        assertEquals(plan(before, off()).hash(), plan(now, off()).hash());
    }

    @Test
    public void whatFlickersIsNotPartOfIt() {
        Server web = web().make();
        assertEquals(plan(web, off()).hash(), plan(off(), web).hash());
        assertSame(web, web().power(0).make());
        assertSame(web, web().task("image_snapshot").make());
        assertSame(web, web().is("PAUSED", "paused").make());
        assertSame(web, web().locked("do not touch").make());
        assertSame(web, web().fault("old trouble").make());
    }

    @Test
    public void howFastItGoesIsNotPartOfIt() {
        PlanContext context = new PlanContext(Wish.of(Route.BY_STATE), Estates.up("compute1"));
        List<Server> servers = List.of(web().make(), off());
        assertEquals(
                Filters.planner()
                        .plan("compute1", servers, context, 1, Rates.ASSUMED)
                        .hash(),
                Filters.planner()
                        .plan("compute1", servers, context, 9, Rates.ASSUMED)
                        .hash());
    }

    @Test
    public void aServerThatIsBeingDeletedIsNotPartOfIt() {
        assertEquals(
                plan(off()).hash(), plan(off(), web().task("deleting").make()).hash());
    }

    @Test
    public void serversAndWhatIsDoneWithThemArePartOfIt() {
        String hash = plan(web().make(), off()).hash();
        assertNotEquals(hash, plan(web().make()).hash());
        assertNotEquals(hash, plan(web().is("SHUTOFF", "stopped").make(), off()).hash());
        assertNotEquals(
                hash, plan(web().is("SUSPENDED", "suspended").make(), off()).hash());
        assertNotEquals(
                hash, plan(web().make(), off(), Servers.named("web9").make()).hash());
    }

    @Test
    public void theHostsStateAndTheTargetArePartOfIt() {
        Wish anywhere = Wish.of(Route.BY_STATE);
        Server suspended = web().is("SUSPENDED", "suspended").make();
        assertNotEquals(
                plan(anywhere, Estates.up("compute1"), suspended).hash(),
                plan(anywhere, Estates.down("compute1"), suspended).hash());
        assertNotEquals(
                plan(anywhere, Estates.up("compute1"), web().make()).hash(),
                plan(anywhere.to("compute2"), Estates.up("compute1"), web().make())
                        .hash());
    }

    @Test
    public void howDisksAreTreatedIsPartOfItWhereSomethingMovesLive() {
        Wish auto = Wish.of(Route.BY_STATE);
        Wish shared = auto.blockMigration(BlockMigration.FALSE);
        Estate up = Estates.up("compute1");
        assertNotEquals(
                plan(auto, up, web().fromVolume().make()).hash(),
                plan(shared, up, web().fromVolume().make()).hash());
        assertEquals(plan(auto, up, off()).hash(), plan(shared, up, off()).hash());
    }

    @Test
    public void sharedStorageIsPartOfItWhereItDecides() {
        Wish rebuild = Wish.of(Route.REBUILD);
        Estate down = Estates.down("compute1");
        assertNotEquals(
                plan(rebuild, down, web().make()).hash(),
                plan(rebuild.onSharedStorage(), down, web().make()).hash());
        assertNotEquals(
                plan(rebuild, down, web().make()).hash(),
                plan(rebuild.losing("id-web1"), down, web().make()).hash());
    }

    @Test
    public void aRebuildIsTheSameBeforeAndAfterTheHostReadsDown() {
        Wish rebuild = Wish.of(Route.REBUILD).onSharedStorage();
        assertEquals(
                plan(rebuild, Estates.up("compute1"), web().make()).hash(),
                plan(rebuild, Estates.down("compute1"), web().make()).hash());
    }

    private static PlanEssence essence(PlanLine... lines) {
        return new PlanEssence(Map.of("host", "compute1"), List.of(lines));
    }

    private static PlanLine line(String name, Action action, String status) {
        return new PlanLine("id-" + name, name, action, "m1.small", status);
    }

    @Test
    public void theDifferenceIsToldLineByLine() {
        PlanEssence approved = essence(
                        line("batch1", Action.COLD, "SHUTOFF"),
                        line("db1", Action.LIVE, "ACTIVE"),
                        line("web1", Action.LIVE, "ACTIVE"))
                .on("blockMigration", "auto");
        PlanEssence now = essence(
                        line("db1", Action.LIVE, "PAUSED"),
                        line("web1", Action.COLD, "SHUTOFF"),
                        line("web9", Action.LIVE, "ACTIVE"))
                .on("blockMigration", "true");
        List<String> changes = new ArrayList<>(now.since(approved));
        assertEquals(
                List.of(
                        "~ blockMigration: auto -> true",
                        "~ web1: LIVE -> COLD (is SHUTOFF now)",
                        "+ LIVE web9 (new on the host)",
                        "- COLD batch1 (gone)"),
                changes);
        assertEquals(List.of(), approved.since(approved));
    }

    @Test
    public void aResizeIsToldByItsFlavorsAndAnOldPlanWithoutThemIsNotDoubted() {
        PlanEssence now = essence(new PlanLine("id-web1", "web1", Action.LIVE, "m1.large", "ACTIVE"));
        assertEquals(
                List.of("~ web1: flavor m1.small -> m1.large"),
                now.since(essence(line("web1", Action.LIVE, "ACTIVE"))));
        assertEquals(List.of(), now.since(essence(new PlanLine("id-web1", "web1", Action.LIVE, null, "ACTIVE"))));
    }

    @Test
    public void whereTheTermsAreNotKnownTheServersAreComparedAlone() {
        PlanEssence known = new PlanEssence(Map.of(), List.of(line("web1", Action.LIVE, "ACTIVE")));
        assertEquals(
                List.of(),
                essence(line("web1", Action.LIVE, "ACTIVE"))
                        .on("blockMigration", "true")
                        .since(known));
    }
}
