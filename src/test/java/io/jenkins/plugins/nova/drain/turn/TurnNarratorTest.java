package io.jenkins.plugins.nova.drain.turn;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.drain.ApprovedPlan.OnDrift;
import io.jenkins.plugins.nova.drain.observe.RollRequest;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Which waits are told: those of another kind than what was told last. */
public class TurnNarratorTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final TurnOrder ORDER = new TurnOrder(
            "roll-1",
            "c2",
            List.of("c1", "c2"),
            Map.of(),
            new RollRequest(
                    List.of("c1", "c2"),
                    null,
                    null,
                    Budget.NONE,
                    true,
                    BlockMigration.AUTO,
                    List.of(),
                    List.of(),
                    Duration.ofMinutes(20)),
            "c1",
            Duration.ZERO,
            1,
            null,
            Duration.ofMinutes(30),
            Map.of(),
            OnDrift.FAIL);

    private static List<String> told(String... waits) {
        TurnNarrator narrator = new TurnNarrator();
        List<String> lines = new ArrayList<>();
        TurnState before = TurnState.begin(ORDER, NOW);
        for (String wait : waits) {
            TurnState.Edit edit = before.edit();
            edit.waitsFor = wait;
            TurnState after = edit.done();
            lines.addAll(narrator.lines(before, after, NOW));
            before = after;
        }
        return lines.stream()
                .map(line -> line.replaceFirst("^Host c2 waits for (.*)\\.$", "$1"))
                .toList();
    }

    @Test
    public void aWaitIsToldOnceForAsLongAsItIsOfOneKind() {
        String turn = "its turn";
        String canary = "the canary c1, which goes first and alone";
        String two = "seats from which 2 servers of it need not move once more";
        String one = "seats from which 1 server of it need not move once more";
        String full = "the budget: 2 (c3, c4) of the 12 hosts of az1 are away, and 2 may be";
        String later = "the budget: 2 (c4, c5) of the 12 hosts of az1 are away, and 2 may be";
        String dora = "somebody to see to 1 server of it: db1 its owner wants to be asked first";
        String alice = "somebody to see to 1 server of it: web1 its owner wants to be asked first";
        String[][][] cases = {
            {{turn, turn}, {turn}},
            {{turn, canary, canary, turn, canary}, {turn, canary}},
            {{turn, two, turn, one, turn, two}, {turn, two}},
            {{turn, full, later, full}, {turn, full}},
            {{turn, two, full, one}, {turn, two, full, one}},
            {
                {turn, "servers of c3, which come to it", "servers of c4, c5, which come to it"},
                {turn, "servers of c3, which come to it"}
            },
            {{turn, dora, turn, dora, alice}, {turn, dora, alice}},
        };
        for (String[][] each : cases) {
            assertEquals(List.of(each[1]), told(each[0]));
        }
    }
}
