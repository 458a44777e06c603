package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.filter.Filters;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** What Octavia tells of servers, in a plan. */
public class AmphoraeTest {

    private static final String ID = "3f0e4a8e-9d51-4b7f-8f1d-2c337a6b1c52";
    private static final String OTHER = "4f0e4a8e-9d51-4b7f-8f1d-2c337a6b1c52";
    private static final String CALL = "openstack loadbalancer amphora failover " + ID;

    private static Amphora amphora(String id, String server, String balancer, String role, String status) {
        return new Amphora(id, server, balancer, role, status);
    }

    private static Amphora one(String balancer, String role, String status) {
        return amphora(ID, "id-a1", balancer, role, status);
    }

    private static Estate with(Amphora... all) {
        return Estates.up("compute1").amphorae(List.of(all));
    }

    private static Verdict verdict(Estate estate, Route route, String server) {
        return Filters.planner()
                .judge(Servers.named(server).fromVolume().make(), new PlanContext(Wish.of(route), estate));
    }

    @Test
    public void whatOctaviaTellsIsInThePlanAndChangesNoVerdict() {
        record Row(Estate estate, Route route, List<String> says, boolean out, boolean call) {}
        Estate single = with(one("lb1", "STANDALONE", "ALLOCATED"));
        Estate pair = with(one("lb1", "MASTER", "ALLOCATED"), amphora(OTHER, "id-b", "lb1", "BACKUP", "ALLOCATED"));
        Estate broken = with(one("lb1", "MASTER", "ALLOCATED"), amphora(OTHER, "id-b", "lb1", "BACKUP", "ERROR"));
        Estate others = with(one("lb1", "MASTER", "ALLOCATED"), amphora(OTHER, "id-b", "lb2", "BACKUP", "ALLOCATED"));
        for (Row row : List.of(
                new Row(single, Route.LIVE, List.of("an amphora (standalone) of load balancer lb1"), false, false),
                new Row(single, Route.COLD, List.of("an amphora (standalone) of load balancer lb1"), true, true),
                new Row(pair, Route.COLD, List.of("an amphora (master) of load balancer lb1"), false, true),
                new Row(broken, Route.COLD, List.of("an amphora (master) of load balancer lb1"), true, true),
                new Row(others, Route.COLD, List.of("an amphora (master) of load balancer lb1"), true, true),
                new Row(
                        with(one("lb1", "MASTER", "PENDING_DELETE")),
                        Route.LIVE,
                        List.of("(master) in status PENDING_DELETE of load balancer lb1"),
                        false,
                        false),
                new Row(
                        with(one(null, null, "BOOTING")),
                        Route.COLD,
                        List.of("without a load balancer"),
                        false,
                        true))) {
            Verdict told = verdict(row.estate(), row.route(), "a1");
            assertEquals(
                    row.toString(),
                    verdict(Estates.up("compute1"), row.route(), "a1").action(),
                    told.action());
            row.says()
                    .forEach(part ->
                            assertTrue(row + "\n" + told.reason(), told.reason().contains(part)));
            assertEquals(row.toString(), row.out(), told.reason().contains("is out meanwhile"));
            assertEquals(row.toString(), row.call(), told.reason().contains(CALL));
            assertFalse(verdict(row.estate(), row.route(), "web1").reason().contains("amphora"));
        }
    }

    @Test
    public void onTheWayOutOctaviaReplacesIt() {
        record Row(Amphora amphora, Route route, String target, Action action, boolean passing) {}
        Amphora single = one("lb1", "STANDALONE", "ALLOCATED");
        for (Row row : List.of(
                new Row(single, Route.BY_STATE, null, Action.FAILOVER, false),
                new Row(single, Route.REBUILD, null, Action.FAILOVER, false),
                new Row(one("lb1", "MASTER", "ERROR"), Route.BY_STATE, null, Action.FAILOVER, false),
                new Row(one("lb1", "MASTER", "PENDING_DELETE"), Route.BY_STATE, null, Action.BLOCKED, true),
                new Row(one("lb1", "MASTER", "BOOTING"), Route.BY_STATE, null, Action.BLOCKED, true),
                new Row(one(null, null, "READY"), Route.BY_STATE, null, Action.LIVE, false),
                new Row(single, Route.BY_STATE, "compute2", Action.LIVE, false),
                new Row(single, Route.LIVE, null, Action.LIVE, false),
                new Row(single, Route.COLD, null, Action.COLD, false))) {
            Estate estate = Estates.up("compute1", "compute2").amphorae(List.of(row.amphora()));
            Verdict verdict = Filters.planner()
                    .judge(
                            Servers.named("a1").make(),
                            new PlanContext(Wish.of(row.route()).to(row.target()), estate));
            assertEquals(row.toString(), row.action(), verdict.action());
            assertEquals(row.toString(), row.passing(), verdict.passing());
        }
    }

    /** It must not be pasted into a shell as it is. */
    @Test
    public void anIdThatIsNoneIsInNoCommand() {
        Estate odd = with(amphora("x; rm -rf /", "id-a1", "lb1", "MASTER", "ALLOCATED"));
        assertFalse(verdict(odd, Route.COLD, "a1").reason().contains("rm -rf"));
    }

    @Test
    public void theAmphoraeOfALoadBalancerGoOneAtATime() {
        Estate pair = with(one("lb1", "MASTER", "ALLOCATED"), amphora(OTHER, "id-b", "lb1", "BACKUP", "ALLOCATED"));
        assertEquals(List.of("lb1"), Groups.oneAtATime(pair, "id-a1"));
        assertEquals(List.of("lb1"), Groups.oneAtATime(pair, "id-b"));
        assertEquals(List.of(), Groups.oneAtATime(pair, "id-web1"));
        assertEquals(List.of(), Groups.oneAtATime(with(one(null, null, "READY")), "id-a1"));
        Estate grouped = Estates.group(pair, "anti-affinity", 1, Map.of("a1", "compute1", "b", "compute2"));
        assertEquals(List.of("g", "lb1"), Groups.oneAtATime(grouped, "id-a1"));
    }
}
