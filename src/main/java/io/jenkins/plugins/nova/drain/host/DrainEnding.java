package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.observe.OddRowNotes;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.text.Sentence;
import io.jenkins.plugins.nova.plan.filter.LeaveFilter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a drain ends: its outcome, and the sentence that says it. */
public final class DrainEnding {

    private static final String STAYS_CORDONED = " stays cordoned";

    private static final String HOST_STAYS_CORDONED = " The host" + STAYS_CORDONED + ".";

    private DrainEnding() {}

    /** A precondition was not met. */
    public static DrainState refuse(DrainState state, String why, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.phase = Phase.ENDED;
        edit.outcome = HostOutcome.REFUSED;
        edit.ended = now;
        boolean ours = edit.cordon != null && edit.cordon.state() == ServiceChange.State.OURS;
        edit.message = ours ? Sentence.ended(why) + HOST_STAYS_CORDONED : why;
        edit.each(server ->
                server.is(Stage.ENDED) ? server : server.end(Outcome.NOT_STARTED, "the step was refused", "", now));
        return edit.done();
    }

    /**
     * All servers have ended, or nothing more can be done.
     *
     * @param forced null to find the outcome from the servers
     * @param observed the last look; null when the cloud could not be read
     */
    public static DrainState end(DrainState state, HostOutcome forced, Observation observed, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.phase = Phase.ENDED;
        edit.ended = now;
        edit.each(server -> server.is(Stage.ENDED)
                ? server
                : server.end(Outcome.NOT_STARTED, "the build was aborted before anything was moved", "", now));
        DrainState ended = edit.done();
        edit.outcome = forced != null ? forced : outcome(ended, observed);
        edit.message = message(edit.done(), observed);
        return edit.done();
    }

    private static HostOutcome outcome(DrainState state, Observation observed) {
        if (state.stop() != null) {
            return HostOutcome.ABORTED;
        }
        boolean bad =
                state.servers().stream().anyMatch(server -> !server.outcome().good());
        boolean empty = !state.order().emptiesHost()
                || (observed != null && !observed.uncertain() && stay(state, observed.onHost()));
        if (bad || !empty || state.watch().lost() != null) {
            return HostOutcome.INCOMPLETE;
        }
        if (!state.doubts().isEmpty() && !state.order().unproven()) {
            return HostOutcome.UNPROVEN;
        }
        boolean waits = !state.ended(Outcome.AWAITING_CONFIRM).isEmpty()
                || (state.order().host() != null
                        && !state.ended(Outcome.AWAITING_OWNER).isEmpty());
        return waits ? HostOutcome.AWAITING_CONFIRM : HostOutcome.DONE;
    }

    private static String message(DrainState state, Observation observed) {
        List<ServerState> bad = state.servers().stream()
                .filter(server -> !server.outcome().good())
                .toList();
        long good = state.servers().size() - bad.size();
        List<ServerState> left = leftOnHost(state, observed);
        List<ServerState> staying = staying(state);
        String host = state.order().host();
        String subject = state.order().emptiesHost()
                ? "Host " + host
                : Quantity.servers(state.servers().size());
        StringBuilder text = new StringBuilder();
        switch (state.outcome()) {
            case DONE ->
                text.append(
                        state.order().emptiesHost()
                                ? subject + " is empty" + butFor(staying) + ": "
                                        + Quantity.servers(good - staying.size()) + " dealt with."
                                : good == 0 ? "Nothing was to be done." : subject + ": done.");
            case AWAITING_CONFIRM ->
                text.append(
                                state.order().emptiesHost()
                                        ? subject + " runs no server any more" + butFor(staying) + "; "
                                        : "")
                        .append(waiting(state));
            case UNPROVEN ->
                text.append(subject)
                        .append(
                                state.order().emptiesHost()
                                        ? ": no server can be seen on it, and whether it is empty could not be made sure of: "
                                        : ": all that can be seen is done, and whether it is all could not be made sure of: ")
                        .append(String.join("; ", state.doubts()))
                        .append(". Look there; unproven: true takes what can be seen as the whole.");
            case PLANNED -> text.append(planned(state, bad.size()));
            case REFUSED -> {
                // a dry run that a precondition stops, with the words of the run
                state.notes().stream()
                        .filter(note -> note.startsWith(ReasonMarkers.WOULD_REFUSE))
                        .forEach(note -> text.append(note.substring(ReasonMarkers.WOULD_REFUSE.length()))
                                .append('\n'));
                text.append(planned(state, bad.size()));
            }
            case ABORTED ->
                text.append("Aborted")
                        .append(state.stop() == null ? "" : " (" + state.stop().why() + ")")
                        .append(": ")
                        .append(Quantity.servers(good))
                        .append(" dealt with, ")
                        .append(bad.size())
                        .append(" not.");
            default ->
                text.append(subject)
                        .append(state.order().emptiesHost() ? incomplete(state, observed) : ": ")
                        .append(bad.size())
                        .append(" of ")
                        .append(Quantity.servers(state.servers().size()))
                        .append(state.order().emptiesHost() ? " could not be moved" : " did not succeed")
                        .append(left.isEmpty() ? "." : ", " + left.size() + " left there as their owners want it.");
        }
        if (!staying.isEmpty() && state.outcome() != HostOutcome.PLANNED) {
            staying.forEach(server -> text.append("\n  ").append(line(server)));
        }
        if (state.outcome() == HostOutcome.DONE && !state.doubts().isEmpty()) {
            text.append("\nTaken as the whole (unproven: true), though it could not be made sure of: ")
                    .append(String.join("; ", state.doubts()))
                    .append('.');
        }
        if (state.watch().lost() != null) {
            text.append('\n').append(Sentence.of(state.watch().lost()));
        }
        if (state.outcome() == HostOutcome.INCOMPLETE
                || state.outcome() == HostOutcome.ABORTED
                || state.outcome() == HostOutcome.UNPROVEN) {
            bad.forEach(server -> text.append("\n  ").append(line(server)));
            left.forEach(server -> text.append("\n  ").append(line(server)));
            state.ended(Outcome.AWAITING_CONFIRM)
                    .forEach(server -> text.append("\n  ").append(line(server)));
        }
        if (state.outcome() != HostOutcome.PLANNED) {
            state.ended(Outcome.AWAITING_OWNER)
                    .forEach(server -> text.append("\n  ").append(line(server)));
        }
        if (state.outcome() == HostOutcome.INCOMPLETE && state.order().emptiesHost() && observed != null) {
            OddRowNotes.words(observed).ifPresent(why -> text.append('\n').append(why));
        }
        if (state.cordon() != null && state.cordon().settled()) {
            text.append("\n")
                    .append(host)
                    .append(
                            observed == null || !HostGuard.told(state, observed)
                                    ? " was cordoned when it could be seen last"
                                    : STAYS_CORDONED)
                    .append(" (")
                    .append(state.cordon().words())
                    .append(").");
        }
        if (state.cordon() != null && state.cordon().state() == ServiceChange.State.SENT) {
            text.append("\nThe cordon of ")
                    .append(host)
                    .append(" was asked for and not yet seen: it may be disabled (")
                    .append(state.cordon().words())
                    .append(").");
        }
        if (!state.ended(Outcome.REBUILT).isEmpty()) {
            text.append("\nBefore ")
                    .append(host)
                    .append(
                            " is used again: start nova-compute there once, while it is still cordoned, and wait until its"
                                    + " evacuations read completed; it then deletes its own copies of what was rebuilt elsewhere."
                                    + " Leave these records alone: by them it knows what not to start. Only then take"
                                    + " forced_down back and enable it (nodeReturn with clearForcedDown: true does both).");
        }
        return text.toString();
    }

    private static String planned(DrainState state, int cannotBe) {
        String subject = state.order().emptiesHost()
                ? "Host " + state.order().host()
                : Quantity.servers(state.servers().size());
        return subject + ": " + state.ended(Outcome.PLANNED).size() + " would be acted on, " + cannotBe
                + " cannot be. Nothing was changed.";
    }

    /** What waits for a confirm, and what for its owner. */
    private static String waiting(DrainState state) {
        int ours = state.ended(Outcome.AWAITING_CONFIRM).size();
        int owners = state.ended(Outcome.AWAITING_OWNER).size();
        String before = state.order().emptiesHost() ? " before it is switched off." : ".";
        String toConfirm =
                ours == 0 ? "" : Quantity.servers(ours) + " in VERIFY_RESIZE: confirmResize or revertResize" + before;
        String toWaitFor = owners == 0
                ? ""
                : Quantity.servers(owners) + " in VERIFY_RESIZE by a resize of "
                        + (owners == 1 ? "its owner's, who settles it" : "their owners', who settle it") + before;
        return (toConfirm + " " + toWaitFor).strip();
    }

    private static String incomplete(DrainState state, Observation observed) {
        boolean seenEmpty = observed != null
                && observed.onHost().isEmpty()
                && state.doubts().isEmpty();
        return seenEmpty ? " has no server, but not all went well: " : " is not empty: ";
    }

    /** Servers that a drain was not to move, and that are there still: all is well with them, but their host is not empty. */
    private static List<ServerState> leftOnHost(DrainState state, Observation observed) {
        return state.ended(Outcome.SKIPPED).stream()
                .filter(server -> state.order().emptiesHost())
                .filter(server -> !staying(server))
                .filter(server ->
                        observed == null || observed.onList(server.id()).isPresent())
                .toList();
    }

    /** What a drain ended with, without what it says of the cordon: whoever passes it on says what that is by now. */
    public static String butForTheCordon(DrainState state) {
        return state.message()
                .lines()
                .filter(line -> !line.startsWith(state.order().host() + STAYS_CORDONED + " ("))
                .collect(Collectors.joining("\n"))
                .replace(HOST_STAYS_CORDONED, "");
    }

    /** Servers that the order left on the host, to go down with it: they do not keep it from being empty. */
    public static List<ServerState> staying(DrainState state) {
        return state.servers().stream().filter(DrainEnding::staying).toList();
    }

    private static boolean staying(ServerState server) {
        return server.outcome() == Outcome.SKIPPED && server.reason().equals(LeaveFilter.REASON);
    }

    /** Whether all of these may stay. */
    private static boolean stay(DrainState state, List<Server> servers) {
        Map<String, ServerState> known = state.byId();
        return servers.stream().allMatch(server -> known.containsKey(server.id()) && staying(known.get(server.id())));
    }

    private static String butFor(List<ServerState> staying) {
        return staying.isEmpty() ? "" : " but for " + Quantity.servers(staying.size()) + " that may stay (leave)";
    }

    /** One server's outcome with reason and hint. */
    static String line(ServerState server) {
        return server.label() + " (" + server.id() + "): " + server.outcome()
                + (server.reason().isEmpty() ? "" : ": " + server.reason())
                + (server.advice().isEmpty() ? "" : ". " + server.advice());
    }
}
