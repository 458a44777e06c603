package io.jenkins.plugins.nova.fire;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The fire's own proof: each thing that it is there to find is found when it is there, and fails the run. */
public class AlarmTest {

    private static final String LIVE = "{'os-migrateLive':{'host':null,'block_migration':'auto'}}";

    private SimulatedCloud cloud;
    private DrainState last;

    @Before
    public void aDrainThatWentWell() {
        Scenario scenario = Scenario.mixed();
        cloud = scenario.cloud(none -> {});
        last = drill().begin(scenario.order(), Duration.ofHours(4));
        assertEquals(List.of(), twice(last));
        assertEquals(List.of(), missing(last));
        assertEquals(List.of(), new Evidence(cloud, last).falsehoods());
    }

    @After
    public void end() {
        cloud.close();
    }

    private Drill drill() {
        return new Drill(
                cloud.identityUrl(),
                cloud.clock().instant(),
                cloud::advance,
                text -> {},
                () -> false,
                Duration.ofSeconds(10));
    }

    private List<String> twice(DrainState state) {
        return new Evidence(cloud, state).duplicates(AlarmTest::taken, entry -> false);
    }

    private static boolean taken(AuditEntry entry) {
        return entry.status() == 202;
    }

    private List<String> missing(DrainState state) {
        Set<String> all = last.servers().stream().map(server -> server.id()).collect(Collectors.toSet());
        return new Evidence(cloud, state).lost(all);
    }

    @Test
    public void aRequestThatIsSentAgainIsADuplicate() {
        TestClient.as(cloud, "admin").act(cloud.id("web1"), LIVE);
        assertEquals(1, twice(last).size());
    }

    @Test
    public void aRequestThatIsSentAgainAfterNovaToldThatItFailedIsNone() {
        String server = cloud.id("web1"); // on compute2, and compute1 is cordoned: no valid host
        TestClient.as(cloud, "admin").act(server, LIVE);
        assertEquals(twice(last).toString(), 1, twice(last).size());
        cloud.settle(Duration.ofMinutes(5));
        TestClient.as(cloud, "admin").act(server, LIVE);
        assertEquals(twice(last).toString(), 1, twice(last).size());
        TestClient.as(cloud, "admin").act(server, LIVE);
        assertEquals(twice(last).toString(), 2, twice(last).size());
        cloud.settle(Duration.ofMinutes(5));
        TestClient.as(cloud, "admin").act(server, LIVE);
        assertEquals("once is enough", 3, twice(last).size());
    }

    @Test
    public void aServerThatIsNotWhereTheResultSaysIsLost() {
        cloud.delete("web1");
        assertEquals(1, missing(last).size());
    }

    @Test
    public void aServerThatTheResultLeavesOutIsLost() {
        DrainState without = DrainCodec.read(DrainCodec.write(last).replace(cloud.id("web1"), cloud.id("web2")));
        assertTrue(missing(without).toString(), missing(without).toString().contains("is not in the result"));
    }

    @Test
    public void aResultThatSaysDoneAndIsNotIsFalse() {
        String text = DrainCodec.write(last);
        assertTrue(text, text.contains("\"outcome\":\"INCOMPLETE\""));
        DrainState lie = DrainCodec.read(text.replace("\"outcome\":\"INCOMPLETE\"", "\"outcome\":\"DONE\""));
        List<String> found = new Evidence(cloud, lie).falsehoods();
        assertTrue(found.toString(), found.toString().contains("the host is DONE, but has"));
    }

    @Test
    public void aCordonThatIsSaidToStayAndIsGoneIsFalse() {
        assertTrue(last.message(), last.message().contains("stays cordoned"));
        assertEquals(List.of(), new Truth(cloud).contradictions(last));
        cloud.enable(Scenario.HOST);
        assertEquals(List.of("said to stay cordoned, but it is enabled"), new Truth(cloud).contradictions(last));
    }

    @Test
    public void aBlockThatBeginsOnAHostWithServersOrAnOpenOneIsFalse() {
        List<String> found = new Truth(cloud).contradictionsOfTheBlock();
        assertEquals(found.toString(), cloud.serversOn(Scenario.HOST).size(), found.size());
        assertFalse(found.isEmpty());
        cloud.enable(Scenario.HOST);
        found = new Truth(cloud).contradictionsOfTheBlock();
        assertTrue(found.toString(), found.contains("the block begins, but the host is enabled"));
    }

    @Test
    public void aReasonThatSaysWhereAServerIsAndIsNotIsFalse() {
        String text = DrainCodec.write(last);
        assertTrue(text, text.contains("it is ACTIVE on compute1"));
        DrainState lie = DrainCodec.read(text.replace("it is ACTIVE on compute1", "it is ACTIVE on compute2"));
        List<String> found = new Truth(cloud).contradictions(lie);
        assertTrue(found.toString(), found.toString().contains("but it is ACTIVE on compute1"));
    }

    @Test
    public void aDrainThatIsNotOverInTimeIsEndless() {
        assertThrows(Drill.Endless.class, () -> drill().begin(Scenario.mixed().order(), Duration.ofMillis(1)));
    }

    private static final List<String> NONE = List.of();
    private static final List<String> ONE = List.of("one");

    private static Tally good() {
        return new Tally().judge("good", NONE, NONE, NONE, false).judge("told", NONE, NONE, NONE, true);
    }

    private static int exit(Tally kills, Tally faults, OwnersTable owners, String line) {
        return exit(kills, faults, owners, good(), line);
    }

    private static int exit(Tally kills, Tally faults, OwnersTable owners, Tally lies, String line) {
        return exit(kills, faults, owners, lies, new RollTally(), line);
    }

    private static int exit(Tally kills, Tally faults, OwnersTable owners, Tally lies, RollTally rolls, String line) {
        return exit(kills, faults, owners, lies, rolls, new BesideTable.Found(), new AmphoraTable.Found(), line);
    }

    private static int exit(
            Tally kills,
            Tally faults,
            OwnersTable owners,
            Tally lies,
            RollTally rolls,
            BesideTable.Found beside,
            AmphoraTable.Found amphorae,
            String line) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = Fire.told(
                kills,
                faults,
                owners,
                lies,
                rolls,
                beside,
                amphorae,
                new PrintStream(said, true, StandardCharsets.UTF_8));
        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(
                lines.toString(), lines.subList(lines.size() - 7, lines.size()).contains(line));
        return code;
    }

    private static OwnersTable owners(List<String> violations) {
        OwnersTable owners = new OwnersTable(seed -> seed == 2 ? violations : NONE);
        owners.run(1, 3);
        return owners;
    }

    @Test
    public void theRunFailsForEachBadCountBesideNova() {
        for (BesideTable.Wrong wrong : BesideTable.Wrong.values()) {
            BesideTable.Found found = new BesideTable.Found().wrong(wrong, "x");
            assertEquals(
                    1,
                    exit(
                            good(),
                            good(),
                            owners(NONE),
                            good(),
                            new RollTally(),
                            found,
                            new AmphoraTable.Found(),
                            found.line()));
            assertTrue(found.line(), found.line().contains(" " + wrong.name().toLowerCase(Locale.ROOT) + "=1"));
        }
    }

    @Test
    public void theRunFailsForEachBadCountOfAmphorae() {
        for (String what : List.of("twice", "both", "false", "endless")) {
            AmphoraTable.Found found = new AmphoraTable.Found().wrong(what, "x");
            assertEquals(
                    1,
                    exit(
                            good(),
                            good(),
                            owners(NONE),
                            good(),
                            new RollTally(),
                            new BesideTable.Found(),
                            found,
                            found.line()));
            assertTrue(found.line(), found.line().contains(" " + what + "=1"));
        }
    }

    @Test
    public void theRunFailsForEachBadCountAndForNothingElse() {
        assertEquals(0, exit(good(), good(), owners(NONE), "owners runs=3 violations=0"));
        assertEquals(1, exit(good(), good(), owners(ONE), "owners runs=3 violations=1"));
        String kill = "kill points=3 recovered=1 ";
        assertEquals(
                1,
                exit(
                        good().judge("x", ONE, NONE, NONE, false),
                        good(),
                        owners(NONE),
                        kill + "duplicates=1 lost=0 false=0"));
        assertEquals(
                1,
                exit(
                        good().judge("x", NONE, ONE, NONE, false),
                        good(),
                        owners(NONE),
                        kill + "duplicates=0 lost=1 false=0"));
        assertEquals(
                1,
                exit(
                        good().count("x", NONE, NONE, NONE, ONE),
                        good(),
                        owners(NONE),
                        kill + "duplicates=0 lost=0 false=1"));
        String cells = "faults cells=3 recovered=1 reported=1 ";
        assertEquals(
                1,
                exit(
                        good(),
                        good().judge("x", NONE, NONE, ONE, true),
                        owners(NONE),
                        cells + "duplicates=0 lost=0 false=1 endless=0"));
        assertEquals(
                1, exit(good(), good().endless("x"), owners(NONE), cells + "duplicates=0 lost=0 false=0 endless=1"));
        String lies = "lies cells=3 recovered=1 reported=1 duplicates=0 lost=0 ";
        assertEquals(
                1,
                exit(
                        good(),
                        good(),
                        owners(NONE),
                        good().judge("x", NONE, NONE, ONE, true),
                        lies + "false=1 endless=0"));
        assertEquals(1, exit(good(), good(), owners(NONE), good().endless("x"), lies + "false=0 endless=1"));
        for (RollJudge.Wrong what : RollJudge.Wrong.values()) {
            RollTally rolls = new RollTally().count("x", Map.of(what, ONE), true);
            assertTrue(rolls.line(), rolls.line().contains(" " + what.words() + "=1"));
            assertEquals(1, exit(good(), good(), owners(NONE), good(), rolls, rolls.line()));
        }
    }
}
