package io.jenkins.plugins.nova.drain.hostreturn;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NewServer;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.drain.DrainBench;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

/** Name and metadata of a canary can be written by everybody: nothing is deleted for them, and nothing waits for them. */
public class CanaryMarksTest {

    private static final Duration LONG = Duration.ofHours(2);
    private static final String NAME = "nova-maintenance-canary-compute1";
    private static final String IMAGE = "11111111-1111-4111-8111-111111111111";
    private static final CanaryOrder SMALL = new CanaryOrder(IMAGE, "1", null);
    private static final String FOREIGN = "bbbbbbbb-0000-4000-8000-00000000000b";

    private SimulatedCloud cloud;

    @After
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static CloudBuilder hosts() {
        return SimulatedCloud.builder()
                .user("colleague", "secret", "admin", "member")
                .host("compute2", h -> h.capacity(512, 1_048_576, 10_000))
                .host("compute3", h -> h.capacity(512, 1_048_576, 10_000))
                .host("compute1");
    }

    private static Map<String, String> marks(String token) {
        Map<String, String> marks = new HashMap<>(Map.of("nova-maintenance-canary", "compute1"));
        marks.put("nova-maintenance-token", token);
        return marks;
    }

    private List<String> deleted() {
        return cloud.audit().of("DELETE", "^/servers/").stream()
                .map(AuditEntry::path)
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toList();
    }

    private void isOpenAndHasLeftAlone(ReturnBench bench, String... others) {
        assertEquals(bench.text(), ReturnOutcome.READY, bench.finish(LONG).outcome());
        assertTrue(cloud.enabled("compute1"));
        List<String> left = cloud.servers().stream().map(ServerState::id).toList();
        assertTrue(bench.text() + left, left.containsAll(List.of(others)));
        for (String other : others) {
            assertFalse(bench.text(), deleted().contains(other));
        }
    }

    /** Each owner there may be, locked and not, with each thing that can be known before the canary is made. */
    @Test
    public void whoeverElseHasNameAndMetadataIsNamedOnceAndLeftAlone() {
        for (String owner : List.of("demo", "colleague", "admin")) {
            for (boolean locked : List.of(false, true)) {
                cloud = hosts().server(NAME, s -> {
                            s.id(FOREIGN).owner(owner).on("compute2");
                            marks("guessed").forEach(s::metadata);
                            if (locked) {
                                s.locked("mine");
                            }
                        })
                        .start();
                ReturnBench bench = new ReturnBench(cloud).begin(SMALL);
                isOpenAndHasLeftAlone(bench, FOREIGN);
                List<String> told = bench.console.stream()
                        .filter(line -> line.contains(FOREIGN))
                        .toList();
                assertEquals(bench.text(), 1, told.size());
                assertTrue(told.get(0), told.get(0).contains("are left alone"));
                cloud.close();
            }
        }
    }

    /** Whoever sees the canary can copy what it carries: project and user he cannot. */
    @Test
    public void aCopyOfTheTokenOpensNothingToAnotherProjectOrUser() {
        for (String owner : List.of("demo", "colleague")) {
            for (Canary.Stage stage : List.of(Canary.Stage.BOOT, Canary.Stage.ENTER, Canary.Stage.BACK)) {
                cloud = hosts().start();
                Nova theirs = owner.equals("demo") ? new DrainBench(cloud, "demo").nova() : null;
                ReturnBench bench = new ReturnBench(cloud).begin(SMALL);
                bench.until(
                        () -> bench.runner.state().canary() != null
                                && bench.runner.state().canary().stage() == stage,
                        LONG);
                String token = bench.runner.state().canary().token();
                if (theirs == null) {
                    cloud.close();
                    cloud = withColleague(token);
                    ReturnBench again = new ReturnBench(cloud).resume(bench.saved.get(bench.saved.size() - 1));
                    again.finish(LONG);
                    assertFalse(again.text(), deleted().contains(FOREIGN));
                    cloud.close();
                    continue;
                }
                theirs.createServer(new NewServer(NAME, IMAGE, "1", null, null, marks(token)));
                cloud.advance(Duration.ofSeconds(5));
                String id = theirs.ownServersNamed(NAME).get(0).id();
                isOpenAndHasLeftAlone(bench, id);
                assertEquals(bench.text(), 1, cloud.servers().size());
                cloud.close();
            }
        }
    }

    /** A cloud in which nobody but a colleague in the same project has a server with this token. */
    private static SimulatedCloud withColleague(String token) {
        return hosts().server(NAME, s -> {
                    s.id(FOREIGN).owner("colleague").on("compute2");
                    marks(token).forEach(s::metadata);
                })
                .start();
    }

    @Test
    public void aTenantWhoMakesThemInALoopNeitherHoldsTheHostNorFillsTheState() {
        cloud = hosts().start();
        ReturnBench alone = new ReturnBench(cloud).begin(SMALL);
        alone.finish(LONG);
        int usual = longest(alone.saved);
        cloud.close();

        cloud = hosts().start();
        Nova theirs = new DrainBench(cloud, "demo").nova();
        for (int i = 0; i < 20; i++) {
            theirs.createServer(new NewServer(NAME, IMAGE, "1", null, null, marks("t" + i)));
        }
        ReturnBench bench = new ReturnBench(cloud).begin(SMALL);
        List<Integer> made = new ArrayList<>();
        bench.until(
                () -> {
                    if (made.size() < 100) {
                        theirs.createServer(new NewServer(NAME, IMAGE, "1", null, null, marks("u" + made.size())));
                        made.add(1);
                    }
                    return bench.last != null;
                },
                LONG);
        assertEquals(bench.text(), ReturnOutcome.READY, bench.last.outcome());
        assertTrue(cloud.enabled("compute1"));
        assertEquals("the canary alone", 1, deleted().stream().distinct().count());
        assertEquals(20 + made.size(), cloud.servers().size());
        assertTrue(usual + " and " + longest(bench.saved), longest(bench.saved) < usual + 1500);
        assertTrue(bench.text(), bench.text().contains(" and more"));
    }

    private static int longest(List<String> saved) {
        return saved.stream().mapToInt(String::length).max().orElseThrow();
    }

    @Test
    public void eachCanaryHasATokenOfItsOwnThatIsSavedBeforeItIsMade() {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            cloud = hosts().start();
            ReturnBench bench = new ReturnBench(cloud).begin(SMALL);
            bench.until(() -> !cloud.audit().of("POST", "^/servers$").isEmpty(), LONG);
            String token = cloud.audit()
                    .of("POST", "^/servers$")
                    .get(0)
                    .body()
                    .path("server")
                    .path("metadata")
                    .path("nova-maintenance-token")
                    .asText();
            assertTrue(token, bench.saved.get(bench.saved.size() - 1).contains(token));
            tokens.add(token);
            cloud.close();
        }
        assertNotEquals("same build, same host, same time", tokens.get(0), tokens.get(1));
    }

    /** Its name is not what it is known by once it is there: a colleague may have renamed it. */
    @Test
    public void theCanaryIsDeletedByItsId() {
        cloud = hosts().start();
        ReturnBench bench = new ReturnBench(cloud).begin(SMALL);
        bench.until(
                () -> bench.runner.state().canary() != null
                        && bench.runner.state().canary().stage() == Canary.Stage.BACK,
                LONG);
        String id = bench.runner.state().canary().id();
        assertEquals(bench.text(), ReturnOutcome.READY, bench.finish(LONG).outcome());
        assertEquals(List.of(id), deleted().stream().distinct().toList());
        assertEquals(List.of(), cloud.servers());
    }
}
