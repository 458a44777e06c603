package io.jenkins.plugins.nova.step.argument;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanEssence;
import io.jenkins.plugins.nova.plan.PlanLine;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.PlanReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What a pipeline gives as the plan that was approved: its hash, or the map that maintenancePlan or a drifted nodeEvacuate
 * returned. The hash alone decides; servers and terms serve to say what has changed.
 */
public final class Approvals {

    /** What servers of a plan end with that count: not the residue, and not what is being deleted. */
    private static final Set<String> COUNTED = Set.of("PLANNED", "BLOCKED", "SKIPPED", "NOT_STARTED");

    private Approvals() {}

    /** The hash; null when no plan is given. */
    public static String hash(Object given) throws AbortException {
        Object plan = Plain.of(given);
        Object hash = plan instanceof Map<?, ?> map ? map.get("planHash") : plan;
        Arguments.check(
                "plan",
                hash == null || hash instanceof String,
                hash,
                "give the map that maintenancePlan returned, or its planHash");
        String text = hash == null ? null : Util.fixEmptyAndTrim(hash.toString());
        if (plan instanceof Map<?, ?> && text == null) {
            throw new AbortException(
                    "plan: this map has no planHash; give the map that maintenancePlan returned, or its planHash.");
        }
        return text;
    }

    /** Servers and terms of a map; null when only a hash, or nothing, is given. */
    public static PlanEssence essence(Object given) {
        if (!(Plain.of(given) instanceof Map<?, ?> map) || !(map.get("servers") instanceof List<?> servers)) {
            return null;
        }
        List<PlanLine> lines = new ArrayList<>();
        for (Object server : servers) {
            if (server instanceof Map<?, ?> one && COUNTED.contains(text(one, "outcome"))) {
                line(
                        text(one, "id"),
                        text(one, "name"),
                        text(one, "action"),
                        text(one, "flavor"),
                        text(one, "status"),
                        lines);
            }
        }
        Map<String, String> terms = new HashMap<>();
        if (map.get("terms") instanceof Map<?, ?> told) {
            told.forEach((name, value) -> terms.put(String.valueOf(name), String.valueOf(value)));
        }
        return new PlanEssence(terms, lines);
    }

    /** The order with the approved plan's servers, where only its hash is given and it was made in this build. */
    public static DrainOrder explained(StepContext context, DrainOrder order) throws AbortException {
        if (order.expectedPlan() == null || order.approved().plan() != null) {
            return order;
        }
        try {
            PlanEssence known = ofBuild(context.get(Run.class), order.expectedPlan());
            return known == null ? order : order.approved(order.approved().with(known));
        } catch (IOException e) {
            throw new AbortException("plan: this build's page cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortException("plan: interrupted while this build's page was read");
        }
    }

    /** Servers and terms of the plan of this hash that was made in this build; null when there is none. */
    private static PlanEssence ofBuild(Run<?, ?> build, String hash) {
        HostMaintenanceAction page = build.getAction(HostMaintenanceAction.class);
        if (page == null) {
            return null;
        }
        return page.getDrains().stream()
                .map(DrainReport::plan)
                .filter(plan -> plan != null && hash.equals(plan.hash()))
                .findFirst()
                .map(Approvals::essence)
                .orElse(null);
    }

    private static PlanEssence essence(PlanReport plan) {
        List<PlanLine> lines = new ArrayList<>();
        plan.rows().forEach(row -> line(row.id(), row.name(), row.action(), row.flavor(), row.status(), lines));
        Map<String, String> terms = new HashMap<>();
        plan.terms().forEach(term -> terms.put(term.name(), term.value()));
        return new PlanEssence(terms, lines);
    }

    private static void line(
            String id, String name, String action, String flavor, String status, List<PlanLine> lines) {
        for (Action known : Action.values()) {
            if (!id.isEmpty() && known.name().equals(action.toUpperCase(Locale.ROOT))) {
                lines.add(new PlanLine(id, name, known, flavor, status));
            }
        }
    }

    private static String text(Map<?, ?> map, String key) {
        return Objects.toString(map.get(key), "");
    }
}
