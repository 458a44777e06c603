package io.jenkins.plugins.nova.plan.roll;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Microversion;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.Rates;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.Wish;
import io.jenkins.plugins.nova.plan.filter.Filters;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;

/** One kind of cloud each: what the order, the seats, the blockers and the shortages are then. */
public class RollPlannerTest {

    private final RollClouds clouds = new RollClouds();

    private Roll roll(int maxAway, boolean canary, String... hosts) {
        return RollTrial.planner().plan(clouds.cloud(), RollClouds.order(maxAway, 0, canary, List.of(hosts)));
    }

    /** {@code host: server>seat server>seat}, a turn each; the state in brackets where it is not CLEAR. */
    private static String told(Roll roll) {
        return roll.turns().stream()
                .map(turn -> turn.host()
                        + (turn.state() == RollTurn.State.CLEAR ? "" : "[" + turn.state() + "]")
                        + turn.moves().stream()
                                .map(move -> " " + move.server().name() + ">" + move.to())
                                .sorted()
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("; "));
    }

    private RollClouds three() {
        return clouds.host("c1", "az", 64, 32)
                .host("c2", "az", 64, 32)
                .host("c3", "az", 64, 32)
                .server("a", "c1", 40)
                .server("b", "c2", 30)
                .server("c", "c2", 10);
    }

    @Test
    public void aSpareHostMakesEachServerMoveOnce() {
        three();
        Roll outside = roll(1, true, "c1", "c2");
        assertEquals("c1 a>c3; c2 b>c1 c>c3", told(outside));
        assertEquals(3, outside.moves());
        assertEquals(3, outside.bound());
        assertEquals(3, outside.moving());
    }

    /** Octavia puts the new one where Nova's scheduler wants: no seat is kept for it, and what the old one had is free. */
    @Test
    public void amphoraeLeaveWithoutASeat() {
        clouds.host("c1", "az", 64, 32)
                .host("c2", "az", 64, 32)
                .server("a", "c1", 4)
                .amphora("lb-a", "c1", 50, "shop")
                .amphora("bare", "c1", 1, null)
                .server("b", "c2", 58);
        Roll roll = roll(1, false, "c1", "c2");
        assertEquals("c1 a>c2 bare>c2; c2 a>c1 b>c1 bare>c1", told(roll));
        assertEquals(
                "its drain takes as long as the failover",
                3,
                roll.turns().get(0).times().drained().toMinutes());
        assertEquals(5, roll.moves());
        assertEquals(3, roll.moving());
        assertEquals(List.of(), roll.shortages());
        NextHost next = NextHost.of(
                Filters.planner(), clouds.cloud(), RollClouds.order(1, 0, false, List.of("c1", "c2")), "c1", Map.of());
        assertEquals(Map.of("id-a", "c2", "id-bare", "c2"), next.seats());
        assertEquals(
                List.of("a", "bare"),
                next.moving().stream().map(one -> one.server().name()).toList());
        assertEquals(List.of(), next.blocked());
    }

    /** Octavia replaces one of a load balancer after the other, so their hosts need not wait for each other. */
    @Test
    public void whatIsSaidOfAmphorae() {
        clouds.host("c1", "az", 64, 32).host("c2", "az", 64, 32).host("c3", "az", 64, 32);
        assertEquals(List.of(), RollAmphorae.notes(clouds.cloud(), List.of("c1", "c2", "c3")));
        clouds.amphora("lb-a", "c1", 1, "shop").amphora("bare", "c1", 1, null).amphora("lb-b", "c2", 1, "shop");
        record Row(List<String> hosts, String... said) {}
        for (Row row : List.of(
                new Row(List.of("c3")),
                new Row(List.of("c1", "c3"), "1 amphora on 1 of these hosts is replaced by Octavia"),
                new Row(
                        List.of("c1", "c2"),
                        "2 amphorae on 2 of these hosts are replaced by Octavia",
                        "1 load balancer has amphorae on several of these hosts."))) {
            List<String> notes = RollAmphorae.notes(clouds.cloud(), row.hosts());
            assertEquals(row.toString(), row.said().length, notes.size());
            for (int i = 0; i < notes.size(); i++) {
                assertTrue(notes.get(i), notes.get(i).startsWith(row.said()[i]));
            }
        }
        Roll roll = roll(2, false, "c1", "c2");
        assertEquals("together", List.of(2L), widths(roll));
    }

    @Test
    public void anEmptyHostOfTheRollGoesFirstAndIsTheSpareThen() {
        three();
        Roll roll = roll(1, true, "c1", "c2", "c3");
        assertEquals("c3; c1 a>c3; c2 b>c1 c>c3", told(roll));
        assertEquals(List.of("c3"), roll.turns().get(1).after());
        assertEquals(List.of("c1", "c3"), roll.turns().get(2).after());
    }

    @Test
    public void whereAllHostsHaveServersTheFirstOnesMoveTwiceAndItIsSaidWhy() {
        clouds.host("c1", "az", 64, 32)
                .host("c2", "az", 64, 32)
                .server("a", "c1", 20)
                .server("b", "c2", 30);
        Roll roll = roll(1, true, "c1", "c2");
        assertEquals("c1 a>c2; c2 a>c1 b>c1", told(roll));
        assertEquals(3, roll.moves());
        assertEquals(3, roll.bound());
        RollMove first = roll.turns().get(0).moves().get(0);
        assertTrue(first.why(), first.why().contains("emptied later"));
        assertEquals(
                List.of(2),
                roll.turns().get(1).moves().stream()
                        .filter(move -> move.server().name().equals("a"))
                        .map(RollMove::number)
                        .toList());
        assertEquals(List.of("c1"), roll.turns().get(1).after());
    }

    @Test
    public void theBudgetAndTheCanarySayHowManyAreAwayTogether() {
        for (int i = 1; i <= 6; i++) {
            clouds.host("c" + i, "az", 64, 32);
        }
        clouds.host("spare", "az", 256, 64);
        Map<Integer, String> expected = Map.of(
                // maxAway -> how many hosts begin at each time, the canary first
                1, "[1, 1, 1, 1, 1, 1]", 2, "[1, 2, 2, 1]", 4, "[1, 4, 1]", 0, "[1, 5]");
        expected.forEach((most, widths) -> {
            Roll roll = roll(most, true, "c1", "c2", "c3", "c4", "c5", "c6");
            assertEquals("maxAway " + most, widths, widths(roll).toString());
        });
        assertEquals(
                "[6]",
                widths(roll(0, false, "c1", "c2", "c3", "c4", "c5", "c6")).toString());
    }

    private static List<Long> widths(Roll roll) {
        List<Long> widths = new ArrayList<>();
        roll.turns().stream()
                .map(turn -> turn.times().begins())
                .distinct()
                .forEach(begin -> widths.add(roll.turns().stream()
                        .filter(turn -> turn.times().begins().equals(begin))
                        .count()));
        return widths;
    }

    @Test
    public void hostsOfOtherZonesHaveABudgetOfTheirOwn() {
        clouds.host("c1", "az1", 64, 32).host("c2", "az1", 64, 32).host("d1", "az2", 64, 32);
        Roll roll = roll(1, false, "c1", "c2", "d1");
        assertEquals("[2, 1]", widths(roll).toString());
    }

    @Test
    public void freeHostsAreKept() {
        three().host("c4", "az", 64, 32);
        Roll two = RollTrial.planner().plan(clouds.cloud(), RollClouds.order(0, 1, false, List.of("c1", "c2")));
        assertEquals("c3 takes one, c4 is free", "[2]", widths(two).toString());
        Roll none = RollTrial.planner().plan(clouds.cloud(), RollClouds.order(0, 3, false, List.of("c1", "c2")));
        assertEquals("c1[OVER_BUDGET]; c2[OVER_BUDGET]", told(none));
        assertTrue(none.turns().get(0).why(), none.turns().get(0).why().startsWith("budget.minFree 3: "));
        assertEquals(0, none.moves());
    }

    @Test
    public void whatIsAwayAlreadyCountsAndTakesNobody() {
        three().host("c4", "az", 512, 256).state("c4", false, true).server("off", "c4", 1);
        Roll roll = roll(1, true, "c1", "c2");
        assertEquals("c1[OVER_BUDGET]; c2[OVER_BUDGET]", told(roll));
        assertTrue(roll.turns().get(0).why(), roll.turns().get(0).why().contains("c4"));
        assertEquals("c1 a>c3; c2 b>c1 c>c3", told(roll(2, true, "c1", "c2")));
    }

    @Test
    public void aHostOfTheRollThatIsDisabledComesLastAndTakesNobodyAfterwards() {
        three().state("c2", false, true);
        Roll roll = roll(0, false, "c1", "c2");
        assertEquals("c1 a>c3; c2[AWAY] b>c1 c>c3", told(roll));
        assertTrue(roll.turns().get(1).why(), roll.turns().get(1).why().contains("disabled already"));
    }

    @Test
    public void theServersOfAHostThatIsDownBlock() {
        three().state("c2", true, false);
        Roll roll = roll(0, false, "c1", "c2");
        assertEquals("c1 a>c3; c2[BLOCKED]", told(roll));
        assertEquals(2, roll.blocked().size());
        assertTrue(roll.blocked().get(0).verdict().reason().contains("is down"));
    }

    @Test
    public void whatBlocksIsToldOfAllHostsBeforeTheFirstAndItsHostComesLast() {
        clouds.host("c1", "az", 64, 32).host("c2", "az", 64, 32).host("c3", "az", 64, 32);
        clouds.server("ok", "c2", 20)
                .server(Servers.named("asked")
                        .on("c1")
                        .metadata("maintenance", "ask")
                        .make())
                .server(Servers.named("left")
                        .on("c1")
                        .metadata("maintenance", "skip")
                        .make())
                .server(Servers.named("asleep")
                        .on("c1")
                        .is("SUSPENDED", "suspended")
                        .make());
        Roll roll = roll(0, false, "c1", "c2");
        assertEquals("c2 ok>c3; c1[BLOCKED]", told(roll));
        assertEquals(
                List.of("asked", "asleep", "left"),
                roll.blocked().stream().map(one -> one.server().name()).toList());
        // approved, or gone, it blocks no more
        RollOrder approved = RollClouds.order(0, 0, false, List.of("c1"));
        RollOrder wished = new RollOrder(
                approved.hosts(),
                Budget.NONE,
                false,
                Wish.of(Route.BY_STATE).approving("id-asked", "id-left").leaving(Set.of("id-asleep")),
                Duration.ZERO,
                Duration.ZERO,
                Rates.ASSUMED);
        Roll free = RollTrial.planner().plan(clouds.cloud(), wished);
        assertEquals(List.of(), free.blocked());
        assertEquals("c1 asked>c2 left>c2", told(free));
    }

    @Test
    public void aTaskThatIsUnderWayIsOverBeforeTheTurn() {
        clouds.host("c1", "az", 64, 32)
                .host("c2", "az", 64, 32)
                .server(Servers.named("busy").on("c1").task("image_snapshot").make());
        Roll roll = roll(0, false, "c1");
        assertEquals("c1 busy>c2", told(roll));
        assertEquals(List.of(), roll.blocked());
    }

    @Test
    public void whatLeftAHostAndWaitsInVerifyResizeBlocksIt() {
        three().server(Servers.named("resized")
                .on("c3")
                .is("VERIFY_RESIZE", "resized")
                .make());
        RollCloud read = clouds.cloud();
        RollCloud waiting = new RollCloud(
                read.estate().resizeSources(Map.of("id-resized", "c1", "id-gone", "c2")),
                read.servers(),
                read.figures());
        Roll roll = RollTrial.planner().plan(waiting, RollClouds.order(1, 0, true, List.of("c1", "c2")));
        assertEquals("c2 b>c3 c>c3; c1[BLOCKED] a>c2", told(roll));
        assertEquals("c1", roll.blocked().get(0).host());
        assertTrue(roll.blocked().get(0).verdict().reason().contains("VERIFY_RESIZE"));
    }

    /** What only one other host will do for: by its pin, its aggregate, a trait, its size, or where its group is. */
    @Test
    public void whatOnlyOneHostMayTakeGoesThere() {
        List<Server> all = List.of(
                Servers.named("pinned").on("c1").in("az2").pinnedTo("az2").make(),
                spec("fast", "trait:CUSTOM_FAST", "required"),
                spec("slow", "trait:CUSTOM_SLOW", "forbidden"),
                spec("ssd", "aggregate_instance_extra_specs:ssd", "true"),
                Servers.named("big")
                        .on("c1")
                        .fromVolume()
                        .flavor(100 << 10, 0, 0, 0)
                        .make(),
                spec("grouped", "x:y", "z"));
        for (Server one : all) {
            RollClouds cloud = new RollClouds()
                    .host("c1", "az2", 128, 32)
                    .host("c2", "az1", 16, 32, "CUSTOM_SLOW")
                    .host("c3", "az2", 128, 64, "CUSTOM_FAST")
                    .aggregate("disks", Map.of("ssd", "true"), "c1", "c3")
                    .server(one)
                    .server("other", "c2", 1)
                    .group("g", "anti-affinity", 1, "grouped", "other");
            Roll roll = RollTrial.planner().plan(cloud.cloud(), RollClouds.order(1, 0, true, List.of("c1")));
            assertEquals("c1 " + one.name() + ">c3", told(roll));
        }
    }

    private static Server spec(String name, String key, String value) {
        return Servers.named(name)
                .on("c1")
                .in("az2")
                .fromVolume()
                .flavor(new Flavor(null, "f", 1, 1024, 0, 0, 0, Map.of(key, value)))
                .make();
    }

    /** What no host may take: which resource, how much, where the most is; or which rule, and nothing is moved in vain. */
    @Test
    public void whatIsShortIsTold() {
        record Row(Server server, String reason, String resource, long asked, long most, String where) {}
        List<Row> rows = List.of(
                new Row(
                        Servers.named("big")
                                .on("c1")
                                .fromVolume()
                                .flavor(100 << 10, 0, 0, 0)
                                .make(),
                        "the most free memory is 62 GiB on c2",
                        "MEMORY_MB",
                        100 << 10,
                        62 << 10,
                        "c2"),
                new Row(
                        Servers.named("pinned").on("c1").pinnedTo("az2").make(),
                        "it is pinned to the availability zone az2, where no other host is up and enabled",
                        "",
                        0,
                        0,
                        ""),
                new Row(
                        spec("fast", "trait:CUSTOM_FAST", "required"),
                        "no host that might take it has the trait CUSTOM_FAST",
                        "",
                        0,
                        0,
                        ""),
                new Row(
                        spec("gpu", "resources:VGPU", "1"),
                        "no host that might take it has any VGPU",
                        "VGPU",
                        1,
                        0,
                        "c2"));
        for (Row row : rows) {
            RollClouds cloud = new RollClouds()
                    .host("c1", "az2", 128, 32, "CUSTOM_FAST")
                    .host("c2", "az1", 64, 32)
                    .server("other", "c2", 1)
                    .server("also", "c1", 1)
                    .server(row.server());
            RollCloud read = cloud.cloud();
            Roll roll = RollTrial.planner().plan(read, RollClouds.order(1, 0, true, List.of("c1")));
            // a pin to a zone that has no other host is known to the filters: it blocks
            if (row.server().name().equals("pinned")) {
                assertEquals("c1[BLOCKED] also>c2", told(roll));
                continue;
            }
            assertEquals("c1[SHORT]", told(roll));
            assertEquals(1, roll.shortages().size());
            RollShort told = roll.shortages().get(0);
            assertEquals(row.server().id(), told.server().id());
            assertEquals(row.reason(), told.reason());
            assertEquals(row.resource(), told.resource());
            assertEquals(row.asked(), told.asked());
            assertEquals(row.most(), told.most());
            assertEquals(row.where(), told.where());
        }
    }

    @Test
    public void noRoomAtAllIsShortOfAllAndMovesNobody() {
        clouds.host("c1", "az", 64, 32)
                .host("c2", "az", 64, 32)
                .server("a", "c1", 60)
                .server("b", "c2", 60);
        Roll roll = roll(1, true, "c1", "c2");
        assertEquals("c1[SHORT]; c2[SHORT]", told(roll));
        assertEquals(0, roll.moves());
        assertEquals(0, roll.moving());
        assertEquals(Duration.ZERO, roll.duration());
        assertEquals(2, roll.shortages().size());
        assertEquals(
                "1 of the 1 servers that leave it have no seat",
                roll.turns().get(0).why());
    }

    @Test
    public void aGroupThatMustStayTogetherBlocksAndOneThatIsApartStaysApart() {
        clouds.host("c1", "az", 64, 32)
                .host("c2", "az", 64, 32)
                .host("c3", "az", 64, 32)
                .server("a1", "c1", 1)
                .server("a2", "c2", 1)
                .group("apart", "anti-affinity", 1, "a1", "a2");
        assertEquals("c1 a1>c3; c2 a2>c1", told(roll(1, true, "c1", "c2")));
        clouds.server("t1", "c1", 1).server("t2", "c1", 1).group("near", "affinity", 1, "t1", "t2");
        Roll roll = roll(1, true, "c1", "c2");
        assertEquals("c2 a2>c3; c1[BLOCKED] a1>c2", told(roll));
        assertEquals(2, roll.blocked().size());
    }

    @Test
    public void belowThePinsMicroversionServersStayInTheirZone() {
        clouds.host("c1", "az1", 64, 32).host("c2", "az2", 256, 64).host("c3", "az1", 64, 32);
        clouds.server("a", "c1", 10);
        RollCloud told = clouds.cloud();
        RollCloud old = new RollCloud(
                told.estate()
                        .newest(Microversion.of(90))
                        .services(told.estate().services().stream()
                                .filter(service -> !service.host().equals("c3"))
                                .toList()),
                told.servers(),
                told.figures());
        Roll roll = RollTrial.planner().plan(old, RollClouds.order(1, 0, true, List.of("c1")));
        assertEquals("c1[SHORT]", told(roll));
        assertTrue(roll.shortages().get(0).reason().contains("availability zone az1"));
    }

    @Test
    public void whatIsNotKnownToBeFreeIsTakenToBe() {
        three();
        RollCloud read = clouds.cloud();
        RollCloud blind = new RollCloud(read.estate(), read.servers(), RoomFigures.NOT_ASKED);
        Roll roll = RollTrial.planner().plan(blind, RollClouds.order(1, 0, true, List.of("c1", "c2")));
        assertEquals(3, roll.moves());
        assertEquals(List.of(), roll.shortages());
    }

    @Test
    public void thePhasesFollowEachOther() {
        three();
        Roll roll = roll(1, true, "c1", "c2");
        Duration end = Duration.ZERO;
        for (RollTurn turn : roll.turns()) {
            RollTurn.Times times = turn.times();
            assertEquals(end, times.begins());
            assertTrue(times.drained().compareTo(times.begins()) > 0);
            assertEquals(Duration.ofMinutes(20), times.worked().minus(times.drained()));
            assertEquals(Duration.ofMinutes(3), times.ends().minus(times.worked()));
            end = times.ends();
        }
        assertEquals(end, roll.duration());
    }

    /** Hosts one by one, each empty and away 23 minutes; {@code host@begins}, by the clock of the window's zone. */
    private String inWindow(String hours, String days, String begins, int maxAway, String... hosts) {
        Window window = Window.of(hours, days, "Europe/Berlin");
        Instant from = Instant.parse(begins);
        RollOrder order = RollClouds.order(maxAway, 0, false, List.of(hosts)).in(window, from);
        Roll roll = RollTrial.planner().plan(clouds.cloud(), order);
        for (RollTurn turn : roll.turns()) {
            if (turn.begun()) {
                Instant at = from.plus(turn.times().begins());
                assertEquals(turn.host(), Optional.of(at), window.opening(at, turn.takes()));
                assertEquals(
                        turn.takes(), turn.times().ends().minus(turn.times().begins()));
            }
        }
        return roll.turns().stream()
                .map(turn -> turn.host() + "@"
                        + (turn.begun()
                                ? from.plus(turn.times().begins())
                                        .atZone(window.zone())
                                        .format(DateTimeFormatter.ofPattern("dd'T'HH:mm"))
                                : turn.state()))
                .collect(Collectors.joining(" "));
    }

    /** In each night as many begin as end in it; the first before the window opens waits for it, and the weekend is passed over. */
    @Test
    public void noHostBeginsThatWouldNotEndInItsWindow() {
        for (int i = 1; i <= 5; i++) {
            clouds.host("c" + i, "az", 64, 32);
        }
        record Row(String hours, String days, String begins, int maxAway, String expected) {}
        for (Row row : List.of(
                // two nights: two of 23 min end by 23:00, the third would not
                new Row(
                        "22:00-23:00",
                        "",
                        "2026-11-23T20:00:00Z",
                        1,
                        "c1@23T22:00 c2@23T22:23 c3@24T22:00 c4@24T22:23 c5@25T22:00"),
                new Row(
                        "22:00-23:00",
                        "",
                        "2026-11-23T20:00:00Z",
                        2,
                        "c1@23T22:00 c2@23T22:00 c3@23T22:23 c4@23T22:23 c5@24T22:00"),
                // begun in the window: at once, and what fits to the minute fits
                new Row(
                        "22:00-23:00",
                        "",
                        "2026-11-23T21:14:00Z",
                        1,
                        "c1@23T22:14 c2@23T22:37 c3@24T22:00 c4@24T22:23 c5@25T22:00"),
                new Row(
                        "22:00-23:00",
                        "",
                        "2026-11-23T21:15:00Z",
                        1,
                        "c1@23T22:15 c2@24T22:00 c3@24T22:23 c4@25T22:00 c5@25T22:23"),
                // Friday's night, then Monday's
                new Row(
                        "23:30-00:20",
                        "MON-FRI",
                        "2026-11-27T10:00:00Z",
                        1,
                        "c1@27T23:30 c2@27T23:53 c3@30T23:30 c4@30T23:53 c5@01T23:30"),
                // always open
                new Row(
                        "00:00-24:00",
                        "",
                        "2026-11-27T10:00:00Z",
                        1,
                        "c1@27T11:00 c2@27T11:23 c3@27T11:46 c4@27T12:09 c5@27T12:32"),
                // clocks go back at 3:00 to 2:00: two hours between 1:30 and 2:30
                new Row(
                        "01:30-03:00",
                        "SUN",
                        "2026-10-24T10:00:00Z",
                        1,
                        "c1@25T01:30 c2@25T01:53 c3@25T02:16 c4@25T02:39 c5@25T02:02"),
                // clocks go forward at 2:00 to 3:00: half an hour
                new Row(
                        "01:30-03:00",
                        "SUN",
                        "2026-03-28T10:00:00Z",
                        1,
                        "c1@29T01:30 c2@05T01:30 c3@05T01:53 c4@05T02:16 c5@12T01:30"),
                // no window leaves 23 minutes
                new Row(
                        "22:00-22:22",
                        "",
                        "2026-11-23T20:00:00Z",
                        1,
                        "c1@TOO_LONG c2@TOO_LONG c3@TOO_LONG c4@TOO_LONG c5@TOO_LONG"))) {
            assertEquals(
                    row.toString(),
                    row.expected(),
                    inWindow(row.hours(), row.days(), row.begins(), row.maxAway(), "c1", "c2", "c3", "c4", "c5"));
        }
    }

    /** A window that opens once and takes no time: nothing that takes none either is waited for in vain. */
    @Test
    public void whatTakesNoTimeEnds() {
        clouds.host("c1", "az", 64, 32).host("c2", "az", 64, 32);
        RollOrder order = new RollOrder(
                        List.of("c1", "c2"),
                        Budget.NONE,
                        true,
                        Wish.of(Route.BY_STATE),
                        Duration.ZERO,
                        Duration.ZERO,
                        Rates.ASSUMED)
                .in(Window.of("22:00-23:00", "", "UTC"), Instant.parse("2026-11-23T21:00:00Z"));
        assertEquals(
                Duration.ofHours(1),
                RollTrial.planner().plan(clouds.cloud(), order).duration());
    }

    /** The longer one is told, with its time; the shorter ones go on, before it or after it in the order. */
    @Test
    public void aHostThatIsLongerThanAnyWindowIsTold() {
        clouds.host("c1", "az", 64, 32).host("c2", "az", 64, 32).host("spare", "az", 512, 128);
        for (int i = 0; i < 10; i++) {
            clouds.server(
                    Servers.named("big" + i).on("c2").flavor(6 << 10, 0, 0, 0).make());
        }
        RollOrder order = RollClouds.order(1, 0, false, List.of("c1", "c2"));
        Duration longer =
                RollTrial.planner().plan(clouds.cloud(), order).turns().get(1).takes();
        assertTrue(longer.toString(), longer.compareTo(Duration.ofMinutes(30)) > 0);
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        Roll roll = RollTrial.planner().plan(clouds.cloud(), order.in(Window.of("22:00-22:30", "", "UTC"), noon));
        assertEquals("c1; c2[TOO_LONG]", told(roll));
        RollTurn told = roll.turns().get(1);
        assertEquals(longer, told.takes());
        assertEquals(null, told.times());
        assertTrue(
                told.why(),
                told.why().matches("it takes \\d+ min, and no window \\(22:00-22:30 every day, UTC\\) is as long"));
        assertEquals(List.of(), roll.shortages());
        // what is left of the window is enough for the other only: it goes first, though it comes later in the order
        Roll late = RollTrial.planner()
                .plan(
                        clouds.cloud(),
                        new RollOrder(
                                order.hosts(),
                                order.budget(),
                                false,
                                order.wish(),
                                order.block(),
                                order.settling(),
                                order.rates(),
                                List.of("c2"),
                                Window.of("11:00-12:25", "", "UTC"),
                                noon));
        assertEquals(
                List.of("c1", "c2"), late.turns().stream().map(RollTurn::host).toList());
        assertEquals(Duration.ofHours(23), late.turns().get(1).times().begins());
    }

    /** Who must move twice where nothing else will do does not, where another host only waits for its window. */
    @Test
    public void aHostThatWaitsForItsWindowIsWaitedForBeforeServersMoveTwice() {
        clouds.host("c1", "az", 64, 32)
                .host("c2", "az", 64, 32)
                .server("a", "c1", 20)
                .server("b", "c2", 30);
        Roll roll = RollTrial.planner()
                .plan(
                        clouds.cloud(),
                        RollClouds.order(1, 0, true, List.of("c1", "c2"))
                                .in(Window.of("22:00-05:00", "", "UTC"), Instant.parse("2026-11-23T12:00:00Z")));
        assertEquals("c1 a>c2; c2 a>c1 b>c1", told(roll));
        assertEquals(Duration.ofHours(10), roll.turns().get(0).times().begins());
    }

    @Test
    public void theSameCloudInAnyOrderIsTheSamePlanWithTheSameHash() {
        RollClouds.Drawn drawn = RollClouds.drawn(7, new RollClouds.Shape(2, 5, 8, true, true));
        RollCloud cloud = drawn.cloud().cloud();
        Roll first = RollTrial.planner().plan(cloud, drawn.order());
        List<Server> servers = new ArrayList<>(cloud.servers());
        List<String> hosts = new ArrayList<>(drawn.order().hosts());
        var services = new ArrayList<>(cloud.estate().services());
        var groups = new ArrayList<>(cloud.estate().groups());
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            List.of(servers, hosts, services, groups).forEach(list -> Collections.shuffle(list, random));
            RollCloud shuffled = new RollCloud(
                    cloud.estate()
                            .services(services)
                            .groups(groups, cloud.estate().whereabouts()),
                    servers,
                    cloud.figures());
            RollOrder order = new RollOrder(
                    hosts,
                    drawn.order().budget(),
                    drawn.order().canary(),
                    drawn.order().wish(),
                    drawn.order().block(),
                    drawn.order().settling(),
                    drawn.order().rates());
            Roll again = RollTrial.planner().plan(shuffled, order);
            assertEquals(told(first), told(again));
            assertEquals(first.hash(), again.hash());
        }
    }

    /** Its hash is what is approved: hosts, terms, and what is done with which server; not what only changes times or seats. */
    @Test
    public void theHashTellsWhatMattersAndNoMore() {
        three();
        String was = roll(1, true, "c1", "c2").hash();
        assertEquals(12, was.length());
        assertNotEquals("hosts", was, roll(1, true, "c1").hash());
        assertNotEquals("budget", was, roll(2, true, "c1", "c2").hash());
        assertNotEquals("canary", was, roll(1, false, "c1", "c2").hash());
        RollOrder order = RollClouds.order(1, 0, true, List.of("c1", "c2"));
        Window nights = Window.of("22:00-05:00", "", "UTC");
        String atNight = RollTrial.planner()
                .plan(clouds.cloud(), order.in(nights, Instant.EPOCH))
                .hash();
        assertNotEquals("window", was, atNight);
        assertEquals(
                "when it is planned",
                atNight,
                RollTrial.planner()
                        .plan(clouds.cloud(), order.in(nights, Instant.EPOCH.plus(Duration.ofDays(3))))
                        .hash());
        clouds.host("c9", "az", 512, 256);
        assertEquals("another seat", was, roll(1, true, "c1", "c2").hash());
        clouds.server("new", "c9", 1);
        assertEquals("a server elsewhere", was, roll(1, true, "c1", "c2").hash());
        clouds.server("new2", "c1", 1);
        assertNotEquals("a server more", was, roll(1, true, "c1", "c2").hash());
    }
}
