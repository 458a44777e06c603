package io.jenkins.plugins.nova.drain.host;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.up;
import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.observe.HostOccupancy;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.util.List;
import org.junit.Test;

/** Law 13: the last word is said of what was just seen, and not without a second witness. */
public class FinalCheckTest {

    private static final String OURS = "nova-maintenance: ops/maintenance#7";

    private static boolean mayBeSaid(DrainState state, Look look) {
        return FinalCheck.mayBeSaid(state, look.make(), NOW);
    }

    /** All have ended, so long ago. */
    private static DrainState quiet(Orders orders, Duration time) {
        return drain(orders, ended("a", Action.LIVE, Outcome.MOVED, NOW.minus(time)));
    }

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    public void theEndIsSaidOfWhatWasJustSeenAndProven() {
        DrainState young = quiet(Orders.empty("compute1"), PATIENCE.minusSeconds(1));
        DrainState old = quiet(Orders.empty("compute1"), PATIENCE);
        ComputeService stands = closed("compute1", OURS);
        record Row(Look look, boolean young, boolean old) {}
        for (Row row : List.of(
                new Row(new Look().services(stands).heard(), true, true),
                // a witness in doubt, or a server that cannot be read, is asked again for a while
                new Row(new Look().services(stands).heard("who knows"), false, true),
                new Row(new Look().services(stands).heard().unread("a", "no answer"), false, true),
                // as is a cell that does not answer
                new Row(new Look().heard(), false, true),
                new Row(new Look().services(ComputeService.unknown("compute1")).heard(), false, true),
                // that it is open is never passed over, nor that nobody was heard
                new Row(new Look().services(up("compute1")).heard(), false, false),
                new Row(new Look().services(stands), false, false))) {
            assertEquals(row.toString(), row.young(), mayBeSaid(young, row.look()));
            assertEquals(row.toString(), row.old(), mayBeSaid(old, row.look()));
            DrainState lost = with(young, edit -> edit.watch = edit.watch.lost("why"));
            boolean heardAndClear = row.look().make().occupancy().heard()
                    && row.look().make().occupancy().doubts().isEmpty()
                    && row.look().make().unread().isEmpty();
            assertEquals("a lost host may be open", heardAndClear, mayBeSaid(lost, row.look()));
            assertEquals(true, mayBeSaid(quiet(Orders.of(Route.LIVE, "a"), Duration.ZERO), row.look()));
        }
    }

    @Test
    public void doubtsAreOfTheWitnessTheCordonAndWhatCouldNotBeRead() {
        Look look = new Look().heard("who knows").unread("a", "no answer").unread("x", "no answer");
        DrainState moving = quiet(Orders.empty("compute1"), PATIENCE);
        assertEquals(
                List.of(
                        "who knows",
                        "Nova cannot tell whether scheduling to compute1 is still disabled",
                        "server a could not be read (no answer)",
                        "server id-x could not be read (no answer)"),
                FinalCheck.doubts(moving, look.make()));
        assertEquals(
                List.of("who knows"),
                FinalCheck.doubts(
                        moving,
                        new Look()
                                .services(closed("compute1", OURS))
                                .heard("who knows")
                                .make()));
        // before it is cordoned nothing is said of the cordon
        DrainState planned = drain(Orders.empty("compute1"), Phase.PLAN);
        assertEquals(
                List.of("who knows"),
                FinalCheck.doubts(planned, new Look().heard("who knows").make()));
        DrainState noted = FinalCheck.noted(planned, look.make());
        assertEquals(3, noted.doubts().size());
        assertEquals(
                "It could not be made sure who is on the host: who knows.",
                noted.notes().get(0));
        HostOccupancy remarks = new HostOccupancy(true, List.of(), List.of(), List.of(), List.of("odd but harmless"));
        assertEquals(
                List.of("odd but harmless"),
                FinalCheck.noted(planned, new Look().occupancy(remarks).make()).notes());
        DrainState chosen = FinalCheck.noted(drain(Orders.of(Route.LIVE, "a"), Phase.PLAN), look.make());
        assertEquals(List.of("who knows"), chosen.doubts());
    }
}
