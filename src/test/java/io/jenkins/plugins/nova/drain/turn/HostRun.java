package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.drain.Bench;
import io.jenkins.plugins.nova.drain.DrainBench;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOrder;
import io.jenkins.plugins.nova.drain.maintenance.EarlierSteps;
import io.jenkins.plugins.nova.drain.maintenance.Maintenance;
import io.jenkins.plugins.nova.drain.maintenance.MaintenancePart;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A host of a roll from its wait to the end of its drain, as a branch of a build runs it; then it is enabled again. */
final class HostRun {

    private final SimulatedCloud cloud;
    private final TurnBench.Board board;
    private final TurnOrder turn;
    private final List<String> console = new ArrayList<>();
    MaintenanceState state;
    Bench<?> bench;
    int times;

    HostRun(SimulatedCloud cloud, TurnBench.Board board, TurnOrder turn) {
        this.cloud = cloud;
        this.board = board;
        this.turn = turn;
        String by = "ops/roll#" + turn.host();
        Claim claim = Claim.of(by, turn.host() + "-0000-4000-8000-000000000000", "https://" + turn.host() + "/", now());
        Orders orders = Orders.empty(turn.host())
                .autoConfirm()
                .heldAs(claim)
                .within(turn.request().budget());
        ReturnOrder back = new ReturnOrder(
                turn.host(), Duration.ofMinutes(30), false, false, false, List.of(), false, null, by, null);
        state = MaintenanceState.beginTurn(
                turn, back, orders.make(), Orders.empty(turn.host()).make(), now());
        next();
    }

    String host() {
        return turn.host();
    }

    private Instant now() {
        return cloud.clock().instant();
    }

    private void next() {
        switch (state.part()) {
            case TURN -> {
                times++;
                bench = new TurnBench(cloud, board).begin(state.turn());
            }
            case DRAIN -> bench = new DrainBench(cloud).begin(state.drain().order());
            case BEFORE -> {
                bench = null;
                // the block, and the way back
                cloud.enable(host());
                put(RollBoard.State.DONE, Map.of());
            }
            default -> {
                bench = null;
                if (state.part() != MaintenancePart.OVER) {
                    put(RollBoard.State.FAILED, Map.of());
                }
            }
        }
    }

    private void put(RollBoard.State how, Map<String, String> seats) {
        board.put(host(), how, seats, now(), null);
    }

    boolean over() {
        return bench == null;
    }

    /** Whether servers of it are being moved. */
    boolean moves() {
        return bench instanceof DrainBench && cloud.disabledReason(host()) != null;
    }

    /** Runs its next task. */
    void step() {
        bench.executor.step();
        if (bench.bug != null) {
            throw new AssertionError("it broke:\n" + text(), bench.bug);
        }
        if (bench instanceof TurnBench waiting && waiting.last != null) {
            console.addAll(waiting.console);
            state = Maintenance.turned(state, waiting.last, now());
            next();
        } else if (bench instanceof DrainBench draining && draining.last != null) {
            console.addAll(draining.console);
            state = Maintenance.drained(state, draining.last, EarlierSteps.NONE, now());
            next();
        } else if (bench instanceof DrainBench draining && !draining.saved.isEmpty()) {
            put(RollBoard.State.UNDER_WAY, seats(draining));
        }
    }

    private Map<String, String> seats(DrainBench draining) {
        Map<String, String> left = new HashMap<>(state.drain().order().seats());
        DrainState seen = draining.state();
        seen.servers().stream().filter(ServerState::saidToHaveLeft).forEach(server -> left.remove(server.id()));
        return left;
    }

    String text() {
        List<String> all = new ArrayList<>(console);
        all.addAll(bench == null ? List.of() : bench.console);
        return host() + "\n  " + String.join("\n  ", all);
    }
}
