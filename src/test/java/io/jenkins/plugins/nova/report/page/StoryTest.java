package io.jenkins.plugins.nova.report.page;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.report.Samples;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.KnownStep;
import io.jenkins.plugins.nova.report.data.ServerRow;
import io.jenkins.plugins.nova.report.data.SettledBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** One story a host: what the steps of a build, and of other builds, leave of it. */
public class StoryTest {

    private static final View STILL = View.still(Samples.START.plusSeconds(7200), Samples.UTC);
    private static final String BATCH_7 =
            Samples.story().get(1).servers().get(4).id();
    private static final String BATCH_8 =
            Samples.story().get(1).servers().get(5).id();

    private static DrainReport settling(String step, String outcome, String batch7, String batch8) {
        List<ServerRow> rows = new ArrayList<>();
        if (batch7 != null) {
            rows.add(settled("batch-7", step, batch7));
        }
        if (batch8 != null) {
            rows.add(settled("batch-8", step, batch8));
        }
        return Samples.step(step + "-3", step, outcome, 278, 290, step + " said so.", rows, null);
    }

    private static ServerRow settled(String name, String step, String outcome) {
        String action = step.equals("confirmResize") ? "confirm" : "revert";
        return Samples.row(name, action, "compute2", outcome, "", "", 2, 2048, -1, List.of());
    }

    private static DrainReport evacuated(String outcome) {
        DrainReport like = Samples.story().get(1);
        return Samples.step("nodeEvacuate-2", "nodeEvacuate", outcome, 0, 200, outcome, like.servers(), like.plan());
    }

    private static DrainReport evacuating() {
        return Samples.step("nodeEvacuate-2", "nodeEvacuate", DrainReport.RUNNING, 0, -1, "Moving.", List.of(), null);
    }

    /** What stands on the card: its sign and its words. */
    private static String stands(List<SettledBy> known, View view, DrainReport... steps) {
        List<Story> stories = Story.of(List.of(steps), known, view);
        assertEquals("one card", 1, stories.size());
        return stories.get(0).standing().key() + ": " + stories.get(0).words();
    }

    @Test
    public void whereTheHostStandsIsWhatTheStepsTogetherLeaveOfIt() {
        DrainReport planned = Samples.story().get(0);
        DrainReport awaiting = Samples.story().get(1);
        DrainReport confirmed = Samples.story().get(2);
        View live = Samples.live(Samples.START.plusSeconds(100));
        record Case(String expected, View view, List<DrainReport> steps) {}
        List<Case> cases = List.of(
                new Case("planned: planned", STILL, List.of(planned)),
                new Case("moving: in progress", live, List.of(planned, evacuating())),
                new Case("bad: interrupted", STILL, List.of(planned, evacuating())),
                new Case("confirm: awaiting confirm", STILL, List.of(planned, awaiting)),
                new Case("good: empty and closed", STILL, List.of(planned, awaiting, confirmed)),
                new Case("good: empty and closed", STILL, List.of(awaiting, confirmed)),
                new Case("good: in service", STILL, List.of(planned, awaiting, confirmed, Samples.returned())),
                new Case("confirm: in service", STILL, List.of(awaiting, Samples.returned())),
                new Case(
                        "confirm: awaiting confirm",
                        STILL,
                        List.of(awaiting, settling("confirmResize", "DONE", "CONFIRMED", null))),
                new Case(
                        "bad: incomplete",
                        STILL,
                        List.of(awaiting, settling("confirmResize", "INCOMPLETE", "CONFIRMED", "BLOCKED"))),
                new Case(
                        "bad: not empty",
                        STILL,
                        List.of(awaiting, settling("revertResize", "DONE", "REVERTED", "REVERTED"))),
                new Case(
                        "bad: not empty",
                        STILL,
                        List.of(
                                awaiting,
                                settling("confirmResize", "DONE", "CONFIRMED", null),
                                settling("revertResize", "DONE", null, "REVERTED"))),
                new Case("bad: incomplete", STILL, List.of(evacuated("INCOMPLETE"))),
                new Case("bad: incomplete", STILL, List.of(evacuated("INCOMPLETE"), confirmed)),
                new Case("bad: aborted", STILL, List.of(evacuated("ABORTED"), confirmed)),
                new Case("bad: unproven", STILL, List.of(evacuated("UNPROVEN"))),
                new Case("bad: drifted", STILL, List.of(evacuated("DRIFTED"))));
        for (Case each : cases) {
            assertEquals(
                    each.steps().stream().map(DrainReport::id).toList().toString(),
                    each.expected(),
                    stands(List.of(), each.view(), each.steps().toArray(DrainReport[]::new)));
        }
    }

    @Test
    public void whatIsSettledOfAnIncompleteDrainMakesNoHostEmpty() {
        ServerRow stuck = Samples.row("gpu-1", "live", "", "FAILED", "no host took it", "", 9, 1, -1, List.of());
        DrainReport drain = Samples.step(
                "nodeEvacuate-1", "nodeEvacuate", "INCOMPLETE", 0, 50, "1 is still there.", List.of(stuck), null);
        DrainReport moved = Samples.step(
                "liveMigrate-2",
                "liveMigrate",
                "DONE",
                60,
                90,
                "1 moved.",
                List.of(Samples.moved("gpu-1", "compute2", 1, 60, 90)),
                null);
        Story story = Story.of(List.of(drain, moved), List.of(), STILL).get(0);
        assertEquals("incomplete", story.words());
        assertEquals(Standing.BAD, story.standing());
        assertTrue(story.sentence(), story.sentence().contains("Whether compute1 is empty was not looked at since"));
        assertEquals("moved", story.rows().get(0).words());
        assertEquals("compute2", story.rows().get(0).to());
    }

    @Test
    public void aHostOnWhichAServerStaysIsNotCalledEmpty() {
        List<ServerRow> rows = new ArrayList<>(Samples.story().get(1).servers().subList(0, 3));
        rows.add(Samples.row("agent", "skip", "", "SKIPPED", "may stay (leave)", "", 0, 1, -1, List.of()));
        DrainReport drain = Samples.step("nodeEvacuate-2", "nodeEvacuate", "DONE", 0, 200, "", rows, null);
        assertEquals("good: closed", stands(List.of(), STILL, drain));
    }

    @Test
    public void norIsOneOnWhichAServerStaysOnceAllOthersAreConfirmed() {
        DrainReport awaiting = Samples.story().get(1);
        List<ServerRow> rows = new ArrayList<>(awaiting.servers());
        rows.add(Samples.row("agent", "skip", "", "SKIPPED", "may stay (leave)", "", 0, 1, -1, List.of()));
        DrainReport drain =
                Samples.step("nodeEvacuate-2", "nodeEvacuate", "AWAITING_CONFIRM", 0, 200, "", rows, awaiting.plan());
        Story story = Story.of(List.of(drain, Samples.story().get(2)), List.of(), STILL)
                .get(0);
        assertEquals("closed", story.words());
        assertFalse(story.sentence(), story.sentence().contains("is empty"));
    }

    @Test
    public void chosenServersAreDoneOnceTheyWaitForNobody() {
        List<ServerRow> moved = Samples.story().get(1).servers().subList(4, 6);
        DrainReport cold = new DrainReport(
                "coldMigrate-1",
                "coldMigrate",
                "production",
                null,
                "AWAITING_CONFIRM",
                null,
                Samples.START,
                Samples.START.plusSeconds(60),
                "2 servers wait for a confirm.",
                moved,
                moved.stream().map(ServerRow::id).toList(),
                null);
        assertEquals("confirm: awaiting confirm", stands(List.of(), STILL, cold));
        assertEquals(
                "confirm: awaiting confirm",
                stands(List.of(), STILL, cold, settling("confirmResize", "DONE", "CONFIRMED", null)));
        assertEquals(
                "good: done",
                stands(List.of(), STILL, cold, settling("confirmResize", "DONE", "CONFIRMED", "CONFIRMED")));
        assertEquals(
                "bad: incomplete",
                stands(List.of(), STILL, cold, settling("confirmResize", "INCOMPLETE", "CONFIRMED", "FAILED")));
    }

    @Test
    public void theColumnsGrowFromPlannedToDone() {
        List<DrainReport> steps = Samples.story();
        assertEquals("cold|||compute1||planned|0", row(steps.subList(0, 1)));
        assertEquals(
                "cold|cold||compute1|compute3|awaiting confirm|44",
                row(steps.subList(0, 2)).replace("||compute3", "|compute3"));
        assertEquals("cold|cold, confirm||compute1|compute3|confirmed|46", row(steps));
    }

    private static String row(List<DrainReport> steps) {
        StoryRow row = Story.of(steps, List.of(), STILL).get(0).rows().get(4);
        return String.join("|", row.planned(), row.way(), "", row.from(), row.to(), row.words(), row.seconds() + "");
    }

    @Test
    public void theWaitForAConfirmIsDrawnUntilItWasSettled() {
        List<DrainReport> steps = Samples.story();
        assertEquals(
                "[waiting 5-90, cold 90-134, verify 134-284, confirm 284-286]",
                spans(Story.of(steps, List.of(), STILL).get(0)));
        assertEquals(
                "[waiting 5-90, cold 90-134, verify 134-]",
                spans(Story.of(steps.subList(0, 2), List.of(), STILL).get(0)));
    }

    @Test
    public void aNightOfWaitingLeavesRoomForTheMovesOfMinutes() {
        List<DrainReport> steps = new ArrayList<>(Samples.story().subList(0, 2));
        ServerRow confirmed = Samples.row(
                "batch-7",
                "confirm",
                "compute3",
                "CONFIRMED",
                "",
                "",
                2,
                2048,
                -1,
                List.of(Samples.segment("confirm", 30_000, 30_002)));
        steps.add(
                Samples.step("confirmResize-3", "confirmResize", "DONE", 29_999, 30_005, "", List.of(confirmed), null));
        TimeScale scale = new TimeScale(
                Samples.START,
                List.of(
                        Samples.segment("live", 0, 90), Samples.segment("cold", 60, 180),
                        Samples.segment("confirm", 30_000, 30_002), Samples.segment("live", 30_100, -1)));
        assertEquals(1, scale.pauses().size());
        assertEquals(90, scale.seconds(Samples.START.plusSeconds(90)), 0);
        assertEquals("a third of what was before", 240, scale.seconds(Samples.START.plusSeconds(30_000)), 0.1);
        assertEquals("what is shorter is as it is", 340, scale.seconds(Samples.START.plusSeconds(30_100)), 0.1);
        assertEquals(210, scale.seconds(Samples.START.plusSeconds(180 + 29_820 / 2)), 0.1);
        String page = ReportPage.page(steps, List.of(), View.still(Samples.START.plusSeconds(40_000), Samples.UTC))
                .toString();
        assertTrue(page, page.contains("… 8 h 1"));
        assertTrue(page, page.contains("class=\"nova-pause\""));
    }

    private static String spans(Story story) {
        return story.rows().get(4).segments().stream()
                .map(segment -> segment.kind() + " " + second(segment.start()) + "-"
                        + (segment.end() == null ? "" : second(segment.end())))
                .toList()
                .toString();
    }

    private static long second(Instant instant) {
        return instant.getEpochSecond() - Samples.START.getEpochSecond();
    }

    @Test
    public void whatAnotherBuildDidIsToldAndTakesNothingBackOfWhatItCannotKnow() {
        DrainReport awaiting = Samples.story().get(1);
        Instant later = Samples.START.plusSeconds(3600);
        Map<String, String> both = Map.of(BATCH_7, "CONFIRMED", BATCH_8, "CONFIRMED");
        record Case(String expected, KnownStep known) {}
        List<Case> cases = List.of(
                new Case(
                        "good: empty and closed",
                        new KnownStep(
                                "j#2", "a", "confirmResize", "production", null, "DONE", null, later, later, both)),
                new Case(
                        "confirm: awaiting confirm",
                        new KnownStep("j#2", "a", "confirmResize", "other", null, "DONE", null, later, later, both)),
                new Case(
                        "confirm: awaiting confirm",
                        new KnownStep(
                                "j#2",
                                "a",
                                "confirmResize",
                                "production",
                                null,
                                "DONE",
                                null,
                                Samples.START.minusSeconds(9),
                                later,
                                both)),
                new Case(
                        "confirm: in service",
                        new KnownStep(
                                "j#2",
                                "a",
                                "nodeReturn",
                                "production",
                                "compute1",
                                "DONE",
                                "open",
                                later,
                                later,
                                null)),
                new Case(
                        "confirm: awaiting confirm",
                        new KnownStep(
                                "j#2",
                                "a",
                                "nodeReturn",
                                "production",
                                "compute10",
                                "DONE",
                                "open",
                                later,
                                later,
                                null)),
                new Case(
                        "confirm: closed",
                        new KnownStep(
                                "j#2",
                                "a",
                                "nodeEvacuate",
                                "production",
                                "compute1",
                                "DONE",
                                "closed",
                                later,
                                later,
                                null)),
                new Case(
                        "good: closed",
                        new KnownStep(
                                "j#2",
                                "a",
                                "nodeEvacuate",
                                "production",
                                "compute1",
                                "DONE",
                                "closed",
                                later,
                                later,
                                both)),
                new Case(
                        "bad: not ready",
                        new KnownStep(
                                "j#2",
                                "a",
                                "nodeReturn",
                                "production",
                                "compute1",
                                "NOT_READY",
                                null,
                                later,
                                later,
                                null)),
                new Case(
                        "quiet: taken over",
                        new KnownStep(
                                "j#2",
                                "a",
                                "nodeEvacuate",
                                "production",
                                "compute1",
                                "RUNNING",
                                null,
                                later,
                                null,
                                null)),
                new Case(
                        "confirm: awaiting confirm",
                        new KnownStep(
                                "j#2",
                                "a",
                                "maintenancePlan",
                                "production",
                                "compute1",
                                "PLANNED",
                                null,
                                later,
                                later,
                                null)),
                new Case(
                        "confirm: awaiting confirm",
                        new KnownStep(
                                "j#2",
                                "a",
                                "nodeEvacuate",
                                "production",
                                "compute1",
                                "REFUSED",
                                null,
                                later,
                                later,
                                null)));
        for (Case each : cases) {
            assertEquals(
                    each.known().toString(),
                    each.expected(),
                    stands(List.of(new SettledBy(each.known(), "confirm-job #2", null)), STILL, awaiting));
        }
    }

    @Test
    public void aBuildOfAnotherIsNamedAndLinkedOnlyWhereItsReaderMaySeeIt() {
        Instant later = Samples.START.plusSeconds(3600);
        KnownStep known =
                new KnownStep("j#2", "a", "nodeReturn", "production", "compute1", "DONE", "open", later, later, null);
        String seen = page(new SettledBy(known, "returns » night #2", "http://jenkins/job/j/2/host-maintenance/"));
        assertTrue(seen, seen.contains("<a href=\"http://jenkins/job/j/2/host-maintenance/\"><bdi>returns » night #2"));
        String unseen = page(new SettledBy(known, "another build", null));
        assertTrue(unseen, unseen.contains("As left by nodeReturn of another build."));
        assertFalse(unseen, unseen.contains("j#2"));
    }

    private static String page(SettledBy by) {
        return ReportPage.page(List.of(Samples.story().get(1)), List.of(by), STILL)
                .toString();
    }

    @Test
    public void hostsOfOneBuildKeepTheirCardsAndServersOfNoHostHaveTheirOwn() {
        ServerRow stranger = Samples.row("stranger", "confirm", "x", "CONFIRMED", "", "", 1, 1, -1, List.of());
        List<ServerRow> mixed = List.of(settled("batch-7", "confirmResize", "CONFIRMED"), stranger);
        List<Story> stories = Story.of(
                List.of(
                        Samples.story().get(1),
                        Samples.large(),
                        Samples.step("confirmResize-9", "confirmResize", "DONE", 300, 310, "", mixed, null)),
                List.of(),
                STILL);
        assertEquals(
                List.of("compute1", "compute-rack14-node07", "Chosen servers (2)"),
                stories.stream().map(Story::title).toList());
    }

    @Test
    public void theWayHomeBelongsToTheHostThatItLeadsTo() {
        DrainReport home = new DrainReport(
                "nodeReturn-4-home",
                "nodeReturn bringHome",
                "production",
                null,
                "DONE",
                null,
                Samples.START.plusSeconds(340),
                Samples.START.plusSeconds(360),
                "",
                List.of(new ServerRow(
                        Samples.story().get(1).servers().get(0).id(),
                        "web-1",
                        null,
                        null,
                        "live",
                        "compute2",
                        "compute1",
                        "MOVED",
                        "",
                        "",
                        9,
                        1,
                        -1,
                        List.of(Samples.segment("live", 341, 350)))),
                null,
                null);
        List<Story> stories = Story.of(List.of(Samples.story().get(1), Samples.returned(), home), List.of(), STILL);
        assertEquals(1, stories.size());
        StoryRow row = stories.get(0).rows().get(0);
        assertEquals("compute1", row.from());
        assertEquals("compute1", row.to());
    }
}
