package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnPhase;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnRunner;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnState;
import io.jenkins.plugins.nova.drain.maintenance.EarlierSteps;
import io.jenkins.plugins.nova.drain.maintenance.Maintenance;
import io.jenkins.plugins.nova.drain.maintenance.MaintenancePart;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.tell.ReturnNarrator;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A maintenance or a return, part by part as the step's execution runs it. The block is a reboot of the host. */
final class MaintenanceRun {

    private static final Duration REBOOT = Duration.ofSeconds(90);

    private final Stage.Scene scene;
    private final SimulatedCloud cloud;
    private final Controller controller;
    private final Set<String> ids;
    private final Truth truth;
    private final List<String> untrue = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    MaintenanceRun(Stage.Scene scene, Controller controller) {
        this.scene = scene;
        this.cloud = scene.cloud();
        this.controller = controller;
        this.ids = KillTable.ids(cloud);
        this.truth = new Truth(cloud);
    }

    Ended run(MaintenanceState begin) {
        MaintenanceState state = begin;
        while (!state.over()) {
            state = next(state);
        }
        scene.tell(List.of(state.outcome() + ": " + state.message()));
        untrue.addAll(truth.contradictions(state));
        return new Ended(
                Evidence.but(Maintenance.result(state)),
                state.message(),
                state.drain(),
                untrue,
                lost,
                cloud.clock().instant());
    }

    private MaintenanceState next(MaintenanceState state) {
        return switch (state.part()) {
            case DRAIN -> {
                DrainState last = Stage.drain(scene, controller, state.drain());
                untrue.addAll(truth.contradictions(last));
                lost.addAll(truth.lost(last, ids));
                yield Maintenance.drained(state, last, EarlierSteps.NONE, controller.now());
            }
            case BEFORE, AFTER -> back(state);
            case BODY -> {
                cloud.kill(Scenario.HOST);
                controller.idle(REBOOT);
                cloud.restart(Scenario.HOST);
                yield Maintenance.bodyEnded(state, controller.now());
            }
            case TURN, HOME, OVER ->
                throw new IllegalStateException("nobody waits or is brought home here: " + state.part());
        };
    }

    private MaintenanceState back(MaintenanceState state) {
        if (state.returning() == null) {
            return Maintenance.gathered(state, EarlierSteps.NONE, controller.now());
        }
        ReturnNarrator narrator = new ReturnNarrator();
        ReturnState last = controller.run(
                ports -> new ReturnRunner(
                        state.returning(),
                        ports,
                        claim -> Holders.Holding.ENDED, // the cordon of its own keeps nobody out
                        controller.executor(),
                        controller.executor().clock()),
                none -> {},
                (before, after) -> scene.tell(narrator.lines(before, after, controller.now())),
                Stage.BOUND);
        if (state.part() == MaintenancePart.BEFORE && last.phase() == ReturnPhase.AWAY) {
            scene.tell(List.of("the block begins"));
            untrue.addAll(truth.contradictionsOfTheBlock());
            return Maintenance.bodyBegan(state.returning(last));
        }
        return Maintenance.returned(state, last, controller.now());
    }
}
