package io.jenkins.plugins.nova.drain.maintenance;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReturningServer;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.host.DrainEnding;
import io.jenkins.plugins.nova.drain.hostreturn.HostReturn;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOrder;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOutcome;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnPhase;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnState;
import io.jenkins.plugins.nova.drain.hostreturn.StayedAway;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.turn.TurnOutcome;
import io.jenkins.plugins.nova.drain.turn.TurnState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * From one part of a host's maintenance to the next. Pure.
 *
 * <pre>
 *   (TURN ->) DRAIN -> BEFORE -> BODY -> AFTER -> (HOME) -> OVER
 *     |  ^      | |       |        |
 *     |  +------+ +-------+--------+---> AFTER, which writes into the cordon what failed -> OVER
 *     |    the budget was full after all
 *     +-> OVER, with nothing changed
 * </pre>
 */
public final class Maintenance {

    private Maintenance() {}

    /**
     * The wait for its turn has ended: the drain begins, or nothing does.
     *
     * @param last the last state of the wait
     */
    public static MaintenanceState turned(MaintenanceState state, TurnState last, Instant now) {
        MaintenanceState turned = state.turning(last);
        if (last.outcome() != TurnOutcome.BEGINS) {
            return turned.over(last.outcome().toString(), last.message(), now);
        }
        DrainOrder seated = state.drain().order().seated(last.seats());
        return turned.with(MaintenancePart.DRAIN, DrainState.begin(seated, now), state.returning(), state.home());
    }

    /**
     * Whether a drain found the budget full after all, for a host of another build or controller was faster, and has left
     * everything as it was: in a roll that is waited for.
     */
    private static boolean waitsAgain(MaintenanceState state, DrainState last) {
        return state.turn() != null
                && last.outcome() == HostOutcome.REFUSED
                && last.overBudget()
                && last.cordon() == null
                && !last.order().dryRun();
    }

    private static MaintenanceState again(MaintenanceState state, DrainState last, Instant now) {
        TurnState.Edit turn = TurnState.again(
                        state.turn(), "the budget, for another host was begun in the same moment", now)
                .edit();
        turn.stop = last.stop();
        DrainOrder order = last.order().seated(Map.of());
        return state.waiting(DrainState.begin(order, now), turn.done());
    }

    /**
     * The drain has ended.
     *
     * @param last its last state
     * @param earlier what earlier builds have done to the host
     */
    public static MaintenanceState drained(MaintenanceState state, DrainState last, EarlierSteps earlier, Instant now) {
        if (waitsAgain(state, last)) {
            return again(state, last, now);
        }
        MaintenanceState drained = state.draining(last);
        boolean refusedDryRun =
                last.outcome() == HostOutcome.REFUSED && last.order().dryRun();
        if (last.outcome() == HostOutcome.PLANNED || refusedDryRun) {
            return drained.over(last.outcome().toString(), last.message(), now);
        }
        if (last.outcome() == HostOutcome.DRIFTED) {
            return drained.over("DRIFTED", last.message() + " The block was not run.", now);
        }
        ReturnState survey = ReturnState.begin(
                        state.order(),
                        ReturnPhase.SURVEY,
                        ours(last.cordon()),
                        ours(last.forceDown()),
                        manifest(ReturningServer.of(last), state.order(), earlier.servers()),
                        now)
                .leaving(last.ended(Outcome.SKIPPED).stream()
                        .map(ServerState::id)
                        .toList())
                .beside(earlier.goneOnWith(last))
                // told already
                .resting(last.rests(), now);
        List<HostSetting.Kind> beside = last.order().beside();
        if (beside == null || beside.contains(HostSetting.Kind.NETWORK_AGENT)) {
            survey = survey.awaitingAgents();
        }
        boolean unconfirmed = last.outcome() == HostOutcome.AWAITING_CONFIRM;
        if (last.outcome() == HostOutcome.DONE || (unconfirmed && state.order().runUnconfirmed())) {
            return drained.with(MaintenancePart.BEFORE, last, survey, null);
        }
        boolean aborted = last.outcome() == HostOutcome.ABORTED;
        String why =
                unconfirmed ? unconfirmed(last) : drainEnded(last.outcome()) + ": " + DrainEnding.butForTheCordon(last);
        return drained.with(
                MaintenancePart.AFTER,
                last,
                HostReturn.fail(survey, aborted ? ReturnOutcome.ABORTED : ReturnOutcome.NOT_EMPTY, why, now),
                null);
    }

    /** A reboot keeps the old disks, a reinstallation does not; and a revert needs the host as it is. */
    private static String unconfirmed(DrainState last) {
        int waiting = last.ended(Outcome.AWAITING_CONFIRM).size();
        return Quantity.servers(waiting) + " in VERIFY_RESIZE, and "
                + (waiting == 1 ? "its old disks are on " : "their old disks are on ")
                + last.order().host();
    }

    /** What a drain ended with that did not empty its host, in words. */
    private static String drainEnded(HostOutcome outcome) {
        return switch (outcome) {
            case REFUSED -> "the drain was refused";
            case ABORTED -> "the drain was aborted";
            case UNPROVEN -> "it could not be made sure that the host is empty";
            default -> "the host could not be emptied";
        };
    }

    /**
     * A return without a drain before it: the cordon's own reason will tell whose it is.
     *
     * @param earlier what earlier steps and builds have done to the host
     */
    public static MaintenanceState gathered(MaintenanceState state, EarlierSteps earlier, Instant now) {
        List<ReturningServer> manifest = manifest(List.of(), state.order(), earlier.servers());
        return state.returning(ReturnState.begin(state.order(), ReturnPhase.WAIT, true, false, manifest, now)
                .beside(earlier.settings().stream()
                        .filter(set -> !set.kind().keepsClaim())
                        .toList())
                .besideByClaim()
                .awaitingAgents());
    }

    private static boolean ours(ServiceChange change) {
        return change != null && change.state() == ServiceChange.State.OURS;
    }

    /** This build's, then what the pipeline names, then what earlier builds left; the newest word on a server counts. */
    static List<ReturningServer> manifest(
            List<ReturningServer> mine, ReturnOrder order, List<ReturningServer> earlier) {
        if (!order.bringHome()) {
            return mine;
        }
        Map<String, ReturningServer> all = new LinkedHashMap<>();
        Stream.of(mine, order.manifest(), order.manifest().isEmpty() ? earlier : List.<ReturningServer>of())
                .flatMap(List::stream)
                .forEach(left -> all.putIfAbsent(left.id(), left));
        return List.copyOf(all.values());
    }

    /** The body begins. */
    public static MaintenanceState bodyBegan(MaintenanceState state) {
        return state.with(MaintenancePart.BODY, state.drain(), state.returning(), null);
    }

    /** The body has ended well. */
    public static MaintenanceState bodyEnded(MaintenanceState state, Instant now) {
        ReturnState waiting = state.returning().in(ReturnPhase.WAIT, now);
        return state.with(MaintenancePart.AFTER, state.drain(), waiting, null);
    }

    /**
     * The body has failed, or was not begun because the build was aborted.
     *
     * @param why in words
     */
    public static MaintenanceState bodyFailed(MaintenanceState state, boolean aborted, String why, Instant now) {
        ReturnState failed = HostReturn.fail(
                state.returning(),
                aborted ? ReturnOutcome.ABORTED : ReturnOutcome.BODY_FAILED,
                aborted ? Stop.words(why) : "the block failed: " + why,
                now);
        return state.with(MaintenancePart.AFTER, state.drain(), failed, null);
    }

    /** The host's return has ended: with servers to bring home, or with the end of it all. */
    public static MaintenanceState returned(MaintenanceState state, ReturnState last, Instant now) {
        MaintenanceState returned = state.returning(last);
        if (last.outcome() == ReturnOutcome.LOOKED_AT) {
            return returned.over("PLANNED", MaintenanceWords.lookedAt(returned), now);
        }
        if (last.outcome() != ReturnOutcome.READY) {
            return returned.over(MaintenanceWords.outcome(returned), MaintenanceWords.failed(returned), now);
        }
        if (last.home().isEmpty()) {
            return returned.over(MaintenanceState.DONE, MaintenanceWords.ready(returned), now);
        }
        DrainOrder order = state.homeward().withServers(last.home());
        return returned.with(
                MaintenancePart.HOME,
                state.drain(),
                last,
                DrainState.begin(order, now).resting(last.waitsForController(), now));
    }

    /** The way home has ended. */
    public static MaintenanceState home(MaintenanceState state, DrainState last, Instant now) {
        MaintenanceState home = state.homing(last);
        String outcome = last.outcome().good()
                ? MaintenanceState.DONE
                : last.outcome() == HostOutcome.ABORTED
                        ? HostOutcome.ABORTED.toString()
                        : HostOutcome.INCOMPLETE.toString();
        return home.over(outcome, MaintenanceWords.ready(home), now);
    }

    /**
     * What a maintenance that is over returns: {@code ready, enabled, home}, and before them what {@link StepResult#ofHost} gives;
     * without a drain {@code host, outcome, message, servers} (those of {@code home}) and {@code awaitingConfirm}. The last has
     * the servers of both ways.
     */
    public static Map<String, Object> result(MaintenanceState state) {
        Map<String, Object> map = state.drain() == null ? new LinkedHashMap<>() : StepResult.ofHost(state.drain());
        map.put("host", state.order().host());
        map.put("outcome", state.outcome());
        map.put("message", state.message());
        ReturnState returning = state.returning();
        boolean fit = returning != null && returning.lacks().isEmpty();
        map.put(
                "ready",
                fit && (returning.outcome() == ReturnOutcome.READY || returning.outcome() == ReturnOutcome.LOOKED_AT));
        map.put("enabled", returning != null && returning.enabled());
        ArrayList<Object> home = new ArrayList<>();
        if (state.home() != null) {
            home.addAll(StepResult.ofServers(state.home()));
        }
        if (returning != null) {
            returning.stayed().forEach(stayed -> home.add(stayed(stayed)));
        }
        map.putIfAbsent("servers", home);
        List<String> awaiting = new ArrayList<>();
        Stream.of(state.drain(), state.home())
                .filter(Objects::nonNull)
                .flatMap(drain -> StepResult.awaitingConfirm(drain).stream())
                .filter(id -> !awaiting.contains(id))
                .forEach(awaiting::add);
        map.put("awaitingConfirm", awaiting);
        if (returning != null) {
            map.put("beside", StepResult.ofSettings(returning.settings()));
            map.put("silentAgents", new ArrayList<>(returning.silentAgents()));
        }
        map.putIfAbsent("beside", new ArrayList<>());
        map.putIfAbsent("silentAgents", new ArrayList<>());
        map.put("home", home);
        return map;
    }

    private static Map<String, Object> stayed(StayedAway server) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", server.id());
        map.put("name", server.name());
        map.put("action", "SKIP");
        map.put("from", server.on());
        map.put("to", server.on());
        map.put("outcome", Outcome.SKIPPED.toString());
        map.put("reason", server.reason());
        map.put("hint", "");
        map.put("override", null);
        map.put("seconds", 0L);
        return map;
    }
}
