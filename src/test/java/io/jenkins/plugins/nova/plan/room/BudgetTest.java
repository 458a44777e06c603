package io.jenkins.plugins.nova.plan.room;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Estates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.Test;

public class BudgetTest {

    private Estate estate = Estate.UNKNOWN
            .services(List.of(
                    service("compute1", "east", true, true),
                    service("compute2", "east", false, true),
                    service("compute3", "east", true, false),
                    service("compute4", "east", true, true),
                    service("compute5", "west", false, true)))
            .hypervisors(List.of(runs("compute2", 0), runs("compute3", 0), runs("compute4", 0)))
            .aggregates(List.of(new Aggregate(1, "rack-7", null, List.of("compute1", "compute2"), Map.of())));

    private static ComputeService service(String host, String zone, boolean enabled, boolean up) {
        return new ComputeService(
                "id-" + host, host, zone, enabled, up, false, enabled ? null : "nova-maintenance: job#1", null);
    }

    private static Hypervisor runs(String host, Integer servers) {
        return new Hypervisor(
                "id-" + host, host, host, "QEMU", 1, true, true, null, null, null, null, null, servers, null);
    }

    private void asked(Budget budget, String refusal) {
        assertEquals(Optional.ofNullable(refusal), budget.refusal("compute1", estate, UnaryOperator.identity()));
    }

    @Test
    public void hostsInMaintenanceAreThoseOfTheZoneThatAreDisabledOrDown() {
        asked(Budget.NONE, null);
        asked(new Budget(3, 0, null), null);
        asked(
                new Budget(2, 0, null),
                "budget.maxAway: with 'compute1' 3 of the 4 hosts of the availability zone east would be in"
                        + " maintenance, and 2 may be. Already: compute2 (disabled: nova-maintenance: job#1), compute3"
                        + " (down). Wait until one is back, or raise the parameter.");
    }

    @Test
    public void aHostThatIsCordonedAlreadyCountsOnce() {
        estate = estate.services(
                List.of(service("compute1", "east", false, true), service("compute2", "east", true, true)));
        asked(new Budget(1, 0, null), null);
    }

    @Test
    public void anAggregateIsTheSiteWhenNamed() {
        asked(new Budget(2, 0, "rack-7"), null);
        asked(
                new Budget(1, 0, "rack-7"),
                "budget.maxAway: with 'compute1' 2 of the 2 hosts of the aggregate rack-7 would be in maintenance,"
                        + " and 1 may be. Already: compute2 (disabled: nova-maintenance: job#1). Wait until one is back, or"
                        + " raise the parameter.");
        asked(
                new Budget(1, 0, "rack-8"),
                "budget.aggregate: there is no aggregate called exactly 'rack-8'. Name one that 'compute1' is in, or leave"
                        + " it out for its availability zone.");
        estate = estate.aggregates(List.of(new Aggregate(1, "rack-7", null, List.of("compute2"), Map.of())));
        asked(
                new Budget(1, 0, "rack-7"),
                "budget.aggregate: 'compute1' is not in the aggregate 'rack-7'. Name one that it is in, or leave it out for"
                        + " its availability zone.");
    }

    /** It is told without its zone, which is that of its aggregate, or the default one. */
    @Test
    public void aHostWhoseCellDoesNotAnswerCountsAsAwayWhereItMayBe() {
        Budget one = new Budget(1, 0, null);
        Estate site = Estate.UNKNOWN.services(List.of(Estates.in("compute1", "east"), ComputeService.unknown("far9")));
        Aggregate east = new Aggregate(1, "a", "east", List.of("compute1"), Map.of());
        Aggregate west = new Aggregate(2, "b", "west", List.of("far9"), Map.of());
        String refused = "budget.maxAway: with 'compute1' 2 of the 2 hosts of the availability zone east would be in"
                + " maintenance, and 1 may be. Already: far9 (UNKNOWN: its cell does not answer). Wait until one is back, or"
                + " raise the parameter.";
        assertEquals(Optional.of(refused), one.refusal("compute1", site, UnaryOperator.identity()));
        assertEquals(
                Optional.of(refused),
                one.refusal(
                        "compute1",
                        site.aggregates(List.of(new Aggregate(3, "c", "east", List.of("compute1", "far9"), Map.of()))),
                        UnaryOperator.identity()));
        assertEquals(
                Optional.empty(), one.refusal("compute1", site.aggregates(List.of(east)), UnaryOperator.identity()));
        assertEquals(
                Optional.empty(), one.refusal("compute1", site.aggregates(List.of(west)), UnaryOperator.identity()));
        assertEquals(
                Optional.empty(),
                one.refusal("compute1", site.aggregates(List.of(east, west)), UnaryOperator.identity()));
        Budget rack = new Budget(1, 0, "rack");
        Estate racks = site.aggregates(List.of(new Aggregate(4, "rack", null, List.of("compute1", "far9"), Map.of())));
        assertTrue(rack.refusal("compute1", racks, UnaryOperator.identity())
                .orElseThrow()
                .contains("far9 (UNKNOWN: its cell does not answer)"));
    }

    @Test
    public void aFreeHostIsUpEnabledAndRunsNoServer() {
        asked(new Budget(0, 1, null), null);
        asked(
                new Budget(0, 2, null),
                "budget.minFree: of the availability zone east 1 (compute4) besides 'compute1' is enabled, up and without a"
                        + " server, and 2 must be. Free a host, or lower the parameter.");
        estate = estate.hypervisors(List.of(runs("compute4", 3)));
        asked(
                new Budget(0, 1, null),
                "budget.minFree: of the availability zone east no host besides 'compute1' is enabled, up and without a"
                        + " server, and 1 must be. Servers are on compute4 (3). Free a host, or lower the parameter.");
        estate = estate.hypervisors(List.of(runs("compute4", null)));
        asked(
                new Budget(0, 1, null),
                "budget.minFree: of the availability zone east no host besides 'compute1' is enabled, up and without a"
                        + " server, and 1 must be. Servers are on compute4 (not told). Free a host, or lower the"
                        + " parameter.");
    }

    @Test
    public void whoAsksForNothingIsHeldBackByNothingAndIsToldNothing() {
        assertTrue(!Budget.NONE.limits());
        assertTrue(new Budget(1, 0, null).limits() && new Budget(0, 1, null).limits());
        assertEquals(List.of(), Budget.NONE.standing("compute1", estate));
        assertEquals(List.of(), new Budget(0, 0, "rack-8").standing("compute1", estate));
    }

    /** The sentence of a figure says "over" exactly when that figure refuses. */
    @Test
    public void theStandingHasASentenceForEachFigureThatIsAskedForAndAgreesWithTheRefusal() {
        for (int away = 0; away <= 4; away++) {
            for (int free = 0; free <= 2; free++) {
                Budget both = new Budget(away, free, null);
                List<String> standing = both.standing("compute1", estate);
                assertEquals(both.toString(), (away > 0 ? 1 : 0) + (free > 0 ? 1 : 0), standing.size());
                assertEquals(
                        both.toString(),
                        both.refusal("compute1", estate, UnaryOperator.identity())
                                .isPresent(),
                        standing.stream().anyMatch(line -> line.endsWith("over the budget.")));
                assertTrue(standing.stream()
                        .allMatch(line -> line.endsWith("over the budget.") || line.endsWith("within the budget.")));
            }
        }
        assertEquals(
                List.of(
                        "budget.maxAway 2: with 'compute1' 3 of the 4 hosts of the availability zone east in maintenance,"
                                + " over the budget.",
                        "budget.minFree 1: besides 'compute1' 1 (compute4) of the availability zone east free, within the"
                                + " budget."),
                new Budget(2, 1, null).standing("compute1", estate));
        estate = estate.hypervisors(List.of(runs("compute4", 1)));
        assertEquals(
                List.of("budget.minFree 1: besides 'compute1' 0 of the availability zone east free, over the budget."),
                new Budget(0, 1, null).standing("compute1", estate));
    }

    @Test
    public void theStandingOfAHostThatIsNotInTheAggregateIsThatItIsNot() {
        Budget budget = new Budget(1, 1, "rack-8");
        assertEquals(
                budget.refusal("compute1", estate, UnaryOperator.identity()).stream()
                        .toList(),
                budget.standing("compute1", estate));
    }

    @Test
    public void serversOfOneHostDoNotMakeAnotherBusy() {
        estate = estate.hypervisors(List.of(runs("compute1", 5), runs("compute2", 3), runs("compute4", 0)));
        asked(new Budget(0, 1, null), null);
    }

    /** As of ironic's hosts: one service, many hypervisors. */
    @Test
    public void aHostIsFreeWhenNoneOfItsHypervisorsRunsAnything() {
        estate = estate.hypervisors(List.of(runs("compute4", 0), runs("compute4", 2), runs("compute4", 1)));
        String refusal = new Budget(0, 1, null)
                .refusal("compute1", estate, UnaryOperator.identity())
                .orElseThrow();
        assertTrue(refusal, refusal.contains("Servers are on compute4 (3)."));
        estate = estate.hypervisors(List.of(runs("compute4", 0), runs("compute4", null)));
        refusal = new Budget(0, 1, null)
                .refusal("compute1", estate, UnaryOperator.identity())
                .orElseThrow();
        assertTrue(refusal, refusal.contains("Servers are on compute4 (not told)."));
    }

    @Test
    public void tenHostsAreNamedAndOfMoreThatThereAreMore() {
        for (int others : new int[] {9, 10, 11}) {
            estate = estate.services(IntStream.rangeClosed(1, others + 1)
                    .mapToObj(number -> service("compute" + number, "east", number == 1, true))
                    .toList());
            String refusal = new Budget(1, 0, null)
                    .refusal("compute1", estate, UnaryOperator.identity())
                    .orElseThrow();
            assertEquals(Math.min(10, others), refusal.split("disabled").length - 1);
            assertEquals(refusal, others > 10, refusal.contains("…"));
        }
    }
}
