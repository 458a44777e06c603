package io.jenkins.plugins.nova.plan.filter;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estates;
import io.jenkins.plugins.nova.plan.OwnersWord;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Wish;
import org.junit.Test;

/** What an owner says of the maintenance of a server, and what becomes of it. */
public class OwnersWordTest {

    private static OwnersWord word(Servers server) {
        return OwnersWord.of(server.make());
    }

    private static Servers web(String word) {
        return Servers.named("web1").metadata("maintenance", word);
    }

    private static Verdict judge(Servers server, Wish wish) {
        return Filters.planner().judge(server.make(), new PlanContext(wish, Estates.at(93)));
    }

    private static Verdict byState(Servers server) {
        return judge(server, Wish.of(Route.BY_STATE));
    }

    private static void assertAsksForApproval(Verdict verdict) {
        assertEquals(verdict.toString(), Action.BLOCKED, verdict.action());
        assertEquals("approve", verdict.override());
        assertTrue(verdict.hint(), verdict.hint().contains("approve"));
    }

    @Test
    public void metadataAndBothKindsOfTagsAreRead() {
        assertEquals(
                OwnersWord.Kind.NONE, word(Servers.named("web1").tag("web")).kind());
        assertEquals(OwnersWord.Kind.COLD, word(web(" Cold ")).kind());
        assertEquals(
                OwnersWord.Kind.LIVE,
                word(Servers.named("a").tag("maintenance:live")).kind());
        assertEquals(
                OwnersWord.Kind.SKIP,
                word(Servers.named("a").tag("maintenance=skip")).kind());
        assertEquals(
                OwnersWord.Kind.ASK, word(web("ask").tag("maintenance:ask")).kind());
    }

    @Test
    public void anUnknownWordAndAContradictionAreToldAndAskedAbout() {
        Verdict unknown = byState(web("lvie"));
        assertAsksForApproval(unknown);
        assertTrue(unknown.reason(), unknown.reason().contains("'lvie'"));
        Verdict both = byState(web("live").tag("maintenance:cold"));
        assertAsksForApproval(both);
        assertTrue(both.reason(), both.reason().contains("'live' and 'cold'"));
    }

    @Test
    public void askWaitsUntilThePipelineNamesTheServer() {
        assertAsksForApproval(byState(web("ask")));
        for (String named : new String[] {"id-web1", "*"}) {
            assertEquals(
                    Action.LIVE,
                    judge(web("ask"), Wish.of(Route.BY_STATE).approving(named)).action());
        }
        assertAsksForApproval(judge(web("ask"), Wish.of(Route.BY_STATE).approving("web1")));
        assertAsksForApproval(judge(web("ask"), Wish.of(Route.LIVE)));
        assertAsksForApproval(judge(web("ask"), Wish.of(Route.REBUILD).onSharedStorage()));
    }

    @Test
    public void skipLeavesAServerOfAHostAndStopsAStepThatNamesIt() {
        Verdict left = byState(web("skip"));
        assertEquals(Action.SKIP, left.action());
        assertEquals("approve", left.override());
        assertEquals(
                Action.LIVE,
                judge(web("skip"), Wish.of(Route.BY_STATE).approving("id-web1")).action());
        assertAsksForApproval(judge(web("skip"), Wish.of(Route.COLD)));
        assertEquals(
                "whatever state it is in",
                Action.SKIP,
                byState(web("skip").is("SUSPENDED", "suspended")).action());
    }

    @Test
    public void coldShutsARunningServerDown() {
        Verdict cold = byState(web("cold"));
        assertEquals(Action.COLD, cold.action());
        assertTrue(cold.reason(), cold.reason().contains("maintenance: cold"));
        assertEquals(
                "approved or not, it is the way its owner wants",
                Action.COLD,
                judge(web("cold"), Wish.of(Route.BY_STATE).approving("*")).action());
        assertAsksForApproval(judge(web("cold"), Wish.of(Route.LIVE)));
        assertAsksForApproval(byState(web("cold").is("PAUSED", "paused")));
    }

    @Test
    public void liveIsNeverShutDownUnlessApproved() {
        assertEquals(Action.LIVE, byState(web("live")).action());
        assertEquals(
                "a server that is shut off already is not stopped by its move",
                Action.COLD,
                byState(web("live").is("SHUTOFF", "stopped")).action());
        assertAsksForApproval(judge(web("live"), Wish.of(Route.COLD)));
        Servers encrypted = web("live").extraSpec("hw:mem_encryption", "true");
        Verdict blocked = byState(encrypted);
        assertAsksForApproval(blocked);
        assertTrue(
                blocked.reason(),
                blocked.reason().contains("SEV") && blocked.reason().contains("never stopped"));
        assertEquals(
                Action.COLD,
                judge(encrypted, Wish.of(Route.BY_STATE).approving("id-web1")).action());
    }

    @Test
    public void ofADeadHostsServersOnlyAskAndSkipCount() {
        Wish rebuild = Wish.of(Route.REBUILD).onSharedStorage();
        assertEquals(Action.REBUILD, judge(web("live"), rebuild).action());
        assertEquals(Action.REBUILD, judge(web("cold"), rebuild).action());
        assertEquals(Action.SKIP, judge(web("skip"), rebuild).action());
    }
}
