package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.drain.ReturningServer;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.text.Times;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that the return of a host knows and must not lose. Immutable; kept as JSON.
 *
 * @param order what was asked
 * @param phase where it is
 * @param since when the present phase began
 * @param figures the hypervisor's before the body; null when not known, and where there are several
 * @param nodes those of each hypervisor before the body, by its name; empty when not known, as in old states
 * @param cordoned whether the cordon is the plugin's; only then is it taken away
 * @param forcedDown whether this build forced the service down
 * @param report the service's newest report that was seen since the wait began; null before
 * @param reports how many new reports were seen since
 * @param lacks what is still waited for, in words
 * @param forceUp taking forced_down back; null when not needed
 * @param uncordon enabling scheduling; null before
 * @param mark writing why it failed; null unless it failed
 * @param canary the server that is tried on the host; null before and for none
 * @param enabled whether the host takes servers again
 * @param manifest the servers that left
 * @param home ids of those that are to be brought back
 * @param stayed those that are not
 * @param stop null unless the build was aborted
 * @param outcome null until known
 * @param failure what failed; null while nothing has
 * @param notes things an operator must know besides
 * @param troubleSince when the cloud first could not be read, without a success since; null when all is well
 * @param trouble the last such error in words; null when all is well
 * @param mayStay ids of servers that the drain was to leave on the host
 * @param fit whether the look before found nothing wanting: a list that is short once makes no host fit
 * @param settings what of the host stands beside Nova and is to be put back; empty for nothing, and in old states
 * @param restingSince since when nothing new is begun because the controller prepares for shutdown; null while it does not
 * @param claims whether what stands beside Nova is looked through for claims once the host is fit, for there was no drain before it that
 *     would know of them; false in old states
 */
public record ReturnState(
        ReturnOrder order,
        ReturnPhase phase,
        Instant since,
        HypervisorSize figures,
        Map<String, HypervisorSize> nodes,
        boolean cordoned,
        boolean forcedDown,
        Instant report,
        int reports,
        List<String> lacks,
        ServiceChange forceUp,
        ServiceChange uncordon,
        ServiceChange mark,
        Canary canary,
        boolean enabled,
        List<ReturningServer> manifest,
        List<String> home,
        List<StayedAway> stayed,
        Stop stop,
        ReturnOutcome outcome,
        String failure,
        List<String> notes,
        Instant troubleSince,
        String trouble,
        List<String> mayStay,
        boolean fit,
        List<SettingChange> settings,
        Instant restingSince,
        boolean claims,
        AgentWatch agents) {

    public ReturnState {
        nodes = nodes == null ? Map.of() : Map.copyOf(nodes);
        lacks = lacks == null ? List.of() : List.copyOf(lacks);
        manifest = manifest == null ? List.of() : List.copyOf(manifest);
        home = home == null ? List.of() : List.copyOf(home);
        stayed = stayed == null ? List.of() : List.copyOf(stayed);
        notes = notes == null ? List.of() : List.copyOf(notes);
        mayStay = mayStay == null ? List.of() : List.copyOf(mayStay);
        settings = settings == null ? List.of() : List.copyOf(settings);
    }

    /**
     * A return that begins.
     *
     * @param cordoned whether the cordon is the plugin's
     * @param forcedDown whether this build forced the service down
     * @param manifest the servers that left
     */
    public static ReturnState begin(
            ReturnOrder order,
            ReturnPhase phase,
            boolean cordoned,
            boolean forcedDown,
            List<ReturningServer> manifest,
            Instant now) {
        return new ReturnState(
                order,
                phase,
                now,
                null,
                Map.of(),
                cordoned,
                forcedDown,
                null,
                0,
                List.of(),
                null,
                null,
                null,
                null,
                false,
                manifest,
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                false,
                List.of(),
                null,
                false,
                null);
    }

    /** The same, and these servers may be on the host when the body begins. */
    public ReturnState leaving(List<String> servers) {
        Edit edit = edit();
        edit.mayStay = servers;
        return edit.done();
    }

    /** The same, and these settings beside Nova are to be put back, as far as they are ours. */
    public ReturnState beside(List<SettingChange> set) {
        Edit edit = edit();
        edit.settings = set;
        return edit.done();
    }

    /** The same, and what carries a claim of ours beside Nova is to be put back, too. */
    public ReturnState besideByClaim() {
        Edit edit = edit();
        edit.claims = true;
        return edit.done();
    }

    /** The same, and Neutron's agents are to report before the host is opened. */
    public ReturnState awaitingAgents() {
        Edit edit = edit();
        edit.agents = AgentWatch.BEGUN;
        return edit.done();
    }

    /** The agents of Neutron's, by their types, that did not report when the host was opened; empty for none. */
    public List<String> silentAgents() {
        return agents == null ? List.of() : agents.silent();
    }

    /** Whether nothing more is to be done before the body ends, or at all. */
    public boolean rests() {
        return phase == ReturnPhase.AWAY || phase == ReturnPhase.ENDED;
    }

    /** Whether nothing new is begun, for the controller prepares for shutdown. */
    public boolean waitsForController() {
        return restingSince != null;
    }

    /**
     * The same on a controller that prepares for shutdown, or does so no more; then the time of the look before the body begins
     * anew. Who is to stop begins nothing new anyway.
     */
    public ReturnState resting(boolean quiet, Instant now) {
        if (quiet == waitsForController() || stop != null) {
            return this;
        }
        Edit edit = edit();
        edit.restingSince = quiet ? now : null;
        return phase == ReturnPhase.SURVEY ? edit.to(phase, now).done() : edit.done();
    }

    /** The same in another phase, which begins now. */
    public ReturnState in(ReturnPhase next, Instant now) {
        return edit().to(next, now).done();
    }

    Edit edit() {
        return new Edit(this);
    }

    /** Changes to a {@link ReturnState}; single-threaded and short-lived. */
    static final class Edit {
        private final ReturnState from;
        ReturnPhase phase;
        Instant since;
        HypervisorSize figures;
        Map<String, HypervisorSize> nodes;
        boolean cordoned;
        Instant report;
        int reports;
        List<String> lacks;
        ServiceChange forceUp;
        ServiceChange uncordon;
        ServiceChange mark;
        Canary canary;
        boolean enabled;
        List<String> home;
        List<StayedAway> stayed;
        Stop stop;
        ReturnOutcome outcome;
        String failure;
        List<String> notes;
        Instant troubleSince;
        String trouble;
        List<String> mayStay;
        boolean fit;
        List<SettingChange> settings;
        Instant restingSince;
        boolean claims;
        AgentWatch agents;

        Edit(ReturnState from) {
            this.from = from;
            phase = from.phase;
            since = from.since;
            figures = from.figures;
            nodes = from.nodes;
            cordoned = from.cordoned;
            report = from.report;
            reports = from.reports;
            lacks = from.lacks;
            forceUp = from.forceUp;
            uncordon = from.uncordon;
            mark = from.mark;
            canary = from.canary;
            enabled = from.enabled;
            home = from.home;
            stayed = from.stayed;
            stop = from.stop;
            outcome = from.outcome;
            failure = from.failure;
            notes = from.notes;
            troubleSince = from.troubleSince;
            trouble = from.trouble;
            mayStay = from.mayStay;
            fit = from.fit;
            settings = from.settings;
            restingSince = from.restingSince;
            claims = from.claims;
            agents = from.agents;
        }

        Edit note(String text) {
            String line = Times.toTheSecond(text);
            if (!notes.contains(line)) {
                notes = Stream.concat(notes.stream(), Stream.of(line)).toList();
            }
            return this;
        }

        Edit to(ReturnPhase next, Instant now) {
            phase = next;
            since = now;
            return this;
        }

        ReturnState done() {
            return new ReturnState(
                    from.order,
                    phase,
                    since,
                    figures,
                    nodes,
                    cordoned,
                    from.forcedDown,
                    report,
                    reports,
                    lacks,
                    forceUp,
                    uncordon,
                    mark,
                    canary,
                    enabled,
                    from.manifest,
                    home,
                    stayed,
                    stop,
                    outcome,
                    failure,
                    notes,
                    troubleSince,
                    trouble,
                    mayStay,
                    fit,
                    settings,
                    restingSince,
                    claims,
                    agents);
        }
    }
}
