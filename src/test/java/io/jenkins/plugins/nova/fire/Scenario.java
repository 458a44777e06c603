package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.ConfirmResizeStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.RevertResizeStep;
import io.jenkins.plugins.nova.step.SettleStep;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.Step;

/**
 * A cloud and what is asked of it: the same each time it is made.
 *
 * @param name for tables
 * @param made a new one, its servers' ids made of their names; there is one target at most, so that where a server goes
 *     does not depend on the order
 * @param conditions standing refusals, to be set again when faults were cleared
 * @param order what the drain is to do
 * @param step makes the step that asks for the same
 */
record Scenario(
        String name,
        Supplier<SimulatedCloud> made,
        Consumer<SimulatedCloud> conditions,
        DrainOrder order,
        Supplier<Step> step) {

    /** The host that is emptied, or whose residue is settled. */
    static final String HOST = "compute1";

    /** The user of another tool. */
    static final String ROBOT = "robot";

    /** A new cloud under its conditions, which take precedence over faults: what is refused stays refused. */
    SimulatedCloud cloud(Consumer<SimulatedCloud> faults) {
        SimulatedCloud cloud = made.get();
        conditions.accept(cloud);
        faults.accept(cloud);
        return cloud;
    }

    /** A new cloud whose faults take precedence over its conditions. */
    SimulatedCloud cloudUnder(Consumer<SimulatedCloud> faults) {
        SimulatedCloud cloud = made.get();
        faults.accept(cloud);
        conditions.accept(cloud);
        return cloud;
    }

    /** Every scenario that is killed at every request. */
    static List<Scenario> all() {
        return List.of(mixed(), confirm(), revert(), rebuild());
    }

    static Scenario named(String name) {
        return all().stream()
                .filter(scenario -> scenario.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario '" + name + "'"));
    }

    /** Eight servers: live, cold with confirm, one that fails, one that Nova refuses, one that the plan blocks. */
    static Scenario mixed() {
        return new Scenario(
                "evacuate-8-mixed",
                () -> cloud().host("compute2")
                        .host(HOST)
                        .server("web1")
                        .server("web2", s -> s.volumeBacked())
                        .server("paused1", s -> s.status("PAUSED"))
                        .server("off1", s -> s.status("SHUTOFF"))
                        .server("off2", s -> s.status("SHUTOFF"))
                        .server("bad1", s -> s.behaviour(b -> b.fails(Operation.LIVE)))
                        .server("denied1")
                        .server("erp1", s -> s.status("SUSPENDED"))
                        .start(),
                cloud -> deny(cloud, "denied1"),
                Orders.empty(HOST).autoConfirm().make(),
                () -> evacuate(false));
    }

    /** Five servers, one of each kind: what each fault is tried on. */
    static Scenario handful() {
        return new Scenario(
                "evacuate-5-mixed",
                () -> cloud().host("compute2")
                        .host(HOST)
                        .server("web1")
                        .server("web2", s -> s.volumeBacked())
                        .server("off1", s -> s.status("SHUTOFF"))
                        .server("bad1", s -> s.behaviour(b -> b.fails(Operation.LIVE)))
                        .server("denied1")
                        .start(),
                cloud -> deny(cloud, "denied1"),
                Orders.empty(HOST).autoConfirm().make(),
                () -> evacuate(false));
    }

    /** The operator's confirm, of what waits in VERIFY_RESIZE with its old disks on the host. */
    static Scenario confirm() {
        return new Scenario(
                "confirm-3",
                Scenario::residue,
                cloud -> {},
                Orders.residue(Route.CONFIRM, HOST).make(),
                () -> settle(new ConfirmResizeStep()));
    }

    /** The operator's revert. */
    static Scenario revert() {
        return new Scenario(
                "revert-3",
                Scenario::residue,
                cloud -> {},
                Orders.residue(Route.REVERT, HOST).make(),
                () -> settle(new RevertResizeStep()));
    }

    private static SimulatedCloud residue() {
        return cloud().host("compute2")
                .host(HOST)
                .server("off1", s -> s.on("compute2").resizedFrom(HOST))
                .server("off2", s -> s.on("compute2").resizedFrom(HOST))
                .server("off3", s -> s.on("compute2").resizedFrom(HOST))
                .start();
    }

    /** A dead host: forced down, cordoned, rebuilt elsewhere. */
    static Scenario rebuild() {
        return new Scenario(
                "rebuild-3",
                () -> cloud().host("compute2")
                        .host(HOST, h -> h.down())
                        .server("vol1", s -> s.volumeBacked())
                        .server("vol2", s -> s.volumeBacked())
                        .server("off1", s -> s.volumeBacked().status("SHUTOFF"))
                        .start(),
                cloud -> {},
                Orders.empty(HOST).autoConfirm().fenced().make(),
                () -> evacuate(true));
    }

    /** With another tool that has an admin's rights. */
    static CloudBuilder cloud() {
        return SimulatedCloud.builder().user(ROBOT, "secret", "admin", "admin", "member", "reader");
    }

    private static void deny(SimulatedCloud cloud, String name) {
        cloud.faults()
                .on("POST", "/servers/" + cloud.id(name) + "/action$")
                .always()
                .status(403, "Policy doesn't allow os_compute_api:os-migrate-server:migrate_live to be performed.");
    }

    private static Step evacuate(boolean fenced) {
        NodeEvacuateStep step = new NodeEvacuateStep(HOST);
        step.setConfirm("auto");
        step.setFenced(fenced);
        step.setPropagate(false);
        return step;
    }

    private static Step settle(SettleStep step) {
        step.setHost(HOST);
        return step;
    }
}
