package io.jenkins.plugins.nova.report.page;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.report.RollSamples;
import io.jenkins.plugins.nova.report.Samples;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.HostCourse;
import io.jenkins.plugins.nova.report.data.RollForecast;
import io.jenkins.plugins.nova.report.data.RollLane;
import io.jenkins.plugins.nova.report.data.RollMark;
import io.jenkins.plugins.nova.report.data.RollProgress;
import io.jenkins.plugins.nova.report.data.RollReport;
import io.jenkins.plugins.nova.report.data.Segment;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The page of a roll: sizes, states, the forecast, what is told once and what in each lane. */
public class RollPageTest {

    private static final int HOSTS = 200;
    private static final int SERVERS = 25;
    private static final int AWAY = 4;

    private static Markup page(RollReport plan, List<DrainReport> drains, View view) {
        return ReportPage.page(List.of(plan), drains, List.of(), view);
    }

    private static View at(long second) {
        return Samples.live(RollSamples.time(second));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String token(String answer) {
        Matcher token = Pattern.compile("data-nova-token=\"([^\"]*)\"").matcher(answer);
        assertTrue(answer, token.find());
        return token.group(1);
    }

    // ---- sizes

    @Test
    public void twoHundredHostsWithFiveThousandServersAreBelowTwoHundredKilobytes() {
        RollReport plan = RollSamples.plan(HOSTS, SERVERS, AWAY);
        // at its end each lane has all its phases
        for (long second : new long[] {0, plan.seconds() / 2, 2 * plan.seconds()}) {
            View view = at(second);
            String whole = new Changes().whole(page(plan, RollSamples.at(plan, second, 1.1, 40), view), view);
            assertTrue("at " + second + ": " + bytes(whole) + " bytes", bytes(whole) < 200_000);
            assertEquals(HOSTS, whole.split("data-host=", -1).length - 1);
            assertFalse("drains are behind the lanes", whole.contains("guest-"));
        }
    }

    /**
     * The pace, the first host that is watched through a change of waves, the one that fails, and the seconds of a tick: in one of
     * three as many there is more that changed, for the same room.
     */
    private static final double[][] WAVES = {{1.1, 37, 40, 5}, {1, HOSTS / 2, 3, 15}, {0.8, 120, 121, 15}};

    @Test
    public void aTickIsBelowFiveKilobytes() {
        for (double[] wave : WAVES) {
            ticksOf(wave[0], (int) wave[1], (int) wave[2], (int) wave[3]);
        }
    }

    /** Each of those that are away changes its phase meanwhile, some end, others begin, and one fails. */
    private static void ticksOf(double pace, int host, int failing, int tick) {
        RollReport plan = RollSamples.plan(HOSTS, SERVERS, AWAY);
        Changes changes = new Changes();
        long begins = Math.round(pace * plan.hosts().get(host).begins());
        View first = at(begins - 300);
        String token =
                token(changes.whole(page(plan, RollSamples.at(plan, begins - 300, pace, failing), first), first));
        int most = 0;
        int all = 0;
        int ticks = 0;
        for (long second = begins - 300 + tick; second < begins + 1.2 * RollSamples.WHOLE; second += tick) {
            View view = at(second);
            String answer = changes.since(token, page(plan, RollSamples.at(plan, second, pace, failing), view), view);
            most = Math.max(most, bytes(answer));
            all += bytes(answer);
            ticks++;
            token = token(answer);
            assertFalse(answer.contains("data-nova-whole"));
        }
        String of = " bytes at the pace " + pace + " from host " + host;
        assertTrue(most + of + " at most", most < 5_000);
        assertTrue(all / ticks + of + " in the mean", all / ticks < 1_500);
    }

    // ---- states

    private static final RollReport.Host HOST = new RollReport.Host("h", "CLEAR", "", 3, 0, 600, 1_800, 2_100, null);

    private static RollReport plan(RollReport.Host... hosts) {
        return new RollReport(
                "roll-1",
                "zone:az1",
                "production",
                Samples.START,
                "7c1f9b2e5a40",
                new RollReport.Budget(2, 0, null),
                true,
                3,
                3,
                2_100,
                List.of(hosts));
    }

    private static DrainReport step(String host, String outcome, String state, String... phases) {
        return step("It is said.", host, outcome, state, List.of(phases));
    }

    private static DrainReport step(String message, String host, String outcome, String state, List<String> phases) {
        List<Segment> went = new ArrayList<>();
        boolean over = !outcome.equals(DrainReport.RUNNING);
        for (int i = 0; i < phases.size(); i++) {
            boolean last = i == phases.size() - 1;
            went.add(Samples.segment(phases.get(i), 100 * i, last && !over ? -1 : 100 * (i + 1)));
        }
        return new DrainReport(
                        host.matches("\\w+") ? "step-" + host : "step-x",
                        "nodeMaintenance",
                        "production",
                        host,
                        outcome,
                        null,
                        Samples.START,
                        over ? RollSamples.time(100L * phases.size()) : null,
                        message,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        state)
                .in(
                        new RollMark("roll-1", "zone:az1", 2, phases.size() > 1),
                        new HostCourse(went, phases.size() == 1 && !over ? "the canary c" : null, null));
    }

    @Test
    public void eachStateHasItsWordAndStanding() {
        String r = DrainReport.RUNNING;
        String open = DrainReport.OPEN;
        String closed = DrainReport.CLOSED;
        Object[][] table = {
            {null, "TO_COME", "planned", "to come"},
            {step("h", r, null, "waiting"), "WAITING", "waiting", "waiting"},
            {step("h", r, null, "waiting", "draining"), "DRAINING", "moving", "draining"},
            {step("h", r, null, "waiting", "draining", "block"), "BLOCK", "moving", "block"},
            {step("h", r, null, "waiting", "draining", "block", "settling"), "SETTLING", "moving", "settling"},
            {step("h", "DONE", open, "waiting", "draining", "block", "settling"), "DONE", "good", "done"},
            {step("h", "DONE_BEFORE", null, "waiting"), "DONE_BEFORE", "good", "done before"},
            {step("h", "INCOMPLETE", closed, "waiting", "draining"), "FAILED", "bad", "incomplete"},
            {step("h", "BODY_FAILED", closed, "waiting", "draining", "block"), "FAILED", "bad", "body failed"},
            {step("h", "ABORTED", closed, "waiting", "draining"), "FAILED", "bad", "aborted"},
            {step("h", "ABORTED", null, "waiting"), "NOT_BEGUN", "quiet", "not begun, aborted"},
            {step("h", "NOT_BEGUN", null, "waiting"), "NOT_BEGUN", "quiet", "not begun"},
            {step("h", "DRIFTED", null, "waiting"), "NOT_BEGUN", "quiet", "not begun, drifted"},
            {step("h", "REFUSED", null, "waiting", "draining"), "NOT_BEGUN", "quiet", "not begun, refused"},
        };
        for (Object[] row : table) {
            List<DrainReport> drains = row[0] == null ? List.of() : List.of((DrainReport) row[0]);
            View view = at(500);
            RollProgress progress = RollProgress.of(plan(HOST), drains, view.now(), true);
            RollLane lane = progress.getLanes().get(0);
            assertEquals(row[1], lane.stateText());
            String lanes = page(plan(HOST), drains, view).toString();
            String which = String.valueOf(row[1]);
            assertTrue(which + lanes, lanes.contains("data-standing=\"" + row[2] + "\""));
            assertTrue(which + lanes, lanes.contains("</i> " + row[3] + "</b>"));
            assertEquals(which, row[0] != null, lanes.contains("href=\"drain/step-h/\""));
        }
    }

    @Test
    public void aBuildThatEndedLeavesNoHostUnderWay() {
        View view = new View(RollSamples.time(500), Samples.UTC, false, "changes", null);
        List<DrainReport> drains = List.of(step("h", DrainReport.RUNNING, null, "waiting", "draining"));
        RollProgress progress = RollProgress.of(plan(HOST), drains, view.now(), false);
        assertEquals(RollLane.State.INTERRUPTED, progress.getLanes().get(0).state());
        assertNull(progress.getForecast());
        assertTrue(page(plan(HOST), drains, view).toString().contains("never told its end"));
    }

    @Test
    public void aLoopOfStepsWithoutARollIsFoundByItsHostsAndWhatItDoesOfOthersIsNot() {
        DrainReport plain = step("h", "DONE", DrainReport.OPEN, "draining", "block", "settling");
        assertEquals(
                1,
                RollProgress.of(plan(HOST), List.of(plain.in(null, plain.course())), at(500).now(), true)
                        .count(RollLane.State.DONE));
        DrainReport other = plain.in(new RollMark("roll-2", "zone:az2", 9, true), plain.course());
        assertEquals(
                1,
                RollProgress.of(plan(HOST), List.of(other), at(500).now(), true).count(RollLane.State.TO_COME));
    }

    @Test
    public void aHostThatFailedAndWasReturnedByAnotherStepIsDone() {
        DrainReport failed = step("h", "BODY_FAILED", DrainReport.CLOSED, "waiting", "draining", "block");
        DrainReport returned = new DrainReport(
                "step-2",
                "nodeReturn",
                "production",
                "h",
                "DONE",
                null,
                RollSamples.time(400),
                RollSamples.time(450),
                "In service.",
                null,
                null,
                null,
                null,
                null,
                DrainReport.OPEN);
        RollProgress progress = RollProgress.of(plan(HOST), List.of(failed, returned), at(500).now(), true);
        assertEquals(RollLane.State.DONE, progress.getLanes().get(0).state());
        assertEquals(0, progress.getAway());
        assertEquals(Map.of(0L, 0, 100L, 1, 450L, 0), progress.awayOverTime());
    }

    // ---- told once, or in each lane

    @Test
    public void whatManyWaitForIsToldOnceAndWhatFewDoInTheirLanes() {
        RollReport plan = RollSamples.plan(30, 2, AWAY);
        View view = at(RollSamples.WHOLE + 100);
        List<DrainReport> drains = new ArrayList<>(RollSamples.at(plan, RollSamples.WHOLE + 100, 1, -1));
        DrainReport last = drains.get(29);
        drains.set(29, last.in(last.roll(), new HostCourse(last.course().phases(), "seats for 2 servers of it", null)));
        String markup = page(plan, drains, view).toString();
        assertEquals(1, markup.split("budget.maxAway 4 is used", -1).length - 1);
        assertEquals(2, markup.split("waits for seats for 2 servers of it", -1).length - 1);
        assertTrue(markup, markup.contains("<strong>24 hosts</strong> wait for the budget"));
    }

    @Test
    public void whatPeopleNamedIsNoMarkup() throws Exception {
        String bad = "<script>alert(1)</script>\"'&\u0000\u202E";
        RollReport.Host host = new RollReport.Host(bad, "BLOCKED", bad, 1, 0, 1, 2, 3, null);
        RollReport.Host before = new RollReport.Host(
                bad + "2", "CLEAR", null, 0, -1, -1, -1, -1, new RollReport.Before(bad, Samples.START));
        RollReport plan =
                new RollReport("roll-1", bad, bad, Samples.START, bad, null, true, 1, 1, 3, List.of(host, before));
        DrainReport failed = step(bad, "BODY_FAILED", DrainReport.CLOSED, "waiting", "draining");
        for (List<DrainReport> drains : List.of(List.<DrainReport>of(), List.of(failed))) {
            String markup = page(plan, drains, at(10)).toString();
            assertFalse(markup, markup.contains("<script"));
            assertFalse(markup, markup.contains("\u0000"));
            RollProgress progress = RollProgress.of(plan, drains, at(10).now(), true);
            Element suite = parsed(JUnitXml.of(progress));
            assertEquals("3", suite.getAttribute("tests"));
        }
        String file = ReportPage.selfContained(List.of(plan), List.of(failed), bad, Samples.START, Samples.UTC);
        assertFalse(file, file.contains("<script>alert"));
        assertTrue("lanes lead to the drains in the file", file.contains("href=\"#nova-step-"));
    }

    @Test
    public void aBuildWithoutARollHasNone() {
        String markup = ReportPage.page(List.of(), List.of(Samples.drained()), List.of(), at(10))
                .toString();
        assertTrue(markup, markup.contains("<div id=\"nova-rolls\"></div>"));
        String of = ReportPage.drain("nodeEvacuate-1", List.of(Samples.drained()), List.of(), at(10))
                .toString();
        assertTrue(of, of.contains("id=\"nova-nodeEvacuate-1\""));
    }

    // ---- the forecast

    private static RollForecast forecast(RollReport plan, long second, double pace) {
        RollForecast forecast = RollProgress.of(
                        plan, RollSamples.at(plan, second, pace, -1), RollSamples.time(second), true)
                .getForecast();
        assertNotNull("at " + second, forecast);
        return forecast;
    }

    private static Duration spread(RollForecast forecast) {
        return Duration.between(forecast.earliest(), forecast.latest());
    }

    @Test
    public void fromAQuarterOnTheEndIsForetoldAndTheSpreadHoldsIt() {
        RollReport plan = RollSamples.plan(40, 5, AWAY);
        for (double pace : new double[] {0.7, 1, 1.2, 1.6}) {
            Instant ends = RollSamples.time(Math.round(pace * plan.seconds()));
            for (int percent = 30; percent < 100; percent += 10) {
                long second = Math.round(pace * plan.seconds() * percent / 100);
                RollForecast told = forecast(plan, second, pace);
                long off = Math.abs(Duration.between(ends, told.likely()).toSeconds());
                String what = "pace " + pace + " at " + percent + " %: " + told + ", it ends " + ends;
                assertTrue(what, off <= 0.15 * pace * plan.seconds());
                assertTrue(
                        what,
                        !told.earliest().isAfter(told.likely())
                                && !told.latest().isBefore(told.likely()));
                assertTrue(what, !ends.isBefore(told.earliest().minusSeconds(300)));
                assertTrue(what, !ends.isAfter(told.latest().plusSeconds(300)));
            }
        }
    }

    @Test
    public void beforeAQuarterIsDoneTheSpreadIsWide() {
        RollReport plan = RollSamples.plan(40, 5, AWAY);
        RollForecast early = forecast(plan, 60, 1);
        assertTrue(early.toString(), spread(early).toSeconds() >= 0.55 * plan.seconds());
        RollForecast late = forecast(plan, plan.seconds() / 2, 1);
        assertTrue(late.toString(), spread(late).toSeconds() < 0.3 * plan.seconds() / 2);
    }

    /** The outcome, what a step says of its host, and what is said once of all. */
    private static final String[][] NOT_BEGUN = {
        {
            "ABORTED",
            "Aborted by jane. Host %s was not begun: it is as it was.",
            "Aborted by jane. The host was not begun: it is as it was."
        },
        {"NOT_BEGUN", "Host %s is not begun: the canary h12 failed.\nMore.", "the canary h12 failed."},
        {"NOT_BEGUN", "Host %s is not begun: Host h1.example failed.", "Host h1.example failed."},
        {"NOT_BEGUN", "It is full.", "It is full."},
    };

    @Test
    public void hostsThatWereNotBegunForOneReasonAreOneLine() {
        List<String> names = List.of("h1", "h10", "h1-a");
        RollReport plan = plan(names.stream()
                .map(name -> new RollReport.Host(name, "CLEAR", "", 3, 0, 600, 1_800, 2_100, null))
                .toArray(RollReport.Host[]::new));
        for (String[] row : NOT_BEGUN) {
            List<DrainReport> steps = names.stream()
                    .map(name -> step(row[1].replace("%s", name), name, row[0], null, List.of("waiting")))
                    .toList();
            String page = page(plan, steps, at(500)).toString();
            assertEquals(page, 1, page.split("<strong>3 hosts</strong> – " + row[2], -1).length - 1);
            assertFalse(page, page.contains("<strong>1 host</strong>"));
        }
    }

    @Test
    public void whatWaitsForAWindowIsForetoldFromItsOpening() {
        DrainReport waits = step("h", DrainReport.RUNNING, null, "waiting");
        Instant opens = RollSamples.time(50_000);
        DrainReport until = waits.in(waits.roll(), new HostCourse(waits.course().phases(), "a window", opens));
        RollForecast told =
                RollProgress.of(plan(HOST), List.of(until), at(10).now(), true).getForecast();
        assertEquals(opens.plusSeconds(2_100), told.likely());
        assertTrue(page(plan(HOST), List.of(until), at(10)).toString().contains("a window (until 12:57)"));
    }

    @Test
    public void whereEverythingIsDoneOrFailedNothingIsForetold() {
        for (DrainReport end : List.of(
                step("h", "DONE", DrainReport.OPEN, "waiting", "draining", "block", "settling"),
                step("h", "INCOMPLETE", DrainReport.CLOSED, "waiting", "draining"),
                step("h", "NOT_BEGUN", null, "waiting"))) {
            assertNull(RollProgress.of(plan(HOST), List.of(end), at(500).now(), true)
                    .getForecast());
        }
    }

    // ---- JUnit

    private static Element parsed(String text) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getDocumentElement();
    }

    @Test
    public void eachHostIsACaseAndTheWholeIsOne() throws Exception {
        RollReport plan = RollSamples.plan(20, 2, AWAY);
        long second = 3L * RollSamples.WHOLE;
        RollProgress progress =
                RollProgress.of(plan, RollSamples.at(plan, second, 1, 3), RollSamples.time(second), true);
        Element suite = parsed(JUnitXml.of(progress));
        assertEquals("roll.aggregate:rack7", suite.getAttribute("name"));
        assertEquals("21", suite.getAttribute("tests"));
        assertEquals("the host and the whole", "2", suite.getAttribute("failures"));
        assertEquals(String.valueOf(progress.count(RollLane.State.WAITING)), suite.getAttribute("skipped"));
        assertEquals(21, suite.getElementsByTagName("testcase").getLength());
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertTrue(failure.getTextContent().contains("script returned exit code 1"));
    }

    // ---- what an earlier report knew

    @Test
    public void aPhaseBeganWhenItWasFirstSeenToGoOn() {
        DrainReport first = step("h", DrainReport.RUNNING, null, "waiting", "draining", "block", "settling");
        List<Segment> later = List.of(
                Samples.segment("waiting", 0, 100),
                Samples.segment("draining", 100, 200),
                Samples.segment("block", 200, 700),
                Samples.segment("settling", 700, 900));
        DrainReport last =
                first.in(first.roll(), new HostCourse(later, null, null)).after(first);
        assertEquals(
                List.of(
                        Samples.segment("waiting", 0, 100),
                        Samples.segment("draining", 100, 200),
                        Samples.segment("block", 200, 300),
                        Samples.segment("settling", 300, 900)),
                last.course().phases());
        assertEquals(last, last.after(null));
    }
}
