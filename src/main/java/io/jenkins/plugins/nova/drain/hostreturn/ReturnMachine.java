package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.run.Machine;
import io.jenkins.plugins.nova.drain.run.RequestSender;
import io.jenkins.plugins.nova.drain.run.Runner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** The return of a host as a {@link Runner} runs it. One instance runs one. */
final class ReturnMachine implements Machine<ReturnState> {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration TROUBLE = Duration.ofSeconds(10);

    private final Holders holders;
    private final BooleanSupplier quietingDown;
    private Instant lastTick = Instant.EPOCH;

    /**
     * @param holders who knows whether another holder of the host is still at work
     * @param quietingDown whether the controller prepares for shutdown at this moment
     */
    ReturnMachine(Holders holders, BooleanSupplier quietingDown) {
        this.holders = holders;
        this.quietingDown = quietingDown;
    }

    @Override
    public boolean over(ReturnState state) {
        return state.rests();
    }

    @Override
    public ReturnState stopped(ReturnState state, Stop stop) {
        if (state.stop() != null) {
            return state;
        }
        ReturnState.Edit edit = state.edit();
        edit.stop = stop;
        return edit.done();
    }

    @Override
    public ReturnState decide(ReturnState before, Nova nova, Instant now) {
        lastTick = now;
        ReturnState state = before.resting(quietingDown.getAsBoolean(), now);
        if (HostReturn.waitsUnread(state)) {
            return state;
        }
        ReturnObservation observed = ReturnObservation.of(state, nova, holders);
        Claim holder = HostReturn.holder(state, observed.service()).orElse(null);
        return switch (holder == null ? Holders.Holding.ENDED : holders.of(holder)) {
            case RUNNING -> HostReturn.held(state, holders.words(holder), now);
            case UNKNOWN -> HostReturn.decide(HostReturn.heldByAStranger(state, holders.words(holder)), observed, now);
            case ENDED -> HostReturn.decide(state, observed, now);
        };
    }

    @Override
    public boolean sends(ReturnState state) {
        return recorded(state.forceUp())
                || recorded(state.uncordon())
                || recorded(state.mark())
                || asks(state)
                || (state.phase() == ReturnPhase.BESIDE
                        && state.settings().stream().anyMatch(change -> toSend(state, change)));
    }

    /** After a failure only what would keep people from hearing of it is put back. */
    private static boolean toSend(ReturnState state, SettingChange change) {
        return change.toSend() && (state.failure() == null || change.kind().ends());
    }

    private static boolean asks(ReturnState state) {
        return state.canary() != null && state.canary().asks(Canary.Ask.State.RECORDED);
    }

    private static boolean recorded(ServiceChange change) {
        return change != null && change.state() == ServiceChange.State.RECORDED;
    }

    @Override
    public ReturnState send(ReturnState saved, Nova nova, Clock clock) {
        RequestSender sender = new RequestSender(nova, null);
        ReturnState.Edit edit = saved.edit();
        Instant now = clock.instant();
        if (recorded(saved.forceUp())) {
            told(edit, "forced_down could not be taken back", sender.forceUp(saved.forceUp()));
            edit.forceUp = saved.forceUp().to(ServiceChange.State.SENT, now);
        }
        if (recorded(saved.uncordon())) {
            told(edit, "scheduling could not be enabled", sender.uncordon(saved.uncordon()));
            edit.uncordon = saved.uncordon().to(ServiceChange.State.SENT, now);
        }
        if (recorded(saved.mark())) {
            told(edit, "the reason of the cordon could not be changed", sender.cordon(saved.mark()));
            edit.mark = saved.mark().to(ServiceChange.State.SENT, now);
        }
        if (saved.phase() == ReturnPhase.BESIDE) {
            edit.settings = saved.settings().stream()
                    .map(change -> toSend(saved, change) ? sender.change(change) : change)
                    .toList();
        }
        ReturnState sent = edit.done();
        return asks(sent) ? new CanarySender(sender).send(sent, now) : sent;
    }

    private static void told(ReturnState.Edit edit, String what, RequestResult answer) {
        if (answer.trouble() != null) {
            edit.note(what + ": " + answer.trouble());
        }
    }

    @Override
    public ReturnState unread(ReturnState state, NovaException error, Instant now) {
        return ReturnOutage.met(state, error.getMessage(), now);
    }

    @Override
    public ReturnState unanswered(ReturnState stopped, String why, Instant now) {
        return ReturnOutage.unanswered(stopped, why, now);
    }

    @Override
    public ReturnState abandoned(ReturnState stopped, String why, Instant now) {
        return ReturnOutage.abandoned(stopped, why, now);
    }

    @Override
    public ReturnState unsaved(ReturnState state, String why, Instant now) {
        return ReturnOutage.met(state, why, now);
    }

    @Override
    public boolean material(ReturnState before, ReturnState after) {
        return before.phase() != after.phase()
                || before.waitsForController() != after.waitsForController()
                || before.reports() != after.reports()
                || !Objects.equals(before.forceUp(), after.forceUp())
                || !Objects.equals(before.uncordon(), after.uncordon())
                || !Objects.equals(before.mark(), after.mark())
                || !Objects.equals(before.canary(), after.canary())
                || !before.settings().equals(after.settings())
                || !Objects.equals(before.agents(), after.agents())
                || !Objects.equals(before.stop(), after.stop());
    }

    /** While waiting a tenth of the time waited so far: a reboot that takes long is not asked for every two seconds. */
    @Override
    public Duration pause(ReturnState before, ReturnState after, boolean material) {
        if (after.trouble() != null) {
            return TROUBLE;
        }
        if (before.phase() != after.phase()) {
            return Duration.ZERO;
        }
        if (after.waitsForController()) {
            return TROUBLE;
        }
        if (after.phase() != ReturnPhase.WAIT) {
            boolean again = after.canary() != null && after.canary().said() != null
                    || after.settings().stream().anyMatch(SettingChange::busy);
            return again ? TROUBLE : SHORT;
        }
        Duration tenth = Duration.between(before.since(), lastTick).dividedBy(10);
        return tenth.compareTo(SHORT) < 0 ? SHORT : tenth.compareTo(LONG) > 0 ? LONG : tenth;
    }
}
