package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnPhase;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnRunner;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnState;
import io.jenkins.plugins.nova.drain.maintenance.EarlierSteps;
import io.jenkins.plugins.nova.drain.maintenance.Maintenance;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceCodec;
import io.jenkins.plugins.nova.drain.maintenance.MaintenancePart;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceWords;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.drain.tell.ReturnNarrator;
import io.jenkins.plugins.nova.drain.turn.RollBoard;
import io.jenkins.plugins.nova.drain.turn.TurnNarrator;
import io.jenkins.plugins.nova.drain.turn.TurnRunner;
import io.jenkins.plugins.nova.drain.turn.TurnState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.shown.Standings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One controller process's life with the steps of a roll, each part by part as the step's execution runs it, side by side in
 * driven time. The block is a reboot of the host. What is on disk is all that outlives it: what a runner saves, and that the
 * block has begun and ended, as Pipeline saves it; the way from one part to the next is saved with what follows.
 */
final class RollProcess {

    private final SimulatedCloud cloud;
    private final Controller controller;
    private final Map<String, String> disk;
    private final RollJudge judge;
    private final BooleanSupplier dead;
    private final Consumer<String> story;
    private final Map<String, Course> courses = new LinkedHashMap<>();
    private final RollBoard board = this::standings;

    /**
     * @param disk what is saved, by host
     * @param time lets the cloud's time pass
     * @param dead whether this process has been killed: it saves and does nothing more then
     * @param patience for an answer, in real time
     * @param story gets what the console shows
     */
    RollProcess(
            SimulatedCloud cloud,
            Map<String, String> disk,
            RollJudge judge,
            Consumer<Duration> time,
            BooleanSupplier dead,
            Duration patience,
            Consumer<String> story) {
        this.cloud = cloud;
        this.disk = disk;
        this.judge = judge;
        this.dead = dead;
        this.story = story;
        Consumer<Duration> watched = span -> {
            judge.look();
            time.accept(span);
        };
        controller = new Controller(cloud.identityUrl(), cloud.clock().instant(), watched, dead, patience);
    }

    /** As the steps do: each state is on disk before anything happens. False when the process was killed before the end. */
    boolean begin(Map<String, MaintenanceState> states, Duration bound) {
        states.forEach((host, state) -> {
            disk.put(host, MaintenanceCodec.write(state));
            courses.put(host, new Course(state));
        });
        return run(bound);
    }

    /** As a new process does, from what is on disk. */
    boolean resume(Duration bound) {
        disk.forEach((host, text) ->
                courses.put(host, new Course(MaintenanceCodec.read(text).resumed(now()))));
        return run(bound);
    }

    private boolean run(Duration bound) {
        // as they tell that they are at work before any of them ticks
        List.copyOf(courses.values()).forEach(Course::run);
        boolean lived = controller.drive(() -> courses.values().stream().allMatch(one -> one.state.over()), bound);
        judge.look();
        return lived;
    }

    /** Where each host is, in words. */
    List<String> statuses() {
        return courses.values().stream()
                .map(course -> course.host() + ": " + MaintenanceWords.status(course.shown, now()))
                .toList();
    }

    private Instant now() {
        return controller.now();
    }

    private Map<String, RollBoard.Standing> standings(String roll) {
        Map<String, RollBoard.Standing> all = new LinkedHashMap<>();
        courses.forEach((host, course) -> all.put(host, Standings.of(course.shown)));
        return all;
    }

    /** A host of the roll, as its step runs it. */
    private final class Course {

        private MaintenanceState state;
        private MaintenanceState shown;

        Course(MaintenanceState state) {
            this.state = state;
            this.shown = state;
        }

        private String host() {
            return state.order().host();
        }

        private void change(MaintenanceState next) {
            state = next;
            shown = next;
        }

        private void save(MaintenanceState next) {
            change(next);
            disk.put(host(), MaintenanceCodec.write(next));
        }

        /** Goes on with the part that the state is in. */
        private void run() {
            if (dead.getAsBoolean()) {
                return;
            }
            switch (state.part()) {
                case TURN -> wait(state.turn());
                case DRAIN -> drain(state.drain());
                case BEFORE, AFTER -> back(state.returning());
                case BODY -> block();
                case OVER -> over();
                case HOME -> throw new IllegalStateException("nobody is brought home in a roll");
            }
        }

        private void tell(List<String> lines) {
            lines.forEach(line -> story.accept(now() + "  " + host() + " | " + line));
        }

        private void wait(TurnState wait) {
            TurnNarrator narrator = new TurnNarrator();
            new TurnRunner(
                            wait,
                            controller.ports(
                                    part -> save(state.turning(part)),
                                    (before, after) -> {
                                        tell(narrator.lines(before, after, now()));
                                        shown = state.turning(after);
                                    },
                                    last -> {
                                        change(Maintenance.turned(state, last, now()));
                                        if (state.part() == MaintenancePart.DRAIN) {
                                            judge.begins(host());
                                        }
                                        run();
                                    }),
                            board,
                            service -> CordonOwnership.of(
                                    service, state.drain().order().claim(), false, claim -> Holders.Holding.UNKNOWN),
                            controller.executor(),
                            controller.executor().clock())
                    .start();
        }

        private void drain(DrainState drain) {
            Narrator narrator = new Narrator();
            new DrainRunner(
                            drain,
                            controller.ports(
                                    part -> save(state.draining(part)),
                                    (before, after) -> {
                                        tell(narrator.lines(before, after, now()));
                                        shown = state.draining(after);
                                    },
                                    last -> {
                                        if (dead.getAsBoolean()) {
                                            return;
                                        }
                                        change(Maintenance.drained(state, last, EarlierSteps.NONE, now()));
                                        judge.drained(host(), last);
                                        run();
                                    }),
                            claim -> Holders.Holding.UNKNOWN,
                            controller.executor(),
                            controller.executor().clock())
                    .start();
        }

        private void back(ReturnState returning) {
            ReturnNarrator narrator = new ReturnNarrator();
            Function<Claim, Holders.Holding> own =
                    claim -> claim.build().equals(RollScenario.BUILD) ? Holders.Holding.ENDED : Holders.Holding.UNKNOWN;
            new ReturnRunner(
                            returning,
                            controller.ports(
                                    part -> save(state.returning(part)),
                                    (before, after) -> {
                                        tell(narrator.lines(before, after, now()));
                                        shown = state.returning(after);
                                    },
                                    this::returned),
                            own::apply,
                            controller.executor(),
                            controller.executor().clock())
                    .start();
        }

        private void returned(ReturnState last) {
            if (dead.getAsBoolean()) {
                return;
            }
            if (state.part() == MaintenancePart.BEFORE && last.phase() == ReturnPhase.AWAY) {
                judge.blockBegins(host());
                save(Maintenance.bodyBegan(state.returning(last)));
            } else {
                change(Maintenance.returned(state, last, now()));
            }
            run();
        }

        private void block() {
            tell(List.of("the block begins"));
            if (cloud.running(host())) {
                cloud.kill(host());
            }
            controller.executor().schedule(this::blockEnds, RollScenario.REBOOT.toSeconds(), TimeUnit.SECONDS);
        }

        private void blockEnds() {
            if (dead.getAsBoolean()) {
                return;
            }
            cloud.restart(host());
            save(Maintenance.bodyEnded(state, now()));
            run();
        }

        private void over() {
            save(state);
            tell(List.of(state.outcome() + ": " + state.message()));
            judge.over(state);
        }
    }
}
