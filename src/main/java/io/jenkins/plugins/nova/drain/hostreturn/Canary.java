package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.Span;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A server of our own that is tried on a closed host: all that is known of it and must not be lost. Immutable; see
 * {@link CanaryTrial} for how it goes on.
 *
 * @param stage where the trial is
 * @param since when that stage began
 * @param name its name, the same for every canary of its host: for people; it proves nothing
 * @param zone the availability zone of its host, in which it stays
 * @param token what nobody could know before it was made, in its metadata: only a server that has it, of the credential's own
 *     project and user, is this one
 * @param posted when it was asked for; null as long as it is certain that Nova has not made it
 * @param id its uuid; null before it was found
 * @param ask what this stage asks of Nova; null before it was asked
 * @param said why the last request did nothing and may be sent again; null when there was none
 * @param attempts how many requests of this stage did nothing
 * @param doomed ids of those that the request to delete is about
 * @param spans the stages that are over, for the timeline; null, as in older states, is taken as none
 */
public record Canary(
        Stage stage,
        Instant since,
        String name,
        String zone,
        String token,
        Instant posted,
        String id,
        Ask ask,
        String said,
        int attempts,
        List<String> doomed,
        List<Span> spans) {

    /** The parts of a trial, in their order. */
    public enum Stage {
        /** Others of its name are looked for once, and told. */
        CLEAR,
        /** It boots, on another host: the scheduler leaves out one that is closed. */
        BOOT,
        /** Live onto the host. */
        ENTER,
        /** A hard reboot there: the host's hypervisor makes the guest anew and starts it. */
        START,
        /** Live off the host, wherever the scheduler likes. */
        LEAVE,
        /** Live onto the host once more. */
        BACK,
        /** It is deleted; also after a failure, wherever it is. */
        DELETE,
        /** It is gone, or was given up with a note. */
        OVER;

        /** The kind of the {@link Span} in which a canary is at it. */
        public String span() {
            return switch (this) {
                case CLEAR, OVER -> "waiting";
                case BOOT -> "boot";
                case ENTER, LEAVE, BACK -> "live";
                case START -> "reboot";
                case DELETE -> "delete";
            };
        }
    }

    /**
     * One request, written down before it is sent and never sent again unless it is certain that it did nothing (law 2).
     *
     * @param state how far it has come
     * @param at when it was written down
     * @param baselineAction request id of the canary's newest action before it; null when not known or none
     * @param baselineMigration id of its newest migration before it; 0 when it had none
     * @param requestId Nova's id of the request; null before it is known
     * @param doubt why it is not known what became of it; null when it is
     * @param looks how often it was looked for without being found
     */
    public record Ask(
            State state,
            Instant at,
            String baselineAction,
            long baselineMigration,
            String requestId,
            String doubt,
            int looks) {

        /** How far a request has come. */
        public enum State {
            /** Written down; about to be sent by the process that wrote it. */
            RECORDED,
            /** Nova took it. */
            TAKEN,
            /** Sent, perhaps; what became of it must be looked up. */
            UNCLEAR
        }

        static Ask record(String baselineAction, long baselineMigration, Instant now) {
            return new Ask(State.RECORDED, now, baselineAction, baselineMigration, null, null, 0);
        }

        Ask taken(String newRequestId) {
            return new Ask(State.TAKEN, at, baselineAction, baselineMigration, newRequestId, null, 0);
        }

        Ask unclear(String why) {
            return new Ask(State.UNCLEAR, at, baselineAction, baselineMigration, requestId, why, looks);
        }

        Ask looked() {
            return new Ask(state, at, baselineAction, baselineMigration, requestId, doubt, looks + 1);
        }

        boolean is(State wanted) {
            return state == wanted;
        }
    }

    /** Of which host a server is the canary; people find it in the server's metadata. */
    static final String HOST_KEY = "nova-maintenance-canary";

    private static final String TOKEN_KEY = "nova-maintenance-token";

    /** Longer names are cut off: Nova takes 255 characters. */
    private static final int NAME_LIMIT = 255;

    public Canary {
        doomed = doomed == null ? List.of() : List.copyOf(doomed);
        spans = spans == null ? List.of() : List.copyOf(spans);
    }

    /** A trial that begins, with a token that is new each time: it is saved before anything is made with it. */
    static Canary begin(ReturnOrder order, String zone, Instant now) {
        String token = UUID.randomUUID().toString();
        String name = HOST_KEY + "-" + order.host();
        return new Canary(
                Stage.CLEAR,
                now,
                name.substring(0, Math.min(name.length(), NAME_LIMIT)),
                zone,
                token,
                null,
                null,
                null,
                null,
                0,
                List.of(),
                List.of());
    }

    /** What it carries, for us and for people. */
    Map<String, String> metadata(String host) {
        return Map.of(HOST_KEY, host, TOKEN_KEY, token);
    }

    /**
     * Whether a server is this one. Metadata can be written by everybody in a server's project, project and user by nobody.
     *
     * @param who whose token this is
     */
    boolean is(Server server, Identity who) {
        return token.equals(server.metadata().get(TOKEN_KEY))
                && who.projectId().equals(server.projectId())
                && who.userId().equals(server.userId());
    }

    /** Whether Nova may have it. */
    boolean mayExist() {
        return posted != null && stage != Stage.OVER;
    }

    boolean asks(Ask.State state) {
        return ask != null && ask.is(state);
    }

    Canary to(Stage next, Instant now) {
        List<Span> more = Stream.concat(spans.stream(), Stream.of(new Span(stage.span(), since, now)))
                .toList();
        return new Canary(next, now, name, zone, token, posted, id, null, null, 0, List.of(), more);
    }

    Canary asking(Ask newAsk) {
        return new Canary(stage, since, name, zone, token, posted, id, newAsk, said, attempts, doomed, spans);
    }

    Canary posting(Ask newAsk, Instant now) {
        return new Canary(stage, since, name, zone, token, now, id, newAsk, said, attempts, doomed, spans);
    }

    Canary deleting(Ask newAsk, List<String> ids) {
        return new Canary(stage, since, name, zone, token, posted, id, newAsk, said, attempts, ids, spans);
    }

    Canary found(String newId, Ask newAsk) {
        return new Canary(stage, since, name, zone, token, posted, newId, newAsk, said, attempts, doomed, spans);
    }

    /** Why the last request has done nothing, or not yet. */
    Canary saying(String why) {
        return new Canary(stage, since, name, zone, token, posted, id, ask, why, attempts, doomed, spans);
    }

    /** The request is certain to have done nothing. */
    Canary unsent(String why) {
        return new Canary(
                stage,
                since,
                name,
                zone,
                token,
                stage == Stage.BOOT ? null : posted,
                id,
                null,
                why,
                attempts + 1,
                doomed,
                spans);
    }

    /** As a new process must take it: what was about to be sent may have been sent. */
    Canary resumed() {
        return asks(Ask.State.RECORDED) ? asking(ask.unclear("the controller was restarted while it was sent")) : this;
    }
}
