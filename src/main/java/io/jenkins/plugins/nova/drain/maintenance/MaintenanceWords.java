package io.jenkins.plugins.nova.drain.maintenance;

import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.claim.CordonReason;
import io.jenkins.plugins.nova.drain.host.DrainEnding;
import io.jenkins.plugins.nova.drain.hostreturn.Canary;
import io.jenkins.plugins.nova.drain.hostreturn.CanaryWords;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOutcome;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnState;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.drain.tell.ReturnNarrator;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.turn.TurnNarrator;
import java.time.Instant;
import java.util.Optional;

/** How the maintenance of a host ended, and where it is, in words for an operator. */
public final class MaintenanceWords {

    private MaintenanceWords() {}

    /** The outcome of a maintenance whose host did not come back into service. */
    static String outcome(MaintenanceState state) {
        ReturnOutcome outcome = state.returning().outcome();
        return outcome == ReturnOutcome.NOT_EMPTY && state.drain() != null
                ? state.drain().outcome().toString()
                : outcome.toString();
    }

    /** What failed, where that leaves the host, and how to go on. */
    static String failed(MaintenanceState state) {
        ReturnState returning = state.returning();
        String host = state.order().host();
        StringBuilder text = new StringBuilder("Host ")
                .append(host)
                .append(" is not back in service: ")
                .append(returning.failure())
                .append(returning.failure().endsWith(".") ? "" : ".");
        if (returning.enabled()) {
            return text.append(" It is enabled.").toString();
        }
        if (returning.cordoned()) {
            text.append("\n")
                    .append(host)
                    .append(" stays cordoned (")
                    .append(CordonReason.failed(
                            state.order().by(), state.order().reason(), returning.failure()))
                    .append(").");
        }
        if (returning.outcome() == ReturnOutcome.NOT_EMPTY && state.drain().outcome() == HostOutcome.AWAITING_CONFIRM) {
            text.append("\nThe block was not run. confirmResize or revertResize host: '")
                    .append(host)
                    .append(
                            "' and run this again; or say confirm: 'auto'; or runUnconfirmed: true if the block keeps the"
                                    + " disks (a reboot does, a reinstallation does not).");
        } else if (state.drain() == null || !state.drain().outcome().good()) {
            text.append("\nTo go on: fix what is said above and run this again; it takes the host as it finds it.");
        } else {
            text.append(
                            "\nTo go on: run this again (the host is empty already), or, with the host fixed, nodeReturn host: '")
                    .append(host)
                    .append("'.");
        }
        return text.toString();
    }

    /** That the host was tried with a canary, and the canary is gone; empty unless that is so. */
    public static Optional<String> tried(ReturnState state) {
        Canary canary = state.canary();
        return canary != null && canary.stage() == Canary.Stage.OVER && state.failure() == null
                ? Optional.of("Canary: " + canary.name() + " " + CanaryWords.doing(state) + ".")
                : Optional.empty();
    }

    /** What a single look found. */
    static String lookedAt(MaintenanceState state) {
        String host = state.order().host();
        return state.returning().lacks().isEmpty()
                ? "Host " + host + " looks fit. Nothing was changed."
                : "Host " + host + " is not fit: it waits for "
                        + String.join("; ", state.returning().lacks()) + ". Nothing was changed.";
    }

    /** That the host is back, and who is. */
    static String ready(MaintenanceState state) {
        ReturnState returning = state.returning();
        String host = state.order().host();
        StringBuilder text = new StringBuilder("Host ")
                .append(host)
                .append(returning.enabled() ? " is fit and takes servers again." : " is fit, and stays disabled.");
        if (state.home() != null) {
            long back = state.home().ended(Outcome.MOVED).size()
                    + state.home().ended(Outcome.CONFIRMED).size()
                    + state.home().ended(Outcome.AWAITING_CONFIRM).size();
            text.append(" ")
                    .append(back)
                    .append(" of ")
                    .append(Quantity.servers(returning.home().size()))
                    .append(" came home.");
            if (!state.home().outcome().good()) {
                text.append("\n").append(state.home().message());
            }
        }
        returning
                .stayed()
                .forEach(stayed -> text.append("\n  ")
                        .append(stayed.name())
                        .append(" (")
                        .append(stayed.id())
                        .append(") stays: ")
                        .append(stayed.reason()));
        return text.toString();
    }

    /** That the drain is over and the block's turn has come. */
    public static String bodyBegins(MaintenanceState state) {
        int staying = DrainEnding.staying(state.drain()).size();
        return "Host " + state.order().host() + " is out of service and empty"
                + (staying == 0 ? "" : " but for " + Quantity.servers(staying) + " that may stay (leave)")
                + "; the block begins.";
    }

    /** Where it is, in one sentence. */
    public static String status(MaintenanceState state, Instant now) {
        return switch (state.part()) {
            case TURN -> TurnNarrator.status(state.turn());
            case DRAIN -> Narrator.status(state.drain(), now);
            case BEFORE -> state.order().host() + " is empty; the block is about to begin";
            case BODY -> state.order().host() + " is empty; the block is at work";
            case AFTER ->
                state.returning() == null
                        ? "about to look at " + state.order().host()
                        : ReturnNarrator.status(state.returning());
            case HOME -> "bringing servers home: " + Narrator.status(state.home(), now);
            case OVER -> state.outcome() + ": " + state.message();
        };
    }
}
