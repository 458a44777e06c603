package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.Bench;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.drain.json.StateJson;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A host that waits for its turn on the simulated cloud, both in time that the test drives. */
public final class TurnBench extends Bench<TurnState> {

    /** What one build knows of the hosts of its roll. */
    public static final class Board implements RollBoard {
        private final Map<String, Standing> hosts = new HashMap<>();

        @Override
        public Map<String, Standing> hosts(String roll) {
            return Map.copyOf(hosts);
        }

        /** A host stands so now. */
        public void put(String host, State state, Map<String, String> seats, Instant now, Yield yields) {
            Standing was = hosts.get(host);
            Instant since = was != null && was.is(state) ? was.since() : now;
            hosts.put(host, new Standing(state, seats, since, yields));
        }
    }

    private final TurnNarrator narrator = new TurnNarrator();
    private final Board board;
    public TurnRunner runner;

    public TurnBench(SimulatedCloud cloud, Board board) {
        super(cloud, "admin");
        this.board = board;
    }

    /** Begins to wait, or goes on. */
    public TurnBench begin(TurnState state) {
        tell(state);
        runner = new TurnRunner(state, this, board, this::ownership, executor, executor.clock());
        runner.start();
        return this;
    }

    /** As a new process would, from what was saved last. */
    public TurnBench resume(String text) {
        return begin(TurnRunner.resume(
                StateJson.read(text, TurnState.class, "turn", state -> 1, 1),
                executor.clock().instant()));
    }

    private CordonOwnership ownership(ComputeService service) {
        return CordonOwnership.of(
                service, new Claim("ops/roll#1", null, null, null, null), false, claim -> Holding.UNKNOWN);
    }

    private void tell(TurnState state) {
        RollBoard.State now = !state.over()
                ? RollBoard.State.WAITING
                : state.outcome() == TurnOutcome.BEGINS
                        ? RollBoard.State.UNDER_WAY
                        : state.outcome() == TurnOutcome.DONE_BEFORE ? RollBoard.State.DONE : RollBoard.State.NOT_BEGUN;
        board.put(state.order().host(), now, state.seats(), executor.clock().instant(), state.yields());
    }

    @Override
    public void changed(TurnState before, TurnState after) {
        super.changed(before, after);
        tell(after);
    }

    @Override
    protected String write(TurnState state) {
        return StateJson.write(state);
    }

    @Override
    protected List<String> lines(TurnState before, TurnState after, Instant now) {
        return narrator.lines(before, after, now);
    }
}
