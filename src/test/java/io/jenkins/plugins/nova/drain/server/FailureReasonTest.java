package io.jenkins.plugins.nova.drain.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

/** Nova's words on a failure are in three places, and mostly in one only. */
public class FailureReasonTest {

    private static final Server WELL = Servers.named("a").make();
    private static final Server ONCE_BROKEN =
            Servers.named("a").fault("old fault").make();
    private static final Server BROKEN =
            Servers.named("a").is("ERROR", "error").fault(" its fault ").make();
    private static final Server MUTE = Servers.named("a").is("ERROR", "error").make();

    private static InstanceAction.Event event(String result, String details) {
        return new InstanceAction.Event("compute_x", result, null, null, "compute1", details, null);
    }

    private static InstanceAction action(String message, InstanceAction.Event... events) {
        return new InstanceAction("live-migration", "req-1", "u", null, message, Arrays.asList(events));
    }

    private static final InstanceAction.Event SAID = event("Error", " its details ");

    @Test
    public void theNearestWordsCount() {
        record Row(InstanceAction action, Server server, String reason) {}
        for (Row row : List.of(
                // an event's details before the message, that before the fault
                new Row(action("its message", event("Success", "not this"), SAID), BROKEN, "its details"),
                new Row(action("its message", event("Error", null), event("Error", "  "), SAID), WELL, "its details"),
                new Row(action(" its message ", event("Error", null)), BROKEN, "its message"),
                new Row(action(" its message "), WELL, "its message"),
                new Row(action("Error", event("Error", "")), BROKEN, "its fault"),
                new Row(action("  ", event("Error", null)), BROKEN, "its fault"),
                new Row(action(null), BROKEN, "its fault"),
                new Row(null, BROKEN, "its fault"),
                // it failed, and nobody says why
                new Row(
                        action("Error", event("Error", null)),
                        WELL,
                        "Nova's live-migration failed and tells no reason (req-1)"),
                new Row(
                        action(null, event("Error", null)),
                        MUTE,
                        "Nova's live-migration failed and tells no reason (req-1)"),
                // nothing says that anything failed: not a fault of before, with a server that is well
                new Row(action(null, event("Success", "fine")), WELL, ""),
                new Row(action(null), MUTE, ""),
                new Row(action(null, event("Error", null)), ONCE_BROKEN, ""),
                new Row(null, ONCE_BROKEN, ""),
                new Row(null, MUTE, ""),
                new Row(null, WELL, ""))) {
            assertEquals(row.toString(), row.reason(), FailureReason.reason(row.action(), row.server()));
        }
    }

    @Test
    public void aFaultEndsASentence() {
        assertEquals(": its fault", FailureReason.fault(BROKEN));
        assertEquals("", FailureReason.fault(WELL));
    }

    @Test
    public void wordsThatAreNotKnownHaveNoHint() {
        assertEquals("", FailureReason.hint("words that nobody ever wrote"));
        assertTrue(FailureReason.hint("No valid host was found.").length() > 10);
    }
}
