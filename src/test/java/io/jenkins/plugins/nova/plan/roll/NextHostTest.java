package io.jenkins.plugins.nova.plan.roll;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.filter.Filters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.Test;

/** The plan of the one host whose turn it is, by what the cloud shows then. */
public class NextHostTest {

    private final RollClouds clouds = new RollClouds()
            .host("c1", "az", 64, 32)
            .host("c2", "az", 64, 32)
            .host("c3", "az", 64, 32)
            .server("a", "c1", 40)
            .server("b", "c2", 30)
            .server("c", "c2", 10);

    private NextHost next(String host, Map<String, String> outstanding, String... hosts) {
        return NextHost.of(
                Filters.planner(), clouds.cloud(), RollClouds.order(0, 0, true, List.of(hosts)), host, outstanding);
    }

    /** {@code a>c3 b>c1*}, the star for a server that moves once more; then what blocks, and what is short. */
    private static String told(NextHost next) {
        String seats = new TreeMap<>(next.seats())
                .entrySet().stream()
                        .map(one -> one.getKey().substring(3) + ">" + one.getValue()
                                + (next.again().containsKey(one.getKey()) ? "*" : ""))
                        .collect(Collectors.joining(" "));
        String blocked = next.blocked().stream().map(one -> one.server().name()).collect(Collectors.joining(" "));
        String none = next.shortages().stream().map(one -> one.server().name()).collect(Collectors.joining(" "));
        return seats + (blocked.isEmpty() ? "" : " blocked " + blocked) + (none.isEmpty() ? "" : " short " + none);
    }

    @Test
    public void aServerGoesToAHostThatIsDoneOrNotOfTheRoll() {
        assertEquals("a>c3", told(next("c1", Map.of(), "c1", "c2")));
        assertEquals("once c1 is done it takes them", "b>c3 c>c3", told(next("c2", Map.of(), "c1", "c2")));
        clouds.server("d", "c3", 40);
        assertEquals(
                "where it is full, c1 is next best for none of them",
                " short b",
                told(next("c2", Map.of(), "c1", "c2")).substring(4));
    }

    /** What the plan of another host under way has promised is not promised twice. */
    @Test
    public void aSeatThatIsStillToBeTakenIsTaken() {
        clouds.state("c1", false, true);
        assertEquals("b>c3 c>c3", told(next("c2", Map.of(), "c1", "c2")));
        assertEquals("c>c3 short b", told(next("c2", Map.of("id-a", "c3"), "c1", "c2")));
        assertEquals(
                "the server has arrived, and is listed there",
                "b>c3 c>c3",
                told(next("c2", Map.of("id-a", "c1"), "c1", "c2")));
        assertEquals(
                "who is gone takes no seat",
                "b>c3 c>c3",
                told(next("c2", Map.of("id-x", "c3", "id-a", "nowhere"), "c1", "c2")));
    }

    /** Also of a group's places, not of room alone. */
    @Test
    public void aSeatThatIsStillToBeTakenCountsInItsGroup() {
        clouds.state("c1", false, true).host("c4", "az", 64, 32);
        assertEquals("b>c4 c>c3", told(next("c2", Map.of("id-a", "c3"), "c1", "c2")));
        clouds.group("g", "anti-affinity", 1, "a", "c");
        assertEquals("b>c4 c>c4", told(next("c2", Map.of("id-a", "c3"), "c1", "c2")));
    }

    @Test
    public void onlyWhereThereIsNoOtherSeatAServerMovesOnceMore() {
        clouds.server("d", "c3", 60);
        NextHost next = next("c2", Map.of(), "c1", "c2");
        assertEquals("c>c1* short b", told(next));
        assertEquals(Map.of("id-c", "c1"), next.again());
        clouds.server("e", "c1", 20);
        assertEquals(" short b c", told(next("c2", Map.of(), "c1", "c2")));
    }

    @Test
    public void whatIsShortIsSaid() {
        clouds.server("d", "c3", 40);
        RollShort tight = next("c2", Map.of(), "c2", "c1").shortages().get(0);
        assertEquals(
                "no seat is left for 'b' of c2 (30 GiB memory, 1 vCPU): the most free memory is 24 GiB on c1.",
                tight.words());
    }

    /** The other servers have their seats all the same: it may be settled while the host waits. */
    @Test
    public void whatBlocksIsSaidWithItsOwnerAndTheRestIsPlanned() {
        clouds.server(Servers.named("s")
                .on("c2")
                .fromVolume()
                .flavor(1 << 10, 0, 0, 0)
                .in("az")
                .is("SUSPENDED", "suspended")
                .make());
        NextHost next = next("c2", Map.of(), "c1", "c2");
        assertEquals("b>c3 c>c3 blocked s", told(next));
        assertEquals(
                List.of("b", "c"),
                next.moving().stream().map(one -> one.server().name()).toList());
        assertEquals("another host's are not looked at", "a>c3", told(next("c1", Map.of(), "c1", "c2")));
    }

    @Test
    public void whatIsUnderWayOnAServerIsTakenToHaveEnded() {
        clouds.server(Servers.named("t")
                .on("c2")
                .fromVolume()
                .flavor(1 << 10, 0, 0, 0)
                .in("az")
                .task("image_snapshot")
                .make());
        assertEquals("b>c3 c>c3 t>c3", told(next("c2", Map.of(), "c1", "c2")));
    }

    @Test
    public void aHostThatIsDisabledOrDownIsNobodysSeat() {
        clouds.state("c3", false, true);
        assertEquals(" short a", told(next("c1", Map.of(), "c1", "c2")));
        clouds.state("c2", true, false);
        assertEquals(" short a", told(next("c1", Map.of(), "c1", "c2")));
    }
}
