package io.jenkins.plugins.nova.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.KnownStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.springframework.security.access.AccessDeniedException;

/** What other builds of the controller did, on the page of an earlier one. */
public class KnownStepsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, RehearsedRun> visible = new HashMap<>();
    private Path file;
    private RehearsedRun night;
    private RehearsedRun confirms;

    @Before
    public void begin() throws Exception {
        file = folder.getRoot().toPath().resolve("nova-maintenance/steps.json");
        night = RehearsedRun.begin("night", folder.newFolder());
        confirms = RehearsedRun.begin("confirms", folder.newFolder());
        visible.put(confirms.getExternalizableId(), confirms);
    }

    private KnownSteps controller() {
        return new KnownSteps(file::getParent, build -> {
            if (!visible.containsKey(build)) {
                throw new AccessDeniedException(build);
            }
            return visible.get(build);
        });
    }

    private static HostMaintenanceAction of(RehearsedRun run, KnownSteps known) {
        HostMaintenanceAction action = new HostMaintenanceAction(new DrivenClock(Instant.now()), known);
        action.onAttached(run);
        return action;
    }

    /** The samples' steps as of today: a step that began before its build did nothing for it. */
    private static DrainReport now(DrainReport like, int second) {
        Instant began = Instant.now().plusSeconds(60 + second);
        return new DrainReport(
                like.id(),
                like.step(),
                like.cloud(),
                like.host(),
                like.outcome(),
                like.planHash(),
                began,
                like.ended() == null ? null : began.plusSeconds(5),
                like.message(),
                like.servers(),
                like.awaitingConfirm(),
                like.log(),
                like.plan(),
                like.canary(),
                like.hostState());
    }

    @Test
    public void aConfirmOfAnotherJobSettlesThePageAlsoAfterARestart() {
        KnownSteps known = controller();
        HostMaintenanceAction page = of(night, known);
        page.update(now(Samples.story().get(1), 0));
        assertTrue(page.getFragment().contains("Awaiting confirmation: 2 servers"));

        of(confirms, known).update(now(Samples.story().get(2), 10));

        for (KnownSteps each : List.of(known, controller())) {
            HostMaintenanceAction again = of(night, each);
            again.update(now(Samples.story().get(1), 0));
            String shown = again.getFragment();
            assertFalse(shown, shown.contains("Awaiting confirmation"));
            assertTrue(shown, shown.contains("empty and closed"));
            assertTrue(shown, shown.contains("confirmed by confirmResize of " + confirms.getFullDisplayName()));
        }
    }

    @Test
    public void aBuildThatTheReaderMayNotSeeIsNotNamed() {
        KnownSteps known = controller();
        HostMaintenanceAction page = of(night, known);
        page.update(now(Samples.story().get(1), 0));
        of(confirms, known).update(now(Samples.story().get(2), 10));
        visible.clear();
        String shown = page.getFragment();
        assertTrue(shown, shown.contains("confirmed by confirmResize of another build"));
        assertFalse(shown, shown.contains(confirms.getFullDisplayName()));
    }

    @Test
    public void aStepThatNeverEndedIsToldAsBegunAndItsEndReplacesIt() throws Exception {
        KnownSteps known = controller();
        HostMaintenanceAction page = of(night, known);
        page.update(now(Samples.story().get(1), 0));
        HostMaintenanceAction other = of(confirms, known);
        DrainReport begun = Samples.step("n-1", "nodeReturn", DrainReport.RUNNING, 0, -1, "", List.of(), null);
        other.update(now(begun, 20));
        assertTrue(page.getFragment().contains("taken over"));
        DrainReport returned = Samples.returned();
        other.update(now(
                new DrainReport(
                        "n-1",
                        "nodeReturn",
                        returned.cloud(),
                        returned.host(),
                        "DONE",
                        null,
                        returned.started(),
                        returned.ended(),
                        "",
                        null,
                        null,
                        null,
                        null,
                        null,
                        DrainReport.OPEN),
                20));
        assertTrue(page.getFragment().contains("in service"));
        assertEquals(
                "one of each step",
                2,
                known.besides(RehearsedRun.begin("none", folder.newFolder())).size());
    }

    @Test
    public void noMoreThanTheNewestAreKept() throws Exception {
        KnownSteps known = controller();
        Instant now = Instant.now();
        for (int i = 0; i < 510; i++) {
            known.note(new KnownStep("j#" + i, "a", "nodeReturn", "c", "h", "DONE", null, now, now, null));
        }
        String text = Files.readString(file);
        assertFalse(text.contains("\"j#9\""));
        assertTrue(text.contains("\"j#509\""));
    }

    @Test
    public void aFileThatCannotBeReadHidesNothingButItself() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{");
        HostMaintenanceAction page = of(night, controller());
        page.update(now(Samples.story().get(1), 0));
        assertTrue(page.getFragment().contains("Awaiting confirmation: 2 servers"));
    }
}
