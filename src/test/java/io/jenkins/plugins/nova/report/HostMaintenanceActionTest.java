package io.jenkins.plugins.nova.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.thoughtworks.xstream.XStream;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.HostCourse;
import io.jenkins.plugins.nova.report.data.PlanReport;
import io.jenkins.plugins.nova.report.data.PlanRoom;
import io.jenkins.plugins.nova.report.data.PlanRow;
import io.jenkins.plugins.nova.report.data.RollForecast;
import io.jenkins.plugins.nova.report.data.RollLane;
import io.jenkins.plugins.nova.report.data.RollProgress;
import io.jenkins.plugins.nova.report.data.RollReport;
import io.jenkins.plugins.nova.report.data.Segment;
import io.jenkins.plugins.nova.report.data.ServerRow;
import io.jenkins.plugins.nova.report.data.SettingRow;
import io.jenkins.plugins.nova.report.page.ReportPage;
import io.jenkins.plugins.nova.report.page.View;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

public class HostMaintenanceActionTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SomeRun run;

    @Before
    public void begin() {
        run = new SomeRun(folder.getRoot());
    }

    @Test
    public void aRunHasOneActionHoweverOftenItIsAskedFor() {
        assertSame(HostMaintenanceAction.of(run), HostMaintenanceAction.of(run));
        assertSame(run, HostMaintenanceAction.of(run).getRun());
    }

    @Test
    public void everythingIsThereAfterARestart() {
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        action.update(Samples.running());
        action.update(Samples.drained());
        action.update(Samples.large());
        action.update(Samples.planned());

        HostMaintenanceAction loaded = restarted(action);

        assertEquals(List.of(Samples.drained(), Samples.large(), Samples.planned()), loaded.getDrains());
        loaded.update(Samples.running());
        assertEquals(Samples.running(), loaded.getDrains().get(0));
    }

    @Test
    public void oddTextsComeBackAsTheyWere() throws Exception {
        DrainReport hostile = Samples.hostile();
        byte[] stored = ReportJson.write(hostile);
        DrainReport read = ReportJson.read("x", stored);
        assertEquals(hostile.servers(), read.servers());
        assertEquals(hostile.message(), read.message());
    }

    @Test
    public void theBuildsRecordHoldsIdsAlone() {
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        action.update(Samples.drained());
        String xml = xstream().toXML(action);
        assertTrue(xml, xml.contains("<string>nodeEvacuate-1</string>"));
        assertFalse(xml, xml.contains("web-1"));
        assertFalse(xml, xml.contains("clock"));
        assertFalse(xml, xml.contains("DrainReport"));
        assertTrue("it grows with the drains only: " + xml, xml.length() < 300);
    }

    @Test
    public void theRunIsSavedOnceForEachDrain() {
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        action.update(Samples.running());
        action.update(Samples.drained());
        assertEquals(1, run.saved);
        action.update(Samples.large());
        assertEquals(2, run.saved);
    }

    @Test
    public void aDrainThatGoesOnIsWrittenOnceASecondAndItsEndAtOnce() throws Exception {
        DrivenClock clock = new DrivenClock(Samples.START);
        HostMaintenanceAction action = new HostMaintenanceAction(clock);
        action.onAttached(run);
        ReportFiles files = new ReportFiles(folder.getRoot().toPath());

        action.update(saying("first"));
        action.update(saying("second"));
        assertEquals("first", files.read("nodeEvacuate-1").message());
        assertEquals("second", action.getDrains().get(0).message());

        clock.now = clock.now.plusSeconds(1);
        action.update(saying("third"));
        assertEquals("third", files.read("nodeEvacuate-1").message());

        action.update(Samples.drained());
        assertEquals(Samples.drained(), files.read("nodeEvacuate-1"));
    }

    /** By the collector's own word: what it clears is held by nobody. */
    @Test
    public void reportsOfABuildThatIsOverAreLetGo() throws Exception {
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        action.update(Samples.large());
        run.building = false;
        for (HostMaintenanceAction each : List.of(action, restarted(action))) {
            assertTrue(each.getFragment().contains("tenant-1-worker"));
            WeakReference<DrainReport> looked =
                    new WeakReference<>(each.getDrains().get(0));
            Awaitility.await("nobody holds the report")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        System.gc();
                        return looked.get() == null;
                    });
            assertEquals("it is read again", Samples.large(), each.getDrains().get(0));
        }
    }

    @Test
    public void aReportThatIsNowhereElseIsKept() throws Exception {
        Files.writeString(
                folder.getRoot().toPath().resolve("host-maintenance"), "a file where the directory should be");
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        action.update(Samples.drained());
        run.building = false;
        System.gc();
        assertEquals(Samples.drained(), action.getDrains().get(0));
    }

    @Test
    public void aPageOfABuildThatIsOverAsksForNothing() {
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        action.update(Samples.running());
        assertTrue(action.getFragment().contains("data-nova-live=\"true\""));
        run.building = false;
        String over = action.getFragment();
        assertTrue(over.contains("data-nova-live=\"false\""));
        assertFalse(over.contains("data-nova-changes"));
        assertTrue("who asks all the same is told the end", action.shown("x-1").contains("data-nova-live=\"false\""));
    }

    @Test
    public void nothingIsLeftBesideTheReports() throws Exception {
        HostMaintenanceAction.of(run).update(Samples.drained());
        try (Stream<Path> files = Files.list(folder.getRoot().toPath().resolve("host-maintenance"))) {
            assertEquals(
                    List.of("nodeEvacuate-1.json"),
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    public void parallelDrainsAllArrive() {
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        IntStream.range(0, 40).parallel().forEach(i -> action.update(named("drain-" + i)));
        Set<String> expected =
                IntStream.range(0, 40).mapToObj(i -> "drain-" + i).collect(Collectors.toSet());
        assertEquals(expected, ids(action));
        assertEquals(expected, ids(restarted(action)));
    }

    @Test
    public void aRecordOfALaterVersionIsReadAndWhatIsMissingIsEmpty() throws Exception {
        DrainReport read;
        try (InputStream in = getClass().getResourceAsStream("later-version.json")) {
            read = ReportJson.read("nodeEvacuate-1", in.readAllBytes());
        }
        assertEquals("DONE", read.outcome());
        assertEquals(Instant.parse("2026-11-22T23:05:10.250Z"), read.ended());
        assertNull(read.planHash());
        assertEquals(List.of(), read.awaitingConfirm());
        assertEquals(2, read.servers().size());
        assertEquals(1, read.servers().get(0).segments().size());
        assertEquals(-1, read.servers().get(1).percent());
        assertTrue(ReportPage.fragment(List.of(read), View.still(Samples.START, Samples.UTC))
                .contains("web-1"));
    }

    @Test
    public void aReportThatCannotBeReadIsShownAsSuch() throws Exception {
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        action.update(Samples.drained());
        action.update(Samples.large());
        Files.writeString(folder.getRoot().toPath().resolve("host-maintenance/nodeEvacuate-1.json"), "{\"id\":");

        HostMaintenanceAction loaded = restarted(action);

        assertEquals("UNKNOWN", loaded.getDrains().get(0).outcome());
        assertTrue(loaded.getFragment().contains("could not be read"));
        assertEquals(Samples.large(), loaded.getDrains().get(1));
    }

    @Test
    public void aFullDiskStopsNoDrain() throws Exception {
        Files.writeString(
                folder.getRoot().toPath().resolve("host-maintenance"), "a file where the directory should be");
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        action.update(Samples.drained());
        assertEquals(Samples.drained(), action.getDrains().get(0));
    }

    @Test
    public void anActionStoredWithoutIdsLoads() {
        HostMaintenanceAction loaded =
                (HostMaintenanceAction) xstream().fromXML("<" + HostMaintenanceAction.class.getName() + "/>");
        loaded.onLoad(run);
        assertEquals(List.of(), loaded.getDrains());
        loaded.update(Samples.drained());
        assertEquals(1, loaded.getDrains().size());
    }

    @Test
    public void anIdThatIsNoFileNameIsRefused() {
        for (String bad : List.of("../x", "a/b", "", ".hidden", "x".repeat(101), "a b")) {
            assertThrows(bad, IllegalArgumentException.class, () -> named(bad));
        }
    }

    @Test
    public void thePageLeadsToTheGateWhileTheBuildRuns() {
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        action.update(Samples.drained());
        assertTrue(action.getFragment().contains("href=\"../input/\""));
        run.building = false;
        assertFalse(action.getFragment().contains("../input/"));
    }

    @Test
    public void aRollIsThereAfterARestartAndItsHostsAreBehindIt() {
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        RollReport plan = RollSamples.plan(12, 3, 2);
        action.plan(plan);
        RollSamples.at(plan, 9_000, 1, 4).forEach(action::update);
        action.update(Samples.drained());

        HostMaintenanceAction loaded = restarted(action);

        assertEquals(List.of(plan), loaded.plannedRolls());
        assertEquals(RollSamples.at(plan, 9_000, 1, 4), loaded.getDrains().subList(0, 12));
        String page = loaded.getFragment();
        assertTrue(page.contains("href=\"drain/" + RollSamples.id(3) + "/\""));
        assertFalse("a host of the roll has a page of its own", page.contains("id=\"nova-" + RollSamples.id(3)));
        assertTrue("what is of no roll is below", page.contains("id=\"nova-nodeEvacuate-1\""));
        String drain = loaded.getDrain(RollSamples.id(3)).getFragment();
        assertTrue(drain, drain.contains("id=\"nova-" + RollSamples.id(3)));
        assertFalse("and of no other host", drain.contains(RollSamples.id(4)));
        assertNull("is not found", loaded.getDrain("../../config"));
        assertTrue(loaded.junit().contains("tests=\"13\""));
    }

    @Test
    public void aRollThatIsPlannedAgainReplacesItselfAndOneThatCannotBeReadIsLeftOut() throws Exception {
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        action.plan(RollSamples.plan(12, 3, 2));
        RollReport again = RollSamples.plan(13, 3, 2);
        action.plan(again);
        assertEquals(List.of(again), action.plannedRolls());
        assertEquals(2, run.saved);
        Path file = folder.getRoot().toPath().resolve("host-maintenance/" + again.id() + ".json");
        Files.writeString(file, "{\"later\": 1, \"hosts\": [{\"host\": \"h\", \"later\": []}]}");
        RollReport read = restarted(action).plannedRolls().get(0);
        assertEquals("h", read.hosts().get(0).host());
        assertFalse(read.hosts().get(0).planned());
        Files.writeString(file, "no JSON");
        assertEquals(List.of(), restarted(action).plannedRolls());
        assertTrue(restarted(action).junit().contains("tests=\"0\""));
    }

    @Test
    public void aFullDiskStopsNoRoll() throws Exception {
        Files.writeString(folder.getRoot().toPath().resolve("host-maintenance"), "in the way");
        HostMaintenanceAction action = HostMaintenanceAction.of(run);
        RollReport plan = RollSamples.plan(3, 1, 1);
        action.plan(plan);
        assertEquals(List.of(plan), action.plannedRolls());
    }

    @Test
    public void theRemoteApiKeepsItsNames() {
        assertEquals(Set.of("drains", "rolls"), exported(HostMaintenanceAction.class));
        assertEquals(Set.of("plan", "lanes", "forecast", "moved", "away"), exported(RollProgress.class));
        assertEquals(
                Set.of("plan", "state", "drain", "outcome", "message", "phases", "moved", "moves", "waitsFor", "until"),
                exported(RollLane.class));
        assertEquals(
                new TreeSet<>(List.of(
                        "id", "key", "cloud", "began", "hash", "budget", "canary", "servers", "moves", "seconds",
                        "hosts")),
                exported(RollReport.class));
        assertEquals(
                Set.of("host", "state", "reason", "moves", "begins", "drained", "worked", "ends", "before"),
                exported(RollReport.Host.class));
        assertEquals(Set.of("maxAway", "minFree", "aggregate"), exported(RollReport.Budget.class));
        assertEquals(Set.of("build", "when"), exported(RollReport.Before.class));
        assertEquals(Set.of("likely", "earliest", "latest"), exported(RollForecast.class));
        assertEquals(Set.of("phases", "waitsFor", "until"), exported(HostCourse.class));
        assertEquals(
                new TreeSet<>(List.of(
                        "id",
                        "step",
                        "cloud",
                        "host",
                        "outcome",
                        "planHash",
                        "started",
                        "ended",
                        "message",
                        "servers",
                        "awaitingConfirm",
                        "log",
                        "plan",
                        "canary",
                        "hostState",
                        "course",
                        "beside")),
                exported(DrainReport.class));
        assertEquals(Set.of("service", "id", "name", "state", "why"), exported(SettingRow.class));
        assertEquals(
                Set.of("hash", "approved", "terms", "seconds", "rows", "room", "budget", "drift"),
                exported(PlanReport.class));
        assertEquals(
                Set.of(
                        "id",
                        "name",
                        "project",
                        "projectName",
                        "owner",
                        "ownerName",
                        "flavor",
                        "status",
                        "ramMiB",
                        "action",
                        "reason",
                        "hint",
                        "override",
                        "startSeconds",
                        "endSeconds"),
                exported(PlanRow.class));
        assertEquals(Set.of("name", "value"), exported(PlanReport.Term.class));
        assertEquals(Set.of("fits", "source", "summary", "places", "shortages"), exported(PlanRoom.class));
        assertEquals(Set.of("host", "servers"), exported(PlanRoom.Place.class));
        assertEquals(Set.of("id", "name", "needs", "reason"), exported(PlanRoom.Shortage.class));
        assertEquals(
                new TreeSet<>(List.of(
                        "id",
                        "name",
                        "project",
                        "projectName",
                        "action",
                        "from",
                        "to",
                        "outcome",
                        "reason",
                        "hint",
                        "seconds",
                        "ramMiB",
                        "percent",
                        "segments")),
                exported(ServerRow.class));
        assertEquals(Set.of("kind", "start", "end"), exported(Segment.class));
        assertSame(HostMaintenanceAction.of(run), HostMaintenanceAction.of(run).getApi().bean);
    }

    /** As Stapler finds them: public methods with the annotation, named after the method unless it says otherwise. */
    private static Set<String> exported(Class<?> bean) {
        assertTrue(bean + " is exported", bean.isAnnotationPresent(ExportedBean.class));
        Set<String> names = new TreeSet<>();
        for (Method method : bean.getMethods()) {
            Exported exported = method.getAnnotation(Exported.class);
            if (exported != null) {
                boolean known = Arrays.asList(String.class, long.class, int.class, boolean.class, List.class)
                                .contains(method.getReturnType())
                        || method.getReturnType().isAnnotationPresent(ExportedBean.class);
                assertTrue("Stapler knows how to write " + method, known);
                String own = method.getName().startsWith("get")
                        ? method.getName().substring(3).toLowerCase(Locale.ROOT)
                        : method.getName();
                names.add(exported.name().isEmpty() ? own : exported.name());
            }
        }
        return names;
    }

    private HostMaintenanceAction restarted(HostMaintenanceAction action) {
        XStream xstream = xstream();
        HostMaintenanceAction loaded = (HostMaintenanceAction) xstream.fromXML(xstream.toXML(action));
        loaded.onLoad(run);
        return loaded;
    }

    private static XStream xstream() {
        XStream xstream = new XStream();
        xstream.allowTypes(new Class<?>[] {HostMaintenanceAction.class});
        return xstream;
    }

    private static Set<String> ids(HostMaintenanceAction action) {
        return action.getDrains().stream().map(DrainReport::id).collect(Collectors.toSet());
    }

    private static DrainReport saying(String message) {
        return with("nodeEvacuate-1", message);
    }

    private static DrainReport named(String id) {
        return with(id, "");
    }

    private static DrainReport with(String id, String message) {
        DrainReport of = Samples.running();
        return new DrainReport(
                id,
                of.step(),
                of.cloud(),
                of.host(),
                of.outcome(),
                of.planHash(),
                of.started(),
                of.ended(),
                message,
                of.servers(),
                of.awaitingConfirm(),
                of.log());
    }
}
