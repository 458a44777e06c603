package io.jenkins.plugins.nova.drain.hostreturn;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.NetworkAgent;
import java.util.List;
import org.junit.Test;

/** Which of Neutron's agents keep a host closed, and which are waited for a while only. */
public class AgentWatchTest {

    private static final String OVS = "Open vSwitch agent";
    private static final String BRIDGE = "Linux bridge agent";
    private static final String OVN = "OVN Controller agent";
    private static final String DHCP = "DHCP agent";

    /**
     * @param before the types that reported before the block; null for not known
     * @param now the types that are listed; one behind a minus does not report
     * @param closed the types that keep the host closed
     * @param awaited those that are waited for a while
     */
    private record Row(List<String> before, List<String> now, List<String> closed, List<String> awaited) {}

    @Test
    public void anAgentThatBindsPortsKeepsTheHostClosedUntilItOrAnotherInItsPlaceReports() {
        List<Row> rows = List.of(
                new Row(List.of(OVS, DHCP), List.of(OVS, DHCP), List.of(), List.of()),
                new Row(List.of(OVS, DHCP), List.of("-" + OVS, DHCP), List.of(OVS), List.of()),
                new Row(List.of(OVS, DHCP), List.of(), List.of(OVS), List.of(DHCP)),
                new Row(List.of(OVS, DHCP), List.of(OVS, "-" + DHCP), List.of(), List.of(DHCP)),
                new Row(List.of(OVS), List.of("-" + OVS, OVN), List.of(), List.of(OVS)),
                new Row(List.of(BRIDGE), List.of(OVS), List.of(), List.of(BRIDGE)),
                new Row(List.of(OVS), List.of("-" + OVS, "-" + OVN), List.of(OVS), List.of()),
                new Row(List.of(OVS, OVN), List.of("-" + OVS, OVN), List.of(OVS), List.of()),
                new Row(List.of("OVN Controller Gateway agent"), List.of(OVN), List.of(), List.of()),
                new Row(null, List.of("-" + OVS, OVN), List.of(), List.of(OVS)),
                new Row(null, List.of("-" + OVS, "-" + DHCP), List.of(OVS), List.of(DHCP)),
                new Row(null, List.of("-" + DHCP), List.of(), List.of(DHCP)),
                new Row(null, List.of(), List.of(), List.of()));
        for (Row row : rows) {
            AgentWatch watch = row.before() == null ? AgentWatch.BEGUN : AgentWatch.BEGUN.noting(listed(row.before()));
            List<NetworkAgent> now = listed(row.now());
            assertEquals(row.toString(), row.closed(), watch.binding(now));
            assertEquals(row.toString(), row.awaited(), watch.others(now));
        }
    }

    @Test
    public void whatReadsAliveHasToReportOnceMoreAfterTheBlock() {
        NetworkAgent first = new NetworkAgent("1", OVS, true, "2026-01-01 00:00:00");
        NetworkAgent later = new NetworkAgent("1", OVS, true, "2026-01-01 00:00:30");
        NetworkAgent untold = new NetworkAgent("1", OVS, true, "");
        AgentWatch watch = AgentWatch.BEGUN.noting(List.of(first)).hearing(List.of(first));
        assertEquals(List.of(OVS), watch.binding(List.of(first)));
        assertEquals(
                "the first counts", List.of(OVS), watch.hearing(List.of(later)).binding(List.of(first)));
        assertEquals(List.of(), watch.binding(List.of(later)));
        assertEquals("no heartbeat is told any more", List.of(), watch.binding(List.of(untold)));
        AgentWatch gone = AgentWatch.BEGUN.noting(List.of(first)).hearing(List.of());
        assertEquals("it came back after the first look", List.of(), gone.binding(List.of(first)));
        assertEquals(List.of(), AgentWatch.BEGUN.hearing(List.of(untold)).binding(List.of(untold)));
    }

    private static List<NetworkAgent> listed(List<String> types) {
        return types.stream()
                .map(type -> new NetworkAgent("id of " + type, type.replaceFirst("^-", ""), !type.startsWith("-"), ""))
                .toList();
    }
}
