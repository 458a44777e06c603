package io.jenkins.plugins.nova.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.PlanReport;
import io.jenkins.plugins.nova.report.data.PlanRow;
import io.jenkins.plugins.nova.report.data.ServerRow;
import io.jenkins.plugins.nova.report.page.Changes;
import io.jenkins.plugins.nova.report.page.Markup;
import io.jenkins.plugins.nova.report.page.ReportPage;
import io.jenkins.plugins.nova.report.page.View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a page that is open fetches while its build runs. */
public class ChangesTest {

    private static final int SERVERS = 200;
    private static final int AT_A_TIME = 8;
    private static final int SECONDS_EACH = 40;
    private static final int TICK = 5;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** A drain of two hundred servers, eight at a time, so many seconds after its start. */
    private static DrainReport draining(int second) {
        PlanRow like = Samples.planned().plan().rows().get(0);
        List<ServerRow> rows = new ArrayList<>();
        List<PlanRow> plans = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            // each begins five seconds after the one before it in its wave
            int from = i / AT_A_TIME * SECONDS_EACH + i % AT_A_TIME * TICK;
            int until = from + SECONDS_EACH;
            String name = "tenant-worker-with-a-name-" + i;
            if (second < from) {
                rows.add(Samples.row(
                        name, "live", "", "", "", "", 0, 8192, -1, List.of(Samples.segment("waiting", 0, -1))));
            } else if (second < until) {
                rows.add(Samples.row(
                        name,
                        "live",
                        "compute2",
                        "RUNNING",
                        "",
                        "",
                        second - from,
                        8192,
                        100 * (second - from) / SECONDS_EACH,
                        List.of(Samples.segment("waiting", 0, from), Samples.segment("live", from, -1))));
            } else {
                rows.add(Samples.moved(name, "compute2", 8192, from, until));
            }
            plans.add(new PlanRow(
                    rows.get(i).id(),
                    name,
                    like.project(),
                    like.projectName(),
                    like.owner(),
                    like.ownerName(),
                    like.flavor(),
                    "ACTIVE",
                    8192,
                    "live",
                    "",
                    "",
                    null,
                    from,
                    until));
        }
        boolean over = second > SERVERS / AT_A_TIME * SECONDS_EACH + SECONDS_EACH;
        PlanReport plan = new PlanReport("7c1f9b2e5a40", null, null, 1000, plans, null, null, null);
        return new DrainReport(
                "nodeEvacuate-1",
                "nodeEvacuate",
                "production",
                "compute1",
                over ? "DONE" : DrainReport.RUNNING,
                plan.hash(),
                Samples.START,
                over ? at(second) : null,
                "Second " + second + " of the drain: moving 8 at a time.",
                rows,
                null,
                List.of("compute1 cordoned"),
                plan);
    }

    private static Instant at(int second) {
        return Samples.START.plusSeconds(second);
    }

    private static Markup page(int second) {
        return ReportPage.page(List.of(draining(second)), List.of(), Samples.live(at(second)));
    }

    private static String token(String answer) {
        Matcher token = Pattern.compile("data-nova-token=\"([^\"]*)\"").matcher(answer);
        assertTrue(answer, token.find());
        return token.group(1);
    }

    private static int bytes(String answer) {
        return answer.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    public void aTickOfTwoHundredServersIsBelowTenKilobytes() {
        Changes changes = new Changes();
        String first = changes.whole(page(0), Samples.live(at(0)));
        String token = token(first);
        int most = 0;
        long all = 0;
        int ticks = 0;
        int end = SERVERS / AT_A_TIME * SECONDS_EACH + 2 * SECONDS_EACH;
        for (int second = TICK; second <= end; second += TICK) {
            String answer = changes.since(token, page(second), Samples.live(at(second)));
            token = token(answer);
            most = Math.max(most, bytes(answer));
            all += bytes(answer);
            ticks++;
        }
        System.out.println("page of " + SERVERS + " servers: whole " + bytes(first) + " bytes, a tick " + all / ticks
                + " on average, " + most + " at most");
        assertTrue("the largest tick took " + most, most < 10_000);
        assertTrue("the whole is not small: " + bytes(first), bytes(first) > 150_000);
    }

    @Test
    public void aTickInWhichNothingHappenedHasNothingOfAServer() {
        Changes changes = new Changes();
        View view = Samples.live(at(100));
        String token = token(changes.whole(page(100), view));
        String answer = changes.since(token, page(100), view);
        assertFalse(answer, answer.contains("data-nova-piece"));
        assertEquals(token, token(answer));
        assertTrue(bytes(answer) + "", bytes(answer) < 300);
    }

    @Test
    public void severalReadersEachGetWhatTheyHaveNotSeen() {
        Changes changes = new Changes();
        String early = token(changes.whole(page(50), Samples.live(at(50))));
        String late = token(changes.since(early, page(95), Samples.live(at(95))));
        String toLate = changes.since(late, page(100), Samples.live(at(100)));
        String toEarly = changes.since(early, page(100), Samples.live(at(100)));
        assertTrue(rows(toEarly) > rows(toLate));
        assertTrue(rows(toLate) > 0);
    }

    private static int rows(String answer) {
        return answer.split("<tbody", -1).length - 1;
    }

    @Test
    public void whoIsNotKnownGetsTheWhole() {
        Changes changes = new Changes();
        View view = Samples.live(at(50));
        String own = token(changes.whole(page(50), view));
        for (String token : List.of(
                "",
                "x",
                "null",
                own + "9999999999",
                own.replaceAll("-.*", "-"),
                "-1",
                token(new Changes().whole(page(50), view)),
                own.replaceAll("-.*", "-99999999999999999999999"))) {
            String answer = changes.since(token, page(50), view);
            assertTrue(token, answer.contains("data-nova-whole=\"true\"") || rows(answer) == SERVERS);
        }
    }

    @Test
    public void whatIsGoneIsNamed() {
        Changes changes = new Changes();
        View view = Samples.live(at(50));
        String whole = changes.whole(page(50), view);
        String token = token(whole);
        DrainReport all = draining(50);
        DrainReport fewer = new DrainReport(
                all.id(),
                all.step(),
                all.cloud(),
                all.host(),
                all.outcome(),
                all.planHash(),
                all.started(),
                null,
                all.message(),
                all.servers().subList(1, SERVERS),
                null,
                all.log(),
                all.plan());
        String answer = changes.since(token, ReportPage.page(List.of(fewer), List.of(), view), view);
        Matcher first = Pattern.compile("<tbody id=\"([^\"]*)\"").matcher(whole);
        assertTrue(first.find());
        assertTrue(
                answer,
                Pattern.compile("data-nova-gone=\"([^\"]* )?" + first.group(1) + "[ \"]")
                        .matcher(answer)
                        .find());
    }

    @Test
    public void whatADrainWritesGrowsWithItsTimeAndNotWithItsServersToo() {
        DrivenClock clock = new DrivenClock(Samples.START);
        SomeRun run = new SomeRun(folder.getRoot());
        HostMaintenanceAction action = new HostMaintenanceAction(clock);
        action.onAttached(run);
        long whole = ReportJson.write(draining(500)).length;
        int end = SERVERS / AT_A_TIME * SECONDS_EACH + SECONDS_EACH + 1;
        for (int second = 0; second <= end; second++) {
            clock.now = at(second);
            action.update(draining(second));
        }
        long written = action.written();
        System.out.println("drain of " + SERVERS + " servers, changed each second for " + end + " s: its report of "
                + whole
                + " bytes was written " + written / whole + " times, " + written + " bytes; each second would be "
                + whole * end);
        assertTrue("wrote " + written, written <= 16_384L * end + 3 * whole);
        assertEquals("DONE", action.getDrains().get(0).outcome());
    }
}
