package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.plan.LeaveFilter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** How a drain ends: its outcome, and the sentence that says it. */
final class Ending {

    private static final String STAYS_CORDONED = " stays cordoned";

    private static final String HOST_STAYS_CORDONED = " The host" + STAYS_CORDONED + ".";

    private Ending() {}

    /** A precondition was not met. */
    static DrainState refuse(DrainState state, String why, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.phase = Phase.ENDED;
        edit.outcome = HostOutcome.REFUSED;
        edit.ended = now;
        edit.message = why
                + (edit.cordon != null && edit.cordon.state() == ServiceChange.State.OURS ? HOST_STAYS_CORDONED : "");
        edit.each(server ->
                server.is(Stage.ENDED) ? server : server.end(Outcome.NOT_STARTED, "the step was refused", "", now));
        return edit.done();
    }

    /**
     * All servers have ended, or nothing more can be done.
     *
     * @param forced null to find the outcome from the servers
     * @param look the last look; null when the cloud could not be read
     */
    static DrainState end(DrainState state, HostOutcome forced, Look look, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.phase = Phase.ENDED;
        edit.ended = now;
        edit.each(server -> server.is(Stage.ENDED)
                ? server
                : server.end(Outcome.NOT_STARTED, "the build was aborted before anything was moved", "", now));
        DrainState ended = edit.done();
        edit.outcome = forced != null ? forced : outcome(ended, look);
        edit.message = message(edit.done(), look);
        return edit.done();
    }

    private static HostOutcome outcome(DrainState state, Look look) {
        if (state.stop() != null) {
            return HostOutcome.ABORTED;
        }
        boolean bad =
                state.servers().stream().anyMatch(server -> !server.outcome().good());
        boolean empty = !state.order().emptiesHost()
                || (look != null && look.onHost().stream().allMatch(server -> stays(state, server.id())));
        if (bad || !empty) {
            return HostOutcome.INCOMPLETE;
        }
        return state.ended(Outcome.AWAITING_CONFIRM).isEmpty() ? HostOutcome.DONE : HostOutcome.AWAITING_CONFIRM;
    }

    private static String message(DrainState state, Look look) {
        List<ServerState> bad = state.servers().stream()
                .filter(server -> !server.outcome().good())
                .toList();
        long good = state.servers().size() - bad.size();
        List<ServerState> left = leftOnHost(state, look);
        List<ServerState> staying = staying(state);
        String host = state.order().host();
        String subject = state.order().emptiesHost()
                ? "Host " + host
                : Words.servers(state.servers().size());
        StringBuilder text = new StringBuilder();
        switch (state.outcome()) {
            case DONE ->
                text.append(
                        state.order().emptiesHost()
                                ? subject + " is empty" + butFor(staying) + ": " + Words.servers(good - staying.size())
                                        + " dealt with."
                                : good == 0 ? "Nothing was to be done." : subject + ": done.");
            case AWAITING_CONFIRM ->
                text.append(
                                state.order().emptiesHost()
                                        ? subject + " runs no server any more" + butFor(staying) + "; "
                                        : "")
                        .append(Words.servers(
                                state.ended(Outcome.AWAITING_CONFIRM).size()))
                        .append(" in VERIFY_RESIZE: confirmResize or revertResize")
                        .append(state.order().emptiesHost() ? " before it is switched off." : ".");
            case PLANNED -> {
                text.append(subject)
                        .append(": ")
                        .append(state.ended(Outcome.PLANNED).size())
                        .append(" would be acted on, ")
                        .append(bad.size())
                        .append(" cannot be. Nothing was changed (dryRun).");
                state.notes().stream()
                        .filter(note -> note.startsWith(Words.WOULD_REFUSE))
                        .forEach(note -> text.append('\n').append(note));
            }
            case ABORTED ->
                text.append("Aborted")
                        .append(state.stop() == null ? "" : " (" + state.stop().why() + ")")
                        .append(": ")
                        .append(Words.servers(good))
                        .append(" dealt with, ")
                        .append(bad.size())
                        .append(" not.");
            default ->
                text.append(subject)
                        .append(state.order().emptiesHost() ? " is not empty: " : ": ")
                        .append(bad.size())
                        .append(" of ")
                        .append(Words.servers(state.servers().size()))
                        .append(state.order().emptiesHost() ? " could not be moved" : " did not succeed")
                        .append(left.isEmpty() ? "." : ", " + left.size() + " left there as their owners want it.");
        }
        if (!staying.isEmpty() && state.outcome() != HostOutcome.PLANNED) {
            staying.forEach(server -> text.append("\n  ").append(line(server)));
        }
        if (state.outcome() == HostOutcome.INCOMPLETE || state.outcome() == HostOutcome.ABORTED) {
            bad.forEach(server -> text.append("\n  ").append(line(server)));
            left.forEach(server -> text.append("\n  ").append(line(server)));
            state.ended(Outcome.AWAITING_CONFIRM)
                    .forEach(server -> text.append("\n  ").append(line(server)));
        }
        if (state.cordon() != null && state.cordon().settled()) {
            text.append("\n")
                    .append(host)
                    .append(STAYS_CORDONED)
                    .append(" (")
                    .append(state.cordon().reason())
                    .append(").");
        }
        if (state.cordon() != null && state.cordon().state() == ServiceChange.State.SENT) {
            text.append("\nThe cordon of ")
                    .append(host)
                    .append(" was asked for and not yet seen: it may be disabled (")
                    .append(state.cordon().reason())
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

    /** Servers that a drain was not to move, and that are there still: all is well with them, but their host is not empty. */
    private static List<ServerState> leftOnHost(DrainState state, Look look) {
        return state.ended(Outcome.SKIPPED).stream()
                .filter(server -> state.order().emptiesHost())
                .filter(server -> !staying(server))
                .filter(server -> look == null || look.onList(server.id()).isPresent())
                .toList();
    }

    /** What a drain ended with, without what it says of the cordon: whoever passes it on says what that is by now. */
    static String butForTheCordon(DrainState state) {
        return state.message()
                .lines()
                .filter(line -> !line.startsWith(state.order().host() + STAYS_CORDONED + " ("))
                .collect(Collectors.joining("\n"))
                .replace(HOST_STAYS_CORDONED, "");
    }

    /** Servers that the order left on the host, to go down with it: they do not keep it from being empty. */
    static List<ServerState> staying(DrainState state) {
        return state.servers().stream().filter(Ending::staying).toList();
    }

    private static boolean staying(ServerState server) {
        return server.outcome() == Outcome.SKIPPED && server.reason().equals(LeaveFilter.REASON);
    }

    private static boolean stays(DrainState state, String id) {
        return state.server(id).filter(Ending::staying).isPresent();
    }

    private static String butFor(List<ServerState> staying) {
        return staying.isEmpty() ? "" : " but for " + Words.servers(staying.size()) + " that may stay (leave)";
    }

    /** One server's outcome with reason and hint. */
    static String line(ServerState server) {
        return server.label() + " (" + server.id() + "): " + server.outcome()
                + (server.reason().isEmpty() ? "" : ": " + server.reason())
                + (server.advice().isEmpty() ? "" : ". " + server.advice());
    }
}
