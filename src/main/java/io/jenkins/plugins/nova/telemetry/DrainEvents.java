package io.jenkins.plugins.nova.telemetry;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is new in the states of one drain, told once each, and only of a state that is on disk: one that a crash takes back is
 * found again by the next process. A state that is saved before its requests are sent is not told of either, for a stop may come
 * between; the drain goes on from the one before it then. Not serialised: made anew from what was saved, which is told already.
 *
 * <p>Nothing that goes wrong here reaches the drain.
 */
public final class DrainEvents {

    private static final Logger LOGGER = Logger.getLogger(DrainEvents.class.getName());

    private final Supplier<Origin> origin;

    /** The servers whose outcome was told, or was known before. */
    private final Set<String> ended = new HashSet<>();

    /** Whether the state that was saved last waits to see the host closed in its name. */
    private boolean closing;

    private boolean over;

    private boolean warned;

    /** The state that the drain goes on from, which is to be saved now; null before. */
    private DrainState settled;

    /** What is new in it. */
    private List<DrainEvent> news = List.of();

    /**
     * @param known the state that the drain begins or goes on with, of which nothing more is told
     * @param origin where it runs, asked only when there is something to tell, and somebody to listen
     */
    public DrainEvents(DrainState known, Supplier<Origin> origin) {
        this.origin = origin;
        take(known);
    }

    /** The drain goes on from this state, which is saved next if it has anything new. */
    public synchronized void settled(DrainState after) {
        settled = after;
        try {
            news = DrainListeners.any() ? news(after) : List.of();
        } catch (RuntimeException | LinkageError e) {
            news = List.of();
            failed(after, e);
        }
    }

    /**
     * Has what is new in a state told once the state is saved.
     *
     * @param state that is being saved
     * @param save completes when it is, with a failure when it could not be: then it is told with the next one
     * @return completes as that does, when the next state may be settled
     */
    public CompletionStage<Void> saving(DrainState state, CompletionStage<Void> save) {
        synchronized (this) {
            if (state != settled) {
                return save;
            }
        }
        return save.whenComplete((done, failure) -> {
            if (failure == null) {
                saved(state);
            }
        });
    }

    private synchronized void saved(DrainState state) {
        if (state != settled) {
            return; // it took so long that the drain went on
        }
        List<DrainEvent> told = news;
        news = List.of();
        take(state);
        try {
            DrainListeners.tell(told);
        } catch (RuntimeException | LinkageError e) {
            failed(state, e);
        }
    }

    /** The first time it is a warning. */
    private void failed(DrainState state, Throwable why) {
        Level level = warned ? Level.FINE : Level.WARNING;
        warned = true;
        LOGGER.log(level, why, () -> "Nobody is told of " + state.order().subject());
    }

    private void take(DrainState state) {
        state.servers().stream()
                .filter(server -> server.outcome() != null)
                .map(ServerState::id)
                .forEach(ended::add);
        closing = state.cordon() != null && !state.cordon().settled();
        over = state.over();
    }

    private List<DrainEvent> news(DrainState state) {
        DrainOrder order = state.order();
        if (order.dryRun()) {
            return List.of();
        }
        boolean closed = closing && state.cordon() != null && state.cordon().state() == ServiceChange.State.OURS;
        List<ServerState> servers = state.servers().stream()
                .filter(server -> server.outcome() != null && !ended.contains(server.id()))
                .toList();
        boolean ends = !over && state.over() && order.emptiesHost();
        if (!closed && servers.isEmpty() && !ends) {
            return List.of();
        }
        Origin here = origin.get();
        List<DrainEvent> found = new ArrayList<>();
        if (closed) {
            found.add(new ClosedHost(here, order.host(), state.cordon().since()));
        }
        servers.forEach(server -> found.add(ended(here, server)));
        if (ends) {
            found.add(new EndedHost(here, order.host(), state.outcome(), state.began(), state.ended()));
        }
        return found;
    }

    private static EndedServer ended(Origin here, ServerState server) {
        Instant started = server.started();
        return new EndedServer(
                here,
                server.id(),
                started == null ? null : asked(server),
                server.source(),
                server.to(),
                server.outcome(),
                started,
                server.ended());
    }

    /** What was asked for last; by what is done with it where the request is not kept, since it was to be tried once more. */
    private static Verb asked(ServerState server) {
        if (server.move() != null) {
            return server.move().verb();
        }
        boolean acts = server.action() != Action.SKIP && server.action() != Action.BLOCKED;
        return acts ? Verb.of(server.action()) : null;
    }
}
