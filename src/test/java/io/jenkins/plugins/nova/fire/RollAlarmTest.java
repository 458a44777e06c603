package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.fire.RollJudge.Wrong;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The judge of a roll finds what it is there to find, and the line counts it. */
public class RollAlarmTest {

    private SimulatedCloud cloud;
    private RollJudge judge;

    @Before
    public void begin() {
        cloud = RollScenario.cloud();
        judge = RollJudge.watching(cloud);
    }

    @After
    public void end() {
        cloud.close();
    }

    private void close(String host) {
        TestClient.as(cloud, "admin").cordon(host, "nova-maintenance: ops/roll#7");
        judge.look();
    }

    private void atTheEnd() {
        judge.end(entry -> entry.status() >= 200 && entry.status() < 300, entry -> false);
    }

    private void only(Wrong what) {
        assertEquals(judge.found().toString(), Set.of(what), judge.found().keySet());
        RollTally tally = new RollTally().count("one", judge.found(), true);
        assertTrue(tally.line(), tally.line().contains(what.words() + "=1"));
        assertEquals(1, tally.wrong().size());
    }

    @Test
    public void nothingIsWrongWithNothing() {
        atTheEnd();
        assertEquals(Map.of(), judge.found());
        assertEquals(
                "roll points=1 duplicates=0 lost=0 false=0 overbudget=0 openedUnfit=0 closedWithoutReason=0",
                new RollTally().count("none", judge.found(), true).line());
    }

    @Test
    public void aThirdHostIsOverTheBudget() {
        close("compute1");
        close("compute2");
        assertEquals(Map.of(), judge.found());
        close("compute3");
        only(Wrong.OVERBUDGET);
    }

    @Test
    public void aHostThatIsDownTakesOfTheBudget() {
        cloud.kill("compute1");
        cloud.advance(Duration.ofMinutes(2));
        close("compute2");
        assertEquals(Map.of(), judge.found());
        close("compute3");
        only(Wrong.OVERBUDGET);
    }

    @Test
    public void aHostThatIsOpenedWhileItIsDownIsUnfit() {
        close("compute1");
        cloud.kill("compute1");
        cloud.advance(Duration.ofMinutes(2));
        cloud.enable("compute1");
        judge.look();
        only(Wrong.OPENED_UNFIT);
    }

    @Test
    public void aHostThatIsLeftClosedAndNobodySaysSoIsWithoutReason() {
        close("compute1");
        atTheEnd();
        only(Wrong.CLOSED_WITHOUT_REASON);
    }

    @Test
    public void aServerThatIsGoneIsLost() {
        cloud.delete("web1");
        atTheEnd();
        only(Wrong.LOST);
    }

    @Test
    public void aMoveThatIsAskedForTwiceFromOneHostIsADuplicate() {
        String move = "{'os-migrateLive':{'host':null,'block_migration':'auto'}}";
        Consumer<String> ask = server -> TestClient.as(cloud, "admin").act(cloud.id(server), move);
        ask.accept("web1");
        cloud.settle(Duration.ofMinutes(5));
        ask.accept("web1");
        cloud.settle(Duration.ofMinutes(5));
        atTheEnd();
        assertEquals("it is on another host by then", Map.of(), judge.found());
        ask.accept("web2");
        cloud.settle(Duration.ofMinutes(5));
        cloud.act("admin", "web2", move.replace("null", "'compute2'")); // back by somebody else
        cloud.settle(Duration.ofMinutes(5));
        assertEquals("compute2", cloud.server("web2").host());
        ask.accept("web2");
        atTheEnd(); // it is under way
        assertEquals(1, judge.found().get(Wrong.DUPLICATES).size());
    }

    @Test
    public void aBlockThatBeginsOnAHostWithServersIsFalse() {
        judge.blockBegins("compute1");
        only(Wrong.FALSE);
    }

    /** As the roll went undisturbed, but for one thing. */
    @Test
    public void whatIsNotAsUndisturbedIsWrong() {
        Map<String, String> disk = new LinkedHashMap<>();
        Map<String, MaintenanceState> states = RollScenario.begin(cloud);
        new RollProcess(cloud, disk, judge, cloud::advance, () -> false, Duration.ofSeconds(10), line -> {})
                .begin(states, Duration.ofHours(12));
        atTheEnd();
        judge.undisturbed();
        assertEquals(Map.of(), judge.found());
        assertTrue(judge.allDone());
        String server = cloud.id("web1");
        TestClient.as(cloud, "admin").act(server, "{'os-migrateLive':{'host':null,'block_migration':'auto'}}");
        cloud.settle(Duration.ofMinutes(5));
        judge.undisturbed();
        only(Wrong.DUPLICATES);
        assertEquals(List.of("web1 was moved 2 times"), judge.found().get(Wrong.DUPLICATES));
    }
}
