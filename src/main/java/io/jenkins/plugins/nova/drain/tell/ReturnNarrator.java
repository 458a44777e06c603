package io.jenkins.plugins.nova.drain.tell;

import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.beside.SettingWords;
import io.jenkins.plugins.nova.drain.hostreturn.CanaryWords;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnPhase;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnState;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.text.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What an operator reads on the console while a host comes back. */
public final class ReturnNarrator {

    private static final Duration REMINDER = Duration.ofMinutes(1);

    private boolean stopTold;
    private Instant last;

    /** The lines for a step from one state to the next. */
    public List<String> lines(ReturnState before, ReturnState after, Instant now) {
        return news(before, after, now).stream().map(Times::toTheSecond).toList();
    }

    private List<String> news(ReturnState before, ReturnState after, Instant now) {
        List<String> lines = new ArrayList<>();
        String host = after.order().host();
        if (after.trouble() != null && !after.trouble().equals(before.trouble())) {
            lines.add("The cloud could not be read, trying again: " + after.trouble());
        }
        if (!before.waitsForController() && after.waitsForController() && !after.rests()) {
            lines.add(Narrator.RESTS
                    + (after.phase() == ReturnPhase.SURVEY
                            ? Narrator.UNTIL
                            : " A host that is fit is opened all the same; what else there is to do waits until that is"
                                    + " cancelled, or for the restart."));
        } else if (before.waitsForController() && !after.waitsForController()) {
            lines.add(Narrator.GOES_ON);
        }
        if (before.phase() == ReturnPhase.WAIT) {
            waiting(before, after, now, lines);
        }
        stopping(after, lines);
        CanaryWords.line(before, after).ifPresent(lines::add);
        if (after.failure() != null && before.failure() == null) {
            lines.add("Host " + host + " stays out of service: " + after.failure());
        }
        lines.addAll(SettingWords.lines(before.settings(), after.settings()));
        if (after.enabled() && !before.enabled()) {
            lines.add("Uncordon: " + host + " is fit and takes servers again.");
        }
        if (after.phase() == ReturnPhase.ENDED && before.phase() == ReturnPhase.MUSTER) {
            lines.add("Coming home: " + Quantity.servers(after.home().size()) + "; staying: "
                    + after.stayed().size() + ".");
            after.stayed().forEach(stayed -> lines.add("  " + stayed.name() + " stays: " + stayed.reason()));
        }
        after.notes().stream()
                .filter(note -> !before.notes().contains(note))
                .forEach(note -> lines.add("Note: " + note));
        return lines;
    }

    /** An abort that is not over at once says what it waits for, and for how long at most. */
    private void stopping(ReturnState state, List<String> lines) {
        if (state.stop() == null || state.rests() || stopTold) {
            return;
        }
        stopTold = true;
        lines.add("Aborted: nothing more is started. "
                + (state.phase() == ReturnPhase.CANARY
                        ? "The canary " + state.canary().name() + " is deleted first, in "
                                + Quantity.time(Limits.STOPPING) + " at most"
                        : "That it failed is written into the reason of the cordon, in "
                                + Quantity.time(Limits.STOPPING) + " at most")
                + Narrator.WHILE_SILENT);
    }

    private void waiting(ReturnState before, ReturnState after, Instant now, List<String> lines) {
        if (last == null) {
            lines.add("Waiting until " + after.order().host() + " is fit for service, at most "
                    + Quantity.time(after.order().readyTimeout()) + ".");
        }
        boolean due = last == null || Duration.between(last, now).compareTo(REMINDER) >= 0;
        boolean fewer = after.lacks().size() != before.lacks().size();
        if (after.trouble() == null && !after.lacks().isEmpty() && (due || fewer)) {
            lines.add("Waiting for " + String.join("; ", after.lacks()) + ".");
        }
        if (due || fewer) {
            last = now;
        }
    }

    /** What is going on, in one sentence. */
    public static String status(ReturnState state) {
        String host = state.order().host();
        String trouble =
                (state.waitsForController() ? " (nothing new is begun: the controller prepares for shutdown)" : "")
                        + (state.trouble() == null ? "" : " (cloud not readable: " + state.trouble() + ")");
        return switch (state.phase()) {
            case SURVEY -> "noting what " + host + " is like" + trouble;
            case AWAY -> host + " is out of service";
            case WAIT ->
                "waiting until " + host + " is fit"
                        + (state.lacks().isEmpty() ? "" : ": " + String.join("; ", state.lacks()))
                        + trouble;
            case CANARY -> "canary " + state.canary().name() + " " + CanaryWords.doing(state) + trouble;
            case BESIDE -> "putting back what of " + host + " stands beside Nova" + trouble;
            case UNCORDON -> "enabling " + host + trouble;
            case MUSTER -> "looking at the servers that left " + host + trouble;
            case MARK -> "writing into the cordon of " + host + " what failed" + trouble;
            case ENDED -> state.outcome() + (state.failure() == null ? "" : ": " + state.failure());
        };
    }
}
