package io.jenkins.plugins.nova.telemetry;

import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Verb;
import java.time.Instant;

/**
 * A server that has its outcome. Its name, its owner and Nova's messages are left out: they are other people's words.
 *
 * @param origin where
 * @param id its uuid
 * @param verb what Nova was asked to do with it; null where it was asked for nothing, or where that is not kept
 * @param host the host that it was to leave; for a confirm or revert the one that its migration came from
 * @param target the host it went to; null where that is not known
 * @param outcome what became of it
 * @param started when it was first asked for, by the controller's clock; null where Nova was asked for nothing
 * @param ended when the outcome was seen, by the same clock
 */
public record EndedServer(
        Origin origin,
        String id,
        Verb verb,
        String host,
        String target,
        Outcome outcome,
        Instant started,
        Instant ended)
        implements DrainEvent {

    /** Whether it was asked of Nova that it leaves its host: no confirm, no revert, and not nothing. */
    public boolean moves() {
        return verb == Verb.LIVE || verb == Verb.COLD || verb == Verb.EVACUATE;
    }

    @Override
    public void tell(DrainListener listener) {
        listener.serverEnded(this);
    }
}
