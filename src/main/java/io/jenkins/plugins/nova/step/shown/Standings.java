package io.jenkins.plugins.nova.step.shown;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.maintenance.MaintenancePart;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.turn.RollBoard.Standing;
import io.jenkins.plugins.nova.drain.turn.RollBoard.State;
import io.jenkins.plugins.nova.drain.turn.TurnOutcome;
import io.jenkins.plugins.nova.drain.turn.TurnState;
import io.jenkins.plugins.nova.report.data.RollMark;
import io.jenkins.plugins.nova.step.controller.BoardOfBuild;
import java.util.HashMap;
import java.util.Map;

/** From the maintenance of a host to how it stands in its roll. */
public final class Standings {

    private Standings() {}

    /** How the host of a roll stands. */
    public static Standing of(MaintenanceState state) {
        TurnState turn = state.turn();
        boolean begun = turn.outcome() == TurnOutcome.BEGINS;
        if (state.over()) {
            RollMark mark = new RollMark(turn.order().roll(), "", 0, begun);
            return new Standing(BoardOfBuild.ended(state.outcome(), mark), Map.of(), state.ended());
        }
        if (state.part() == MaintenancePart.TURN) {
            return begun
                    ? new Standing(State.UNDER_WAY, turn.seats(), turn.ended())
                    : new Standing(State.WAITING, Map.of(), turn.began(), turn.yields());
        }
        return new Standing(State.UNDER_WAY, outstanding(state.drain()), turn.ended());
    }

    /** The seats of the servers that have not come to anything yet. */
    private static Map<String, String> outstanding(DrainState drain) {
        if (drain.over()) {
            return Map.of();
        }
        Map<String, String> seats = new HashMap<>(drain.order().seats());
        drain.servers().stream()
                .filter(server -> server.outcome() != null)
                .map(ServerState::id)
                .forEach(seats::remove);
        return seats;
    }
}
