package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.drain.ApprovedPlan;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.plan.PlanEssence;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The plan under the cordon is not the one that was approved. Pure. */
public final class PlanDrift {

    private static final int MOST_LINES = 50;

    private static final String CONFIRM = "confirm";

    /** Of {@link PlanEssence#since}: a server that came, went, has another flavor or another status. */
    private static final Pattern CLOUDS = Pattern.compile("(?s)[-+] .*|~ .*: flavor .*|~ .* \\(is \\S+ now\\)");

    private PlanDrift() {}

    /** The state once drift was met and is not to be passed over. */
    public static DrainState met(DrainState state, Observation observed, Holders holders, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.message = message(state);
        if (state.order().approved().onDrift() == ApprovedPlan.OnDrift.ASK) {
            return asking(edit.done(), now);
        }
        return BackingOut.refuse(edit.done(), edit.message, observed, holders, now);
    }

    /** Ends well: the pipeline asks somebody, and calls again with the new hash. */
    private static DrainState asking(DrainState state, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.phase = Phase.ENDED;
        edit.outcome = HostOutcome.DRIFTED;
        edit.ended = now;
        edit.message =
                state.message() + " " + state.order().host() + " stays cordoned for the decision. To go on: plan: '"
                        + state.planHash() + "'. Not to: openstack compute service set --enable "
                        + state.order().host() + " nova-compute.";
        edit.each(server -> server.is(ServerState.Stage.ENDED)
                ? server
                : server.end(Outcome.NOT_STARTED, "the plan is not the approved one any more", "", now));
        return edit.done();
    }

    /** The note of a drain that goes on all the same. */
    public static String passedOver(DrainState state) {
        String plan = state.order().expectedPlan();
        String what = switch (cause(state)) {
            case PARAMETERS -> "This step's own parameters are others than those of the approved plan " + plan;
            case CLOUD -> "The cloud has changed since plan " + plan + " was approved";
            case BOTH ->
                "The cloud has changed since plan " + plan + " was approved, and this step's own parameters are others";
            case UNKNOWN -> "The plan is no more " + plan + ", which was approved";
        };
        return what + "; going on with " + state.planHash() + " (onDrift: 'continue'):" + indented(state.drift());
    }

    private static String message(DrainState state) {
        String approved = "plan: the plan approved was " + state.order().expectedPlan() + ", ";
        String plan = state.planHash() + ":" + indented(state.drift()) + "\nNothing was moved.";
        return switch (cause(state)) {
            case PARAMETERS ->
                approved + "and this step's own parameters give " + plan
                        + " The servers and the host are as they were: say the parameters as they were approved, or have this"
                        + " plan approved.";
            case CLOUD -> approved + "the cloud now gives " + plan;
            case BOTH -> approved + "this step's own parameters and the cloud now give " + plan;
            case UNKNOWN -> approved + "it is now " + plan;
        };
    }

    /** Whose doing it is. */
    private enum Cause {
        PARAMETERS,
        CLOUD,
        BOTH,
        UNKNOWN
    }

    /**
     * All terms but the host's state are what the step says, and what becomes of a server may change by either: only a server that
     * came, went or changed itself is surely the cloud's.
     */
    private static Cause cause(DrainState state) {
        Set<String> terms = otherTerms(state);
        boolean parameters = terms.stream().anyMatch(term -> !term.equals(PlanEssence.HOST_STATE));
        long servers = state.drift().stream()
                .filter(line -> line.matches("(?s)[-+~] .*") && !terms.contains(term(line)))
                .count();
        boolean cloud = terms.contains(PlanEssence.HOST_STATE)
                || state.drift().stream().anyMatch(line -> CLOUDS.matcher(line).matches());
        if (cloud) {
            return parameters ? Cause.BOTH : Cause.CLOUD;
        }
        return parameters && servers == 0 ? Cause.PARAMETERS : Cause.UNKNOWN;
    }

    /** The name of the term that a line is about, as {@link PlanEssence#since} writes it. */
    private static String term(String line) {
        return line.replaceFirst("~ (.*?): .*", "$1");
    }

    /** The names of the terms that are others. */
    private static Set<String> otherTerms(DrainState state) {
        PlanEssence approved = state.order().approved().plan();
        Set<String> others = new HashSet<>();
        if (approved != null && !approved.terms().isEmpty()) {
            others.addAll(approved.terms().keySet());
            others.addAll(state.planTerms().keySet());
            others.removeIf(term ->
                    isSame(term, approved.terms().get(term), state.planTerms().get(term)));
        }
        return others;
    }

    /** Who confirms is a term only where a server is moved cold: it comes and goes with those, without a word of the step. */
    private static boolean isSame(String term, String was, String is) {
        boolean needsBoth = term.equals(CONFIRM) || term.equals(PlanEssence.HOST_STATE);
        return Objects.equals(was, is) || (needsBoth && (was == null || is == null));
    }

    private static String indented(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.stream().limit(MOST_LINES).forEach(line -> text.append("\n  ").append(line));
        if (lines.size() > MOST_LINES) {
            text.append("\n  and ").append(lines.size() - MOST_LINES).append(" more");
        }
        return text.toString();
    }
}
