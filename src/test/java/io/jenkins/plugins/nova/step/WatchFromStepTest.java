package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import hudson.remoting.Callable;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.controller.SomeAgents;
import io.jenkins.plugins.nova.step.controller.SomeAgents.SerializingChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Guests that an agent looks at, through the steps. */
public class WatchFromStepTest {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final Map<String, String> WATCH = Map.of("db1", "tcp://10.0.0.5:5432");
    private static final String CANNOT = "Guests cannot be looked at now: ";
    private static final String AGAIN = "Guests are looked at again, after ";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final SomeAgents agents = new SomeAgents();

    private SomeAgents.Agent agent;
    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private DrivenTime time;
    private StepRunner runner;

    /** Reaches the simulated guests, as an agent in their network does. */
    private final SerializingChannel way = new SerializingChannel() {
        @Override
        @SuppressWarnings("unchecked")
        protected <V, T extends Throwable> V run(Callable<V, T> callable) {
            return (V) new byte[] {(byte) (cloud.guestAnswers(cloud.id("db1")) ? 1 : 0)};
        }
    };

    @Before
    public void begin() throws Exception {
        cloud = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("db1", server -> server.volumeBacked().behaviour(b -> b.liveSeconds(120)))
                .server("cold1", server -> server.resizedFrom("compute2"))
                .start();
        clouds = CloudFixture.begin()
                .credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        agent = agents.add("tenant-net").reachedBy(way);
        time = DrivenTime.of(cloud);
        runner = new StepRunner(folder.newFolder()).in(time);
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    private static <S extends MovingStep> S watching(S step, String from) {
        step.setWatch(WATCH);
        step.setWatchFrom(from);
        return step;
    }

    private RunningStep copied() throws Exception {
        RunningStep step = runner.start(watching(new LiveMigrateStep("db1"), "tenant-net"));
        step.awaitConsole("running", BOUND);
        return step;
    }

    private static int times(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> heard(RunningStep step) throws Exception {
        Map<String, Object> result = (Map<String, Object>) step.value(BOUND);
        List<Map<String, Object>> servers = (List<Map<String, Object>>) result.get("servers");
        return (Map<String, Object>) servers.get(0).get("watch");
    }

    @Test
    public void theAgentLooksOnceASecondForAllThatIsAsked() throws Exception {
        RunningStep step = copied();
        Map<String, Object> heard = heard(step);
        assertEquals(step.console(), true, heard.get("before"));
        assertEquals(true, heard.get("after"));
        assertTrue("" + heard, (long) heard.get("asked") >= 118);
        assertTrue("one call a look: " + way.calls, way.calls <= 140);
        assertFalse(step.console(), step.console().contains(CANNOT));
    }

    @Test
    public void aSilenceThatTheAgentHearsAbortsTheMigration() throws Exception {
        RunningStep step = copied();
        cloud.silence("db1", Duration.ofDays(1));
        assertTrue(step.failure(BOUND) instanceof AbortException);
        assertTrue(step.console(), step.console().contains("its guest stopped answering at tcp://10.0.0.5:5432"));
        assertEquals(1, cloud.audit().of("DELETE", "/migrations/").size());
    }

    /** It tells nothing of the guest: nothing is aborted, and each is told once. */
    @Test
    public void anAgentThatGoesOfflineIsToldAndWhenItIsBackToo() throws Exception {
        RunningStep step = copied();
        agent.reachedBy(null);
        time.advance(Duration.ofSeconds(45));
        agent.reachedBy(way);
        Map<String, Object> heard = heard(step);
        assertEquals(step.console(), true, heard.get("after"));
        assertEquals(0, cloud.audit().of("DELETE", "/migrations/").size());
        assertEquals(
                step.console(), 1, times(step.console(), CANNOT + "agent 'tenant-net' is offline. What is not asked"));
        assertEquals(step.console(), 1, times(step.console(), AGAIN));
    }

    /** The agents of a restarted controller connect after it has come up. */
    @Test
    public void itGoesOnAfterARestartWhenTheAgentIsThere() throws Exception {
        RunningStep step = copied();
        agent.reachedBy(null);
        step.restart();
        step.awaitConsole(CANNOT + "agent 'tenant-net' is offline", BOUND);
        agent.reachedBy(way);
        step.awaitConsole(AGAIN, BOUND);
        assertEquals(step.console(), true, heard(step).get("after"));
    }

    /** Whoever was not heard is not confirmed: an agent that is gone for good is no word of the guest's. */
    @Test
    public void aColdMoveOfWhichNothingIsHeardIsNotConfirmedByItself() throws Exception {
        ColdMigrateStep cold = watching(new ColdMigrateStep("db1"), "tenant-net");
        cold.setConfirm("auto");
        cold.setApprove("db1");
        cold.setPropagate(false);
        RunningStep step = runner.start(cold);
        step.awaitConsole("cold migration taken by Nova", BOUND);
        agents.remove(agent);
        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);
        assertEquals(step.console(), List.of(cloud.id("db1")), result.get("awaitingConfirm"));
        assertTrue(step.console(), step.console().contains("was not heard since it is on the other host"));
    }

    /** Each row: the agent that is given, and what stands in the refusal. Nothing is asked of the cloud. */
    @Test
    public void whatWillNotDoIsRefusedBeforeAnythingIsChanged() throws Exception {
        agents.add("away").reachedBy(null);
        agents.add("theirs").objects("this node takes builds of folder 'b' alone");
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put(
                "tenant-nett",
                "this Jenkins has no agent of that name; give 'away', 'tenant-net', 'theirs', or 'built-in'");
        rows.put("away", "that agent is offline");
        rows.put("theirs", "this build may not use that agent (this node takes builds of folder 'b' alone)");
        for (Map.Entry<String, String> row : rows.entrySet()) {
            ConfirmResizeStep confirm = new ConfirmResizeStep();
            confirm.setServer("cold1");
            confirm.setWatch(Map.of("cold1", "tcp://10.0.0.6:22"));
            confirm.setWatchFrom(row.getKey());
            for (NovaStep step : List.of(
                    watching(new NodeEvacuateStep("compute1"), row.getKey()),
                    watching(new LiveMigrateStep("db1"), row.getKey()),
                    watching(new ColdMigrateStep("db1"), row.getKey()),
                    confirm)) {
                String told = runner.start(step).failure(BOUND).getMessage();
                String wanted = "watchFrom: '" + row.getKey() + "' will not do; " + row.getValue();
                assertTrue(step + ": " + told, told.startsWith(wanted));
            }
        }
        assertTrue("nothing was changed", cloud.audit().changes().isEmpty());
    }

    /** A plan names no agent that is not there, but one that is away today may be back by night. */
    @Test
    public void aPlanNeedsTheAgentsNameAlone() throws Exception {
        agent.reachedBy(null);
        RunningStep plan = runner.start(watching(new MaintenancePlanStep("compute1"), "tenant-net"));
        assertEquals(plan.console(), true, ((Map<?, ?>) plan.value(BOUND)).containsKey("planHash"));
        assertTrue(runner.start(watching(new MaintenancePlanStep("compute1"), "nobody"))
                .failure(BOUND)
                .getMessage()
                .startsWith("watchFrom: 'nobody' will not do"));
    }

    @Test
    public void theControllersOwnNameIsTheController() throws Exception {
        assertEquals(null, order("built-in"));
        assertEquals(null, order(" "));
        assertEquals("tenant-net", order(" tenant-net "));
    }

    private static String order(String from) throws AbortException {
        return watching(new NodeEvacuateStep("compute1"), from)
                .order("b")
                .guests()
                .from();
    }
}
