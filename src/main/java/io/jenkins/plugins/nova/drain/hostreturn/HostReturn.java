package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.beside.SettingWords;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.CordonReason;
import io.jenkins.plugins.nova.drain.observe.OddRowNotes;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.text.ServerWords;
import io.jenkins.plugins.nova.drain.text.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a host that was emptied comes back into service: from a state and what a tick saw to the next state. Pure. What it wants
 * sent stands in the state as RECORDED changes, for its caller to save first (law 2).
 *
 * <pre>
 *   SURVEY -> AWAY (the body) -> WAIT -> (CANARY -> WAIT) -> (BESIDE) -> UNCORDON -> (MUSTER) -> ENDED
 *      |         |                 |        |                 |           |
 *      +---------+-----------------+--------+-----------------+-----------+-> (BESIDE ->) MARK -> ENDED   it failed: the cordon stays
 *                                                                             and says why; a silence is ended
 * </pre>
 */
public final class HostReturn {

    private HostReturn() {}

    static ReturnState decide(ReturnState before, ReturnObservation observed, Instant now) {
        ReturnState.Edit edit = before.edit();
        edit.troubleSince = null;
        edit.trouble = null;
        OddRowNotes.lines(edit.notes, observed.setAside()).forEach(edit::note);
        ReturnState state = edit.done();
        if (state.stop() != null && state.failure() == null) {
            ReturnState failed = fail(state, ReturnOutcome.ABORTED, state.stop().words(), now);
            // what was read is of what the canary did before
            return failed.phase() == ReturnPhase.CANARY ? failed : decide(failed, observed, now);
        }
        return switch (state.phase()) {
            case SURVEY -> surveyed(state, observed, now);
            case WAIT -> waited(state, observed, now);
            case CANARY -> CanaryTrial.decide(state, observed, now);
            case BESIDE -> putBack(state, observed, now);
            case UNCORDON -> uncordoned(state, observed, now);
            case MUSTER -> end(Homecoming.of(state, observed), now);
            case MARK -> marked(state, observed, now);
            case AWAY, ENDED -> state;
        };
    }

    /**
     * The state after something failed: a canary that there may be is deleted, and the failure is written into the cordon's
     * reason, where that is ours.
     */
    public static ReturnState fail(ReturnState state, ReturnOutcome outcome, String why, Instant now) {
        ReturnState.Edit edit = state.edit();
        edit.outcome = outcome;
        edit.failure = why;
        if (state.canary() != null && state.canary().mayExist()) {
            return CanaryTrial.remove(edit.to(ReturnPhase.CANARY, now).done(), now);
        }
        return mark(edit.done(), now);
    }

    /** Nothing is left to be done after a failure but to end what would keep people from hearing of it, and to write it down. */
    static ReturnState mark(ReturnState state, Instant now) {
        if (state.settings().stream().noneMatch(SettingChange::endsAnyway)) {
            return written(state, now);
        }
        ReturnState.Edit edit = state.edit();
        edit.settings = state.settings().stream()
                .map(change -> change.endsAnyway() ? change.dueBack(now) : change)
                .toList();
        return edit.to(ReturnPhase.BESIDE, now).done();
    }

    /**
     * The state after a failure where what ends by itself could not be ended.
     *
     * @param why in words
     */
    static ReturnState leftToEnd(ReturnState state, String why, Instant now) {
        ReturnState.Edit edit = state.edit();
        edit.settings =
                state.settings().stream().map(change -> change.leftToEnd(why)).toList();
        return written(noted(edit), now);
    }

    private static ReturnState noted(ReturnState.Edit edit) {
        edit.settings.stream()
                .filter(change -> change.kind().ends() && change.state() == SettingChange.State.NOT_BACK)
                .forEach(change -> edit.note(SettingWords.notBack(change)));
        return edit.done();
    }

    private static ReturnState written(ReturnState state, Instant now) {
        return state.edit()
                .to(state.cordoned() && !state.enabled() ? ReturnPhase.MARK : ReturnPhase.ENDED, now)
                .done();
    }

    /**
     * In whose name the host is closed, where it is about to be opened and no failure stands in the reason; whether that is
     * somebody who still empties it is to be asked then. Empty otherwise.
     */
    static Optional<Claim> holder(ReturnState state, ComputeService service) {
        boolean opens = state.phase() == ReturnPhase.WAIT
                || state.phase() == ReturnPhase.BESIDE && state.failure() == null
                || state.phase() == ReturnPhase.UNCORDON;
        boolean closed = service != null && service.known() && !service.enabled();
        return opens && closed && !state.order().dryRun() && !CordonReason.tellsFailure(service.disabledReason())
                ? Claim.parse(service.disabledReason())
                : Optional.empty();
    }

    /**
     * Whether the block's turn has come, and it is not to begin now, for the controller prepares for shutdown. What comes after
     * the block is the end of something: a host that is fit is opened, also then.
     */
    static boolean waitsUnread(ReturnState state) {
        return state.waitsForController() && state.phase() == ReturnPhase.SURVEY && state.stop() == null;
    }

    /** A host that is still being emptied must not take servers. */
    static ReturnState held(ReturnState state, String holder, Instant now) {
        return refuse(
                state,
                "it is held by " + holder
                        + ", which is running; wait for its end or abort it, for a host that is"
                        + " being emptied must not take servers",
                now);
    }

    /** It is opened all the same, for the pipeline says so; whoever reads this may know better. */
    static ReturnState heldByAStranger(ReturnState state, String holder) {
        return state.edit()
                .note(state.order().host() + " was cordoned by " + holder
                        + ", of which this controller knows nothing; if that is still at work, abort this build")
                .done();
    }

    /** The state after a return that cannot be gone on with: the cordon and the reason of it are left as they are. */
    private static ReturnState refuse(ReturnState state, String why, Instant now) {
        ReturnState.Edit edit = state.edit();
        edit.cordoned = false;
        return fail(edit.done(), ReturnOutcome.NOT_READY, why, now);
    }

    /** The last look before the body (law 13): the host is closed and nobody has come to it since it was emptied. */
    private static ReturnState surveyed(ReturnState state, ReturnObservation observed, Instant now) {
        String host = state.order().host();
        ComputeService service = observed.service();
        if (service == null) {
            return Duration.between(state.since(), now).compareTo(Limits.SERVICE_CHANGE) < 0
                    ? state
                    : fail(state, ReturnOutcome.NOT_EMPTY, "Nova does not list the compute service of " + host, now);
        }
        if (service.enabled()) {
            ReturnState.Edit opened = state.edit();
            opened.cordoned = false;
            return fail(
                    opened.done(),
                    ReturnOutcome.NOT_EMPTY,
                    "scheduling to " + host + " was enabled by somebody else once it was empty"
                            + (service.updated() == null
                                    ? ""
                                    : " (its record was changed at " + Times.at(service.updated()) + ")")
                            + "; find out who else works on this host",
                    now);
        }
        List<Server> came = observed.onHost().stream()
                .filter(server -> !state.mayStay().contains(server.id()))
                .toList();
        if (!came.isEmpty()) {
            return fail(
                    state,
                    ReturnOutcome.NOT_EMPTY,
                    Quantity.servers(came.size()) + " came to " + host + " once it was empty: "
                            + came.stream().limit(5).map(ServerWords::named).collect(Collectors.joining(", "))
                            + (came.size() > 5 ? ", …" : ""),
                    now);
        }
        ReturnState.Edit edit = state.edit();
        List<Hypervisor> hypervisors = observed.hypervisors();
        if (hypervisors.size() == 1) {
            edit.figures = HypervisorSize.of(hypervisors.get(0));
        }
        Map<String, HypervisorSize> nodes = new HashMap<>();
        hypervisors.forEach(hypervisor -> nodes.put(hypervisor.hostname(), HypervisorSize.of(hypervisor)));
        edit.nodes = nodes;
        if (state.agents() != null && observed.agents() != null) {
            edit.agents = state.agents().noting(observed.agents());
        }
        return edit.to(ReturnPhase.AWAY, now).done();
    }

    private static ReturnState waited(ReturnState before, ReturnObservation observed, Instant now) {
        if (observed.noCanary() != null) {
            return refuse(before, observed.noCanary(), now);
        }
        ReturnState state = hearing(heard(before, observed.service()), observed);
        List<String> lacks = Readiness.lacks(state, observed);
        ReturnState.Edit edit = state.edit();
        if (lacks.isEmpty()) {
            lacks = awaited(edit, state, observed, now);
        }
        edit.lacks = lacks;
        if (state.order().dryRun()) {
            edit.outcome = ReturnOutcome.LOOKED_AT;
            return edit.to(ReturnPhase.ENDED, now).done();
        }
        edit.fit = lacks.isEmpty();
        if (lacks.isEmpty() && !state.fit()) {
            return edit.done(); // what makes a host unfit stands in lists, and a list may be short once
        }
        if (lacks.isEmpty() && CanaryTrial.isDue(state)) {
            if (state.waitsForController()) {
                return edit.done(); // a server of our own is something new
            }
            return CanaryTrial.begin(edit.done(), observed, now);
        }
        if (lacks.isEmpty()) {
            List<SettingChange> settings = Stream.concat(
                            state.settings().stream(),
                            observed.settings().settings().stream()
                                    .filter(setting -> unknown(state, setting))
                                    .map(setting -> SettingChange.claimed(setting, now)))
                    .map(change -> change.dueBack(now))
                    .toList();
            observed.settings()
                    .unread()
                    .forEach(unread -> edit.note(SettingWords.notLookedAt(unread.kind(), unread.why())));
            observed.settings().unowned().stream()
                    .filter(setting -> unknown(state, setting))
                    .forEach(setting -> edit.note(SettingWords.unowned(setting)));
            edit.settings = settings;
            if (settings.stream().anyMatch(SettingChange::comingBack)) {
                return edit.to(ReturnPhase.BESIDE, now).done();
            }
        }
        if (lacks.isEmpty()) {
            return uncordoned(edit.to(ReturnPhase.UNCORDON, now).done(), observed, now);
        }
        Duration limit = state.order().readyTimeout();
        if (Duration.between(state.since(), now).compareTo(limit) > 0) {
            return fail(
                    edit.done(),
                    ReturnOutcome.NOT_READY,
                    "not fit after " + Quantity.time(limit) + ", still waiting for " + String.join("; ", lacks),
                    now);
        }
        ComputeService service = observed.service();
        boolean lives =
                state.reports() >= Readiness.REPORTS && observed.evacuated().isEmpty() && !observed.uncertain();
        if (service != null && service.forcedDown() && Readiness.mayForceUp(state) && lives) {
            edit.forceUp = again(state.forceUp(), service, null, now);
        }
        return edit.done();
    }

    /** Whether what earlier steps are known to have set says nothing of it. */
    private static boolean unknown(ReturnState state, HostSetting setting) {
        return setting.kind().keepsClaim() || state.settings().stream().noneMatch(change -> change.of(setting));
    }

    /**
     * Agents that make no server fail by their absence are waited for a while, and then told: the host is of more use open. So is a Neutron
     * that does not answer.
     */
    private static List<String> awaited(
            ReturnState.Edit edit, ReturnState state, ReturnObservation observed, Instant now) {
        List<String> silent = Readiness.silent(state, observed);
        List<String> lacks = Readiness.awaited(silent, observed);
        if (state.agents() == null || lacks.isEmpty()) {
            edit.agents = state.agents() == null ? null : state.agents().without(List.of());
            return lacks;
        }
        Instant since = state.agents().since() == null ? now : state.agents().since();
        boolean waits = Duration.between(since, now).compareTo(Limits.AGENTS) < 0
                && Duration.between(state.since(), now).compareTo(state.order().readyTimeout()) <= 0;
        edit.agents = state.agents().since(since).without(waits ? List.of() : silent);
        if (waits || state.order().dryRun()) {
            return lacks;
        }
        String host = state.order().host();
        edit.note("Not waited for any longer: " + String.join("; ", lacks)
                + ". See to it: openstack network agent list --host " + host + ".");
        return List.of();
    }

    /** Before the host takes servers again: what is beside Nova is as it was, or it is said what is not. */
    private static ReturnState putBack(ReturnState state, ReturnObservation observed, Instant now) {
        ReturnState.Edit edit = state.edit();
        if (state.failure() != null) {
            // the others stay as the cordon does
            edit.settings = state.settings().stream()
                    .map(change -> change.kind().ends()
                            ? change.returning(observed.settings().of(change), now)
                            : change)
                    .toList();
            boolean silent =
                    edit.settings.stream().anyMatch(change -> change.kind().ends() && change.comingBack());
            return silent ? edit.done() : written(noted(edit), now);
        }
        edit.settings = state.settings().stream()
                .map(change -> change.returning(observed.settings().of(change), now))
                .toList();
        if (edit.settings.stream().anyMatch(SettingChange::comingBack)) {
            return edit.done();
        }
        edit.settings.stream()
                .filter(change -> change.state() == SettingChange.State.NOT_BACK)
                .forEach(change -> edit.note(SettingWords.notBack(change)));
        return uncordoned(edit.to(ReturnPhase.UNCORDON, now).done(), observed, now);
    }

    private static ReturnState hearing(ReturnState state, ReturnObservation observed) {
        if (state.agents() == null || observed.agents() == null || state.order().dryRun()) {
            return state;
        }
        ReturnState.Edit edit = state.edit();
        edit.agents = state.agents().hearing(observed.agents());
        return edit.done();
    }

    private static ReturnState heard(ReturnState state, ComputeService service) {
        if (service == null || service.updated() == null) {
            return state;
        }
        ReturnState.Edit edit = state.edit();
        if (state.report() != null && service.updated().isAfter(state.report())) {
            edit.reports = state.reports() + 1;
        }
        edit.report = service.updated();
        return edit.done();
    }

    /** A change that is to be sent now, unless one was sent a moment ago and may yet show. */
    private static ServiceChange again(ServiceChange change, ComputeService service, String reason, Instant now) {
        if (change == null) {
            return ServiceChange.recorded(service.id(), reason, now);
        }
        boolean justSent = change.state() == ServiceChange.State.SENT
                && Duration.between(change.since(), now).compareTo(Limits.SETTLE) < 0;
        return justSent ? change : change.to(ServiceChange.State.RECORDED, now);
    }

    /** Law 7: only what the plugin cordoned, and only while the reason is still its own. */
    private static ReturnState uncordoned(ReturnState state, ReturnObservation observed, Instant now) {
        ComputeService service = observed.service();
        ReturnState.Edit edit = state.edit();
        if (service == null) {
            return fail(state, ReturnOutcome.NOT_READY, "its compute service is gone", now);
        }
        if (service.enabled()) {
            edit.enabled = true;
            return next(edit.done(), now);
        }
        if (!state.cordoned() || !ours(service)) {
            edit.cordoned = false;
            edit.note(state.order().host() + " is fit, but stays disabled: that is not our doing (its reason is: "
                    + observed.told() + "). Enable it with openstack compute service set --enable "
                    + state.order().host() + " nova-compute.");
            return next(edit.done(), now);
        }
        if (state.uncordon() != null && state.uncordon().attempts() >= Limits.ATTEMPTS) {
            return fail(state, ReturnOutcome.NOT_READY, "fit, but scheduling to it could not be enabled", now);
        }
        edit.uncordon = again(state.uncordon(), service, null, now);
        return edit.done();
    }

    private static boolean ours(ComputeService service) {
        return Claim.parse(service.disabledReason()).isPresent();
    }

    private static ReturnState next(ReturnState state, Instant now) {
        if (!state.order().bringHome() || state.manifest().isEmpty()) {
            return end(state, now);
        }
        if (!state.enabled()) {
            ReturnState.Edit edit = state.edit();
            edit.note("bringHome: nobody is brought to a host that stays disabled.");
            return end(edit.done(), now);
        }
        return state.edit().to(ReturnPhase.MUSTER, now).done();
    }

    private static ReturnState end(ReturnState state, Instant now) {
        ReturnState.Edit edit = state.edit();
        edit.outcome = state.outcome() == null ? ReturnOutcome.READY : state.outcome();
        return edit.to(ReturnPhase.ENDED, now).done();
    }

    private static ReturnState marked(ReturnState state, ReturnObservation observed, Instant now) {
        ComputeService service = observed.service();
        String reason = CordonReason.failed(state.order().by(), state.order().reason(), state.failure());
        if (service != null && !service.known()) {
            return state;
        }
        if (service == null || service.enabled() || !ours(service)) {
            // taken away meanwhile, by the drain that backed out or by a person
            ReturnState.Edit edit = state.edit();
            edit.cordoned = false;
            return end(edit.done(), now);
        }
        if (reason.equals(service.disabledReason())) {
            return end(state, now);
        }
        if (state.mark() != null && state.mark().attempts() >= Limits.ATTEMPTS) {
            ReturnState.Edit edit = state.edit();
            edit.note("Why it failed could not be written into the reason of the cordon.");
            return end(edit.done(), now);
        }
        ReturnState.Edit edit = state.edit();
        edit.mark = again(state.mark(), service, reason, now);
        return edit.done();
    }
}
