package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.decide.PhaseTick;
import io.jenkins.plugins.nova.drain.guest.GuestWatcher;
import io.jenkins.plugins.nova.drain.host.BackingOut;
import io.jenkins.plugins.nova.drain.host.CloudOutage;
import io.jenkins.plugins.nova.drain.host.Cordon;
import io.jenkins.plugins.nova.drain.host.HostSettings;
import io.jenkins.plugins.nova.drain.host.SameCloud;
import io.jenkins.plugins.nova.drain.host.ServiceAnswer;
import io.jenkins.plugins.nova.drain.observe.DrainObserver;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.observe.Permission;
import io.jenkins.plugins.nova.drain.observe.RecentList;
import io.jenkins.plugins.nova.drain.server.Estimate;
import io.jenkins.plugins.nova.drain.server.GuestGate;
import io.jenkins.plugins.nova.drain.server.RequestAnswer;
import io.jenkins.plugins.nova.drain.server.WidthsLearned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A drain as a {@link Runner} runs it. One instance runs one drain. */
final class DrainMachine implements Machine<DrainState> {

    private final TickInterval pace = new TickInterval();
    private final RecentList recent = new RecentList();
    private final Holders holders;
    private final SideBySide requests;
    private final BooleanSupplier quietingDown;
    private final GuestWatcher guests;

    /**
     * @param holders who knows whether another holder of the host is still at work
     * @param requests makes those that concern several servers
     * @param quietingDown whether the controller prepares for shutdown at this moment
     * @param guests looks at guests
     */
    DrainMachine(Holders holders, SideBySide requests, BooleanSupplier quietingDown, GuestWatcher guests) {
        this.holders = holders;
        this.requests = requests;
        this.quietingDown = quietingDown;
        this.guests = guests;
    }

    @Override
    public boolean over(DrainState state) {
        return state.over();
    }

    @Override
    public DrainState stopped(DrainState state, Stop stop) {
        if (state.stop() != null) {
            return state;
        }
        DrainState.Edit edit = state.edit();
        edit.stop = stop;
        return edit.done();
    }

    @Override
    public DrainState decide(DrainState found, Nova nova, Instant now) {
        DrainState before = GuestGate.heard(found.resting(quietingDown.getAsBoolean(), now), guests.answers());
        // also where the cloud cannot be read now, guests are looked at on
        guests.watch(GuestGate.wanted(before));
        if (PhaseTick.waitsUnread(before, now)) {
            return before;
        }
        SameCloud.check(before, nova.identity());
        Observation observed = new DrainObserver(nova, recent).look(before, now);
        DrainState decided = named(before, PhaseTick.decide(before, observed, holders, now), nova);
        if (decided.servers().stream()
                .anyMatch(server -> server.toSend() != null && server.toSend() == server.move())) {
            // Nova goes on with the token of the POST until the move is over
            nova.renewIfExpiringWithin(Estimate.together(decided));
        }
        DrainState next =
                new LookBeforeSending(nova, Permission.of(decided), observed, recent, requests, now).of(decided);
        guests.watch(GuestGate.wanted(next));
        return next;
    }

    /** A new plan with the names of those whom it concerns. Before what is to be sent is looked at once more: it may take a moment. */
    private DrainState named(DrainState before, DrainState decided, Nova nova) {
        if (!plans(before, decided) || decided.stop() != null) {
            return decided;
        }
        DrainState.Edit edit = decided.edit();
        edit.names = new NameReader(nova, requests, System::nanoTime).of(decided.servers());
        return edit.done();
    }

    private static boolean plans(DrainState before, DrainState decided) {
        return before.planHash() == null && decided.planHash() != null;
    }

    /** A new plan, with nothing of it begun: it is to be read before the first of its servers is moved. */
    @Override
    public DrainState toldFirst(DrainState before, DrainState decided) {
        if (!plans(before, decided)) {
            return before;
        }
        DrainState.Edit edit = decided.edit();
        edit.each(server -> {
            if (server.toSend() == null) {
                return server;
            }
            ServerState.Edit waits = server.edit();
            waits.stage = ServerState.Stage.PENDING;
            waits.move = null;
            return waits.done();
        });
        return edit.done();
    }

    @Override
    public boolean sends(DrainState state) {
        return !state.over()
                && (recorded(state.cordon())
                        || recorded(state.forceDown())
                        || (state.backOut() != null && recorded(state.backOut().change()))
                        || state.settings().stream().anyMatch(SettingChange::toSend)
                        || state.servers().stream().anyMatch(server -> server.toSend() != null));
    }

    @Override
    public DrainState send(DrainState decided, Nova nova, Clock clock) {
        RequestSender sender = new RequestSender(
                nova, decided.order().blockMigration(), clock.instant().plus(SilenceSpan.of(decided)));
        DrainState now = decided;
        if (recorded(now.forceDown())) {
            now = ServiceAnswer.given(now, false, sender.forceDown(now.forceDown()), clock.instant());
        }
        if (!now.over() && recorded(now.cordon())) {
            now = cordon(now, nova, sender, clock);
        }
        if (!now.over() && now.backOut() != null && recorded(now.backOut().change())) {
            now = BackingOut.answered(now, sender.uncordon(now.backOut().change()), clock.instant());
        }
        if (!now.over() && now.settings().stream().anyMatch(SettingChange::toSend)) {
            DrainState.Edit edit = now.edit();
            edit.settings = now.settings().stream()
                    .map(change -> change.toSend() ? sender.change(change) : change)
                    .toList();
            now = edit.done();
        }
        for (Sent sent : sendAll(decided, sender, clock)) {
            DrainState.Edit edit = now.edit();
            edit.replace(RequestAnswer.given(sent.server, sent.intent, sent.answer, now, sent.at));
            edit.widths = WidthsLearned.answered(now, sent.server, sent.answer, sent.at);
            now = edit.done();
        }
        return now;
    }

    private record Sent(ServerState server, Intent intent, RequestResult answer, Instant at) {}

    private List<Sent> sendAll(DrainState decided, RequestSender sender, Clock clock) {
        List<Supplier<Sent>> all = new ArrayList<>();
        for (ServerState server : decided.servers()) {
            Intent intent = server.toSend();
            if (intent != null) {
                all.add(() -> new Sent(server, intent, sender.send(server, intent), clock.instant()));
            }
        }
        return requests.all(all);
    }

    /**
     * Between the look and this moment the state was saved, which may take long. The shorter the time from the last look to the
     * cordon, the surer it is that of two drains at the same moment the one that cordons last is seen by both.
     */
    private DrainState cordon(DrainState state, Nova nova, RequestSender sender, Clock clock) {
        try {
            boolean mayBeTaken = Cordon.maySend(state, nova.computeServices(), holders);
            return mayBeTaken
                    ? ServiceAnswer.given(state, true, sender.cordon(state.cordon()), clock.instant())
                    : Cordon.notSent(state, clock.instant());
        } catch (NovaException e) {
            return CloudOutage.met(state, e, clock.instant());
        }
    }

    @Override
    public DrainState unread(DrainState state, NovaException error, Instant now) {
        return left(CloudOutage.met(state, error, now));
    }

    @Override
    public DrainState unanswered(DrainState stopped, String why, Instant now) {
        return left(CloudOutage.unanswered(stopped, why, now));
    }

    @Override
    public DrainState abandoned(DrainState stopped, String why, Instant now) {
        return left(CloudOutage.abandoned(stopped, why, now));
    }

    @Override
    public DrainState unsaved(DrainState state, String why, Instant now) {
        return left(CloudOutage.met(state, why, true, now));
    }

    /** A drain that is over without having been able to end what it has begun. */
    private static DrainState left(DrainState state) {
        return state.over() ? HostSettings.leftToEnd(state, "the cloud could not be read any more") : state;
    }

    @Override
    public boolean material(DrainState before, DrainState after) {
        return TickInterval.material(before, after) || TickInterval.worthSaving(before, after);
    }

    @Override
    public Duration pause(DrainState before, DrainState after, boolean material) {
        // what is only worth saving is no reason to look again sooner
        return pace.next(before, after, TickInterval.material(before, after));
    }

    private static boolean recorded(ServiceChange change) {
        return change != null && change.state() == ServiceChange.State.RECORDED;
    }
}
