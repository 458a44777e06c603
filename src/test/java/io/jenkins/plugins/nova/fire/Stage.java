package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOrder;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A cloud, and what is run on it: the same each time.
 *
 * @param name for tables
 * @param made a new cloud
 * @param run what is run
 */
record Stage(String name, Supplier<SimulatedCloud> made, Function<Scene, Ended> run) {

    /** Something of minutes has no business to go on for longer, whatever happens once. */
    static final Duration BOUND = Duration.ofHours(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BY = "ops/maintenance#7";

    /**
     * What it is run with.
     *
     * @param cloud a new one
     * @param story gets what the console shows
     */
    record Scene(SimulatedCloud cloud, Consumer<String> story) {

        Controller controller() {
            return new Controller(cloud.identityUrl(), cloud.clock().instant(), cloud::advance, () -> false, PATIENCE);
        }

        void tell(List<String> lines) {
            lines.forEach(line -> story.accept(cloud.clock().instant() + "  | " + line));
        }
    }

    /** The four drains, one that finds an owner's resize, a return, and a maintenance with its block. */
    static List<Stage> all() {
        return List.of(
                drain(Scenario.handful()),
                drain(Scenario.confirm()),
                drain(Scenario.revert()),
                drain(Scenario.rebuild()),
                new Stage(
                        "confirm-2-and-an-owner's",
                        Stage::residueWithAnOwners,
                        scene -> drained(
                                scene,
                                Orders.residue(Route.CONFIRM, Scenario.HOST).make())),
                new Stage("return", Stage::evacuated, Stage::returned),
                new Stage("maintenance-3", Stage::three, Stage::maintained));
    }

    private static Stage drain(Scenario scenario) {
        return new Stage(scenario.name(), () -> scenario.cloud(none -> {}), scene -> drained(scene, scenario.order()));
    }

    private static Ended drained(Scene scene, DrainOrder order) {
        SimulatedCloud cloud = scene.cloud();
        Set<String> ids = KillTable.ids(cloud);
        Controller controller = scene.controller();
        DrainState last = drain(scene, controller, DrainState.begin(order, controller.now()));
        Truth truth = new Truth(cloud);
        return new Ended(
                Evidence.but(last),
                last.message(),
                last,
                truth.contradictions(last),
                truth.lost(last, ids),
                cloud.clock().instant());
    }

    static DrainState drain(Scene scene, Controller controller, DrainState begin) {
        Narrator narrator = new Narrator();
        return controller.run(
                ports -> new DrainRunner(
                        begin,
                        ports,
                        claim -> Holders.Holding.UNKNOWN,
                        controller.executor(),
                        controller.executor().clock()),
                none -> {},
                (before, after) -> scene.tell(narrator.lines(before, after, controller.now())),
                BOUND);
    }

    private static SimulatedCloud residueWithAnOwners() {
        return Scenario.cloud()
                .host("compute2")
                .host(Scenario.HOST)
                .server("off1", s -> s.on("compute2").resizedFrom(Scenario.HOST))
                .server("own1", s -> s.on("compute2").resizedByOwnerFrom(Scenario.HOST))
                .server("off2", s -> s.on("compute2").resizedFrom(Scenario.HOST))
                .start();
    }

    private static SimulatedCloud three() {
        return Scenario.cloud()
                .host("compute2")
                .host(Scenario.HOST)
                .server("web1", s -> s.behaviour(b -> b.liveSeconds(12)))
                .server("web2", s -> s.volumeBacked())
                .server("off1", s -> s.status("SHUTOFF"))
                .start();
    }

    private static ReturnOrder back() {
        return new ReturnOrder(
                Scenario.HOST, Duration.ofMinutes(20), true, false, false, List.of(), false, null, BY, null);
    }

    private static Ended maintained(Scene scene) {
        DrainOrder order =
                Orders.empty(Scenario.HOST).autoConfirm().concurrency(1).make();
        Controller controller = scene.controller();
        return new MaintenanceRun(scene, controller)
                .run(MaintenanceState.begin(back(), order, homeward(), controller.now()));
    }

    /** Its servers were evacuated when it died; its nova-compute starts again after half a minute. */
    private static SimulatedCloud evacuated() {
        SimulatedCloud cloud = Scenario.cloud()
                .host("compute2")
                .host(Scenario.HOST, h -> h.down().disabled("nova-maintenance: " + BY))
                .server("vol1", s -> s.volumeBacked())
                .server("vol2", s -> s.volumeBacked())
                .start();
        cloud.act(Scenario.ROBOT, "vol1", "{'evacuate':{}}");
        cloud.act(Scenario.ROBOT, "vol2", "{'evacuate':{}}");
        cloud.settle(Duration.ofMinutes(1));
        cloud.after(Duration.ofSeconds(30), () -> cloud.restart(Scenario.HOST));
        return cloud;
    }

    private static Ended returned(Scene scene) {
        Controller controller = scene.controller();
        return new MaintenanceRun(scene, controller)
                .run(MaintenanceState.beginReturn(back(), homeward(), controller.now()));
    }

    private static DrainOrder homeward() {
        return Orders.of(Route.BY_STATE).make();
    }
}
