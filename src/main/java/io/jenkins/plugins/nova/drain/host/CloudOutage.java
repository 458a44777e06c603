package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.drain.text.Sentence;
import io.jenkins.plugins.nova.drain.text.Times;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;

/** What to do when the cloud cannot be read: try again for a while, then end without claiming anything. */
public final class CloudOutage {

    private static final Duration AT_FIRST = Duration.ofSeconds(60);

    private CloudOutage() {}

    /** The state after a tick that could not read the cloud. */
    public static DrainState met(DrainState state, NovaException error, Instant now) {
        boolean passing = error instanceof NovaException.Unreachable
                || error.outcomeUnknown()
                || (error instanceof NovaException.Refused refused
                        && (refused.status() == 429 || refused.status() == 413));
        String wayOut = error instanceof NovaException.NotAuthenticated
                ? " Fix the credential, or name another one (parameter credentialsId)."
                : "";
        if (error instanceof NovaException.Refused refused && refused.retryAfter() != null && state.stop() == null) {
            return asked(state, error.getMessage(), now);
        }
        return met(
                state, wayOut.isEmpty() ? error.getMessage() : Sentence.of(error.getMessage()) + wayOut, passing, now);
    }

    /** The cloud has said when it wants to be asked again: that is waited for in every phase. */
    private static DrainState asked(DrainState state, String what, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.trouble = what;
        edit.troubleSince = state.troubleSince() == null ? now : state.troubleSince();
        DrainState troubled = edit.done();
        boolean over = Duration.between(edit.troubleSince, now).compareTo(Limits.TROUBLE) >= 0 || timeOver(state, now);
        return over ? giveUp(troubled, now) : troubled;
    }

    /**
     * The state after a tick that came to nothing.
     *
     * @param what in words
     * @param passing whether it may be better soon
     */
    public static DrainState met(DrainState state, String what, boolean passing, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.trouble = what;
        edit.troubleSince = state.troubleSince() == null ? now : state.troubleSince();
        DrainState troubled = edit.done();
        Duration so = Duration.between(edit.troubleSince, now);
        return so.compareTo(patience(state, passing)) < 0 && !timeOver(state, now) ? troubled : giveUp(troubled, now);
    }

    /**
     * The state after a stop to which the cloud does not answer. Only moves that are to be aborted are worth trying on for a
     * while; otherwise nothing would be asked but where everything is, and that is said as it was known last.
     */
    public static DrainState unanswered(DrainState stopped, String what, Instant now) {
        boolean toAbort = stopped.order().onAbort() == DrainOrder.OnAbort.ABORT
                && stopped.servers().stream().anyMatch(server -> server.is(Stage.UNDER_WAY));
        return toAbort ? met(stopped, what, true, now) : abandoned(stopped, what, now);
    }

    /** The state after a stop for which nothing more is tried: everything is said as it was known last. */
    public static DrainState abandoned(DrainState stopped, String what, Instant now) {
        DrainState.Edit edit = stopped.edit();
        edit.trouble = what;
        edit.troubleSince = stopped.troubleSince() == null ? now : stopped.troubleSince();
        return giveUp(edit.done(), now);
    }

    private static boolean timeOver(DrainState state, Instant now) {
        return state.deadline() != null && now.isAfter(state.deadline().plus(Limits.STOPPING));
    }

    private static Duration patience(DrainState state, boolean passing) {
        if (state.stop() != null) {
            return Limits.TROUBLE_STOPPING;
        }
        if (state.phase() == Phase.CHECK) {
            return passing ? AT_FIRST : Duration.ZERO;
        }
        return Limits.TROUBLE;
    }

    private static DrainState giveUp(DrainState state, Instant now) {
        if (state.phase() == Phase.UNSILENCE) {
            return HostSettings.leftToEnd(state, "the cloud could not be read any more: " + state.trouble());
        }
        if (state.phase() == Phase.BACK_OUT && state.backOut().change().state() == ServiceChange.State.SENT) {
            DrainState.Edit edit = state.edit();
            edit.cordon = null; // whether it stands is not known
            return DrainEnding.refuse(
                    edit.done(),
                    state.backOut().why() + " The cordon was asked to be taken back, which was not seen: look whether "
                            + state.order().host() + " is enabled. And then: " + state.trouble(),
                    now);
        }
        if (state.phase() == Phase.BACK_OUT) {
            return DrainEnding.refuse(state, state.backOut().why() + " And then: " + state.trouble(), now);
        }
        if (state.phase() != Phase.MOVE) {
            return state.stop() == null
                    ? DrainEnding.refuse(state, state.trouble(), now)
                    : DrainEnding.end(state, HostOutcome.ABORTED, null, now);
        }
        DrainState.Edit edit = state.edit();
        edit.each(server -> {
            if (server.is(Stage.PENDING)) {
                return server.end(Outcome.NOT_STARTED, "the cloud could not be read any more", "", now);
            }
            if (server.is(Stage.UNDER_WAY)) {
                boolean unclear = server.move().is(Intent.State.UNCLEAR);
                return server.end(
                        Outcome.UNKNOWN,
                        "its " + server.move().verb().words()
                                + (unclear
                                        ? " was sent, and it is not known whether Nova took it ("
                                                + server.move().doubt() + ")"
                                        : " was under way when the cloud could be read last; " + migration(server)),
                        "Look at it before anything else: openstack server show " + server.id() + "."
                                + toAbort(state, server),
                        now);
            }
            return server;
        });
        edit.note("The cloud was not read any more since " + Times.at(state.troubleSince()) + ": " + state.trouble());
        return DrainEnding.end(
                edit.done(), state.stop() == null ? HostOutcome.INCOMPLETE : HostOutcome.ABORTED, null, now);
    }

    /** What the build was to do with a move when it was aborted, and could not; empty when it was to leave it. */
    private static String toAbort(DrainState state, ServerState server) {
        boolean aborts = state.stop() != null
                && state.order().onAbort() == DrainOrder.OnAbort.ABORT
                && server.action() == Action.LIVE;
        if (!aborts) {
            return "";
        }
        boolean asked = server.follow() != null
                && server.follow().verb() == Verb.ABORT
                && !server.follow().is(Intent.State.RECORDED);
        return (asked
                        ? " Nova was asked to abort it, and whether it did was not seen"
                        : " Nova could not be told to abort it, so it goes on")
                + (server.migration() == null
                        ? "."
                        : ": openstack server migration abort " + server.id() + " " + server.migration() + ".");
    }

    private static String migration(ServerState server) {
        return server.migration() == null
                ? "no migration of it had been seen yet"
                : "migration " + server.migration() + " read " + server.migrationStatus();
    }
}
